import { useSurroundings } from "@/lib/bridge";
import { type Say, useTexts } from "@/lib/texts";
import { DecisionView } from "@/modules/log/decision-view";
import { Detail, Reason, StepStatus } from "@/modules/log/status";
import { StepInside } from "@/modules/log/step-inside";
import { stepTexts } from "@/modules/log/step-texts/messages";
import type { Actions } from "@/modules/log/steps";
import { duration, type Entry } from "@/modules/log/timeline";
import { Withheld } from "@/modules/log/withheld";
import { stepWords } from "@/modules/scenarios/messages";
import { kindText, stepTitle } from "@/modules/scenarios/summary";
import { Moment } from "@/ui/moment";
import styles from "./details.module.css";

interface Props {
  readonly entry: Entry;
  readonly actions: Actions;
}

/** One step run: what it is, how it went, when and how long, what decided or came back. */
export function StepView({ entry, actions }: Props) {
  const { run } = entry;
  const { title, kind } = useTitle(entry, actions);
  return (
    <li className={styles.step} data-status={run.status}>
      <div className={styles.stepHead}>
        <h4 className={styles.stepTitle}>{title}</h4>
        {kind !== title && <span className={styles.muted}>{kind}</span>}
        <StepStatus status={run.status} />
      </div>
      <Times entry={entry} />
      <Reason code={run.reason} />
      <Detail text={run.detail} reason={run.reason} />
      <DecisionView entry={entry} />
      {entry.withheld.map(([field, code]) => (
        <Withheld key={field} field={field} code={code} />
      ))}
      <StepInside entry={entry} actions={actions} />
    </li>
  );
}

function useTitle({ run, step }: Entry, actions: Actions): { readonly title: string; readonly kind: string } {
  const say = useTexts(stepWords);
  const { language } = useSurroundings();
  if (step) return { title: stepTitle(step, language, actions), kind: kindText(step, language, actions) };
  const kind = actions.find((action) => action.name === run.kind)?.label[language] ?? kindOf(run.kind, say);
  return { title: kind, kind };
}

const KINDS = ["condition", "split", "wait", "waitForEvent", "setVariable", "comment", "exit"] as const;
type Kind = (typeof KINDS)[number];

/** A step's kind where the version that ran is not known. */
function kindOf(kind: string, say: Say<Kind>): string {
  const waiting = kind === "waitUntil" || kind === "waitForTime" ? "wait" : kind;
  return (KINDS as readonly string[]).includes(waiting) ? say(waiting as Kind) : kind;
}

function Times({ entry }: { readonly entry: Entry }) {
  const say = useTexts(stepTexts);
  const { locale } = useSurroundings();
  const { run } = entry;
  const isOver = Boolean(run.endedAt);
  return (
    <div className={styles.times}>
      <span>
        {say("started")}: <Moment at={run.startedAt} />
      </span>
      {run.endedAt && run.endedAt !== run.startedAt && (
        <span>
          {say("ended")}: <Moment at={run.endedAt} />
        </span>
      )}
      {Boolean(run.milliseconds) && (
        <span>
          {say("took")}: {duration(run.milliseconds ?? 0, locale)}
        </span>
      )}
      {run.attempts > 0 && run.effect && (
        <span>
          {say("attempts")}: {run.attempts}
        </span>
      )}
      {entry.until && (
        <span>
          {say(isOver ? "waitedUntil" : "until")}: <Moment at={entry.until} />
        </span>
      )}
      {entry.nextTryAt && (
        <span>
          {say("nextTry")}: <Moment at={entry.nextTryAt} />
        </span>
      )}
      {entry.workers.length > 0 && (
        <span>
          {say("worker")}: {entry.workers.join(" → ")}
        </span>
      )}
    </div>
  );
}
