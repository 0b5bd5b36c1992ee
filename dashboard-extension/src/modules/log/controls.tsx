import { useState } from "react";
import { LogCancelDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { details } from "@/modules/log/details-texts/messages";
import type { LogState } from "@/modules/log/filters";
import { RetryWindow } from "@/modules/log/retry-window";
import { type Invocation, isUnderWay } from "@/modules/log/timeline";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { FailureNotice } from "@/ui/notice";

interface Props {
  readonly row: Invocation;
  readonly state: LogState;
  readonly onChanged: () => void;
}

/** What can be done to an invocation: ended while it is under way, run again where it did not succeed. */
export function Controls({ row, state, onChanged }: Props) {
  const say = useTexts(details);
  const missing = useViewer().missing("CONTROL_INVOCATIONS");
  const [isRetrying, setRetrying] = useState(false);
  const cancel = useCancel(row, onChanged);
  return (
    <>
      {(row.canRetry || row.canResume) && (
        <Button missing={missing} onClick={() => setRetrying(true)}>
          {say("retry")}
        </Button>
      )}
      {isUnderWay(row.status) && (
        <Button missing={missing} busy={cancel.busy} onClick={cancel.run}>
          {say("cancel")}
        </Button>
      )}
      {cancel.failure && <FailureNotice failure={cancel.failure} />}
      {isRetrying && <RetryWindow row={row} state={state} onClose={() => setRetrying(false)} onResumed={onChanged} />}
    </>
  );
}

function useCancel(row: Invocation, onChanged: () => void) {
  const say = useTexts(details);
  const confirm = useConfirm();
  return useTask(async () => {
    const isSure = await confirm({
      title: say("cancelTitle", { number: row.number }),
      text: say("cancelText"),
      yes: say("cancelYes"),
      no: say("cancelNo"),
      critical: true,
    });
    if (!isSure) return;
    const { customEventInvocationCancel: answer } = await ask(LogCancelDocument, { id: row.id });
    const error = answer?.errors[0];
    if (error) toast({ status: "error", title: error.code === "WRONG_STATUS" ? say("tooLate") : error.message });
    else toast({ status: "success", title: say("cancelled", { number: row.number }) });
    onChanged();
  });
}
