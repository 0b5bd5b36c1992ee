import type { Period } from "@/modules/scenarios/results/period";

/** What is kept with the entry of the history, so that Back leads from the log to the results that were left. */
export interface ResultsState {
  readonly kind: "results";
  /** The version's number; undefined: whichever is published. */
  readonly version?: number;
  readonly period: Period;
  /** The part that is told of. */
  readonly part?: string;
}

export const FIRST: ResultsState = { kind: "results", period: { days: 7 } };

export function isResultsState(state: unknown): state is ResultsState {
  return (
    typeof state === "object" && state !== null && "kind" in state && state.kind === "results" && "period" in state
  );
}
