import { expect, test } from "vitest";
import {
  chosenEvents,
  flowOf,
  isUnchosen,
  type NamedAction,
  needsOf,
  type Taken,
} from "@/modules/scenarios/ready/needs";

const ACTIONS = [
  { name: "send_email", permissions: ["MANAGE_USERS"] },
  { name: "issue_voucher_code", permissions: ["MANAGE_DISCOUNTS"] },
  { name: "add_customer_note", permissions: ["MANAGE_STAFF"] },
] as unknown as readonly NamedAction[];

const definition = {
  spec: 1,
  starts: [{ id: "start", type: "customEvent", event: "quiz-finished", allowUnverified: true }],
  steps: [
    { id: "code", type: "action", action: "issue_voucher_code", next: "mail" },
    { id: "mail", type: "action", action: "send_email", next: null },
  ],
};

test("it needs what its actions need, and what letting unverified addresses in needs", () => {
  const flow = flowOf({ definition });
  expect(needsOf(flow, ACTIONS, ["MANAGE_USERS"])).toEqual({
    permissions: ["MANAGE_DISCOUNTS", "MANAGE_USERS"],
    sendsMail: true,
  });
  const verified = { ...flow, starts: [{ id: "start" }], steps: flow.steps.slice(0, 1) };
  expect(needsOf(verified, ACTIONS, ["MANAGE_USERS"])).toEqual({
    permissions: ["MANAGE_DISCOUNTS"],
    sendsMail: false,
  });
});

test("what is no flow has no steps", () => {
  expect(flowOf({ definition: "nonsense" }).steps).toEqual([]);
});

test("only events that were chosen are sent in the place of its own", () => {
  const taken: Record<string, Taken> = {
    own: { as: "own" },
    other: { as: "other", event: { id: "Q3VzdG9tRXZlbnQ6Nw==" } },
    open: { as: "other", event: undefined },
  };
  expect(chosenEvents(taken)).toEqual([{ slug: "other", event: "Q3VzdG9tRXZlbnQ6Nw==" }]);
  expect(Object.entries(taken).filter(([, one]) => isUnchosen(one))).toEqual([["open", taken.open]]);
  expect(isUnchosen(undefined)).toBe(false);
});
