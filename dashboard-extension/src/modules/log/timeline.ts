import type { LogInvocationQuery } from "@/graphql/generated";
import { isMembers, type Json, type Members, type Step, textOf } from "@/modules/scenarios/definition";

export type Invocation = NonNullable<LogInvocationQuery["customEventInvocation"]>;
export type StepRun = Invocation["steps"][number];

/** One comparison with the value that it saw. */
export interface Compared {
  /** As the definition has it, with its right side's type: `{left, operator, right}`. */
  readonly written: Members;
  readonly actual: unknown;
  readonly holds: boolean;
  /** Of a data field: the store said so when it was asked, or a browser did, for which nobody vouches. */
  readonly source?: "fromStore" | "fromBrowser";
  /** Why the two could not be compared, in English. */
  readonly note?: string;
  /** Why nothing is given of what a data field names in the store: a code. */
  readonly withheld?: string;
}

/** A branch that a condition looked at. */
export interface Branch {
  /** From 1, as people count. */
  readonly number: number;
  readonly label: string;
  readonly isTaken: boolean;
  readonly comparisons: readonly Compared[];
}

/** One way of a split, with its share of all weights. */
export interface Share {
  readonly number: number;
  readonly label: string;
  readonly isTaken: boolean;
}

/** What became of an event that was waited for, or that an exit rule looks for. */
export interface Awaited {
  readonly outcome: "happened" | "timedOut" | "letGo" | "letGoOrder" | "letGoNamedOrder" | "letGoConsent";
  /** The custom event's number. */
  readonly event: number | undefined;
  readonly occurrenceId: string;
  readonly comparisons: readonly Compared[];
  /** Of an order at which an exit rule let go: the number that people call it by. */
  readonly order?: string;
}

/** One step run, read out of what the engine and the actions keep (scenarios/advance.py: Passed, running/acting.py). */
export interface Entry {
  readonly run: StepRun;
  /** The step as the version that ran defines it; undefined where that is not known. */
  readonly step: Step | undefined;
  readonly branches: readonly Branch[];
  /** No branch held. */
  readonly isOtherwise: boolean;
  readonly shares: readonly Share[];
  /** The weights that were in force, in the order of the shares. */
  readonly weights: readonly number[];
  readonly awaited?: Awaited;
  /** The variable that was set. */
  readonly variable?: { readonly name: string; readonly value: string };
  /** The date that was waited for, the time zone, and what was odd about it (in English). */
  readonly date?: string;
  readonly zone?: string;
  readonly note?: string;
  /** Data fields that name something of which the step was given nothing, with the code that says why. */
  readonly withheld: readonly (readonly [string, string])[];
  readonly until?: string;
  readonly nextTryAt?: string;
  readonly workers: readonly string[];
  /** What a receiver answered. */
  readonly response?: string;
  /** What else came back. */
  readonly rest: readonly (readonly [string, unknown])[];
  readonly settings: readonly (readonly [string, unknown])[];
}

const READ = new Set(["branch", "comparisons", "until", "nextTryAt", "worker", "resumedBy", "response", "withheld"]);
/** Kinds of steps that decide or wait: all that they keep is read here. The others are actions. */
const STEP_KINDS: readonly string[] = [
  "condition",
  "split",
  "wait",
  "waitUntil",
  "waitForTime",
  "waitForEvent",
  "setVariable",
  "comment",
  "exit",
];

/** Whether a step run is of a step that does nothing to the world. */
export function isPassing(kind: string): boolean {
  return STEP_KINDS.includes(kind);
}

/** Give the steps in the order in which they ran. `definition` is that of the version that ran. */
export function timeline(steps: readonly StepRun[], definition: unknown): readonly Entry[] {
  const defined = new Map(
    members(isMembers(definition) ? definition.steps : []).map((step) => [textOf(step.id), step]),
  );
  return [...steps]
    .sort((a, b) => a.visit - b.visit)
    .map((run) => entry(run, defined.get(run.step) as Step | undefined, definition));
}

function members(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

function entry(run: StepRun, step: Step | undefined, definition: unknown): Entry {
  const result: Members = isMembers(run.result) ? run.result : {};
  return {
    run,
    step,
    branches: run.kind === "condition" ? branches(result, step) : [],
    isOtherwise: result.branch === "otherwise",
    ...(isPassing(run.kind) && decided(run, result, step, definition)),
    shares: run.kind === "split" ? shares(result, step) : [],
    weights: run.kind === "split" ? weightsOf(result) : [],
    withheld: withheldOf(result),
    until: textOf(result.until) || undefined,
    nextTryAt: run.status === "RETRYING" ? textOf(result.nextTryAt) || undefined : undefined,
    workers: [...new Set([textOf(result.worker), textOf(result.resumedBy)].filter(Boolean))],
    response: typeof result.response === "string" ? result.response : undefined,
    rest: isPassing(run.kind) ? [] : Object.entries(result).filter(([name]) => !READ.has(name)),
    settings: isMembers(run.input) ? Object.entries(run.input).filter(([, value]) => value !== "") : [],
  };
}

function decided(run: StepRun, result: Members, step: Step | undefined, definition: unknown): Partial<Entry> {
  const isSet = run.kind === "setVariable" && typeof result.value === "string";
  return {
    awaited: awaited(run, result, step, definition),
    ...(isSet && { variable: { name: textOf(result.name), value: textOf(result.value) } }),
    date: textOf(result.date) || undefined,
    zone: textOf(result.zone) || undefined,
    note: textOf(result.note) || undefined,
  };
}

/** Which data fields name what was not read in the store, with the code that says why. */
function withheldOf(result: Members): Entry["withheld"] {
  return isMembers(result.withheld) ? Object.entries(result.withheld).map(([name, why]) => [name, textOf(why)]) : [];
}

function weightsOf(result: Members): readonly number[] {
  return Array.isArray(result.weights) ? result.weights.map(Number) : [];
}

function shares(result: Members, step: Step | undefined): readonly Share[] {
  const defined = members(step?.branches);
  const count = weightsOf(result).length || (typeof result.branch === "number" ? result.branch + 1 : 0);
  return [...Array(count).keys()].map((at) => ({
    number: at + 1,
    label: textOf(defined[at]?.label),
    isTaken: result.branch === at,
  }));
}

function awaited(run: StepRun, result: Members, step: Step | undefined, definition: unknown): Awaited | undefined {
  const isExit = run.reason === "EXITED_EARLY";
  const sign = isExit ? signOf(result) : undefined;
  if (sign) return sign;
  const outcome = isExit
    ? "letGo"
    : result.branch === "happened" || result.branch === "timedOut"
      ? result.branch
      : null;
  if (outcome === null || (!isExit && run.kind !== "waitForEvent")) return undefined;
  const event = typeof result.event === "number" ? result.event : undefined;
  const rules = members(isMembers(definition) ? definition.exits : []).filter((rule) => rule.event === event);
  // Of several rules for one event the log does not say which it was.
  const filter = isExit ? (rules.length === 1 ? rules[0]?.filter : undefined) : step?.filter;
  return {
    outcome,
    event,
    occurrenceId: textOf(result.occurrenceId),
    comparisons: paired(members(result.comparisons), written(filter)),
  };
}

/** What an exit rule let go at where that is no event. */
function signOf(result: Members): Awaited | undefined {
  const nothing = { event: undefined, occurrenceId: "", comparisons: [] };
  if (result.exit === "consentWithdrawn") return { ...nothing, outcome: "letGoConsent" };
  if (result.exit !== "orderPlaced") return undefined;
  const order = isMembers(result.order) ? textOf(result.order.number) || textOf(result.order.id) : "";
  return order ? { ...nothing, outcome: "letGoNamedOrder", order } : { ...nothing, outcome: "letGoOrder" };
}

function branches(result: Members, step: Step | undefined): readonly Branch[] {
  const defined = members(step?.branches);
  const compared = members(result.comparisons);
  const looked = new Set(compared.map((one) => Number(one.branch)));
  if (typeof result.branch === "number") looked.add(result.branch);
  return [...looked]
    .sort((a, b) => a - b)
    .map((number) => ({
      number: number + 1,
      label: textOf(defined[number]?.label),
      isTaken: result.branch === number,
      comparisons: paired(
        compared.filter((one) => Number(one.branch) === number),
        written(defined[number]?.when),
      ),
    }));
}

/** All comparisons of a condition are made, in the order in which they are written (scenarios/conditions.py: holds). */
function written(condition: Json | undefined): readonly Members[] {
  if (!isMembers(condition)) return [];
  if ("left" in condition) return [condition];
  const parts = "not" in condition ? [condition.not] : (condition.all ?? condition.any);
  return Array.isArray(parts) ? parts.flatMap(written) : [];
}

/** The log keeps numbers and times as texts: the definition says what they are. */
function paired(compared: readonly Members[], conditions: readonly Members[]): readonly Compared[] {
  return compared.map((one, at) => {
    const known = conditions.length === compared.length ? conditions[at] : undefined;
    const kept: Members = { left: one.operand ?? "", operator: one.operator ?? "", right: one.value ?? null };
    return {
      written: known ?? kept,
      actual: one.actual,
      holds: one.holds === true,
      ...(one.source === "store" && { source: "fromStore" as const }),
      ...(one.source === "public" && { source: "fromBrowser" as const }),
      ...(textOf(one.note) && { note: textOf(one.note) }),
      ...(textOf(one.withheld) && { withheld: textOf(one.withheld) }),
    };
  });
}

/** Milliseconds as people read them; a hundredth of a second is exact enough. */
export function duration(milliseconds: number, locale: string): string {
  const unit = (value: number, of: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: of,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    }).format(value);
  if (milliseconds < 1000) return unit(milliseconds, "millisecond");
  const seconds = milliseconds / 1000;
  if (seconds < 60) return unit(seconds, "second", 2);
  const parts = (
    [
      ["day", 86_400, Number.POSITIVE_INFINITY],
      ["hour", 3600, 24],
      ["minute", 60, 60],
      ["second", 1, 60],
    ] as const
  ).map(([name, size, of]) => [name, Math.floor(seconds / size) % of] as const);
  return parts
    .filter(([, value]) => value > 0)
    .slice(0, 2)
    .map(([name, value]) => unit(value, name))
    .join(" ");
}

/** It may still change by itself. */
export function isUnderWay(status: Invocation["status"]): boolean {
  return status === "RUNNING" || status === "WAITING";
}
