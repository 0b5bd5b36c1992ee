import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { CopyValue } from "@/ui/copy";
import { Link } from "@/ui/link";
import { Notice } from "@/ui/notice";
import { Pill } from "@/ui/pill";
import { useSentence } from "@/words/reasons";
import type { EventDetails } from "./event-form";
import styles from "./events.module.css";
import { testTexts } from "./test-texts/messages";
import type { TestEvent } from "./use-test-event";

interface Props {
  readonly event: EventDetails;
  readonly receipt: NonNullable<TestEvent["receipt"]>;
}

/** What a test event came to: the occurrence, and each scenario that started or was skipped, with the reason. */
export function TestReceipt({ event, receipt }: Props) {
  const say = useTexts(testTexts);
  return (
    <Notice kind={receipt.dryRun ? "info" : "success"} title={say(receipt.dryRun ? "receiptDry" : "receipt")}>
      <div className={styles.receipt}>
        {receipt.occurrenceId && (
          <div className={styles.inline}>
            {say("occurrence")} <CopyValue value={receipt.occurrenceId} label={say("copyOccurrence")} />
          </div>
        )}
        <ul className={styles.rows} aria-label={say("what")}>
          {(receipt.invocations ?? []).map((started) => (
            <Started
              key={started.number ?? started.scenarioNumber ?? ""}
              started={started}
              receipt={receipt}
              logged={event.logging}
            />
          ))}
        </ul>
        {!receipt.dryRun &&
          (event.logging ? (
            <Link to={paths.logOfEvent(event.number)}>{say("allRows")}</Link>
          ) : (
            <p>{say("notLogged")}</p>
          ))}
      </div>
    </Notice>
  );
}

interface StartedProps {
  readonly started: NonNullable<Props["receipt"]["invocations"]>[number];
  readonly receipt: Props["receipt"];
  readonly logged: boolean;
}

function Started({ started, receipt, logged }: StartedProps) {
  const say = useTexts(testTexts);
  const sentence = useSentence();
  const began = started.outcome === "STARTED";
  return (
    <li className={styles.inline}>
      <Pill hue={began ? "success" : "neutral"}>{say(began && receipt.dryRun ? "WOULD_START" : started.outcome)}</Pill>
      {started.scenarioNumber && (
        <Link to={paths.scenario(started.scenarioNumber)}>
          {started.scenarioNumber} {started.scenarioName}
        </Link>
      )}
      {started.reason && (
        <span>
          {sentence(started.reason)} <code className={styles.reason}>{started.reason}</code>
        </span>
      )}
      {logged && started.number && (
        <Link to={paths.invocation(started.number)}>{say("inLog", { number: started.number })}</Link>
      )}
    </li>
  );
}
