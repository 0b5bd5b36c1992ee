import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import { located, problemText, standing, valueAt, warningText } from "@/modules/scenarios/editor/problems";

const flow: Flow = {
  ...EMPTY,
  starts: [{ id: "start", type: "customEvent" }],
  steps: [
    { id: "a", type: "wait", duration: "" },
    { id: "b", type: "action", action: "send_webhook", config: { entries: { "my.key": "{{" }, url: "" } },
    { id: "c", type: "condition", branches: [{ when: { all: [{ left: "", operator: "equals" }] } }], otherwise: null },
  ],
};
const problem = (field: string, code = "INVALID") => ({ field, code, message: "English." });
const places = (fields: string[]) =>
  located(
    fields.map((field) => problem(field)),
    flow,
  ).map(({ part, member }) => [part, member]);

test("a problem belongs to the part that stood at its place", () => {
  expect(
    places([
      "starts[0].event",
      "steps[1].config.url",
      "steps[2].branches[0].when.all[0].left",
      "steps[1]",
      "starts",
      "steps[9].x",
    ]),
  ).toEqual([
    ["start", "event"],
    ["b", "config.url"],
    ["c", "branches[0].when.all[0].left"],
    ["b", ""],
    [null, "starts"],
    [null, "steps[9].x"],
  ]);
});

test("values are found at their places, also below names with dots", () => {
  expect(valueAt(flow.steps[1], "config.entries.my.key")).toBe("{{");
  expect(valueAt(flow.steps[2], "branches[0].when.all[0].operator")).toBe("equals");
  expect(valueAt(flow.steps[2], "branches[4].when")).toBeUndefined();
});

test("a problem stands until what is wrong is changed or gone, wherever its step moves", () => {
  const found = located(
    [problem("steps[0].duration"), problem("steps[1].config.url"), problem("starts", "REQUIRED")],
    flow,
  );
  const turned: Flow = { ...flow, steps: [...flow.steps].reverse() };
  expect(standing(found, turned)).toHaveLength(3);
  const mended: Flow = {
    ...flow,
    steps: flow.steps.map((step) => (step.id === "a" ? { ...step, duration: "PT1H" } : step)),
  };
  expect(standing(found, mended).map(({ part }) => part)).toEqual(["b", null]);
  expect(standing(found, { ...flow, steps: [] }).map(({ part }) => part)).toEqual([null]);
  expect(standing(found, { ...flow, starts: [...flow.starts, { id: "n" }] }).map(({ part }) => part)).toEqual([
    "a",
    "b",
  ]);
});

test("a problem is told in the reader's language, an unknown code in the server's words", () => {
  expect(problemText(problem("steps[0].duration"), "pl")).toBe("Podaj czas od 1 sekundy do 400 dni.");
  expect(problemText(problem("steps[1].config.text", "REQUIRED"), "en")).toBe("Fill this in.");
  expect(problemText(problem("starts", "REQUIRED"), "en")).toBe("A scenario needs a start point.");
  expect(problemText(problem("steps[0].x", "TOO_BLUE"), "pl")).toBe("English.");
});

test("a warning names what it is about", () => {
  expect(warningText({ code: "UNDECLARED_FIELD", message: "", subject: "size" }, "pl")).toContain("„size”");
  expect(warningText({ code: "MAIL_NOT_CONFIGURED", message: "Mail cannot be sent: no sender." }, "en")).toBe(
    "Mail cannot be sent from this shop yet: no sender.",
  );
  expect(warningText({ code: "LATER", message: "English." }, "pl")).toBe("English.");
});

test("what is wrong with an exit rule stands at the rule in its place, until it is mended", () => {
  const exits: Flow = { ...EMPTY, exits: [{ type: "orderPlaced" }, { type: "event", event: null }] };
  const found = located([{ field: "exits[1].event", code: "INVALID", message: "Choose an event." }], exits);
  expect(found).toMatchObject([{ part: "exits[1]", member: "event", was: null }]);
  expect(standing(found, exits)).toEqual(found);
  expect(standing(found, { ...exits, exits: [{ type: "orderPlaced" }, { type: "event", event: 9 }] })).toEqual([]);
  expect(standing(found, { ...exits, exits: [{ type: "orderPlaced" }] })).toEqual([]);
});
