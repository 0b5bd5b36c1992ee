import {
  directionOf,
  FIRST,
  isFiltered,
  isListState,
  PAGE,
  sortedBy,
  variablesOf,
} from "@/modules/scenarios/list/list-state";

test("the list begins with all but archived scenarios, changed last first", () => {
  expect(variablesOf(FIRST)).toEqual({
    filter: { archived: false },
    sortBy: { field: "UPDATED", direction: "DESC" },
    first: PAGE,
  });
  expect(isFiltered(FIRST)).toBe(false);
});

test("search and status narrow it", () => {
  const state = { ...FIRST, search: " quiz ", status: "PAUSED" as const };
  expect(variablesOf(state).filter).toEqual({ search: "quiz", statuses: ["PAUSED"] });
  expect(variablesOf({ ...FIRST, status: "ALL" }).filter).toEqual({});
  expect(isFiltered(state)).toBe(true);
});

test("pages go both ways", () => {
  expect(variablesOf({ ...FIRST, after: "x" })).toMatchObject({ first: PAGE, after: "x" });
  expect(variablesOf({ ...FIRST, before: "x" })).toMatchObject({ last: PAGE, before: "x" });
});

test("a second press of a head turns the order round, from the first page", () => {
  const once = sortedBy({ ...FIRST, after: "x" }, "NAME");
  expect([once.sorting, once.after]).toEqual(["NAME ASC", undefined]);
  expect(directionOf(once, "NAME")).toBe("ascending");
  expect(directionOf(sortedBy(once, "NAME"), "NAME")).toBe("descending");
  expect(directionOf(once, "UPDATED")).toBe("none");
});

test("only what this list kept is taken from the history", () => {
  expect(isListState(FIRST)).toBe(true);
  for (const state of [null, undefined, {}, { ...FIRST, status: "GONE" }, { ...FIRST, after: 3 }, { search: "x" }])
    expect(isListState(state)).toBe(false);
});
