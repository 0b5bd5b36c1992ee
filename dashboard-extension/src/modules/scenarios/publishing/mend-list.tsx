import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { problemText, type Warned, warningText } from "@/modules/scenarios/editor/problems";
import { exitAt } from "@/modules/scenarios/exits";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
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

/** All that stands between the draft and its publishing; each entry leads to its place. */
export function MendList() {
  const { problems, lead } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(publishTexts);
  const nameOf = usePartName();
  if (!problems.length) return null;
  return (
    <section
      id="to-mend"
      tabIndex={-1}
      className={styles.panel}
      data-kind="error"
      aria-label={say("toMend", { count: problems.length })}
    >
      <h2 className={styles.panelTitle}>{say("toMend", { count: problems.length })}</h2>
      <ul className={styles.list}>
        {problems.map((problem) => {
          const { part } = problem;
          return (
            <li key={problem.field}>
              {part === null ? (
                <span className={styles.place}>{nameOf(part)}</span>
              ) : (
                <button type="button" className={styles.lead} onClick={() => lead(part)}>
                  {nameOf(part)}
                </button>
              )}
              <div>{problemText(problem, language)}</div>
            </li>
          );
        })}
      </ul>
    </section>
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
