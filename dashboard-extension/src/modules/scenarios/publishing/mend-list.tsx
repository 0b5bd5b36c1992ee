import { useMemo } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { problemText, type Warned, warningText } from "@/modules/scenarios/editor/problems";
import { exitAt } from "@/modules/scenarios/exits";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import { type Obstacle, obstaclesOf } from "@/modules/scenarios/publishing/obstacles";
import styles from "@/modules/scenarios/publishing/publishing.module.css";
import { stepTitle } from "@/modules/scenarios/summary";

/** Names a part of the flow as the page does: `Step 3: Send e-mail`. */
export function usePartName(): (part: string | null | undefined) => string {
  const { flow, numbers, actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(publishTexts);
  return (part) => {
    const exit = exitAt(part);
    if (exit !== undefined) return say("ofExit", { number: exit + 1 });
    const step = stepOf(flow, part ?? null);
    if (step) return say("ofStep", { number: numbers.get(step.id) ?? 0, title: stepTitle(step, language, actions) });
    const start = flow.starts.findIndex((one) => one.id === part);
    return start < 0 ? say("ofDraft") : say("ofStart", { number: start + 1 });
  };
}

/** All that stands between the draft and its publishing, as it is on the page; each entry leads to its place. */
export function MendList({ unsaved }: { readonly unsaved: boolean }) {
  const { check } = useEditor();
  const say = useTexts(publishTexts);
  const obstacles = useObstacles();
  const count = obstacles.length;
  const isClear = !count && check.state === "current";
  const told = count ? say("toMend", { count }) : isClear ? say("nothingToMend") : "";
  return (
    <section
      id="to-mend"
      tabIndex={-1}
      className={styles.panel}
      data-kind={count ? "error" : undefined}
      aria-label={count ? say("toMend", { count }) : say("beforePublishing")}
    >
      <h2 className={styles.panelTitle}>{count ? say("toMend", { count }) : say("beforePublishing")}</h2>
      <ul className={styles.list}>
        {obstacles.map((obstacle) => (
          <Entry key={keyOf(obstacle)} obstacle={obstacle} />
        ))}
        {unsaved && <NotSaved />}
      </ul>
      <p className={styles.state} data-state={check.state}>
        {say(isClear ? "nothingToMend" : check.state)}
      </p>
      {/* Read when the count changes, and never in the middle of a word. */}
      <p className="sce-hidden" role="status">
        {told}
      </p>
    </section>
  );
}

function useObstacles(): readonly Obstacle[] {
  const { flow, check } = useEditor();
  const viewer = useViewer();
  return useMemo(() => {
    const parts = new Set([...flow.starts, ...flow.steps].map(({ id }) => id));
    return obstaclesOf({ ...check, missing: viewer.missing("DEFINE"), has: (part) => parts.has(part) });
  }, [flow, check, viewer]);
}

function keyOf(obstacle: Obstacle): string {
  if (obstacle.kind === "problem") return `${obstacle.problem.field} ${obstacle.problem.code}`;
  return obstacle.kind === "permission" ? obstacle.codes.join(" ") : obstacle.kind;
}

function Entry({ obstacle }: { readonly obstacle: Obstacle }) {
  const { language } = useSurroundings();
  const say = useTexts(publishTexts);
  const nameOf = usePartName();
  if (obstacle.kind === "problem") {
    const { problem } = obstacle;
    const text = problemText(problem, language);
    return (
      <li>
        {problem.part === null ? (
          <span className={styles.place}>{nameOf(null)}</span>
        ) : (
          <Lead part={problem.part} problem={text} />
        )}
        <div>{text}</div>
      </li>
    );
  }
  return (
    <li>
      {obstacle.parts.map((part) => (
        <div key={part}>
          <Lead part={part} />
        </div>
      ))}
      <div>
        {obstacle.kind === "mail"
          ? warningText(obstacle.warning, language)
          : say("missingText", { codes: obstacle.codes.join(", ") })}
      </div>
    </li>
  );
}

/** Leads to a part, and there to the field that tells `problem`. */
function Lead({ part, problem }: { readonly part: string; readonly problem?: string }) {
  const { lead } = useEditor();
  const nameOf = usePartName();
  return (
    <button type="button" className={styles.lead} onClick={() => lead(part, true, problem)}>
      {nameOf(part)}
    </button>
  );
}

/** The id of the button that saves. */
export const SAVE = "save-draft";

function NotSaved() {
  const say = useTexts(publishTexts);
  return (
    <li>
      <button type="button" className={styles.lead} onClick={() => document.getElementById(SAVE)?.focus()}>
        {say("notSaved")}
      </button>
      <div>{say("notSavedText")}</div>
    </li>
  );
}

/** What does not keep the draft from being published, and should be known. */
export function WarningList({
  warnings,
  onLead,
}: {
  readonly warnings: readonly Warned[];
  readonly onLead?: () => void;
}) {
  const { lead } = useEditor();
  const { language } = useSurroundings();
  const nameOf = usePartName();
  return (
    <ul className={styles.list}>
      {warnings.map((warning) => {
        const { step } = warning;
        return (
          <li key={`${warning.code} ${step} ${warning.subject}`}>
            {step && (
              <button
                type="button"
                className={styles.lead}
                onClick={() => {
                  onLead?.();
                  lead(step);
                }}
              >
                {nameOf(step)}
              </button>
            )}
            <div>{warningText(warning, language)}</div>
          </li>
        );
      })}
    </ul>
  );
}
