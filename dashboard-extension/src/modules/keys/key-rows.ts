import type { KeysQuery, KeysQueryVariables } from "@/graphql/generated";

/** What of the keys is looked at; kept with the entry of the browser's history. */

export const PAGE_SIZE = 20;

export interface KeysState {
  readonly list: "keys";
  readonly after?: string;
  readonly before?: string;
}

export type KeyRow = NonNullable<KeysQuery["customEventKeys"]>["edges"][number]["node"];

export const START: KeysState = { list: "keys" };

export function isKeysState(state: unknown): state is KeysState {
  if (typeof state !== "object" || state === null) return false;
  const kept = state as Partial<Record<keyof KeysState, unknown>>;
  const cursors = ["string", "undefined"];
  return kept.list === "keys" && cursors.includes(typeof kept.after) && cursors.includes(typeof kept.before);
}

export function variablesOf({ after, before }: KeysState): KeysQueryVariables {
  return before ? { last: PAGE_SIZE, before } : { first: PAGE_SIZE, ...(after ? { after } : {}) };
}

/** Refused firings of the last 30 days, all reasons together. */
export function refusedOf(row: Pick<KeyRow, "refusals">): number {
  return row.refusals.reduce((sum, refusal) => sum + refusal.count, 0);
}
