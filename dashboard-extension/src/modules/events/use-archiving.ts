import { EventArchiveDocument, EventRestoreDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useConfirm } from "@/ui/confirm";
import type { Problem } from "./event-form";
import type { EventRow } from "./list-state";
import { listTexts } from "./messages";

/** Archiving, after a question that says what follows, and restoring at once; `onDone` after either. */
export function useArchiving(onDone: () => void) {
  const say = useTexts(listTexts);
  const confirm = useConfirm();
  const archive = useTask(async (row: EventRow) => {
    const names = row.scenarios.map((scenario) => scenario.name).join(", ");
    const used = row.scenarios.length
      ? say("archiveUsed", { count: row.scenarios.length, names })
      : say("archiveUnused");
    const agreed = await confirm({
      title: say("archiveTitle", { name: row.name }),
      text: `${used} ${say("archiveText")}`,
      yes: say("archiveYes"),
      critical: true,
    });
    if (!agreed) return;
    demandNone((await ask(EventArchiveDocument, { id: row.id })).customEventArchive?.errors);
    toast({ status: "success", title: say("archived", { name: row.name }) });
    onDone();
  });
  const restore = useTask(async (row: EventRow) => {
    demandNone((await ask(EventRestoreDocument, { id: row.id })).customEventRestore?.errors);
    toast({ status: "success", title: say("restored", { name: row.name }) });
    onDone();
  });
  return { archive, restore, failure: archive.failure ?? restore.failure };
}

function demandNone(errors: readonly Problem[] | undefined): void {
  const error = errors?.[0];
  if (error) throw new Failure("refused", error.code, error.message);
}
