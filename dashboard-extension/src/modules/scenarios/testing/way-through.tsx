import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { Reason } from "@/modules/log/status";
import { duration } from "@/modules/log/timeline";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { answered } from "@/modules/scenarios/testing/awaited-fields";
import { EntryHead } from "@/modules/scenarios/testing/entry-head";
import { HUES } from "@/modules/scenarios/testing/marks";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Outcome, Session, SetSession } from "@/modules/scenarios/testing/session";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { fateOf, type Tried, type TriedStep } from "@/modules/scenarios/testing/trial";
import { TriedDetails } from "@/modules/scenarios/testing/tried-details";
import { type Choosing, entryId, OUTCOME } from "@/modules/scenarios/testing/use-choosing";
import type { Testing } from "@/modules/scenarios/testing/use-testing";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";

interface Props {
  readonly outcome: Outcome<Tried>;
  readonly session: Session;
  readonly change: SetSession;
  readonly testing: Testing;
  readonly choosing: Choosing;
}

/** What would happen to one occurrence, from its start point to its end, with the clock at each. */
export function WayThrough(props: Props) {
  const { result: tried } = props.outcome;
  const say = useTexts(testTexts);
  const steps = tried.steps ?? [];
  const status = tried.status === "FAILED" || tried.status === "SKIPPED" ? tried.status : "COMPLETED";
  return (
    <section id={OUTCOME} aria-label={say("outcome")} className={panels.panel}>
      <h2 className={panels.panelTitle}>{say("outcome")}</h2>
      <p className={styles.verdict} data-status={status}>
        {say(status)}
      </p>
      <Reason code={tried.reason} />
      {status !== "SKIPPED" && !tried.beginsAt && <p className={styles.muted}>{say("heldBack")}</p>}
      {status !== "SKIPPED" && !steps.length && <p>{say("noSteps")}</p>}
      <ol className={styles.path} aria-label={say("path")}>
        <StartEntry tried={tried} choosing={props.choosing} session={props.session} />
        {steps.map((step, at) => (
          <StepEntry key={step.visit} step={step} order={at + 1} {...props} />
        ))}
      </ol>
    </section>
  );
}

type StartProps = Pick<Props, "session" | "choosing"> & { readonly tried: Tried };

function StartEntry({ tried, session, choosing }: StartProps) {
  const { flow, events } = useEditor();
  const say = useTexts(testTexts);
  const titleOf = usePartTitle();
  const { start } = tried;
  if (!start) return <li className={styles.muted}>{say("noStart")}</li>;
  const number = flow.starts.find(({ id }) => id === start)?.event;
  const event = typeof number === "number" ? events.get(number)?.name : undefined;
  const isIn = tried.status !== "SKIPPED";
  return (
    <li id={entryId(start)} className={styles.step} data-current={session.part === start || undefined}>
      <EntryHead
        title={say("startEntry", { title: titleOf(start), event: event ?? "–" })}
        isOpen={session.part === start}
        onToggle={() => choosing.choose(start)}
      >
        <Pill hue={isIn ? "success" : "warning"}>{say(isIn ? "letIn" : "keptOut")}</Pill>
      </EntryHead>
      {tried.beginsAt && (
        <p className={styles.muted}>
          {say("begins")}: <Moment at={tried.beginsAt} />
        </p>
      )}
    </li>
  );
}

type EntryProps = Props & { readonly step: TriedStep; readonly order: number };

function StepEntry({ step, order, outcome, session, change, testing, choosing }: EntryProps) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const titleOf = usePartTitle();
  const fate = fateOf(step);
  const isOpen = session.part === step.step && session.visit === step.visit;
  const began = outcome.result.beginsAt ?? outcome.result.steps?.[0]?.at ?? step.at;
  const passed = Date.parse(step.at) - Date.parse(began);
  const awaits = step.kind === "waitForEvent";
  const happens = session.trial.happened[step.step] !== undefined;
  const turn = () => {
    const trial = answered(session.trial, step.step, happens ? undefined : {});
    change((now) => ({ ...now, trial }));
    testing.run(trial);
  };
  return (
    <li id={entryId(step.step, step.visit)} className={styles.step} data-current={isOpen || undefined}>
      <EntryHead
        order={order}
        title={titleOf(step.step)}
        isOpen={isOpen}
        onToggle={() => (isOpen ? choosing.leave() : choosing.choose(step.step, step.visit))}
      >
        <Pill hue={HUES[fate]}>{say(fate)}</Pill>
      </EntryHead>
      <p className={styles.muted}>
        <Moment at={step.at} />
        {passed >= 1000 && ` · ${say("after", { time: duration(passed, locale) })}`}
      </p>
      <Reason code={step.reason} />
      {isOpen && (
        <TriedDetails
          tried={step}
          flow={outcome.flow}
          onEdit={() => choosing.edit(step.step)}
          onTurn={awaits ? turn : undefined}
          turn={say(happens ? "whatIfNot" : "whatIf")}
        />
      )}
    </li>
  );
}
