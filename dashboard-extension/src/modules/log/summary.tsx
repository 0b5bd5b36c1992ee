import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { details } from "@/modules/log/details-texts/messages";
import type { LogState } from "@/modules/log/filters";
import { ScenarioOf } from "@/modules/log/log-table";
import { InvocationStatus } from "@/modules/log/status";
import type { Invocation } from "@/modules/log/timeline";
import { WebAddress } from "@/modules/log/web-address";
import { CopyValue } from "@/ui/copy";
import { type Fact, Facts } from "@/ui/facts";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { callerKinds, identities } from "@/words/words";
import styles from "./details.module.css";

interface Props {
  readonly row: Invocation;
  readonly state: LogState;
}

export function Summary({ row, state }: Props) {
  const own = useRowFacts(row, state);
  const occurrence = useOccurrenceFacts(row, state);
  return (
    <div className={styles.columns}>
      <Facts facts={own} />
      <Facts facts={occurrence} />
    </div>
  );
}

function useRowFacts(row: Invocation, state: LogState): readonly Fact[] {
  const say = useTexts(details);
  return [
    { label: say("id"), value: row.number },
    { label: say("created"), value: <Moment at={row.createdAt} /> },
    { label: say("ended"), value: row.endedAt && <Moment at={row.endedAt} /> },
    {
      label: say("event"),
      value: (
        <Link to={paths.logOfEvent(row.event.number)}>
          {row.event.number} {row.event.name}
        </Link>
      ),
    },
    {
      label: say("scenario"),
      value: row.scenarioName && (
        <>
          <ScenarioOf row={row} />
          {row.version != null && <span className={styles.muted}>, {say("version", { number: row.version })}</span>}
        </>
      ),
    },
    { label: say("retryOf"), value: row.retryOf && <InvocationLink number={row.retryOf} state={state} /> },
    { label: say("retriedBy"), value: row.retriedBy },
    { label: say("alsoStarted"), value: othersOf(row).length > 0 && <Others row={row} state={state} /> },
  ];
}

function useOccurrenceFacts(row: Invocation, state: LogState): readonly Fact[] {
  const say = useTexts(details);
  const sayIdentity = useTexts(identities);
  const sayCaller = useTexts(callerKinds);
  const { occurrence } = row;
  const email = row.isMerged ? (
    <>
      {row.customerEmail} <span className={styles.muted}>({say("merged")})</span>
    </>
  ) : (
    row.customerEmail
  );
  if (!occurrence) return [{ label: say("email"), value: email }];
  const isLater = occurrence.occurredAt !== occurrence.registeredAt;
  return [
    { label: say("email"), value: email },
    { label: say("identity"), value: sayIdentity(occurrence.identity) },
    { label: say("customer"), value: occurrence.customerId },
    { label: say("reference"), value: occurrence.customerExternalReference },
    { label: say("emailHash"), value: occurrence.customerEmailHash },
    { label: say("phone"), value: occurrence.customerPhone },
    { label: say("anonymous"), value: occurrence.anonymousId },
    { label: say("occurred"), value: isLater && <Moment at={occurrence.occurredAt} /> },
    {
      label: say("firedBy"),
      value: [sayCaller(occurrence.callerKind), occurrence.callerName].filter(Boolean).join(": "),
    },
    {
      label: say("causedBy"),
      value: occurrence.causedBy && <InvocationLink number={occurrence.causedBy} state={state} />,
    },
    { label: say("channel"), value: occurrence.channel },
    { label: say("url"), value: occurrence.url && <WebAddress text={occurrence.url} /> },
    {
      label: say("occurrence"),
      value: <CopyValue value={occurrence.occurrenceId} label={say("copyOccurrence")} />,
    },
  ];
}

function InvocationLink({ number, state }: { readonly number: string; readonly state: LogState }) {
  const say = useTexts(details);
  return (
    <Link to={paths.invocation(number)} state={state}>
      {say("invocation", { number })}
    </Link>
  );
}

/** The other rows that the same occurrence made. */
function Others({ row, state }: Props) {
  return (
    <ul className={styles.others}>
      {othersOf(row).map((other) => (
        <li key={other.number}>
          <InvocationLink number={other.number} state={state} /> {other.scenarioName}{" "}
          <InvocationStatus status={other.status} />
        </li>
      ))}
    </ul>
  );
}

function othersOf(row: Invocation) {
  return (row.occurrence?.invocations ?? []).filter((other) => other.number !== row.number);
}
