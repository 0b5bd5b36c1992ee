import { LogSwitchOnDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { log } from "@/modules/log/messages";
import type { Subject } from "@/modules/log/use-subject";
import { Button } from "@/ui/button";
import { FailureNotice, Notice } from "@/ui/notice";
import { common } from "@/words/words";
import styles from "./log.module.css";

/** What one has to know before reading the rows: logging is off; customers are masked. */
export function LogNotices({ subject }: { readonly subject: Subject }) {
  const { event } = subject;
  return (
    <div className={styles.notices}>
      {event && !event.logging && <LoggingOff id={event.id} onDone={subject.reload} />}
      <Masked />
    </div>
  );
}

function LoggingOff({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const say = useTexts(log);
  const missing = useViewer().missing("DEFINE");
  const task = useTask(async () => {
    const { customEventUpdate: answer } = await ask(LogSwitchOnDocument, { id });
    const error = answer?.errors[0];
    if (error) return toast({ status: "error", title: say("loggingOff"), text: error.message });
    toast({ status: "success", title: say("switchedOn") });
    onDone();
  });
  const action = (
    <Button size="small" missing={missing} busy={task.busy} onClick={task.run}>
      {say("switchOn")}
    </Button>
  );
  return (
    <>
      <Notice kind="warning" title={say("loggingOff")} actions={action}>
        {say("loggingOffText")}
      </Notice>
      {task.failure && <FailureNotice failure={task.failure} onRetry={task.run} />}
    </>
  );
}

function Masked() {
  const say = useTexts(log);
  const sayCommon = useTexts(common);
  const missing = useViewer().missing("SEE_CUSTOMERS");
  if (!missing.length) return null;
  return (
    <Notice kind="info">
      {say("masked")} {sayCommon("missingPermission", { count: missing.length, codes: missing.join(", ") })}
    </Notice>
  );
}
