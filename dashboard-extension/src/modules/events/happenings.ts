import type {
  CustomEventHappeningInput,
  CustomEventHappeningKindEnum,
  HappeningFieldFragment,
} from "@/graphql/generated";
import type { EventDraft, FieldDraft, Problem } from "./event-form";

/** What happens in the store and fires an event: as it stands in the window, and what of it is sent. */

export type HappeningKind = CustomEventHappeningKindEnum;

export const UNITS = ["MINUTES", "HOURS", "DAYS"] as const;
export type Unit = (typeof UNITS)[number];
const MINUTES_IN: Readonly<Record<Unit, number>> = { MINUTES: 1, HOURS: 60, DAYS: 1440 };
const LEAST_MINUTES = 5;
const MOST_MINUTES = 30 * 1440;
const MOST_KEYS = 20;

/** In the order of the window. */
export const GROUPS = {
  checkouts: ["CHECKOUT_ABANDONED", "CHECKOUT_CREATED", "CHECKOUT_UPDATED"],
  orders: [
    "ORDER_CREATED",
    "ORDER_CONFIRMED",
    "ORDER_PAID",
    "ORDER_FULLY_PAID",
    "ORDER_FULFILLED",
    "ORDER_CANCELLED",
    "ORDER_REFUNDED",
    "ORDER_METADATA_CHANGED",
  ],
  customers: ["CUSTOMER_CREATED", "CUSTOMER_CONFIRMED", "CUSTOMER_DELETED", "CUSTOMER_METADATA_CHANGED"],
  goods: ["BACK_IN_STOCK", "PRODUCT_METADATA_CHANGED", "GIFT_CARD_CREATED"],
} as const satisfies Readonly<Record<string, readonly HappeningKind[]>>;

export interface HappeningDraft {
  readonly kind: HappeningKind;
  /** Of an abandoned checkout, as typed. */
  readonly amount: string;
  readonly unit: Unit;
  /** Of changed metadata, as typed: keys parted by commas. */
  readonly keys: string;
}

interface Happening {
  readonly kind: HappeningKind;
  readonly minutes?: number | null;
  readonly keys: readonly string[];
}

export const hasMinutes = (kind: HappeningKind) => kind === "CHECKOUT_ABANDONED";
export const hasKeys = (kind: HappeningKind) => kind.endsWith("METADATA_CHANGED");

export function happeningDraftOf({ kind, minutes, keys }: Happening): HappeningDraft {
  const { amount, unit } = spanOf(minutes ?? 60);
  return { kind, amount: String(amount), unit, keys: keys.join(", ") };
}

/** Minutes in the largest unit that tells them exactly. */
export function spanOf(minutes: number): { readonly amount: number; readonly unit: Unit } {
  const unit = minutes % 1440 === 0 ? "DAYS" : minutes % 60 === 0 ? "HOURS" : "MINUTES";
  return { amount: minutes / MINUTES_IN[unit], unit };
}

export function happeningInput(draft: HappeningDraft): CustomEventHappeningInput {
  return {
    kind: draft.kind,
    ...(hasMinutes(draft.kind) ? { minutes: minutesOf(draft) } : {}),
    ...(hasKeys(draft.kind) ? { keys: keysOf(draft) } : {}),
  };
}

function minutesOf(draft: HappeningDraft): number {
  return Number(draft.amount) * MINUTES_IN[draft.unit];
}

function keysOf(draft: HappeningDraft): string[] {
  return draft.keys
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key);
}

/** What can be seen to be wrong before anything is sent; places and codes as the server's. */
export function problemsOfHappenings(happenings: readonly HappeningDraft[]): readonly Problem[] {
  return happenings.flatMap((one, index) => {
    const at = (member: string, code: string) => [{ field: `happenings[${index}].${member}`, code, message: "" }];
    if (hasMinutes(one.kind)) {
      const minutes = /^\d{1,6}$/.test(one.amount.trim()) ? minutesOf(one) : 0;
      if (minutes < LEAST_MINUTES || minutes > MOST_MINUTES) return at("minutes", "INVALID");
    }
    if (hasKeys(one.kind)) {
      const keys = keysOf(one);
      if (!keys.length) return at("keys", "REQUIRED");
      if (keys.length > MOST_KEYS) return at("keys", "TOO_MANY");
      if (new Set(keys).size < keys.length) return at("keys", "UNIQUE");
    }
    return [];
  });
}

/** Choose it, at the end, or no longer. */
export function toggled(draft: EventDraft, kind: HappeningKind): EventDraft {
  const without = draft.happenings.filter((one) => one.kind !== kind);
  const happenings =
    without.length < draft.happenings.length ? without : [...without, happeningDraftOf({ kind, keys: [] })];
  return { ...draft, happenings };
}

export function changedHappening(draft: EventDraft, kind: HappeningKind, part: Partial<HappeningDraft>): EventDraft {
  return { ...draft, happenings: draft.happenings.map((one) => (one.kind === kind ? { ...one, ...part } : one)) };
}

export interface KindOfHappening {
  readonly kind: HappeningKind;
  readonly fields: readonly HappeningFieldFragment[];
}

/** The data fields that the store fills for what is chosen, without those that are declared already. */
export function offeredFields(draft: EventDraft, kinds: readonly KindOfHappening[]): readonly HappeningFieldFragment[] {
  const chosen = new Set(draft.happenings.map((one) => one.kind));
  const seen = new Set(draft.fields.map((field) => field.name.trim()));
  const offered: HappeningFieldFragment[] = [];
  for (const field of kinds.filter(({ kind }) => chosen.has(kind)).flatMap(({ fields }) => fields)) {
    if (!seen.has(field.name)) offered.push(field);
    seen.add(field.name);
  }
  return offered;
}

/** Declare them; none of them is required, since the store leaves out what there is nothing of. */
export function withFields(draft: EventDraft, fields: readonly HappeningFieldFragment[]): EventDraft {
  const first = Math.max(-1, ...draft.fields.map((field) => field.key)) + 1;
  const added = fields.map(
    ({ name, type }, index): FieldDraft => ({ key: first + index, name, type, required: false, privacy: "STORE" }),
  );
  return { ...draft, fields: [...draft.fields, ...added] };
}
