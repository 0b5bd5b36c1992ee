import { act, renderHook } from "@testing-library/react";
import { EMPTY, type Flow } from "@/modules/scenarios/definition";
import { type ScenarioDetails, useDraft } from "./use-draft";

const waiting: Flow = { ...EMPTY, steps: [{ id: "s1", type: "wait", duration: "P1D", next: null }] };
const scenario: ScenarioDetails = {
  id: "U2NlbmFyaW86MQ==",
  number: 1,
  name: "Remember the size",
  status: "ACTIVE",
  draft: waiting,
  revision: 3,
  underWay: 0,
  hasUnpublishedChanges: false,
  updatedAt: "2026-11-24T08:00:00Z",
  updatedBy: "ola@example.com",
  published: null,
  startEvents: [],
  check: { problems: [], warnings: [], needs: [] },
};
const typed: Flow = { ...waiting, steps: [{ id: "s1", type: "wait", duration: "P2D", next: null }] };

test("what is typed while an answer is under way stays, whatever the answer brings", () => {
  const { result } = renderHook(() => useDraft(scenario));
  // Pressed before anything was typed: pause, resume, publish keep the page as it was then.
  const { refresh } = result.current;
  act(() => result.current.change(() => typed));
  act(() => refresh((before) => ({ ...before, status: "PAUSED" })));
  expect(result.current.flow).toEqual(typed);
  expect(result.current.unsaved).toBe(true);
  expect(result.current.scenario.status).toBe("PAUSED");
});

test("an answer that comes after another one takes nothing of it back", () => {
  const { result } = renderHook(() => useDraft(scenario));
  const { refresh } = result.current;
  act(() => refresh(() => ({ ...scenario, revision: 4, draft: typed })));
  act(() => refresh((before) => ({ ...before, status: "PAUSED" })));
  expect(result.current.scenario).toMatchObject({ revision: 4, status: "PAUSED" });
  expect(result.current.flow).toEqual(typed);
});
