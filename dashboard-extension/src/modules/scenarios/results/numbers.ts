import type { CustomEventStepOutcomeEnum, ScenarioResultsQuery } from "@/graphql/generated";
import { arrowsOf } from "@/modules/scenarios/arrows";
import { isForking, type Step } from "@/modules/scenarios/definition";

export type Results = NonNullable<ScenarioResultsQuery["customEventScenarioResults"]>;
export type PartCount = Results["parts"][number]["counts"][number];
export type Total = Results["totals"][number];
export type Outcome = CustomEventStepOutcomeEnum;

/** How many runs, and how many of them the log has. */
export interface Amount {
  readonly count: number;
  readonly inLog: number;
}

/** As they are shown, from what went on to what did not. */
export const OUTCOMES: readonly Outcome[] = ["STARTED", "PASSED", "WAITING", "SKIPPED", "UNKNOWN", "STOPPED", "FAILED"];

export function summed(amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, { count, inLog }) => ({ count: sum.count + count, inLog: sum.inLog + inLog }), {
    count: 0,
    inLog: 0,
  });
}

export function countsOf(results: Results, part: string): readonly PartCount[] {
  return results.parts.find(({ id }) => id === part)?.counts ?? [];
}

/** What a part came to, each outcome with all its ways and reasons; those that did not happen are left out. */
export function byOutcome(counts: readonly PartCount[]): readonly (Amount & { readonly outcome: Outcome })[] {
  return OUTCOMES.map((outcome) => ({ outcome, ...summed(counts.filter((one) => one.outcome === outcome)) })).filter(
    ({ count }) => count > 0,
  );
}

export interface Way extends Amount {
  /** As the log names it: a branch's place, `otherwise`, `happened`, `timedOut`. */
  readonly way: string;
  /** Its place among the step's arrows. */
  readonly at: number;
  /** Of all that passed: 0 to 1. */
  readonly share: number;
}

/** The ways on from a step where there is a choice; also those that nobody went. */
export function waysOf(step: Step, counts: readonly PartCount[]): readonly Way[] {
  if (!isForking(step)) return [];
  const passed = counts.filter(({ outcome }) => outcome === "PASSED");
  const all = summed(passed).count;
  return arrowsOf(step).map(({ port }, at) => {
    const gone = summed(passed.filter(({ way }) => way === String(port)));
    return { way: String(port), at, ...gone, share: all ? gone.count / all : 0 };
  });
}

/** Runs that began, whatever became of them since. */
export function entered(totals: readonly Total[]): Amount {
  return summed(totals.filter(({ statuses }) => !statuses.includes("SKIPPED")));
}

/** Runs that are counted and not in the log. */
export function unlogged(totals: readonly Total[]): number {
  const { count, inLog } = summed(totals);
  return count - inLog;
}
