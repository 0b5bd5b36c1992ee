import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { Reason } from "@/modules/log/status";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { type Flow, stepOf } from "@/modules/scenarios/definition";
import { branchTitle } from "@/modules/scenarios/summary";
import { EntryHead } from "@/modules/scenarios/testing/entry-head";
import { percent, portOf } from "@/modules/scenarios/testing/marks";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Session } from "@/modules/scenarios/testing/session";
import styles from "@/modules/scenarios/testing/testing.module.css";
import type { Tally, TallyStep } from "@/modules/scenarios/testing/trial";
import { type Choosing, entryId } from "@/modules/scenarios/testing/use-choosing";
import { Button } from "@/ui/button";

interface Props {
  readonly tally: Tally;
  readonly flow: Flow;
  readonly session: Session;
  readonly choosing: Choosing;
}

/** How many come to each start point and each step, and what becomes of them there. */
export function TallyParts({ tally, flow, session, choosing }: Props) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const number = (of: number) => plainNumber(of, locale);
  const about = { session, choosing };
  return (
    <section aria-label={say("bySteps")}>
      <h3 className={styles.legend}>{say("bySteps")}</h3>
      <ol className={styles.path}>
        {(tally.starts ?? []).map(({ start, started, skipped }) => (
          <Part key={start} part={start} count={number(started)} {...about}>
            <p>{say("startCount", { count: started, number: number(started) })}</p>
            {skipped.map(({ reason, count }) => (
              <div key={reason}>
                {say("keptOutCount", { count, number: number(count) })} <Reason code={reason} />
              </div>
            ))}
          </Part>
        ))}
        {(tally.steps ?? []).map((step) => (
          <Part key={step.step} part={step.step} count={number(step.count)} {...about}>
            <StepCounts step={step} flow={flow} />
            <div>
              <Button
                size="small"
                variant="tertiary"
                icon={<Pencil size={14} aria-hidden />}
                onClick={() => choosing.edit(step.step)}
              >
                {say("edit")}
              </Button>
            </div>
          </Part>
        ))}
      </ol>
    </section>
  );
}

interface PartProps extends Pick<Props, "session" | "choosing"> {
  readonly part: string;
  readonly count: string;
  readonly children: ReactNode;
}

function Part({ part, count, session, choosing, children }: PartProps) {
  const titleOf = usePartTitle();
  const isOpen = session.part === part;
  return (
    <li id={entryId(part)} className={styles.step} data-current={isOpen || undefined}>
      <EntryHead
        title={titleOf(part)}
        isOpen={isOpen}
        onToggle={() => (isOpen ? choosing.leave() : choosing.choose(part))}
      >
        <span className={styles.count}>{count}</span>
      </EntryHead>
      {isOpen && <div className={styles.stack}>{children}</div>}
    </li>
  );
}

const OUTCOMES = { DONE: "DONEmany", SKIPPED: "leftOutMany", FAILED: "wouldFail" } as const;

function StepCounts({ step, flow }: { readonly step: TallyStep; readonly flow: Flow }) {
  const { locale, language } = useSurroundings();
  const say = useTexts(testTexts);
  const defined = stepOf(flow, step.step);
  const values = (count: number) => ({
    number: plainNumber(count, locale),
    share: percent(count, step.count, locale),
  });
  const ended = step.count - step.ways.reduce((sum, { count }) => sum + count, 0);
  const named = step.ways.flatMap(({ name, count }) => {
    const port = defined && portOf(defined, name);
    if (!defined || port === undefined || port === "next") return [];
    return [say("wayOf", { name: branchTitle(defined, port, language), ...values(count) })];
  });
  return (
    <>
      <ul className={styles.path}>
        {step.outcomes.map(({ status, reason, count }) => (
          <li key={`${status} ${reason}`} className={styles.amount}>
            <span>
              {say(OUTCOMES[status as keyof typeof OUTCOMES] ?? "DONEmany")} <Reason code={reason} />
            </span>
            <span className={styles.count}>{say("ofAll", values(count))}</span>
          </li>
        ))}
      </ul>
      {(named.length > 0 || ended > 0) && (
        <div>
          <h4 className={styles.legend}>{say("ways")}</h4>
          <ul className={styles.path}>
            {[...named, ...(ended > 0 ? [say("endsHere", values(ended))] : [])].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
