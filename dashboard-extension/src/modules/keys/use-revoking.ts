import { KeyRevokeDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { type Task, useTask } from "@/lib/use-task";
import { useConfirm } from "@/ui/confirm";
import type { KeyRow } from "./key-rows";
import { keyListTexts } from "./messages";

/** Revoking, after a question that says what follows: it cannot be taken back. */
export function useRevoking(onDone: () => void): Task<[KeyRow], void> {
  const say = useTexts(keyListTexts);
  const confirm = useConfirm();
  return useTask(async (row: KeyRow) => {
    const agreed = await confirm({
      title: say("revokeTitle", { name: row.name }),
      text: say("revokeText"),
      yes: say("revokeYes"),
      critical: true,
    });
    if (!agreed) return;
    const error = (await ask(KeyRevokeDocument, { id: row.id })).customEventKeyRevoke?.errors[0];
    if (error) throw new Failure("refused", error.code, error.message);
    toast({ status: "success", title: say("revoked", { name: row.name }) });
    onDone();
  });
}
