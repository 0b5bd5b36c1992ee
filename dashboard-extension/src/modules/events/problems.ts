import { type Language, useSurroundings } from "@/lib/bridge";
import { type Catalogue, say, type Texts } from "@/lib/texts";
import type { Problem } from "./event-form";
import { valueProblems } from "./test-texts/messages";
import { problemTexts } from "./window-texts/messages";

/** Sentences for what the server finds wrong, in the reader's language; its English one where the code is unknown. */

export function sentenceOfProblem(problem: Problem, language: Language): string {
  const member = problem.field?.split("[")[0] ?? "";
  return (
    known(problemTexts, language, `${member} ${problem.code}`) ??
    known(problemTexts, language, problem.code) ??
    problem.message
  );
}

export function sentenceOfValue(problem: Problem, language: Language): string {
  return (
    known(valueProblems, language, `${problem.field} ${problem.code}`) ??
    known(valueProblems, language, problem.code) ??
    problem.message
  );
}

function known<T extends Texts>(texts: Catalogue<T>, language: Language, key: string): string | undefined {
  return Object.hasOwn(texts.en, key) ? say(texts, language, key as keyof T & string) : undefined;
}

export interface Told {
  /** The sentence about one member; undefined where nothing is wrong with it. */
  readonly at: (field: string) => string | undefined;
  /** What stands at no input, with its code. */
  readonly rest: readonly Problem[];
}

/** Sort problems to the inputs that there are; what belongs to none is left for a notice. */
export function told(
  problems: readonly Problem[],
  hasInput: (field: string) => boolean,
  sentence: (problem: Problem) => string,
): Told {
  return {
    at: (field) => {
      const found = problems.find((problem) => problem.field === field);
      return found && sentence(found);
    },
    rest: problems.filter((problem) => !problem.field || !hasInput(problem.field)),
  };
}

export function useSentences() {
  const { language } = useSurroundings();
  return {
    ofProblem: (problem: Problem) => sentenceOfProblem(problem, language),
    ofValue: (problem: Problem) => sentenceOfValue(problem, language),
  };
}
