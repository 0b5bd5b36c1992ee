import type {
  CustomEventCreateInput,
  CustomEventDataFieldInput,
  CustomEventFieldTypeEnum,
  CustomEventPrivacyEnum,
  CustomEventUpdateInput,
  CustomEventViolationsEnum,
  EventDetailsFragment,
} from "@/graphql/generated";
import { REFERENCES } from "@/words/words";

import { type HappeningDraft, happeningDraftOf, happeningInput, problemsOfHappenings } from "./happenings";

/** What stands in the window's fields, and what of it is sent. */

export type FieldType = CustomEventFieldTypeEnum;
export type Privacy = CustomEventPrivacyEnum;
export type Violations = CustomEventViolationsEnum;
export type EventDetails = EventDetailsFragment;

export const FIELD_TYPES: readonly FieldType[] = [
  "STRING",
  "TEXT",
  "NUMBER",
  "MONEY",
  "DATE",
  "DATETIME",
  "BOOLEAN",
  "URL",
  "VARIANT",
  "PRODUCT",
  "CHECKOUT",
  "ORDER",
];
export const PRIVACIES: readonly Privacy[] = ["STORE", "MASK", "HASH", "DROP"];
export const VIOLATIONS: readonly Violations[] = ["OFF", "WARN", "REJECT"];
export const MOST_FIELDS = 100;
const LARGEST_NUMBER = 1_000_000_000;

export interface FieldDraft {
  /** Names the row while it is moved about. */
  readonly key: number;
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** What is kept of what is sent. */
  readonly privacy: Privacy;
}

export interface EventDraft {
  readonly name: string;
  readonly description: string;
  readonly logging: boolean;
  readonly public: boolean;
  /** Undefined: made from the name. */
  readonly slug: string | undefined;
  readonly fields: readonly FieldDraft[];
  readonly violations: Violations;
  /** What happens in the store and fires it, in the order in which it was chosen. */
  readonly happenings: readonly HappeningDraft[];
  /** As typed; only a new event may be given one. */
  readonly number: string;
}

/** What is wrong with one member; `field` as the server names it: `name`, `dataFields[2].name`. */
export interface Problem {
  readonly field?: string | null;
  readonly code: string;
  readonly message: string;
}

export const NEW_EVENT: EventDraft = {
  name: "",
  description: "",
  logging: true,
  public: false,
  slug: undefined,
  fields: [],
  violations: "OFF",
  happenings: [],
  number: "",
};

export function draftOf(event: EventDetails): EventDraft {
  return {
    name: event.name,
    description: event.description,
    logging: event.logging,
    public: event.public,
    slug: event.slug,
    fields: event.dataFields.map((field, key) => ({ key, ...field })),
    violations: event.violations,
    happenings: event.happenings.map(happeningDraftOf),
    number: "",
  };
}

export function isChanged(draft: EventDraft, from: EventDraft): boolean {
  return JSON.stringify(members(draft)) !== JSON.stringify(members(from));
}

function members(draft: EventDraft) {
  return { ...draft, fields: fieldInputs(draft) };
}

function fieldInputs(draft: EventDraft): CustomEventDataFieldInput[] {
  return draft.fields.map(({ name, type, required, privacy }) => ({ name: name.trim(), type, required, privacy }));
}

export function createInput(draft: EventDraft): CustomEventCreateInput {
  return {
    name: draft.name,
    description: draft.description,
    logging: draft.logging,
    public: draft.public,
    dataFields: fieldInputs(draft),
    violations: draft.violations,
    ...(draft.happenings.length ? { happenings: draft.happenings.map(happeningInput) } : {}),
    ...(draft.slug ? { slug: draft.slug } : {}),
    ...(draft.number.trim() ? { number: Number(draft.number) } : {}),
  };
}

/** Only what was changed: what somebody else changed meanwhile stays as it is. */
export function updateInput(draft: EventDraft, from: EventDraft): CustomEventUpdateInput {
  const input: CustomEventUpdateInput = {};
  if (draft.name !== from.name) input.name = draft.name;
  if (draft.description !== from.description) input.description = draft.description;
  if (draft.logging !== from.logging) input.logging = draft.logging;
  if (draft.public !== from.public) input.public = draft.public;
  if (draft.slug !== from.slug) input.slug = draft.slug ?? "";
  if (draft.violations !== from.violations) input.violations = draft.violations;
  const happenings = draft.happenings.map(happeningInput);
  if (JSON.stringify(happenings) !== JSON.stringify(from.happenings.map(happeningInput))) input.happenings = happenings;
  const fields = fieldInputs(draft);
  if (JSON.stringify(fields) !== JSON.stringify(fieldInputs(from))) input.dataFields = fields;
  return input;
}

/** What can be seen to be wrong before anything is sent; in the server's words. */
export function problemsOf(draft: EventDraft): readonly Problem[] {
  const problems: Problem[] = [];
  const wrong = (field: string, code: string) => problems.push({ field, code, message: "" });
  if (!draft.name.trim()) wrong("name", "REQUIRED");
  const number = draft.number.trim();
  if (number && !(/^\d{1,10}$/.test(number) && Number(number) >= 1 && Number(number) <= LARGEST_NUMBER))
    wrong("number", "INVALID");
  const seen = new Set<string>();
  draft.fields.forEach((field, index) => {
    const name = field.name.trim();
    if (!name) wrong(`dataFields[${index}].name`, "REQUIRED");
    else if (seen.has(name)) wrong(`dataFields[${index}].name`, "UNIQUE");
    seen.add(name);
  });
  return [...problems, ...problemsOfHappenings(draft.happenings)];
}

export function addedField(draft: EventDraft): EventDraft {
  const key = Math.max(-1, ...draft.fields.map((field) => field.key)) + 1;
  return { ...draft, fields: [...draft.fields, { key, name: "", type: "STRING", required: false, privacy: "STORE" }] };
}

export function changedField(draft: EventDraft, key: number, change: Partial<FieldDraft>): EventDraft {
  const changed = (field: FieldDraft): FieldDraft => {
    const now = { ...field, ...change };
    return REFERENCES.has(now.type) ? { ...now, privacy: "STORE" } : now;
  };
  return { ...draft, fields: draft.fields.map((field) => (field.key === key ? changed(field) : field)) };
}

export function removedField(draft: EventDraft, key: number): EventDraft {
  return { ...draft, fields: draft.fields.filter((field) => field.key !== key) };
}

/** Move a row one place up (-1) or down (+1); at the end it stays. */
export function movedField(draft: EventDraft, key: number, by: -1 | 1): EventDraft {
  const at = draft.fields.findIndex((field) => field.key === key);
  const fields = [...draft.fields];
  const [here, there] = [fields[at], fields[at + by]];
  if (!here || !there) return draft;
  fields[at] = there;
  fields[at + by] = here;
  return { ...draft, fields };
}
