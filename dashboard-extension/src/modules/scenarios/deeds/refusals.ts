import { Failure } from "@/lib/api";
import { type Language, useSurroundings } from "@/lib/bridge";
import { say } from "@/lib/texts";
import { refusalTexts } from "@/modules/scenarios/deeds/messages";
import { common } from "@/words/words";

/** One of a mutation's `errors`. */
export interface Refusal {
  readonly field?: string | null;
  readonly code: string;
  readonly message: string;
}

/** A mutation was refused; the answers' `errors`, at least one. */
export class Refused extends Failure {
  constructor(readonly refusals: readonly Refusal[]) {
    super("refused", refusals[0]?.code ?? "", refusals[0]?.message ?? "");
  }
}

/** The permission codes that a sentence of the API names. */
export function codesIn(message: string): readonly string[] {
  return message.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
}

/** A refusal in the reader's language; the API's English sentence where its code is not known here. */
export function refusalText({ code, message }: Refusal, language: Language): string {
  const codes = code === "PERMISSION_DENIED" ? codesIn(message) : [];
  if (codes.length) return say(common, language, "missingPermission", { count: codes.length, codes: codes.join(", ") });
  if (Object.hasOwn(refusalTexts.en, code))
    return say(refusalTexts, language, code as keyof (typeof refusalTexts)["en"]);
  return message;
}

export function useRefusalText(): (refusal: Refusal) => string {
  const { language } = useSurroundings();
  return (refusal) => refusalText(refusal, language);
}

interface Answer {
  readonly errors: readonly Refusal[];
}

/** Give a mutation's answer, or throw Refused. */
export function accepted<T extends Answer>(answer: T | null | undefined): T {
  if (!answer) throw new Failure("server", "EMPTY", "The answer was empty.");
  if (answer.errors.length) throw new Refused(answer.errors);
  return answer;
}
