import type { Step } from "@/modules/scenarios/definition";
import {
  branchTitle,
  choiceText,
  conditionText,
  exitText,
  stepDetail,
  stepTitle,
  waitText,
} from "@/modules/scenarios/summary";

const actions = [
  {
    name: "send_email",
    label: { en: "Send e-mail", pl: "Wyślij e-mail" },
    settings: [{ name: "subject", label: { en: "Subject", pl: "Temat" }, required: true }],
  },
];
const score = { left: "dataFields.score", operator: "greaterThanOrEqual", right: 50 };

test("a wait is told in words of both languages", () => {
  expect(waitText("P1DT12H", "en")).toBe("1 day 12 hours");
  expect(waitText("P2DT5M", "pl")).toBe("2 dni 5 minut");
  expect(waitText("PT1H", "pl")).toBe("1 godzina");
  expect(waitText("next week", "en")).toBe("next week");
  expect(waitText(undefined, "en")).toBe("–");
});

test("a condition reads as a sentence", () => {
  expect(conditionText(score, "en")).toBe("score is at least 50");
  expect(conditionText(score, "pl")).toBe("score to co najmniej 50");
  const grouped = {
    all: [
      score,
      {
        any: [
          { left: "occurrence.channel", operator: "equals", right: "pl" },
          { left: "customer.metadata.tier", operator: "isSet" },
        ],
      },
    ],
  };
  expect(conditionText(grouped, "en")).toBe(
    "score is at least 50 and (channel is “pl” or customer's metadata “tier” has a value)",
  );
  expect(conditionText(grouped, "pl")).toBe(
    "score to co najmniej 50 i (kanał to „pl” lub metadane klienta „tier” ma wartość)",
  );
});

test.each([
  [
    { left: "dataFields.total", operator: "lessThan", right: { amount: "199.90", currency: "PLN" } },
    "total is less than 199.90 PLN",
  ],
  [
    { left: "customer.joinedAt", operator: "lessThan", right: { date: "2026-01-02" } },
    "the day the customer joined is before 2026-01-02",
  ],
  [{ left: "customer.exists", operator: "equals", right: true }, "customer has an account"],
  [{ left: "customer.exists", operator: "notEquals", right: true }, "customer has no account"],
  [{ left: "checkout.isOpen", operator: "equals", right: false }, "customer has no open cart"],
  [{ left: "stock.dataFields.variant", operator: "equals", right: true }, "variant is in stock"],
  [{ left: "orders.count", operator: "greaterThan", right: 3 }, "number of the customer's orders is more than 3"],
  [
    { left: "orders.lastAt", operator: "withinLast", right: { duration: "P7D" } },
    "the customer's last order was in the last 7 days",
  ],
  [{ left: "dataFields.size", operator: "oneOf", right: ["S", "M"] }, "size is one of “S”, “M”"],
  [{ left: "steps.s3.status", operator: "equals", right: 200 }, "“status” of step s3 is 200"],
  [{ not: { left: "dataFields.a", operator: "isSet" } }, "not (a has a value)"],
  [{ left: "", operator: "equals", right: "" }, "(nothing chosen) is (empty)"],
  [{ left: "dataFields.a", operator: "resembles", right: "x" }, "a resembles “x”"],
  [{ all: [] }, "no condition yet"],
  [undefined, "no condition yet"],
])("%j is told as it is", (condition, text) => {
  expect(conditionText(condition, "en")).toBe(text);
});

test("every kind of step has a title, its label first", () => {
  const titled = (step: Step) => [stepTitle(step, "en", actions), stepTitle(step, "pl", actions)];
  expect(titled({ id: "a", type: "action", action: "send_email" })).toEqual(["Send e-mail", "Wyślij e-mail"]);
  expect(titled({ id: "a", type: "action", action: "send_sms" })[0]).toBe("Action that is not installed: send_sms");
  expect(titled({ id: "w", type: "wait", duration: "PT30M" })).toEqual(["Wait: 30 minutes", "Oczekiwanie: 30 minut"]);
  expect(titled({ id: "w", type: "wait", duration: "PT30M", label: "Sleep on it" })).toEqual([
    "Sleep on it",
    "Sleep on it",
  ]);
  expect(titled({ id: "e", type: "exit" })).toEqual(["Exit", "Zakończenie"]);
  expect(titled({ id: "x", type: "goal" })).toEqual(["Step of a newer release: goal", "Krok z nowszego wydania: goal"]);
  expect(titled({ id: "u", type: "waitUntil", date: "dataFields.delivery", offset: "-P1D" })).toEqual([
    "Wait until: 1 day before delivery",
    "Oczekiwanie do: 1 dzień przed: delivery",
  ]);
  expect(titled({ id: "u", type: "waitUntil", date: { date: "2026-12-24" }, offset: null })[0]).toBe(
    "Wait until: 2026-12-24",
  );
  expect(titled({ id: "t", type: "waitForTime", time: "09:00", weekdays: ["mon", "fri"] })).toEqual([
    "Wait until: 09:00, Mon, Fri",
    "Oczekiwanie do: 09:00, pon., pt.",
  ]);
  expect(titled({ id: "v", type: "setVariable", name: "tier", value: "gold" })).toEqual([
    "Set variable: tier",
    "Zmienna: tier",
  ]);
});

test("what a step would do is read without opening it", () => {
  const mail: Step = {
    id: "a",
    type: "action",
    action: "send_email",
    config: { subject: "Your size\nis {{ dataFields.size }}" },
  };
  expect(stepDetail(mail, "en", actions)).toBe("Subject: Your size is {{ dataFields.size }}");
  expect(stepDetail({ ...mail, config: {} }, "pl", actions)).toBe("Temat: jeszcze nieuzupełnione");
  const asked: Step = {
    id: "c",
    type: "condition",
    branches: [
      { when: score, next: null },
      { when: score, label: "High", next: null },
    ],
  };
  expect(stepDetail(asked, "pl", actions)).toBe("2 gałęzie oraz „w przeciwnym razie”");
  expect([branchTitle(asked, 0, "en"), branchTitle(asked, 1, "en"), branchTitle(asked, "otherwise", "en")]).toEqual([
    "score is at least 50",
    "High",
    "Otherwise",
  ]);
});

test("a wait for an event says which and how long, and its ways are named", () => {
  const step: Step = { id: "w", type: "waitForEvent", event: 8, timeout: "P3D", filter: score };
  expect(stepDetail(step, "en", actions, () => "Order placed")).toBe(
    "Order placed, for at most 3 days; score is at least 50",
  );
  expect(stepDetail({ ...step, filter: null }, "pl", actions)).toBe("zdarzenie 8, najdłużej 3 dni");
  expect([branchTitle(step, "happened", "en"), branchTitle(step, "timedOut", "pl")]).toEqual([
    "It happened",
    "Nie nastąpiło na czas",
  ]);
});

test("the ways of a split are named by their shares of all weights", () => {
  const step: Step = { id: "p", type: "split", branches: [{ weight: 1, label: "Offer" }, { weight: 2 }] };
  expect([branchTitle(step, 0, "en"), branchTitle(step, 1, "pl")]).toEqual(["Offer (33.3%)", "66,7%"]);
  expect(branchTitle({ ...step, branches: [{ weight: "x" }] }, 0, "en")).toBe("0%");
});

test("an exit rule is told by its event and its filter", () => {
  expect(exitText({ type: "event", event: 9, filter: score }, "en", () => "Order placed")).toBe(
    "Order placed: score is at least 50",
  );
  expect(conditionText({ left: "variables.tier", operator: "equals", right: "gold" }, "pl")).toBe(
    "zmienna „tier” to „gold”",
  );
});

test("an exit rule that goes by the customer is told in the reader's language", () => {
  expect(exitText({ type: "orderPlaced" }, "en", () => undefined)).toBe("An order is placed");
  expect(exitText({ type: "consentWithdrawn" }, "pl", () => undefined)).toBe("Zgoda na marketing zostaje wycofana");
});

test("a setting's value that is one of its choices is called as it is there", () => {
  const layout = { choices: [{ value: "none", label: { en: "None", pl: "Brak" } }] };
  expect(choiceText(layout, "none", "pl")).toBe("Brak");
  expect([choiceText(layout, "letter", "en"), choiceText(undefined, "none", "en")]).toEqual([undefined, undefined]);
});
