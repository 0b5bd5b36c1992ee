import { expect, test } from "vitest";
import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import { operandNames, templateNames, type World } from "@/modules/scenarios/editor/names";
import { NO_SAMPLES, samplesOf } from "@/modules/scenarios/editor/samples";
import { suggestionsOf } from "@/modules/scenarios/editor/suggestions";
import { declaredFields, type KnownEvent, OF_STEP, scopeOf } from "@/modules/scenarios/editor/variables";
import { found, headed } from "@/ui/found";

const event = (dataFields: KnownEvent["dataFields"], isPublic = false): KnownEvent => ({
  id: "e1",
  number: 1,
  name: "Size quiz",
  slug: "size-quiz",
  public: isPublic,
  dataFields,
});
const field = (name: string, type: string) => ({ name, type, required: false });
const FIELDS = [field("size", "STRING"), field("size quiz.v2", "NUMBER"), field("cart", "CHECKOUT")];
const flow: Flow = {
  ...EMPTY,
  starts: [{ id: "a", event: 1 }],
  steps: [
    { id: "s1", type: "action", action: "issue_voucher_code", next: "s2" },
    { id: "s2", type: "setVariable", name: "tier", value: "gold", next: "s3" },
    { id: "s3", type: "action", action: "send_email", next: null },
  ],
};
const world = (change: Partial<World> = {}): World => ({
  flow,
  events: new Map([[1, event(FIELDS)]]),
  numbers: new Map([["s1", 1]]),
  actions: [{ name: "issue_voucher_code", label: { en: "Issue voucher code", pl: "Wydaj kod kuponu" } }],
  samples: NO_SAMPLES,
  language: "en",
  locale: "en",
  ...change,
});
const node = (values: Record<string, unknown>, isMasked = false) => ({
  id: "i",
  customerEmail: isMasked ? "a•••@example.com" : "anna@example.com",
  isMasked,
  occurrence: {
    occurrenceId: "o",
    channel: "pl",
    url: "https://shop.example/quiz",
    isMasked,
    dataFields: Object.entries(values).map(([name, value]) => ({
      name,
      type: "STRING" as const,
      value: isMasked ? null : value,
    })),
  },
});
const at = (names: readonly { readonly key: string }[], key: string) => names.find((one) => one.key === key);

test("names are written as Liquid reads them, and called as a merchant does", () => {
  const names = templateNames(world(), "s3");
  expect(at(names, "dataFields.size")).toMatchObject({ label: "size", group: "Data fields of the event" });
  expect(at(names, 'dataFields["size quiz.v2"]')).toMatchObject({ label: "size quiz.v2" });
  expect(at(names, "dataFields.cart.total")).toMatchObject({ label: "cart: total" });
  expect(at(names, "dataFields.cart.lines")).toMatchObject({ label: "cart: list of the items" });
  expect(at(names, "steps.s1.code")).toMatchObject({ label: "Step 1, Issue voucher code: the voucher code" });
  expect(at(names, "variables.tier")).toMatchObject({ label: "tier" });
  expect(at(names, "event.name")).toMatchObject({ sample: "e.g. Size quiz" });
  expect(at(templateNames(world(), "s1"), "steps.s1.code")).toBeUndefined();
  expect(at(templateNames(world({ language: "pl" }), "s3"), "customer.firstName")).toMatchObject({
    label: "imię klienta",
    group: "Klient",
  });
});

test("what was sent last stands beside each name, and what its type looks like where nothing was", () => {
  const samples = samplesOf([node({ size: "M" }), node({ size: "L", "size quiz.v2": "82.5" })]);
  const names = templateNames(world({ samples }), "s3");
  expect(at(names, "dataFields.size")).toMatchObject({ sample: "e.g. M" });
  expect(at(names, "customer.email")).toMatchObject({ sample: "e.g. anna@example.com" });
  expect(at(names, "occurrence.channel")).toMatchObject({ sample: "e.g. pl" });
  expect(at(names, "dataFields.cart")).not.toHaveProperty("sample", expect.anything());
  expect(at(templateNames(world(), "s3"), "dataFields.size")).toMatchObject({ sample: "e.g. example" });
  expect(
    at(templateNames(world({ samples, language: "pl", locale: "pl" }), "s3"), 'dataFields["size quiz.v2"]'),
  ).toMatchObject({
    sample: "np. 82,5",
  });
});

test("what is masked is no sample", () => {
  const samples = samplesOf([node({ size: "M" }, true)]);
  expect([...samples.keys()]).toEqual(["occurrence.channel"]);
});

test("a comparison looks at the store as well, in steps and not in filters", () => {
  const fields = declaredFields(flow, world().events);
  const inStep = operandNames(world(), "s3", OF_STEP, fields);
  for (const key of [
    "dataFields.size quiz.v2",
    "dataFields.cart.isOpen",
    "orders.count",
    "checkout.isOpen",
    "steps.s1.",
    "dataFields.",
    "customer.metadata.",
  ])
    expect(at(inStep, key), key).toBeDefined();
  const inFilter = operandNames(world(), "a", scopeOf(1), fields).map(({ key }) => key);
  expect(inFilter.filter((key) => /^(orders|checkout|customer|steps|variables)\./.test(key))).toEqual([]);
  expect(inFilter).not.toContain("dataFields.cart.isOpen");
});

test("what a browser may send is told from what is read from the store", () => {
  const names = templateNames(world({ events: new Map([[1, event(FIELDS, true)]]) }), "s3");
  expect(at(names, "dataFields.size")).toMatchObject({ hint: "sent by the browser, nobody vouches for it" });
  expect(at(names, "dataFields.cart")).toMatchObject({ hint: undefined });
});

test("values are offered where the log or the scenario knows them", () => {
  const samples = samplesOf([node({ size: "M" }), node({ size: "M" }), node({ size: "two\nlines" })]);
  const grouping: Flow = {
    ...EMPTY,
    steps: ["VIP", "{{ dataFields.size }}", "VIP"].map((group, n) => ({
      id: `g${n}`,
      type: "action",
      action: "add_to_customer_group",
      config: { group },
      next: null,
    })),
  };
  const order = { name: "order", type: "ORDER", isPublic: false };
  expect(suggestionsOf("dataFields.size", [], EMPTY, samples)).toEqual(["M"]);
  expect(suggestionsOf("occurrence.channel", [], EMPTY, samples)).toEqual(["pl"]);
  expect(suggestionsOf("customer.groups", [], grouping, samples)).toEqual(["VIP"]);
  expect(suggestionsOf("dataFields.order.status", [order], EMPTY, samples)).toContain("fulfilled");
});

test("every word of what is typed is looked for, whatever its case and marks", () => {
  const items = [
    { key: "a", label: "Imię klienta", group: "Klient" },
    { key: "b", label: "łączna wartość", group: "Klient" },
    { key: "c", label: "size", group: "Pola" },
  ];
  expect(found(items, "klient imie").map(({ key }) => key)).toEqual(["a"]);
  expect(found(items, "LACZNA").map(({ key }) => key)).toEqual(["b"]);
  expect(found(items, "")).toHaveLength(3);
  expect(headed(items).map(({ group, items: of }) => [group, of.length])).toEqual([
    ["Klient", 2],
    ["Pola", 1],
  ]);
});
