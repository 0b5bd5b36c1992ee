import { readFileSync } from "node:fs";
import {
  partsOf,
  placeOfPart,
  withLeft,
  withMore,
  withOperator,
  without,
  withPart,
} from "@/modules/scenarios/conditions";
import { durationOf, partsOf as waitParts } from "@/modules/scenarios/durations";
import {
  kindOf,
  MEMBERS,
  operandOf,
  operatorsOf,
  typeOfField,
  valueFrom,
  valueTypesOf,
  writtenValue,
} from "@/modules/scenarios/operands";

const one = { left: "dataFields.a", operator: "equals", right: "x" };
const other = { left: "dataFields.b", operator: "isSet" };

test("a comparison alone is no group until a second one comes, and is none again", () => {
  const two = withMore(one, other);
  expect(two).toEqual({ all: [one, other] });
  expect(without(two, 1)).toEqual(one);
  expect(withPart(one, 0, other)).toEqual(other);
  expect([placeOfPart(one, 0), placeOfPart(two, 1)]).toEqual(["", ".all[1]"]);
});

test("a condition that says nothing yet takes its first comparison", () => {
  for (const nothing of [undefined, null, {}, { all: [] }]) expect(withMore(nothing, one)).toEqual(one);
});

test("what the builder does not edit stays as it is", () => {
  const not = { not: one };
  expect(partsOf(not)).toBeUndefined();
  expect(withPart(not, 0, other)).toBe(not);
  expect(without(not, 0)).toBe(not);
  expect(partsOf({ all: [one], remark: "why" })).toBeUndefined();
});

test.each([
  ["dataFields.size quiz.v2", { source: "dataFields", name: "size quiz.v2" }],
  ["customer.metadata.tier.x", { source: "metadata", name: "tier.x" }],
  ["customer.firstName", { source: "customer", name: "firstName" }],
  ["steps.s3.answer.code", { source: "steps", step: "s3", name: "answer.code" }],
  ["occurrence.toString", { source: "unknown", name: "occurrence.toString" }],
  ["custmer.email", { source: "unknown", name: "custmer.email" }],
])("%s is read as the server reads it", (left, operand) => {
  expect(operandOf(left)).toEqual(operand);
});

test("operators go with what is compared", () => {
  const of = (left: string, declared?: string) => operatorsOf(kindOf(left), valueTypesOf(kindOf(left), declared));
  expect(of("customer.exists")).toEqual(["equals", "notEquals", "isSet", "isNotSet"]);
  expect(of("customer.groups")).toEqual(["contains", "notContains", "isSet", "isNotSet"]);
  expect(of("occurrence.url")).not.toContain("greaterThan");
  expect(of("customer.joinedAt")).toContain("lessThan");
  expect(of("customer.joinedAt")).not.toContain("oneOf");
  expect(of("dataFields.a")).toHaveLength(16);
  expect(of("dataFields.a", "NUMBER")).not.toContain("startsWith");
});

test("another left side keeps operator and value where they still make sense", () => {
  expect(withLeft(one, "occurrence.channel")).toEqual({ left: "occurrence.channel", operator: "equals", right: "x" });
  expect(withLeft(one, "customer.exists")).toEqual({ left: "customer.exists", operator: "equals", right: true });
  expect(withLeft(one, "dataFields.n", "NUMBER")).toEqual({
    left: "dataFields.n",
    operator: "equals",
    right: { number: "" },
  });
  expect(withLeft({ ...one, operator: "startsWith" }, "dataFields.n", "NUMBER").operator).toBe("equals");
});

test("another operator gives the value a form that goes with it", () => {
  expect(withOperator(one, "isSet")).toEqual({ left: "dataFields.a", operator: "isSet" });
  expect(withOperator(other, "equals")).toEqual({ left: "dataFields.b", operator: "equals", right: "" });
  expect(withOperator(one, "oneOf").right).toEqual(["x"]);
  expect(withOperator({ ...one, right: ["x", "y"], operator: "oneOf" }, "equals").right).toBe("x");
  expect(withOperator(one, "greaterThan").right).toEqual({ number: "" });
});

test("values are written as the definition's format says", () => {
  expect(valueFrom("number", "50")).toBe(50);
  expect(valueFrom("number", "0,5")).toBe(0.5);
  expect(valueFrom("number", "0.10")).toEqual({ number: "0.10" });
  expect(valueFrom("number", "12345678901234567890")).toEqual({ number: "12345678901234567890" });
  expect(valueFrom("money", "199,90", "PLN")).toEqual({ amount: "199.90", currency: "PLN" });
  expect(valueFrom("date", "2026-01-02")).toEqual({ date: "2026-01-02" });
  for (const value of [50, { number: "0.10" }, "x", { date: "2026-01-02" }, { amount: "1", currency: "PLN" }, true])
    expect(writtenValue(value)).not.toBe("");
});

test("a wait goes to its parts and back", () => {
  expect(waitParts("P1DT12H")).toEqual({ days: 1, hours: 12, minutes: 0, seconds: 0 });
  for (const text of ["P1DT12H", "PT30M", "PT1H1S", "P400D"])
    expect(durationOf(waitParts(text) ?? { days: 0, hours: 0, minutes: 0, seconds: 0 })).toBe(text);
  for (const text of ["P1W", "PT", "P", "1 hour", "PT1.5H"]) expect(waitParts(text)).toBeUndefined();
  expect(durationOf({ days: 0, hours: 0, minutes: 0, seconds: 0 })).toBe("PT0S");
});

test("what the store has of what a data field names is compared by its own type", () => {
  const fields = [
    { name: "cart", type: "CHECKOUT" },
    { name: "cart.email", type: "NUMBER" },
    { name: "size", type: "STRING" },
  ];
  const typed = (name: string) => typeOfField(`dataFields.${name}`, fields);
  expect(["cart.total", "cart.changedAt", "cart.isOpen"].map(typed)).toEqual(["MONEY", "DATETIME", "BOOLEAN"]);
  // A field's own name comes first, dots and all.
  expect(typed("cart.email")).toBe("NUMBER");
  expect(["size.total", "cart.colour", "total"].map(typed)).toEqual([undefined, undefined, undefined]);
  expect(valueTypesOf("any", typed("cart.total"))).toEqual(["money"]);
});

test("the names are those that the engine knows", () => {
  const engine = readFileSync("../saleor_custom_events/scenarios/references.py", "utf8");
  const known = engine.slice(engine.indexOf("_PRODUCT:"), engine.indexOf("NOT_THERE"));
  const names = [...known.matchAll(/"(\w+)": Kind\.(\w+)/g)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(Object.values(MEMBERS).flatMap((of) => Object.keys(of))));
});
