import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { sentenceOfValue } from "@/modules/events/problems";
import { refusalText } from "@/modules/scenarios/deeds/refusals";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { type Problem, problemText } from "@/modules/scenarios/editor/problems";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { usePartName } from "@/modules/scenarios/publishing/mend-list";
import lists from "@/modules/scenarios/publishing/publishing.module.css";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { sorted } from "@/modules/scenarios/testing/trial";
import { Notice } from "@/ui/notice";

interface Props {
  readonly problems: ReturnType<typeof sorted>;
  readonly event: KnownEvent | undefined;
}

/** Whether the panel has an input for what a problem is about. */
export function hasInput(field: string, event: KnownEvent | undefined): boolean {
  if (["customerEmail", "channel", "url"].includes(field)) return true;
  return event?.dataFields.some(({ name }) => field === `dataFields.${name}`) ?? false;
}

/** Why there is no outcome: the draft is not right yet, or the occurrence would be refused. */
export function TrialProblems({ problems, event }: Props) {
  const { lead } = useEditor();
  const { setMode } = useOverlay();
  const { language } = useSurroundings();
  const say = useTexts(testTexts);
  const nameOf = usePartName();
  const rest = problems.occurrence.filter(({ field }) => !hasInput(field, event));
  const sentence = (problem: Problem) => {
    const known = sentenceOfValue(problem, language);
    return known === problem.message ? refusalText(problem, language) : known;
  };
  return (
    <>
      {problems.draft.length > 0 && (
        <Notice kind="error" title={say("problems")}>
          <ul className={lists.list}>
            {problems.draft.map((problem) => {
              const { part } = problem;
              const leads = () => {
                setMode("build");
                if (part !== null) lead(part);
              };
              return (
                <li key={problem.field}>
                  <button type="button" className={lists.lead} onClick={leads}>
                    {nameOf(part)}
                  </button>
                  <div>{problemText(problem, language)}</div>
                </li>
              );
            })}
          </ul>
        </Notice>
      )}
      {problems.occurrence.length > 0 && (
        <Notice kind="error" title={say("refused")}>
          <ul className={lists.list}>
            {rest.map((problem) => (
              <li key={`${problem.field} ${problem.code}`}>
                {problem.field && <code>{problem.field}</code>} {sentence(problem)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
