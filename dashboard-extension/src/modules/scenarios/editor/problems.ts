import type { Language } from "@/lib/bridge";
import { say } from "@/lib/texts";
import { type Flow, isMembers, type Json } from "@/modules/scenarios/definition";
import { problemTexts, warningTexts } from "@/modules/scenarios/editor/problem-texts/messages";
import { exitAt, exitPart, exitsOf } from "@/modules/scenarios/exits";

/** What the server found wrong with a draft: `steps[3].config.url`. */
export interface Problem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** The same, at the part that it is about, wherever that stands by now. */
export interface Located extends Problem {
  /** Id of the start point or step, `exits[0]` of an exit rule; null: of the whole draft. */
  readonly part: string | null;
  /** The place within it: `config.url`, `branches[1].when.all[2].operator`; empty for the part itself. */
  readonly member: string;
  /** What stood there when it was checked. */
  readonly was: Json | undefined;
}

export interface Warned {
  readonly code: string;
  readonly message: string;
  readonly step?: string | null;
  readonly subject?: string | null;
}

const PLACE = /^(starts|steps|exits)\[(\d+)\]\.?(.*)$/;

/** Say of every problem which part of the draft that was checked it is about. */
export function located(problems: readonly Problem[], checked: Flow): readonly Located[] {
  return problems.map((problem) => {
    const [, list, index, member = ""] = PLACE.exec(problem.field) ?? [];
    if (list === "exits") {
      const rule = exitPart(Number(index));
      return { ...problem, part: rule, member, was: valueAt(exitsOf(checked)[Number(index)], member) };
    }
    const part = list && checked[list as "starts" | "steps"][Number(index)];
    if (!part) return { ...problem, part: null, member: problem.field, was: valueAt(checked, problem.field) };
    return { ...problem, part: part.id, member, was: valueAt(part, member) };
  });
}

/** Those that still stand: what is wrong has not been changed since, and its part is still there. */
export function standing(problems: readonly Located[], flow: Flow): readonly Located[] {
  return problems.filter((problem) => {
    const part = problem.part === null ? flow : partOf(flow, problem.part);
    return part !== undefined && same(valueAt(part, problem.member), problem.was);
  });
}

/** Whether nothing stands where something has to: what somebody may be about to fill. */
export function isBlank({ was }: Located): boolean {
  return was === undefined || was === null || was === "";
}

function partOf(flow: Flow, part: string): Json | undefined {
  const at = exitAt(part);
  return at === undefined ? [...flow.starts, ...flow.steps].find(({ id }) => id === part) : exitsOf(flow)[at];
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** What stands at a place like `branches[1].when.all[2].right`; a name with dots (a template's) is one name. */
export function valueAt(from: Json | undefined, place: string): Json | undefined {
  if (!place) return from;
  if (isMembers(from) && place in from) return from[place];
  const [whole, name, index, , rest = ""] = /^(?:([^.[\]]+)|\[(\d+)\])(\.)?(.*)$/s.exec(place) ?? [];
  if (whole === undefined) return undefined;
  const inner =
    index !== undefined
      ? Array.isArray(from)
        ? from[Number(index)]
        : undefined
      : isMembers(from)
        ? from[name ?? ""]
        : undefined;
  return valueAt(inner as Json | undefined, rest);
}

/** A problem in the reader's language: by the member and the code, by the code, or the API's English sentence. */
export function problemText({ field, code, message }: Problem, language: Language): string {
  const member =
    field
      .replace(/\[\d+\]/g, "")
      .split(".")
      .at(-1) ?? "";
  for (const key of [`${member} ${code}`, code])
    if (Object.hasOwn(problemTexts.en, key))
      return say(problemTexts, language, key as keyof (typeof problemTexts)["en"]);
  return message;
}

export function warningText({ code, message, subject }: Warned, language: Language): string {
  if (!Object.hasOwn(warningTexts.en, code)) return message;
  const named = { subject: subject ?? "", detail: message.replace(/^Mail cannot be sent: /, "") };
  return say(warningTexts, language, code as keyof (typeof warningTexts)["en"], named);
}
