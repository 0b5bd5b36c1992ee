import { adviceOf, obstaclesOf } from "@/modules/scenarios/publishing/obstacles";

const problem = {
  field: "steps[0].config.url",
  code: "REQUIRED",
  message: "This is needed.",
  part: "hook",
  member: "config.url",
  was: undefined,
};
const unsent = (step: string) => ({ code: "MAIL_NOT_CONFIGURED", message: "Mail cannot be sent.", step });
const NONE = { problems: [], needs: [], warnings: [], missing: [], has: () => true };

test("nothing stands in the way of a draft of which nothing was found", () => {
  expect(obstaclesOf(NONE)).toEqual([]);
});

test("problems come first, and are one thing each", () => {
  const found = obstaclesOf({ ...NONE, problems: [problem, problem], missing: ["MANAGE_DISCOUNTS"] });
  expect(found.map(({ kind }) => kind)).toEqual(["problem", "problem", "permission"]);
});

test("permissions that are missing at several steps are one thing, and those that are held none", () => {
  const need = (part: string, missing: string[]) => ({ part, permissions: ["MANAGE_USERS"], missing });
  const needs = [need("mail", ["MANAGE_USERS"]), need("hook", ["MANAGE_USERS"]), need("code", [])];
  expect(obstaclesOf({ ...NONE, needs })).toEqual([
    { kind: "permission", codes: ["MANAGE_USERS"], parts: ["mail", "hook"] },
  ]);
});

test("that mail is not set up stands in the way once, for all steps that send some", () => {
  const warnings = [unsent("a"), { code: "NO_BEAT", message: "No beat." }, unsent("b")];
  expect(obstaclesOf({ ...NONE, warnings })).toEqual([{ kind: "mail", warning: unsent("a"), parts: ["a", "b"] }]);
  expect(adviceOf(warnings).map(({ code }) => code)).toEqual(["NO_BEAT"]);
});

test("what was found at a part that is gone by now stands in nobody's way", () => {
  const needs = [{ part: "gone", permissions: ["MANAGE_USERS"], missing: ["MANAGE_USERS"] }];
  expect(obstaclesOf({ ...NONE, needs, warnings: [unsent("gone")], has: (part) => part !== "gone" })).toEqual([]);
});
