import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { relativeTime } from "@/lib/times";
import { Refused } from "@/modules/scenarios/deeds/refusals";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import { Button } from "@/ui/button";
import { FailureNotice } from "@/ui/notice";
import { Window } from "@/ui/window";

interface Props {
  readonly draft: Draft;
  /** Shows theirs and keeps mine aside. */
  readonly onTheirs: () => void;
}

/** A colleague has saved since this page was opened: who, when, and what now. Nothing is overwritten unasked. */
export function ConflictWindow({ draft, onTheirs }: Props) {
  const { theirs, meet, save } = draft;
  const { locale } = useSurroundings();
  const say = useTexts(publishTexts);
  if (!theirs) return null;
  const close = () => meet(undefined);
  const who = { name: theirs.updatedBy, time: relativeTime(theirs.updatedAt, locale) };
  return (
    <Window
      title={say("conflictTitle")}
      width={600}
      onClose={close}
      footerStart={
        <Button variant="error" busy={save.busy} onClick={() => save.run(theirs.revision)}>
          {say("saveOver")}
        </Button>
      }
      footer={
        <>
          <Button onClick={close}>{say("goOn")}</Button>
          <Button variant="primary" onClick={onTheirs} data-first>
            {say("lookAtTheirs")}
          </Button>
        </>
      }
    >
      <p>{say("conflictText", who)}</p>
      <p>{say("lookAtTheirsHelp")}</p>
      {save.failure && !(save.failure instanceof Refused) && <FailureNotice failure={save.failure} />}
    </Window>
  );
}
