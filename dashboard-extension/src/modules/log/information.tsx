import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { details } from "@/modules/log/details-texts/messages";
import { askAbout } from "@/modules/log/explaining";
import type { LogState } from "@/modules/log/filters";
import { Detail, InvocationStatus, Reason } from "@/modules/log/status";
import { Steps } from "@/modules/log/steps";
import { Summary } from "@/modules/log/summary";
import { type Invocation, isUnderWay } from "@/modules/log/timeline";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { Notice } from "@/ui/notice";
import { common } from "@/words/words";
import styles from "./details.module.css";

interface Props {
  readonly row: Invocation;
  readonly state: LogState;
}

export function Information({ row, state }: Props) {
  const say = useTexts(details);
  return (
    <div className={styles.information}>
      {row.isMasked && <MaskedNotice />}
      <Outcome row={row} state={state} />
      <section>
        <h3 className={styles.heading}>{say("summary")}</h3>
        <Summary row={row} state={state} />
      </section>
      <section>
        <h3 className={styles.heading}>{say("timeline")}</h3>
        {row.steps.length > 0 ? (
          <Steps row={row} />
        ) : (
          <p className={styles.muted}>{say(isUnderWay(row.status) ? "noSteps" : "noStepRan")}</p>
        )}
      </section>
    </div>
  );
}

/** How it stands, and why: the first thing that one looks for. */
function Outcome({ row, state }: Props) {
  const say = useTexts(details);
  const sayCommon = useTexts(common);
  if (row.status === "SKIPPED" && row.reason)
    return (
      <Notice
        kind="warning"
        title={say("nothingRan")}
        actions={
          <Link to={paths.why} state={askAbout(row, state)}>
            {sayCommon("why")}
          </Link>
        }
      >
        <Reason code={row.reason} />
        <Detail text={row.detail} reason={row.reason} />
      </Notice>
    );
  return (
    <div className={styles.outcome}>
      <InvocationStatus status={row.status} />
      <Reason code={row.reason} />
      {row.dueAt && (
        <span>
          {say("goesOn")}: <Moment at={row.dueAt} /> (<Moment at={row.dueAt} as="relative" />)
        </span>
      )}
      <Detail text={row.detail} reason={row.reason} />
    </div>
  );
}

function MaskedNotice() {
  const say = useTexts(details);
  const sayCommon = useTexts(common);
  const missing = useViewer().missing("SEE_CUSTOMERS");
  return (
    <Notice kind="info">
      {say("masked")}{" "}
      {missing.length > 0 && sayCommon("missingPermission", { count: missing.length, codes: missing.join(", ") })}
    </Notice>
  );
}
