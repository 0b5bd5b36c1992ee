import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "@/modules/log/filters";
import { type Foreseen, faults, firstPlan, inAll, mayStart, notTaken, type Plan, variablesOf } from "./plan";

const QUIZ = { id: "RXZlbnQ6Mw", number: 3, name: "Finished the quiz" };
const MAIL = { id: "U2NlbmFyaW86NQ", number: 5, name: "Mail them" };
const NOON = new Date(2026, 10, 24, 12, 0).getTime();
const PLAN: Plan = firstPlan({ ...NO_FILTERS, event: QUIZ }, {}, NOON);
const foreseen = (more: Partial<Foreseen>): Foreseen => ({ total: 2, sampled: 2, leftOut: [], effects: [], ...more });

describe("the plan that a log leads to", () => {
  it("takes its filters over", () => {
    const filters = {
      ...NO_FILTERS,
      scenario: MAIL,
      status: "CANCELLED" as const,
      reason: "CANCELLED_BY_STAFF",
      from: "2026-11-01T00:00",
      to: "2026-11-02T00:00",
    };
    expect(firstPlan(filters, { event: QUIZ }, NOON)).toMatchObject({
      event: QUIZ,
      scenario: MAIL,
      ends: ["CANCELLED"],
      reasons: ["CANCELLED_BY_STAFF"],
      from: "2026-11-01T00:00",
      to: "2026-11-02T00:00",
    });
  });

  it("is of what failed in the last day where the log says nothing, and where it says what cannot run again", () => {
    for (const status of ["", "WAITING"] as const)
      expect(firstPlan({ ...NO_FILTERS, status }, {}, NOON)).toMatchObject({
        ends: ["FAILED"],
        reasons: [],
        from: "2026-11-23T12:00",
        to: "",
      });
  });

  it("says which filters it cannot have", () => {
    expect(notTaken(NO_FILTERS)).toEqual([]);
    expect(notTaken({ ...NO_FILTERS, customer: { id: "VXNlcjox", email: "" } })).toEqual(["notTaken"]);
    expect(notTaken({ ...NO_FILTERS, email: "a@example.com" })).toEqual(["notTaken"]);
  });
});

describe("what is wrong with a plan", () => {
  it.each([
    [{}, {}],
    [{ event: null }, { subject: "subjectMissing" }],
    [{ event: null, scenario: MAIL }, {}],
    [{ ends: [] }, { ends: "endsMissing" }],
    [{ from: "" }, { from: "fromMissing" }],
    [{ to: "2026-11-01T00:00" }, { to: "order" }],
    [{ isSpread: true, amount: "0" }, { amount: "amountWrong" }],
    [{ isSpread: true, amount: "30", unit: "days" }, {}],
    [{ isSpread: true, amount: "31", unit: "days" }, { amount: "amountWrong" }],
    [{ isSpread: true, amount: "an hour" }, { amount: "amountWrong" }],
    [{ isSpread: false, amount: "an hour" }, {}],
  ] as [Partial<Plan>, object][])("%o", (more, wrong) => {
    expect(faults({ ...PLAN, ...more })).toEqual(wrong);
  });
});

describe("what the API is asked", () => {
  it("asks for what is chosen and leaves out what is not", () => {
    expect(variablesOf(PLAN, true)).toEqual({
      filter: {
        event: QUIZ.id,
        status: ["FAILED"],
        created: { gte: new Date(2026, 10, 23, 12, 0).toISOString() },
      },
      version: "ORIGINAL",
      preview: true,
    });
  });

  it("spreads over minutes, whatever the unit", () => {
    const plan: Plan = { ...PLAN, isSpread: true, amount: "6", unit: "hours", reasons: ["FAILED_RETRIES"] };
    expect(variablesOf(plan, false)).toMatchObject({ over: "PT360M", preview: false });
    expect(variablesOf(plan, false).filter.reason).toEqual(["FAILED_RETRIES"]);
  });
});

describe("what is foreseen", () => {
  it("may start where something would run", () => {
    expect(mayStart(foreseen({}))).toBe(true);
    expect(mayStart(foreseen({ total: 0, sampled: 0 }))).toBe(false);
    expect(mayStart(foreseen({ total: 100_001 }))).toBe(false);
    expect(mayStart(foreseen({ leftOut: [{ name: "ARCHIVED", count: 2 }] }))).toBe(false);
    expect(mayStart(foreseen({ total: 500, sampled: 200, leftOut: [{ name: "ARCHIVED", count: 200 }] }))).toBe(true);
  });

  it("is reckoned up only from a sample", () => {
    expect(inAll(2, foreseen({}))).toBeUndefined();
    expect(inAll(50, foreseen({ total: 1000, sampled: 200 }))).toBe(250);
  });
});
