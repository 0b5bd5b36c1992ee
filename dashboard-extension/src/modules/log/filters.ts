import type {
  CustomEventInvocationFilterInput,
  CustomEventInvocationStatusEnum,
  CustomEventStepFilterInput,
} from "@/graphql/generated";

/** Rows of one page. */
export const PAGE = 50;

/** An event or a scenario, as far as a filter shows it. */
export interface Choice {
  readonly id: string;
  readonly number: number;
  readonly name: string;
}

/** A customer of the store, as far as a filter shows one. */
export interface Customer {
  /** The store's global id. */
  readonly id: string;
  /** Empty where the store no longer has them. */
  readonly email: string;
}

/** What was counted of the scenario's version, and is looked up here: what happened at a step, or how runs stand. */
export interface Counted {
  readonly version: number;
  readonly step?: CustomEventStepFilterInput;
  readonly statuses?: readonly CustomEventInvocationStatusEnum[];
  readonly reason?: string;
  /** What it is, in both languages. */
  readonly label: { readonly en: string; readonly pl: string };
}

export interface Filters {
  readonly email: string;
  readonly customer: Customer | null;
  readonly event: Choice | null;
  readonly scenario: Choice | null;
  readonly status: CustomEventInvocationStatusEnum | "";
  readonly reason: string;
  /** Of the scenario whose log is open. */
  readonly counted: Counted | null;
  /** As `<input type="datetime-local">` has it, in the browser's zone: `2026-11-24T10:15`; empty: no end. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTERS: Filters = {
  email: "",
  customer: null,
  event: null,
  scenario: null,
  status: "",
  reason: "",
  counted: null,
  from: "",
  to: "",
};

/** Which part of the list: behind a cursor, before one, or the newest. */
export interface Slice {
  readonly after?: string;
  readonly before?: string;
}

/** Whose log it is: of one event, one scenario, or everything. Numbers, as in the path. */
export interface Scope {
  readonly event?: number;
  readonly scenario?: number;
}

/** What is kept with the entry of the history, so that Back and closing a window lead to what was there. */
export interface LogState {
  readonly kind: "log";
  readonly scope: Scope;
  readonly filters: Filters;
  readonly slice: Slice;
  /** What "Why did nothing happen?" is to be asked about, on the way there. */
  readonly ask?: Pick<Filters, "email" | "event" | "from" | "to">;
}

export function isLogState(state: unknown): state is LogState {
  return typeof state === "object" && state !== null && "kind" in state && state.kind === "log" && "filters" in state;
}

/** Links from elsewhere give a part: `go(paths.log, {state: logWith({email})})`. */
export function logWith(filters: Partial<Filters>, scope: Scope = {}): LogState {
  return { kind: "log", scope, filters: { ...NO_FILTERS, ...filters }, slice: {} };
}

/** Ids that the path stands for; they win over a filter. */
export interface ScopeIds {
  readonly event?: string;
  readonly scenario?: string;
}

/** Give the API's filter. Local times become moments; the end's whole minute is included. */
export function filterInput(filters: Filters, scope: ScopeIds = {}): CustomEventInvocationFilterInput {
  const event = scope.event ?? filters.event?.id;
  const scenario = scope.scenario ?? filters.scenario?.id;
  const gte = moment(filters.from, 0);
  const lte = moment(filters.to, 59_999)?.replace("999Z", "999999Z");
  const counted = scenario ? filters.counted : null;
  const statuses = filters.status ? [filters.status] : counted?.statuses;
  const reason = filters.reason || counted?.reason;
  return {
    ...(event && { event }),
    ...(scenario && { scenario }),
    ...(filters.email.trim() && { email: filters.email.trim() }),
    ...(filters.customer && { customer: filters.customer.id }),
    ...(counted && { version: counted.version, ...(counted.step && { step: counted.step }) }),
    ...(statuses && { status: [...statuses] }),
    ...(reason && { reason: [reason] }),
    ...((gte || lte) && { created: { ...(gte && { gte }), ...(lte && { lte }) } }),
  };
}

function moment(local: string, plus: number): string | undefined {
  const time = local ? new Date(local).getTime() : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time + plus).toISOString();
}

export function sliceVariables({ after, before }: Slice): { first?: number; last?: number } & Slice {
  return before ? { last: PAGE, before } : { first: PAGE, ...(after && { after }) };
}

export type FilterKey = keyof Filters;

/** What cannot be an address is not asked for; the server decides about the rest. */
export function looksLikeEmail(text: string): boolean {
  return /^\S+@\S+$/.test(text);
}

/** The filters in force, in the order in which they are shown. */
export function inForce(filters: Filters): readonly FilterKey[] {
  return (Object.keys(NO_FILTERS) as FilterKey[]).filter((key) => filters[key]);
}

export const PRESETS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;
export type Preset = keyof typeof PRESETS;

/** The last hour, day … up to now, in the browser's zone. */
export function preset(span: Preset, now: number = Date.now()): Pick<Filters, "from" | "to"> {
  return { from: localMinute(new Date(now - PRESETS[span])), to: "" };
}

/** A moment as `<input type="datetime-local">` has it. */
export function localMinute(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
