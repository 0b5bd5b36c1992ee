import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import {
  declaredFields,
  earlierResults,
  type KnownEvent,
  missingToPublish,
  outputsOf,
  withVariable,
} from "@/modules/scenarios/editor/variables";

const event = (number: number, dataFields: KnownEvent["dataFields"]): KnownEvent => ({
  id: `e${number}`,
  number,
  name: `Event ${number}`,
  slug: `event-${number}`,
  public: false,
  dataFields,
});
const field = (name: string, type: string) => ({ name, type, required: false });
const known = new Map([
  [1, event(1, [field("size", "STRING"), field("size quiz.v2", "NUMBER")])],
  [2, event(2, [field("size", "TEXT")])],
]);
const flow: Flow = {
  ...EMPTY,
  starts: [
    { id: "a", event: 1 },
    { id: "b", event: 2 },
    { id: "c", event: 9 },
  ],
  steps: [
    { id: "s1", type: "action", action: "send_webhook", next: "s2" },
    { id: "s2", type: "action", action: "send_sms", next: null },
  ],
};

test("the fields of all start points are known, with a type where they agree", () => {
  expect(declaredFields(flow, known)).toEqual([
    { name: "size", type: undefined, isPublic: false },
    { name: "size quiz.v2", type: "NUMBER", isPublic: false },
  ]);
  expect(declaredFields(flow, known, 2)).toEqual([{ name: "size", type: "TEXT", isPublic: false }]);
  expect(declaredFields(flow, known, null)).toEqual([]);
});

test("a step sees what earlier actions gave, and no later ones", () => {
  expect(earlierResults(flow, "s2").map((step) => step.id)).toEqual(["s1"]);
  expect(earlierResults(flow, "s1")).toEqual([]);
});

test("an awaited event gives the data fields that it declares", () => {
  const waiting = { id: "w", type: "waitForEvent", event: 1, timeout: "P1D", happened: null, timedOut: null };
  expect(outputsOf(waiting, known)).toEqual(["size", "size quiz.v2"]);
  expect(outputsOf({ id: "s", type: "action", action: "send_sms" }, known)).toEqual([]);
});

test("a value comes where the caret is", () => {
  expect(withVariable("Hi !", "customer.firstName", 3, 3)).toEqual({ text: "Hi {{ customer.firstName }}!", caret: 27 });
});

test("publishing needs what the actions need, and the switch for unverified addresses", () => {
  const actions = [
    { name: "send_webhook", permissions: ["MANAGE_USERS"] },
    { name: "send_sms", permissions: ["MANAGE_APPS"] },
  ];
  expect(missingToPublish(flow, actions, new Set(["MANAGE_APPS"]), [])).toEqual(["MANAGE_USERS"]);
  const open: Flow = { ...EMPTY, starts: [{ id: "a", allowUnverified: true }] };
  expect(missingToPublish(open, actions, new Set(), ["MANAGE_USERS"])).toEqual(["MANAGE_USERS"]);
  expect(missingToPublish(EMPTY, actions, new Set(), ["MANAGE_USERS"])).toEqual([]);
});

test("lines of a cart come as a loop, anything else as a value", () => {
  expect(withVariable("", "dataFields.cart.total", 0, 0).text).toBe("{{ dataFields.cart.total }}");
  expect(withVariable("", "dataFields.cart.lines", 0, 0).text).toMatch(
    /^\{% for line in dataFields\.cart\.lines %\}[^%]+\{% endfor %\}$/,
  );
});
