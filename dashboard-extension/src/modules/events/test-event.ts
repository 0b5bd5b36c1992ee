import type { CustomEventFireInput, EventFireMutation } from "@/graphql/generated";
import type { EventDetails } from "./event-form";
import { type SentValue, sentValue, type TypedValue, typedSample } from "./values";

/** A test event: what somebody types, and the call that comes of it. */

export interface TestDraft {
  readonly email: string;
  readonly dryRun: boolean;
  /** What was typed by the field's name; a sample where nothing was yet. */
  readonly typed: Readonly<Record<string, TypedValue>>;
}

type Fields = EventDetails["dataFields"];
export type Receipt = NonNullable<EventFireMutation["customEventFire"]>;

export function typedOf(draft: TestDraft, field: Fields[number]): TypedValue {
  return Object.hasOwn(draft.typed, field.name)
    ? (draft.typed[field.name] ?? typedSample(field.type))
    : typedSample(field.type);
}

/** In the object form, as a storefront sends it: the declared types read the values. */
export function fireInput(event: Pick<EventDetails, "number" | "dataFields">, draft: TestDraft): CustomEventFireInput {
  const values: [string, SentValue][] = [];
  for (const field of event.dataFields) {
    const value = sentValue(field.type, typedOf(draft, field));
    if (value !== undefined) values.push([field.name, value]);
  }
  return {
    customEventId: event.number,
    customerEmail: draft.email.trim(),
    dataFields: Object.fromEntries(values),
    dryRun: draft.dryRun,
  };
}
