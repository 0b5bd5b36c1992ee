import { useEffect, useRef } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { DecisionView } from "@/modules/log/decision-view";
import { Detail, Reason } from "@/modules/log/status";
import { type StepRun, timeline } from "@/modules/log/timeline";
import { type Flow, isMembers, type Json, stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { numbersOf, outlineOf } from "@/modules/scenarios/outline";
import { choiceText, kindText, stepTitle } from "@/modules/scenarios/summary";
import { testTexts } from "@/modules/scenarios/testing/messages";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { fateOf, type Tried, type TriedStep } from "@/modules/scenarios/testing/trial";
import { Facts } from "@/ui/facts";
import { Moment } from "@/ui/moment";
import { type Hue, Pill } from "@/ui/pill";
import { common } from "@/words/words";

const HUES: Record<ReturnType<typeof fateOf>, Hue> = {
  wouldBeDone: "success",
  wouldBeSkipped: "neutral",
  wouldFail: "error",
  passed: "info",
};

/** What would happen: the way through the steps, what decided, and what would be done with which values. */
export function Outcome({ tried, flow }: { readonly tried: Tried; readonly flow: Flow }) {
  const { events } = useEditor();
  const say = useTexts(testTexts);
  const start = flow.starts.findIndex((one) => one.id === tried.start);
  const number = flow.starts[start]?.event;
  const event = typeof number === "number" ? events.get(number)?.name : undefined;
  const status = tried.status === "FAILED" || tried.status === "SKIPPED" ? tried.status : "COMPLETED";
  const steps = tried.steps ?? [];
  const shown = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new outcome comes into view
  useEffect(() => {
    shown.current?.scrollIntoView({ block: "start" });
  }, [tried]);
  return (
    <section ref={shown} aria-label={say("outcome")} className={styles.outcome}>
      <h3 className={styles.heading}>{say("outcome")}</h3>
      <p className={styles.verdict} data-status={status}>
        {say(status)}
      </p>
      <Reason code={tried.reason} />
      <p className={styles.muted}>
        {start < 0 ? say("noStart") : say("byStart", { number: start + 1, event: event ?? "–" })}
      </p>
      {status !== "SKIPPED" && !steps.length && <p>{say("noSteps")}</p>}
      <ol className={styles.path} aria-label={say("path")}>
        {steps.map((step) => (
          <TriedStepView key={step.visit} tried={step} flow={flow} />
        ))}
      </ol>
    </section>
  );
}

function TriedStepView({ tried, flow }: { readonly tried: TriedStep; readonly flow: Flow }) {
  const { actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(testTexts);
  const step = stepOf(flow, tried.step);
  const number = numbersOf(outlineOf(flow)).get(tried.step) ?? 0;
  const title = step ? stepTitle(step, language, actions) : tried.step;
  const kind = step ? kindText(step, language, actions) : tried.kind;
  const fate = fateOf(tried);
  const [entry] = timeline([asRun(tried)], flow);
  return (
    <li className={styles.step}>
      <div className={styles.stepHead}>
        <strong>
          {number}. {title}
        </strong>
        {kind !== title && <span className={styles.muted}>{kind}</span>}
        <Pill hue={HUES[fate]}>{say(fate)}</Pill>
      </div>
      <div className={styles.muted}>
        {say("at")}: <Moment at={tried.at} />
        {entry?.until && (
          <>
            {" "}
            · {say("until")}: <Moment at={entry.until} />
          </>
        )}
      </div>
      <Reason code={tried.reason} />
      <Detail text={tried.detail} reason={tried.reason} />
      {entry && <DecisionView entry={entry} />}
      <Rendered tried={tried} />
    </li>
  );
}

/** An action's settings as they would be: with every value filled in. */
function Rendered({ tried }: { readonly tried: TriedStep }) {
  const { actions, events } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(testTexts);
  const ofAll = useTexts(common);
  if (!isMembers(tried.input)) return null;
  const settings = actions.find((action) => action.name === tried.kind)?.settings ?? [];
  const shown = (value: Json | undefined): string => {
    if (typeof value === "boolean") return ofAll(value ? "yes" : "no");
    if (!isMembers(value)) return value === null || value === undefined ? "" : String(value);
    return Object.entries(value)
      .map(([name, one]) => say("entry", { name, value: String(one) }))
      .join("\n");
  };
  return (
    <div className={styles.rendered}>
      <div className={styles.muted}>{say("wouldDo")}</div>
      <Facts
        facts={Object.entries(tried.input).map(([name, value]) => {
          const setting = settings.find((one) => one.name === name);
          const event = setting?.input === "EVENT" && typeof value === "number" ? events.get(value)?.name : undefined;
          const text = event ?? choiceText(setting, value, language) ?? shown(value);
          return {
            label: setting?.label[language] ?? name,
            value: text && <span className={styles.text}>{text}</span>,
          };
        })}
      />
    </div>
  );
}

/** A tried step in the form of one that ran, for what shows both. */
function asRun(tried: TriedStep): StepRun {
  return {
    visit: tried.visit,
    step: tried.step,
    kind: tried.kind,
    status: tried.status,
    reason: tried.reason,
    detail: tried.detail,
    attempts: 0,
    effect: null,
    input: tried.input,
    result: tried.result,
    startedAt: tried.at,
    endedAt: null,
    milliseconds: null,
  };
}
