import type { CustomEventSortField, EventsQuery, EventsQueryVariables } from "@/graphql/generated";

/** What of the event list is looked at. It is kept with the entry of the browser's history. */

export const PAGE_SIZE = 20;
export const STATUSES = ["ACTIVE", "ARCHIVED", "ALL"] as const;
export const SORTINGS = [
  "CREATED DESC",
  "CREATED ASC",
  "NAME ASC",
  "NAME DESC",
  "NUMBER ASC",
  "NUMBER DESC",
  "LAST_FIRED DESC",
  "LAST_FIRED ASC",
] as const;
export type Status = (typeof STATUSES)[number];
export type Sorting = (typeof SORTINGS)[number];

export interface ListState {
  readonly list: "events";
  readonly search: string;
  readonly status: Status;
  readonly sorting: Sorting;
  /** The page begins after this cursor, or ends before it. */
  readonly after?: string;
  readonly before?: string;
}

export type EventRow = NonNullable<EventsQuery["customEvents"]>["edges"][number]["node"];

export const START: ListState = { list: "events", search: "", status: "ACTIVE", sorting: "CREATED DESC" };

export function isListState(state: unknown): state is ListState {
  if (typeof state !== "object" || state === null) return false;
  const kept = state as Partial<Record<keyof ListState, unknown>>;
  return (
    kept.list === "events" &&
    typeof kept.search === "string" &&
    STATUSES.includes(kept.status as Status) &&
    SORTINGS.includes(kept.sorting as Sorting) &&
    ["string", "undefined"].includes(typeof kept.after) &&
    ["string", "undefined"].includes(typeof kept.before)
  );
}

export function variablesOf(state: ListState): EventsQueryVariables {
  const [field, direction] = state.sorting.split(" ") as [CustomEventSortField, "ASC" | "DESC"];
  return {
    filter: {
      ...(state.search.trim() ? { search: state.search.trim() } : {}),
      ...(state.status === "ALL" ? {} : { archived: state.status === "ARCHIVED" }),
    },
    sortBy: { field, direction },
    ...(state.before
      ? { last: PAGE_SIZE, before: state.before }
      : { first: PAGE_SIZE, ...(state.after ? { after: state.after } : {}) }),
  };
}

/** Look for something else, or in another order: from the first page. */
export function looking(
  state: ListState,
  change: Partial<Pick<ListState, "search" | "status" | "sorting">>,
): ListState {
  const { list, search, status, sorting } = state;
  return { list, search, status, sorting, ...change };
}

/** What a press on a column's head asks for: first the order one expects, then the other way round. */
export function sortedBy(field: CustomEventSortField, now: Sorting): Sorting {
  const expected: Sorting = field === "NAME" || field === "NUMBER" ? `${field} ASC` : `${field} DESC`;
  const reverse: Sorting = field === "NAME" || field === "NUMBER" ? `${field} DESC` : `${field} ASC`;
  return now === expected ? reverse : expected;
}

export function directionOf(field: CustomEventSortField, now: Sorting): "ascending" | "descending" | "none" {
  if (!now.startsWith(`${field} `)) return "none";
  return now.endsWith("ASC") ? "ascending" : "descending";
}

/** Why a page without rows has none. */
export function emptiness(state: ListState, every: number): "none" | "archived" | "nothing" {
  if (every === 0) return "none";
  return state.status === "ACTIVE" && !state.search.trim() ? "archived" : "nothing";
}

export type Figures = Pick<EventRow, "id" | "lastFiredAt" | "firedInLastDay" | "refusedCount">;

/** Put newer figures into the rows that are shown; rows neither come nor go nor change places. */
export function withFigures(rows: readonly EventRow[], figures: readonly Figures[]): readonly EventRow[] {
  const newer = new Map(figures.map((figure) => [figure.id, figure]));
  return rows.map((row) => ({ ...row, ...newer.get(row.id) }));
}
