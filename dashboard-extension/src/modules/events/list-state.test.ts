import {
  directionOf,
  type EventRow,
  emptiness,
  isListState,
  looking,
  START,
  sortedBy,
  variablesOf,
  withFigures,
} from "./list-state";

test("at first the active events are asked for, newest first", () => {
  expect(variablesOf(START)).toEqual({
    filter: { archived: false },
    sortBy: { field: "CREATED", direction: "DESC" },
    first: 20,
  });
});

test("a page is asked for from its cursor, forwards or backwards", () => {
  expect(variablesOf({ ...START, after: "abc" })).toMatchObject({ first: 20, after: "abc" });
  const back = variablesOf({ ...START, before: "abc" });
  expect(back).toMatchObject({ last: 20, before: "abc" });
  expect(back).not.toHaveProperty("first");
});

test("whoever looks for something else begins at the first page", () => {
  const later = { ...START, search: "quiz", after: "abc" };
  expect(looking(later, { status: "ALL" })).toEqual({ ...START, search: "quiz", status: "ALL" });
  expect(variablesOf(looking(later, { status: "ALL" })).filter).toEqual({ search: "quiz" });
});

test("a column's head sorts as one expects, then the other way round", () => {
  expect(sortedBy("NAME", START.sorting)).toBe("NAME ASC");
  expect(sortedBy("NAME", "NAME ASC")).toBe("NAME DESC");
  expect(sortedBy("LAST_FIRED", "NAME DESC")).toBe("LAST_FIRED DESC");
  expect(sortedBy("LAST_FIRED", "LAST_FIRED DESC")).toBe("LAST_FIRED ASC");
});

test("a head says its own direction only", () => {
  expect(directionOf("NAME", "NAME ASC")).toBe("ascending");
  expect(directionOf("LAST_FIRED", "LAST_FIRED DESC")).toBe("descending");
  expect(directionOf("NUMBER", "NAME ASC")).toBe("none");
});

test.each([
  [null, false],
  ["events", false],
  [{ ...START }, true],
  [{ ...START, after: "abc" }, true],
  [{ ...START, list: "log" }, false],
  [{ ...START, status: "GONE" }, false],
  [{ ...START, sorting: "SIZE ASC" }, false],
  [{ ...START, after: 7 }, false],
])("of what the history holds, %o is a list's: %s", (state, wanted) => {
  expect(isListState(state)).toBe(wanted);
});

test("an empty page says whether there is no event at all, none active, or none that matches", () => {
  expect(emptiness(START, 0)).toBe("none");
  expect(emptiness(START, 3)).toBe("archived");
  expect(emptiness({ ...START, search: "x" }, 3)).toBe("nothing");
  expect(emptiness({ ...START, status: "ARCHIVED" }, 3)).toBe("nothing");
});

test("newer figures change neither the rows nor their order", () => {
  const row = (id: string): EventRow => ({
    id,
    number: 1,
    name: id,
    slug: id,
    description: "",
    logging: true,
    public: false,
    happenings: [],
    archivedAt: null,
    lastFiredAt: null,
    firedInLastDay: 0,
    refusedCount: 0,
    scenarios: [],
  });
  const newer = { id: "b", lastFiredAt: "2026-11-24T10:00:00Z", firedInLastDay: 3, refusedCount: 1 };
  const merged = withFigures([row("a"), row("b")], [newer, { ...newer, id: "c" }]);
  expect(merged).toEqual([row("a"), { ...row("b"), ...newer }]);
});
