import type { CustomEventFireInput, CustomEventScenarioTestInput, ScenarioTestMutation } from "@/graphql/generated";
import type { FieldType } from "@/modules/events/event-form";
import { type SentValue, sentValue, type TypedValue } from "@/modules/events/values";
import { isPassing } from "@/modules/log/timeline";
import type { Flow } from "@/modules/scenarios/definition";
import { type Located, located, type Problem } from "@/modules/scenarios/editor/problems";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";

export type Tried = NonNullable<ScenarioTestMutation["customEventScenarioTest"]>;
export type TriedStep = NonNullable<Tried["steps"]>[number];

/** A data field that the event does not declare; of the types that the object form tells by itself. */
export interface Extra {
  readonly key: number;
  readonly name: string;
  readonly type: "STRING" | "NUMBER" | "BOOLEAN";
  readonly text: string;
}

/** What a draft is tried with, as it stands in the window. */
export interface Trial {
  readonly source: "typed" | "logged";
  /** Number of the event; undefined: the first start point's. */
  readonly event: number | undefined;
  readonly occurrenceId: string;
  readonly email: string;
  readonly channel: string;
  readonly url: string;
  readonly typed: Readonly<Record<string, TypedValue>>;
  readonly extras: readonly Extra[];
}

export const NEW_TRIAL: Trial = {
  source: "typed",
  event: undefined,
  occurrenceId: "",
  email: "",
  channel: "",
  url: "",
  typed: {},
  extras: [],
};
export const BLANK: TypedValue = { text: "", currency: "" };

/** The call: the draft as it is on the page, with a logged occurrence or with a typed one. */
export function testInput(flow: Flow, trial: Trial, event: KnownEvent): CustomEventScenarioTestInput {
  if (trial.source === "logged") return { draft: flow, occurrenceId: trial.occurrenceId };
  return { draft: flow, occurrence: typedOccurrence(trial, event) };
}

function typedOccurrence({ email, channel, url, typed, extras }: Trial, event: KnownEvent): CustomEventFireInput {
  const declared = event.dataFields.flatMap(({ name, type }) => {
    const value = sentValue(type as FieldType, typed[name] ?? BLANK);
    return value === undefined ? [] : [[name, value] as const];
  });
  const others = extras.flatMap((extra) =>
    extra.name.trim() ? [[extra.name.trim(), extraValue(extra)] as const] : [],
  );
  return {
    customEventId: event.number,
    ...(email.trim() && { customerEmail: email.trim() }),
    ...(channel.trim() && { channel: channel.trim() }),
    ...(url.trim() && { url: url.trim() }),
    dataFields: Object.fromEntries([...declared, ...others]),
  };
}

function extraValue({ type, text }: Extra): SentValue {
  if (type === "BOOLEAN") return text !== "false";
  const number = Number(text.trim().replace(",", "."));
  // What is no number goes as it is typed: the answer names it.
  return type === "NUMBER" && text.trim() !== "" && Number.isFinite(number) ? number : text;
}

const OF_DRAFT = /^(starts|steps|spec|draft)\b/;

/** What is wrong with the draft, and what with the occurrence. */
export function sorted(
  errors: Tried["errors"],
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
