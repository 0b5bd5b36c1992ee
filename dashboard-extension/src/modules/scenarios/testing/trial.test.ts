import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import {
  fateOf,
  fridayEvening,
  manyInput,
  NEW_TRIAL,
  sorted,
  type TriedStep,
  testInput,
} from "@/modules/scenarios/testing/trial";

const flow: Flow = { ...EMPTY, steps: [{ id: "a", type: "wait", duration: "" }] };
const event = {
  id: "e",
  number: 7,
  name: "Quiz",
  slug: "quiz",
  public: false,
  dataFields: [
    { name: "score", type: "NUMBER", required: true },
    { name: "size", type: "STRING", required: false },
  ],
};

const NOTHING = new Map<number, typeof event>();

test("the draft on the page is tried with what was typed, by the declared types", () => {
  const trial = {
    ...NEW_TRIAL,
    email: " anna@example.com ",
    typed: { score: { text: "82,5", currency: "" } },
    extras: [
      { key: 0, name: "visits", type: "NUMBER" as const, text: "3" },
      { key: 1, name: "vip", type: "BOOLEAN" as const, text: "false" },
      { key: 2, name: " ", type: "STRING" as const, text: "lost" },
      { key: 3, name: "odd", type: "NUMBER" as const, text: "three" },
    ],
  };
  expect(testInput(flow, trial, event, NOTHING)).toEqual({
    draft: flow,
    occurrence: {
      customEventId: 7,
      customerEmail: "anna@example.com",
      dataFields: { score: "82.5", visits: 3, vip: false, odd: "three" },
    },
  });
});

test("or with an occurrence of the log", () => {
  expect(testInput(flow, { ...NEW_TRIAL, source: "logged", occurrenceId: "u" }, event, NOTHING)).toEqual({
    draft: flow,
    occurrenceId: "u",
  });
});

test("or with an occurrence in which nobody is named", () => {
  const { occurrence } = testInput(flow, { ...NEW_TRIAL, email: "anna@example.com", isNobody: true }, event, NOTHING);
  expect(occurrence).toEqual({ customEventId: 7, anonymousId: "test", dataFields: {} });
});

test("at another time, and with the awaited events that happen", () => {
  const waiting: Flow = {
    ...EMPTY,
    steps: [
      { id: "w", type: "waitForEvent", event: 7 },
      { id: "v", type: "waitForEvent", event: 9 },
    ],
  };
  const typed = { score: { text: "9", currency: "" } };
  const trial = { ...NEW_TRIAL, at: "2026-11-27T18:00", happened: { w: typed, gone: {} } };
  const { beginAt, happened, last } = manyInput(waiting, trial, 50, new Map([[7, event]]));
  expect(last).toBe(50);
  expect(new Date(beginAt as string)).toEqual(new Date(2026, 10, 27, 18));
  expect(happened).toEqual([{ step: "w", dataFields: { score: "9" } }]);
});

test("the clock is moved to the next Friday evening at first", () => {
  expect(fridayEvening(new Date(2026, 10, 24, 15))).toBe("2026-11-27T18:00");
  expect(fridayEvening(new Date(2026, 10, 27, 9))).toBe("2026-12-04T18:00");
  expect(fridayEvening(new Date(2026, 11, 26))).toBe("2027-01-01T18:00");
});

test("what is wrong with the draft is kept apart from what is wrong with the occurrence", () => {
  const error = (field: string | null) => ({ field, code: "INVALID", message: "" });
  const { draft, occurrence } = sorted(
    [error("steps[0].duration"), error("customerEmail"), error(null), error("dataFields.steps")],
    flow,
  );
  expect(draft.map((one) => one.part)).toEqual(["a"]);
  expect(occurrence.map((one) => one.field)).toEqual(["customerEmail", "", "dataFields.steps"]);
});

test("a step that only decides or waits is passed, an action would be done", () => {
  const step = (kind: string, status: TriedStep["status"]) => ({ kind, status }) as TriedStep;
  expect(
    [step("wait", "DONE"), step("send_email", "DONE"), step("send_email", "SKIPPED"), step("x", "FAILED")].map(fateOf),
  ).toEqual(["passed", "wouldBeDone", "wouldBeSkipped", "wouldFail"]);
});
