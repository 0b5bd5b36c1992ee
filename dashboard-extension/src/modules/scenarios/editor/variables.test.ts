import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import {
  declaredFields,
  earlierResults,
  type KnownEvent,
  missingToPublish,
  originsOf,
  templateNames,
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

test("names are written as Liquid reads them", () => {
  const names = templateNames(flow, known, "s2");
  expect(names.dataFields).toEqual(["dataFields.size", 'dataFields["size quiz.v2"]']);
  expect(names.steps).toEqual(["steps.s1.status", "steps.s1.response"]);
  expect(names.customer).toContain("customer.firstName");
});

test("an awaited event's data fields and variables can be named behind them", () => {
  const waiting: Flow = {
    ...EMPTY,
    steps: [
      { id: "w", type: "waitForEvent", event: 1, timeout: "P1D", happened: "v", timedOut: null },
      { id: "v", type: "setVariable", name: "tier", value: "gold", next: "m" },
      { id: "m", type: "action", action: "issue_voucher_code", next: null },
    ],
  };
  const names = templateNames(waiting, known, "m");
  expect(names.steps).toEqual(["steps.w.size", 'steps.w["size quiz.v2"]']);
  expect(names.variables).toEqual(["variables.tier"]);
  expect(templateNames(waiting, known, "v").variables).toEqual([]);
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

test("what the store has of what a data field names can be named, and its lines come as a loop", () => {
  const cart = new Map([[1, { ...event(1, [field("cart", "CHECKOUT"), field("size", "STRING")]), public: true }]]);
  const one: Flow = { ...EMPTY, starts: [{ id: "a", event: 1 }] };
  const names = templateNames(one, cart, "s1").dataFields;
  expect(names).toContain("dataFields.cart.total");
  expect(names).toContain("dataFields.cart.lines");
  expect(names.filter((name) => name.startsWith("dataFields.size"))).toEqual(["dataFields.size"]);
  expect(withVariable("", "dataFields.cart.total", 0, 0).text).toBe("{{ dataFields.cart.total }}");
  expect(withVariable("", "dataFields.cart.lines", 0, 0).text).toMatch(
    /^\{% for line in dataFields\.cart\.lines %\}[^%]+\{% endfor %\}$/,
  );
  expect(declaredFields(one, cart).map(({ isPublic }) => isPublic)).toEqual([true, true]);
});

test("what a browser may send is told from what is read from the store", () => {
  const fields = [field("cart", "CHECKOUT"), field("size quiz", "STRING")];
  const one: Flow = { ...EMPTY, starts: [{ id: "a", event: 1 }] };
  const origins = originsOf(one, new Map([[1, { ...event(1, fields), public: true }]]));
  expect(origins.get('dataFields["size quiz"]')).toBe("sentByBrowser");
  expect(origins.get("dataFields.cart.total")).toBe("readFromStore");
  expect(origins.has("dataFields.cart")).toBe(false);
  expect(originsOf(one, new Map([[1, event(1, fields)]])).has('dataFields["size quiz"]')).toBe(false);
});
