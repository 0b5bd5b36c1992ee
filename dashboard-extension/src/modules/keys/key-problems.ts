import { useTexts } from "@/lib/texts";
import { type KeyDraft, LISTS, type Problem, wrongLine } from "./key-form";
import { keyProblemTexts } from "./messages";

/** Sentences for what is wrong with a key, by member; those of none stand at "". */
export function useProblemTexts(problems: readonly Problem[], draft: KeyDraft): (field: string) => string | undefined {
  const say = useTexts(keyProblemTexts);
  const sentence = (problem: Problem, list: string): string | undefined => {
    const key = [`${list} ${problem.code}`, problem.code].find((known) => Object.hasOwn(keyProblemTexts.en, known));
    return key ? say(key as keyof typeof keyProblemTexts.en) : problem.message;
  };
  return (field) => {
    const list = LISTS.find((one) => one === field);
    if (list) {
      const wrong = wrongLine(problems, draft, list);
      if (!wrong) return undefined;
      const text = sentence(wrong.problem, list);
      return wrong.line ? `${wrong.line}: ${text}` : text;
    }
    const members = ["name", ...LISTS];
    const found = problems.find((problem) =>
      field ? problem.field === field : !members.some((member) => problem.field?.startsWith(member)),
    );
    return found && sentence(found, field);
  };
}
