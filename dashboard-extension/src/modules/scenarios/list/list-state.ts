import type {
  CustomEventOrderDirection,
  CustomEventScenarioSortField,
  CustomEventScenarioStatusEnum,
  ScenariosQueryVariables,
} from "@/graphql/generated";

export const PAGE = 20;
export const STATUSES = ["CURRENT", "ALL", "ACTIVE", "PAUSED", "DRAFT", "ARCHIVED"] as const;
export type StatusChoice = (typeof STATUSES)[number];
export const SORTINGS = [
  "UPDATED DESC",
  "UPDATED ASC",
  "CREATED DESC",
  "CREATED ASC",
  "NAME ASC",
  "NAME DESC",
  "NUMBER ASC",
  "NUMBER DESC",
] as const;
export type Sorting = (typeof SORTINGS)[number];

/** What the list shows; kept with the entry of the browser's history. */
export interface ListState {
  readonly search: string;
  readonly status: StatusChoice;
  readonly sorting: Sorting;
  readonly after?: string;
  readonly before?: string;
}

export const FIRST: ListState = { search: "", status: "CURRENT", sorting: "UPDATED DESC" };

export function isListState(state: unknown): state is ListState {
  if (typeof state !== "object" || state === null) return false;
  const { search, status, sorting, after, before } = state as Record<string, unknown>;
  const cursors = [after, before].every((cursor) => cursor === undefined || typeof cursor === "string");
  const chosen = STATUSES.includes(status as StatusChoice) && SORTINGS.includes(sorting as Sorting);
  return typeof search === "string" && chosen && cursors;
}

export function isFiltered(state: ListState): boolean {
  return state.search.trim() !== "" || state.status !== FIRST.status;
}

export function variablesOf({ search, status, sorting, after, before }: ListState): ScenariosQueryVariables {
  const [field, direction] = sorting.split(" ") as [CustomEventScenarioSortField, CustomEventOrderDirection];
  return {
    filter: {
      ...(search.trim() ? { search: search.trim() } : {}),
      ...(status === "CURRENT" ? { archived: false } : {}),
      ...(status === "CURRENT" || status === "ALL" ? {} : { statuses: [status as CustomEventScenarioStatusEnum] }),
    },
    sortBy: { field, direction },
    ...(before ? { last: PAGE, before } : { first: PAGE, ...(after ? { after } : {}) }),
  };
}

/** Sorting by a column's head: a second press turns it round. */
export function sortedBy(state: ListState, field: "NUMBER" | "NAME" | "UPDATED"): ListState {
  const first: Sorting = field === "UPDATED" ? "UPDATED DESC" : `${field} ASC`;
  const other: Sorting = field === "UPDATED" ? "UPDATED ASC" : `${field} DESC`;
  return { search: state.search, status: state.status, sorting: state.sorting === first ? other : first };
}

export function directionOf(state: ListState, field: string): "ascending" | "descending" | "none" {
  const [by, direction] = state.sorting.split(" ");
  if (by !== field) return "none";
  return direction === "ASC" ? "ascending" : "descending";
}
