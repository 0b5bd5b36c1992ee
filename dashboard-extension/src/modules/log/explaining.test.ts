import { askAbout, faults, firstQuestion, type Question, variablesOf } from "./explaining";
import { logWith } from "./filters";

const EVENT = { id: "x", number: 7, name: "Size quiz" };
const good: Question = { email: "anna@example.com", event: EVENT, from: "2026-11-23T10:15", to: "2026-11-24T10:15" };

test("it asks about the last 24 hours, this minute included", () => {
  const now = new Date(2026, 10, 24, 10, 15, 30).getTime();
  expect(firstQuestion(undefined, now)).toEqual({
    email: "",
    event: null,
    from: "2026-11-23T10:15",
    to: "2026-11-24T10:16",
  });
});

test("a log leads to it with what it was filtered by", () => {
  const question = firstQuestion(logWith({ email: "anna@example.com", event: EVENT, from: "2026-11-01T00:00" }));
  expect(question).toMatchObject({ email: "anna@example.com", event: EVENT, from: "2026-11-01T00:00" });
});

test("a row leads to it with its customer and the day around it, and back to the log as it was filtered", () => {
  const row = { customerEmail: "anna@example.com", isMasked: false, createdAt: "2026-11-24T10:15:30Z", event: EVENT };
  const state = askAbout(row, logWith({ status: "FAILED" }));
  const question = firstQuestion(state);
  expect(question).toMatchObject({ email: "anna@example.com", event: EVENT });
  const at = new Date(row.createdAt).getTime();
  expect(new Date(question.from).getTime()).toBeLessThan(at - 11 * 3_600_000);
  expect(new Date(question.to).getTime()).toBeGreaterThan(at + 11 * 3_600_000);
  expect(state.filters.status).toBe("FAILED");
});

test("a masked e-mail is not asked about", () => {
  const row = { customerEmail: "a•••@e•••.com", isMasked: true, createdAt: "2026-11-24T10:15:30Z", event: EVENT };
  expect(firstQuestion(askAbout(row, logWith({}))).email).toBe("");
});

test("every fault is found at its field", () => {
  expect(faults(good)).toEqual({});
  expect(faults({ email: "anna", event: " ", from: "", to: "" })).toEqual({
    email: "emailWrong",
    event: "eventMissing",
    from: "fromMissing",
    to: "fromMissing",
  });
  expect(faults({ ...good, to: "2026-11-22T10:15" })).toEqual({ to: "order" });
});

test("an event is named by its ID where digits were typed, else by its slug", () => {
  expect(variablesOf(good)).toMatchObject({ customEventId: 7 });
  expect(variablesOf({ ...good, event: " 12 " })).toMatchObject({ customEventId: 12 });
  expect(variablesOf({ ...good, event: "size-quiz" })).toMatchObject({ customEvent: "size-quiz" });
  expect(variablesOf(good).to).toBe(new Date(2026, 10, 24, 10, 15, 59, 999).toISOString());
});
