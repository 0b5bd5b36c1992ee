import type {
  CustomEventFireInput,
  CustomEventScenarioTestInput,
  CustomEventScenarioTestManyInput,
  CustomEventTestHappeningInput,
  ScenarioTestManyMutation,
  ScenarioTestMutation,
} from "@/graphql/generated";
import type { FieldType } from "@/modules/events/event-form";
import { type SentValue, sentValue, type TypedValue, withOffset } from "@/modules/events/values";
import { isPassing } from "@/modules/log/timeline";
import type { Flow, Step } from "@/modules/scenarios/definition";
import { type Located, located, type Problem } from "@/modules/scenarios/editor/problems";
import type { Known, KnownEvent } from "@/modules/scenarios/editor/variables";

/** What became of one occurrence. */
export type Tried = NonNullable<ScenarioTestMutation["customEventScenarioTest"]>;
export type TriedStep = NonNullable<Tried["steps"]>[number];
/** What became of many, counted. */
export type Tally = NonNullable<ScenarioTestManyMutation["customEventScenarioTestMany"]>;
export type TallyStep = NonNullable<Tally["steps"]>[number];

/** How many occurrences are tried at once. */
export const LAST = [10, 50, 200, 500] as const;
export type Last = (typeof LAST)[number];

/** The values with which an awaited event happens, by the names of its data fields. */
export type Typed = Readonly<Record<string, TypedValue>>;

/** A data field that the event does not declare; of the types that the object form tells by itself. */
export interface Extra {
  readonly key: number;
  readonly name: string;
  readonly type: "STRING" | "NUMBER" | "BOOLEAN";
  readonly text: string;
}

/** What a draft is tried with, as it stands in the panel. */
export interface Trial {
  readonly source: "typed" | "logged";
  /** Number of the event; undefined: the first start point's. */
  readonly event: number | undefined;
  readonly occurrenceId: string;
  /** Nobody is named: the e-mail does not count. */
  readonly isNobody: boolean;
  readonly email: string;
  readonly channel: string;
  readonly url: string;
  readonly typed: Typed;
  readonly extras: readonly Extra[];
  /** What the clock says, in the reader's zone: `2026-11-27T18:00`; empty: now. */
  readonly at: string;
  /** By the id of a step that waits for an event: it happens. The time of the others runs out. */
  readonly happened: Readonly<Record<string, Typed>>;
}

export const NEW_TRIAL: Trial = {
  source: "typed",
  event: undefined,
  occurrenceId: "",
  isNobody: false,
  email: "",
  channel: "",
  url: "",
  typed: {},
  extras: [],
  at: "",
  happened: {},
};
/** Who an occurrence is about where nobody is named: some browser. */
const SOMEBODY = "test";
export const BLANK: TypedValue = { text: "", currency: "" };

/** The call: the draft as it is on the page, with a logged occurrence or with a typed one. */
export function testInput(flow: Flow, trial: Trial, event: KnownEvent, events: Known): CustomEventScenarioTestInput {
  const given = { draft: flow, ...around(flow, trial, events) };
  if (trial.source === "logged") return { ...given, occurrenceId: trial.occurrenceId };
  return { ...given, occurrence: typedOccurrence(trial, event) };
}

/** The same for the last occurrences of the log. */
export function manyInput(flow: Flow, trial: Trial, last: number, events: Known): CustomEventScenarioTestManyInput {
  return { draft: flow, last, ...around(flow, trial, events) };
}

/** The clock, and what happens of what is waited for. */
function around(flow: Flow, { at, happened }: Trial, events: Known) {
  const given = waitsOf(flow).flatMap((step): CustomEventTestHappeningInput[] => {
    const typed = happened[step.id];
    if (!typed) return [];
    const event = typeof step.event === "number" ? events.get(step.event) : undefined;
    return [{ step: step.id, dataFields: Object.fromEntries(declaredValues(event, typed)) }];
  });
  return { ...(at && { beginAt: withOffset(at) }), ...(given.length > 0 && { happened: given }) };
}

/** The steps that wait for an event. */
export function waitsOf(flow: Flow): readonly Step[] {
  return flow.steps.filter(({ type }) => type === "waitForEvent");
}

/** The next Friday at six in the evening, in the reader's zone: `2026-11-27T18:00`. */
export function fridayEvening(now: Date): string {
  const days = (5 - now.getDay() + 7) % 7 || 7;
  const friday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${friday.getFullYear()}-${two(friday.getMonth() + 1)}-${two(friday.getDate())}T18:00`;
}

function typedOccurrence(trial: Trial, event: KnownEvent): CustomEventFireInput {
  const { isNobody, email, channel, url, typed, extras } = trial;
  const others = extras.flatMap((extra) =>
    extra.name.trim() ? [[extra.name.trim(), extraValue(extra)] as const] : [],
  );
  return {
    customEventId: event.number,
    ...(isNobody ? { anonymousId: SOMEBODY } : email.trim() && { customerEmail: email.trim() }),
    ...(channel.trim() && { channel: channel.trim() }),
    ...(url.trim() && { url: url.trim() }),
    dataFields: Object.fromEntries([...declaredValues(event, typed), ...others]),
  };
}

function declaredValues(event: KnownEvent | undefined, typed: Typed): readonly (readonly [string, SentValue])[] {
  return (event?.dataFields ?? []).flatMap(({ name, type }) => {
    const value = sentValue(type as FieldType, typed[name] ?? BLANK);
    return value === undefined ? [] : [[name, value] as const];
  });
}

function extraValue({ type, text }: Extra): SentValue {
  if (type === "BOOLEAN") return text !== "false";
  const number = Number(text.trim().replace(",", "."));
  // What is no number goes as it is typed: the answer names it.
  return type === "NUMBER" && text.trim() !== "" && Number.isFinite(number) ? number : text;
}

const OF_DRAFT = /^(starts|steps|exits|spec|draft)\b/;

/** What is wrong with the draft, and what with the occurrence. */
export function sorted(
  errors: readonly { readonly field?: string | null; readonly code: string; readonly message: string }[],
  flow: Flow,
): { readonly draft: readonly Located[]; readonly occurrence: readonly Problem[] } {
  const named = errors.map(({ field, code, message }) => ({ field: field ?? "", code, message }));
  const isOfDraft = ({ field }: Problem) => OF_DRAFT.test(field);
  return { draft: located(named.filter(isOfDraft), flow), occurrence: named.filter((one) => !isOfDraft(one)) };
}

/** How a step would go, as a key of the texts. */
export function fateOf(step: TriedStep): "wouldBeDone" | "wouldBeSkipped" | "wouldFail" | "passed" {
  if (step.status === "FAILED") return "wouldFail";
  if (step.status === "SKIPPED") return "wouldBeSkipped";
  return isPassing(step.kind) ? "passed" : "wouldBeDone";
}
