import { filterInput, inForce, isLogState, localMinute, logWith, NO_FILTERS, preset, sliceVariables } from "./filters";

const QUIZ = { id: "Q3VzdG9tRXZlbnQ6Nw==", number: 7, name: "Size quiz" };

test("no filters ask for everything", () => {
  expect(filterInput(NO_FILTERS)).toEqual({});
});

test("every filter is asked for", () => {
  const filters = {
    ...NO_FILTERS,
    email: " anna@example.com ",
    event: QUIZ,
    status: "FAILED",
    reason: "FAILED_RETRIES",
  } as const;
  expect(filterInput(filters)).toEqual({
    email: "anna@example.com",
    event: QUIZ.id,
    status: ["FAILED"],
    reason: ["FAILED_RETRIES"],
  });
});

test("the event of the path wins over a filter", () => {
  expect(filterInput({ ...NO_FILTERS, event: QUIZ }, { event: "other" })).toEqual({ event: "other" });
});

test("local times become moments, and the last minute is included whole", () => {
  const { created } = filterInput({ ...NO_FILTERS, from: "2026-11-24T10:00", to: "2026-11-24T10:15" });
  expect(created?.gte).toBe(new Date(2026, 10, 24, 10, 0, 0, 0).toISOString());
  expect(created?.lte).toBe(new Date(2026, 10, 24, 10, 15, 59).toISOString().replace(".000Z", ".999999Z"));
});

const LABEL = { en: "Step 2: Wait – Waiting now", pl: "Krok 2: Czekaj – Teraz czeka" };

test("what was counted is asked for by version and step, of the scenario whose log is open", () => {
  const step = { id: "w", outcome: "WAITING" } as const;
  const filters = { ...NO_FILTERS, counted: { version: 3, step, label: LABEL } };
  expect(filterInput(filters, { scenario: "S" })).toEqual({ scenario: "S", version: 3, step });
  expect(filterInput(filters)).toEqual({});
  expect(inForce(filters)).toEqual(["counted"]);
});

test("how runs of a version stand is asked for by statuses, unless one is chosen", () => {
  const counted = { version: 3, statuses: ["RUNNING", "WAITING"], label: LABEL } as const;
  const scope = { scenario: "S" };
  expect(filterInput({ ...NO_FILTERS, counted }, scope).status).toEqual(["RUNNING", "WAITING"]);
  expect(filterInput({ ...NO_FILTERS, counted, status: "WAITING" }, scope).status).toEqual(["WAITING"]);
  const skipped = { version: 3, statuses: ["SKIPPED"], reason: "SKIPPED_REENTRY", label: LABEL } as const;
  expect(filterInput({ ...NO_FILTERS, counted: skipped }, scope).reason).toEqual(["SKIPPED_REENTRY"]);
});

test("half a date is no filter", () => {
  expect(filterInput({ ...NO_FILTERS, from: "nonsense" })).toEqual({});
});

test("a period ends now and begins in the local zone", () => {
  const now = new Date(2026, 10, 24, 10, 15).getTime();
  expect(preset("day", now)).toEqual({ from: localMinute(new Date(2026, 10, 23, 10, 15)), to: "" });
  expect(localMinute(new Date(2026, 0, 2, 3, 4))).toBe("2026-01-02T03:04");
});

test("only filters with a value are in force", () => {
  expect(inForce({ ...NO_FILTERS, event: QUIZ, status: "FAILED" })).toEqual(["event", "status"]);
});

test("a page is asked for by the cursor it lies behind or before", () => {
  expect(sliceVariables({})).toEqual({ first: 50 });
  expect(sliceVariables({ after: "x" })).toEqual({ first: 50, after: "x" });
  expect(sliceVariables({ before: "x" })).toEqual({ last: 50, before: "x" });
});

test("what others keep in the history is not taken for ours", () => {
  expect(isLogState(logWith({ email: "anna@example.com" }))).toBe(true);
  for (const other of [null, undefined, "log", {}, { kind: "events" }]) expect(isLogState(other)).toBe(false);
});
