import { duration, type StepRun, timeline } from "./timeline";

function run(values: Partial<StepRun>): StepRun {
  return {
    visit: 1,
    step: "s1",
    kind: "condition",
    status: "DONE",
    attempts: 1,
    startedAt: "2026-11-24T10:15:00+00:00",
    ...values,
  };
}

const definition = {
  spec: 1,
  steps: [
    {
      id: "s1",
      type: "condition",
      label: "High score?",
      branches: [
        { label: "high", when: { all: [{ left: "dataFields.score", operator: "greaterThan", right: 50 }] } },
        { when: { not: { left: "dataFields.size", operator: "isSet" } } },
      ],
    },
  ],
};
const compared = [
  { branch: 0, operand: "dataFields.score", operator: "greaterThan", value: "50", actual: "31", holds: false },
  { branch: 1, operand: "dataFields.size", operator: "isSet", value: null, actual: null, holds: false },
];

test("a condition shows every branch that it looked at, which way it went, and what decided", () => {
  const [entry] = timeline([run({ result: { branch: 1, comparisons: compared, worker: "shop:7" } })], definition);
  expect(entry?.step?.label).toBe("High score?");
  expect(entry?.branches.map(({ number, label, isTaken }) => [number, label, isTaken])).toEqual([
    [1, "high", false],
    [2, "", true],
  ]);
  // The number that the log keeps as a text is a number again.
  expect(entry?.branches[0]?.comparisons[0]?.written).toEqual({
    left: "dataFields.score",
    operator: "greaterThan",
    right: 50,
  });
  expect(entry?.branches[0]?.comparisons[0]?.actual).toBe("31");
  expect(entry?.workers).toEqual(["shop:7"]);
});

test("where no branch held it says so", () => {
  const [entry] = timeline([run({ result: { branch: "otherwise", comparisons: compared } })], definition);
  expect(entry?.isOtherwise).toBe(true);
  expect(entry?.branches.every((branch) => !branch.isTaken)).toBe(true);
});

test("without the version's definition the log alone is shown", () => {
  const [entry] = timeline([run({ result: { branch: 0, comparisons: compared.slice(0, 1) } })], null);
  expect(entry?.step).toBeUndefined();
  expect(entry?.branches[0]?.comparisons[0]?.written).toEqual({
    left: "dataFields.score",
    operator: "greaterThan",
    right: "50",
  });
});

test("steps stand in the order in which they were gone through", () => {
  const steps = [run({ visit: 3, step: "c" }), run({ visit: 1, step: "a" }), run({ visit: 2, step: "b" })];
  expect(timeline(steps, null).map((entry) => entry.run.step)).toEqual(["a", "b", "c"]);
});

test("an action shows what it was to do, what came back and when it is tried again", () => {
  const result = {
    status: 503,
    seconds: 0.25,
    response: "busy",
    worker: "shop:7",
    nextTryAt: "2026-11-24T10:20:00+00:00",
  };
  const input = { url: "https://example.com/hook", message: "" };
  const [entry] = timeline([run({ kind: "send_webhook", status: "RETRYING", input, result })], null);
  expect(entry?.settings).toEqual([["url", "https://example.com/hook"]]);
  expect(entry?.response).toBe("busy");
  expect(entry?.nextTryAt).toBe("2026-11-24T10:20:00+00:00");
  expect(entry?.rest).toEqual([
    ["status", 503],
    ["seconds", 0.25],
  ]);
});

test("the time of a try that is over is not the next one", () => {
  const result = { nextTryAt: "2026-11-24T10:20:00+00:00" };
  expect(timeline([run({ kind: "send_webhook", status: "DONE", result })], null)[0]?.nextTryAt).toBeUndefined();
});

test("a wait names both workers, and until when it waited", () => {
  const result = { until: "2026-11-24T11:15:00+00:00", worker: "shop:7", resumedBy: "shop:9" };
  const [entry] = timeline([run({ kind: "wait", result })], null);
  expect(entry?.workers).toEqual(["shop:7", "shop:9"]);
  expect(entry?.until).toBe("2026-11-24T11:15:00+00:00");
});

test("what is masked leaves a step without its inside", () => {
  const [entry] = timeline([run({ result: null, input: null })], definition);
  expect(entry?.branches).toEqual([]);
  expect(entry?.settings).toEqual([]);
});

test.each([
  [0, "0 ms"],
  [250, "250 ms"],
  [4210, "4.21 sec"],
  [61_000, "1 min 1 sec"],
  [3_600_000, "1 hr"],
  [90_061_000, "1 day 1 hr"],
])("%i milliseconds are %s", (milliseconds, text) => {
  expect(duration(milliseconds, "en")).toBe(text);
});

test("a split shows all its ways, and which the customer went", () => {
  const split = {
    steps: [{ id: "s1", type: "split", branches: [{ weight: 30, label: "Offer" }, { weight: 70 }] }],
  };
  const [entry] = timeline([run({ kind: "split", result: { branch: 1, weights: [30, 70] } })], split);
  expect(entry?.shares).toEqual([
    { number: 1, label: "Offer", isTaken: false },
    { number: 2, label: "", isTaken: true },
  ]);
  expect(entry?.weights).toEqual([30, 70]);
  expect(entry?.rest).toEqual([]);
});

test("a wait for an event shows what happened and what its filter saw", () => {
  const filter = { left: "dataFields.score", operator: "greaterThan", right: 50 };
  const waits = { steps: [{ id: "s1", type: "waitForEvent", event: 8, filter }] };
  const result = {
    until: "2026-11-27T10:00:00+00:00",
    branch: "happened",
    event: 8,
    occurrenceId: "u",
    comparisons: [{ operand: "dataFields.score", operator: "greaterThan", value: "50", actual: "90", holds: true }],
  };
  const [entry] = timeline([run({ kind: "waitForEvent", result })], waits);
  expect(entry?.awaited).toMatchObject({ outcome: "happened", event: 8, occurrenceId: "u" });
  expect(entry?.awaited?.comparisons[0]?.written).toEqual(filter);
  const [late] = timeline([run({ kind: "waitForEvent", result: { branch: "timedOut", event: 8 } })], waits);
  expect(late?.awaited?.outcome).toBe("timedOut");
  const [still] = timeline([run({ kind: "waitForEvent", status: "WAITING", result: { event: 8 } })], waits);
  expect(still?.awaited).toBeUndefined();
});

test("a wait that an exit rule ended says which event let go of it", () => {
  const definition = { steps: [], exits: [{ type: "event", event: 9, filter: null }] };
  const result = { until: "2026-11-27T10:00:00+00:00", event: 9, occurrenceId: "u" };
  const [entry] = timeline([run({ kind: "wait", status: "SKIPPED", reason: "EXITED_EARLY", result })], definition);
  expect(entry?.awaited).toEqual({ outcome: "letGo", event: 9, occurrenceId: "u", comparisons: [] });
});

test.each([
  [
    { exit: "orderPlaced", order: { id: "T3JkZXI6MQ==", number: "42" } },
    { outcome: "letGoNamedOrder", order: "42" },
  ],
  [
    { exit: "orderPlaced", order: { id: "T3JkZXI6MQ==", number: "" } },
    { outcome: "letGoNamedOrder", order: "T3JkZXI6MQ==" },
  ],
  [{ exit: "orderPlaced", placedAt: "2026-11-27T10:00:00+00:00" }, { outcome: "letGoOrder" }],
  [{ exit: "consentWithdrawn" }, { outcome: "letGoConsent" }],
])("a wait that an exit rule ended says what the customer did: %o", (result, expected) => {
  const ended = run({ kind: "waitForEvent", status: "SKIPPED", reason: "EXITED_EARLY", result });
  const [entry] = timeline([ended], { steps: [], exits: [{ type: "orderPlaced" }, { type: "consentWithdrawn" }] });
  expect(entry?.awaited).toEqual({ event: undefined, occurrenceId: "", comparisons: [], ...expected });
});

test("a variable is shown with the text that it was given, an empty one too", () => {
  const [entry] = timeline([run({ kind: "setVariable", result: { name: "tier", value: "" } })], null);
  expect(entry?.variable).toEqual({ name: "tier", value: "" });
  expect(entry?.rest).toEqual([]);
});

test("a comparison says whether the store or a browser said so, and a step what it could not read", () => {
  const comparisons = [
    { ...compared[0], source: "public" },
    { ...compared[0], branch: 1, operand: "dataFields.cart.total", source: "store" },
  ];
  const told = { name: "told", value: "", withheld: { cart: "NOT_IN_STORE" } };
  const [condition, variable] = timeline(
    [run({ result: { branch: 1, comparisons } }), run({ visit: 2, step: "s2", kind: "setVariable", result: told })],
    definition,
  );
  expect(condition?.branches.map((branch) => branch.comparisons[0]?.source)).toEqual(["fromBrowser", "fromStore"]);
  expect(variable?.withheld).toEqual([["cart", "NOT_IN_STORE"]]);
});
