import { expect, test } from "vitest";
import { withLeft, withOperator } from "@/modules/scenarios/conditions";
import { kindOf, operatorsOf, typeOfValue, valueTypesOf } from "@/modules/scenarios/operands";
import { recentText } from "@/modules/scenarios/recent";
import { conditionText } from "@/modules/scenarios/summary";

const days = (duration: string) => ({ duration });

test.each([
  ["P7D", "was in the last 7 days", "przypada w ciągu ostatnich 7 dni"],
  ["P1D", "was in the last day", "przypada w ciągu ostatniego dnia"],
  ["PT1H", "was in the last hour", "przypada w ciągu ostatniej godziny"],
  ["PT2H", "was in the last 2 hours", "przypada w ciągu ostatnich 2 godzin"],
  ["P1DT2H", "was in the last 1 day and 2 hours", "przypada w ciągu ostatnich 1 dnia i 2 godzin"],
  ["PT22M", "was in the last 22 minutes", "przypada w ciągu ostatnich 22 minut"],
  ["soon", "was in the last –", "przypada w ciągu ostatnich –"],
])("%s is said in the right case and number", (duration, english, polish) => {
  expect(recentText("withinLast", days(duration), "en")).toBe(english);
  expect(recentText("withinLast", days(duration), "pl")).toBe(polish);
});

test("what was not, and what comes, is said as well", () => {
  expect(recentText("notWithinLast", days("P30D"), "en")).toBe("was not in the last 30 days");
  expect(recentText("notWithinLast", days("P30D"), "pl")).toBe("nie przypada w ciągu ostatnich 30 dni");
  expect(recentText("withinNext", days("P1D"), "en")).toBe("is in the next day");
  expect(recentText("withinNext", days("P2D"), "pl")).toBe("przypada w ciągu najbliższych 2 dni");
});

test("only dates and times are asked so", () => {
  const offered = (left: string, declared?: string) => operatorsOf(kindOf(left), valueTypesOf(kindOf(left), declared));
  expect(offered("customer.joinedAt")).toContain("withinLast");
  expect(offered("dataFields.delivery", "DATE")).toContain("withinNext");
  expect(offered("orders.lastAt")).toContain("notWithinLast");
  expect(offered("dataFields.size", "STRING")).not.toContain("withinLast");
  expect(offered("orders.count")).not.toContain("contains");
  expect(offered("orders.total")).toEqual([
    "equals",
    "notEquals",
    "greaterThan",
    "greaterThanOrEqual",
    "lessThan",
    "lessThanOrEqual",
  ]);
});

test("a comparison that becomes one of the last days asks for a week, and loses it when it becomes another", () => {
  const asked = withOperator({ left: "customer.joinedAt", operator: "equals", right: { date: "" } }, "withinLast");
  expect(asked.right).toEqual({ duration: "P7D" });
  expect(typeOfValue(asked.right)).toBe("duration");
  expect(withOperator(asked, "notWithinLast").right).toEqual({ duration: "P7D" });
  expect(withOperator(asked, "greaterThan").right).toEqual({ date: "" });
  expect(withLeft(asked, "orders.count")).toEqual({ left: "orders.count", operator: "equals", right: { number: "" } });
});

test("what is true or false of itself makes one sentence in both languages", () => {
  const ordered = { left: "orders.hasOrderedSinceEvent", operator: "equals", right: false };
  const inStock = { left: "stock.dataFields.variant", operator: "equals", right: false };
  expect(conditionText({ all: [ordered, inStock] }, "en")).toBe(
    "customer has not ordered since the event and variant is not in stock",
  );
  expect(conditionText(ordered, "pl")).toBe("klient nie zamówił od czasu zdarzenia");
});
