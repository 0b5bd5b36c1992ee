import type {
  CustomEventInvocationStatusEnum,
  CustomEventRetryVersionEnum,
  ReplayMutation,
  ReplayMutationVariables,
} from "@/graphql/generated";
import { type Choice, type Filters, filterInput, localMinute, NO_FILTERS } from "@/modules/log/filters";

/** Ends that can run again; of what was skipped only what a pause kept out. */
export const ENDS = [
  "FAILED",
  "CANCELLED",
  "COMPLETED",
  "SKIPPED",
] as const satisfies readonly CustomEventInvocationStatusEnum[];
export type End = (typeof ENDS)[number];

/** Rows that one replay may have. */
export const MOST = 100_000;
const LONGEST_MINUTES = 30 * 24 * 60;
const DAY = 86_400_000;

export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof UNITS;

/** What is to run again, as it stands in the form. */
export interface Plan {
  readonly event: Choice | null;
  readonly scenario: Choice | null;
  readonly ends: readonly End[];
  /** Codes; empty: any. */
  readonly reasons: readonly string[];
  /** As `<input type="datetime-local">` has it; `to` empty: now. */
  readonly from: string;
  readonly to: string;
  readonly version: CustomEventRetryVersionEnum;
  readonly isSpread: boolean;
  readonly amount: string;
  readonly unit: Unit;
}

export type Foreseen = NonNullable<NonNullable<ReplayMutation["customEventReplay"]>["plan"]>;

/** The plan that a log leads to: its event or scenario, ends, reason and time; else what failed in the last 24 hours. */
export function firstPlan(
  filters: Filters,
  subject: { readonly event?: Choice | undefined; readonly scenario?: Choice | undefined },
  now: number = Date.now(),
): Plan {
  const end = ENDS.find((one) => one === filters.status);
  return {
    event: named(subject.event) ?? filters.event,
    scenario: named(subject.scenario) ?? filters.scenario,
    ends: [end ?? "FAILED"],
    reasons: filters.reason ? [filters.reason] : [],
    from: filters.from || localMinute(new Date(now - DAY)),
    to: filters.to,
    version: "ORIGINAL",
    isSpread: false,
    amount: "1",
    unit: "hours",
  };
}

function named(choice: Choice | undefined): Choice | null {
  return choice ? { id: choice.id, number: choice.number, name: choice.name } : null;
}

export type Fault = "subjectMissing" | "endsMissing" | "fromMissing" | "order" | "amountWrong";
export type Faults = Partial<Record<"subject" | "ends" | "from" | "to" | "amount", Fault>>;

/** What is wrong with a plan, by the field that it is wrong with. */
export function faults(plan: Plan): Faults {
  const isMoment = (text: string) => !Number.isNaN(new Date(text).getTime());
  return {
    ...(!plan.event && !plan.scenario && { subject: "subjectMissing" as const }),
    ...(!plan.ends.length && { ends: "endsMissing" as const }),
    ...(!isMoment(plan.from) && { from: "fromMissing" as const }),
    ...(plan.to && plan.to < plan.from && { to: "order" as const }),
    ...(plan.isSpread && minutesOf(plan) === undefined && { amount: "amountWrong" as const }),
  };
}

function minutesOf({ amount, unit }: Plan): number | undefined {
  const minutes = /^\d{1,6}$/.test(amount.trim()) ? Number(amount) * UNITS[unit] : 0;
  return minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : undefined;
}

/** Give the API's variables of a plan without faults. */
export function variablesOf(plan: Plan, preview: boolean): ReplayMutationVariables {
  const { created } = filterInput({ ...NO_FILTERS, from: plan.from, to: plan.to });
  const minutes = plan.isSpread ? minutesOf(plan) : undefined;
  return {
    filter: {
      ...(plan.event && { event: plan.event.id }),
      ...(plan.scenario && { scenario: plan.scenario.id }),
      status: [...plan.ends],
      ...(plan.reasons.length > 0 && { reason: [...plan.reasons] }),
      created: created ?? {},
    },
    version: plan.version,
    ...(minutes && { over: `PT${minutes}M` }),
    preview,
  };
}

/** Which of the log's filters a plan cannot have: it is of all customers, and of all steps. */
export function notTaken({ email, customer, counted }: Filters): readonly ("notTaken" | "notTakenStep")[] {
  return [...(email || customer ? (["notTaken"] as const) : []), ...(counted ? (["notTakenStep"] as const) : [])];
}

/** Whether there is anything that would run. */
export function mayStart({ total, sampled, leftOut }: Foreseen): boolean {
  const left = leftOut.reduce((sum, one) => sum + one.count, 0);
  return total > 0 && total <= MOST && !(sampled === total && left === total);
}

/** How often something would happen in all, if the sample is like the rest; undefined where all rows were gone through. */
export function inAll(count: number, { total, sampled }: Foreseen): number | undefined {
  return sampled > 0 && sampled < total ? Math.round((count * total) / sampled) : undefined;
}
