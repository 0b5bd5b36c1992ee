import { createInput, draftOf, type EventDetails, NEW_EVENT, problemsOf, updateInput } from "./event-form";
import {
  changedHappening,
  GROUPS,
  happeningInput,
  type KindOfHappening,
  offeredFields,
  spanOf,
  toggled,
  withFields,
} from "./happenings";

const event = { ...NEW_EVENT, name: "Left a cart" };
const abandoned = toggled(event, "CHECKOUT_ABANDONED");
const kinds: readonly KindOfHappening[] = [
  {
    kind: "CHECKOUT_ABANDONED",
    fields: [
      { name: "checkout", type: "CHECKOUT" },
      { name: "total", type: "MONEY" },
    ],
  },
  {
    kind: "ORDER_CREATED",
    fields: [
      { name: "order", type: "ORDER" },
      { name: "total", type: "MONEY" },
    ],
  },
];
const places = (draft: typeof event) => problemsOf(draft).map(({ field, code }) => `${field} ${code}`);

test("what is chosen is sent with what its kind has, and an event that nothing fires says nothing of it", () => {
  expect(createInput(event)).not.toHaveProperty("happenings");
  const both = toggled(toggled(abandoned, "ORDER_METADATA_CHANGED"), "ORDER_PAID");
  const named = changedHappening(both, "ORDER_METADATA_CHANGED", { keys: " parcel ,, carrier" });
  expect(createInput(named).happenings).toEqual([
    { kind: "CHECKOUT_ABANDONED", minutes: 60 },
    { kind: "ORDER_METADATA_CHANGED", keys: ["parcel", "carrier"] },
    { kind: "ORDER_PAID" },
  ]);
});

test("chosen twice is not chosen", () => {
  expect(toggled(abandoned, "CHECKOUT_ABANDONED").happenings).toEqual([]);
});

test("a time is shown in the largest unit that tells it exactly, and sent in minutes", () => {
  expect([spanOf(45), spanOf(90), spanOf(120), spanOf(2880)]).toEqual([
    { amount: 45, unit: "MINUTES" },
    { amount: 90, unit: "MINUTES" },
    { amount: 2, unit: "HOURS" },
    { amount: 2, unit: "DAYS" },
  ]);
  const twoDays = changedHappening(abandoned, "CHECKOUT_ABANDONED", { amount: "2", unit: "DAYS" });
  expect(twoDays.happenings.map(happeningInput)).toEqual([{ kind: "CHECKOUT_ABANDONED", minutes: 2880 }]);
});

test.each([
  { amount: "4", unit: "MINUTES" },
  { amount: "31", unit: "DAYS" },
  { amount: "", unit: "HOURS" },
  { amount: "1.5", unit: "HOURS" },
  { amount: "-1", unit: "HOURS" },
] as const)("%o is no time after which a checkout counts as abandoned", (span) => {
  expect(places(changedHappening(abandoned, "CHECKOUT_ABANDONED", span))).toEqual(["happenings[0].minutes INVALID"]);
});

test.each([
  [" , ", "REQUIRED"],
  ["a, a", "UNIQUE"],
  [Array.from({ length: 21 }, (_, n) => `k${n}`).join(), "TOO_MANY"],
])("keys that cannot be", (keys, code) => {
  const changed = changedHappening(toggled(abandoned, "ORDER_METADATA_CHANGED"), "ORDER_METADATA_CHANGED", { keys });
  expect(places(changed)).toEqual([`happenings[1].keys ${code}`]);
});

test("of an event that there is, what fires it is sent only where it is another", () => {
  const saved: EventDetails = {
    id: "x",
    number: 7,
    name: "Left a cart",
    slug: "left-a-cart",
    slugFixed: false,
    description: "",
    logging: true,
    public: false,
    dataFields: [],
    violations: "OFF",
    happenings: [{ kind: "CHECKOUT_ABANDONED", minutes: 60, keys: [] }],
    archivedAt: null,
    createdAt: "2026-11-24T10:00:00+00:00",
    createdBy: "anna@example.com",
  };
  const before = draftOf(saved);
  expect(updateInput(before, before)).toEqual({});
  expect(updateInput(toggled(before, "CHECKOUT_ABANDONED"), before)).toEqual({ happenings: [] });
});

test("the store's data fields are offered once, without those that are declared", () => {
  const names = (draft: typeof event) => offeredFields(draft, kinds).map(({ name }) => name);
  expect(names(event)).toEqual([]);
  const both = toggled(abandoned, "ORDER_CREATED");
  expect(names(both)).toEqual(["checkout", "total", "order"]);
  const declared = withFields(both, offeredFields(both, kinds));
  expect(names(declared)).toEqual([]);
  expect(declared.fields.map(({ name, type, required }) => [name, type, required])).toEqual([
    ["checkout", "CHECKOUT", false],
    ["total", "MONEY", false],
    ["order", "ORDER", false],
  ]);
  expect(new Set(declared.fields.map(({ key }) => key)).size).toBe(3);
});

test("every happening can be chosen at one place", () => {
  const all = Object.values(GROUPS).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(18);
});
