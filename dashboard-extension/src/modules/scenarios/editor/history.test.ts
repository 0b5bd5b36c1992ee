import { EMPTY, type Flow, type Step } from "@/modules/scenarios/definition";
import { NO_HISTORY, redone, remembered, undone } from "@/modules/scenarios/editor/history";

const wait = (id: string, duration = "PT1H"): Step => ({ id, type: "wait", duration, next: null });
const flowOf = (...steps: Step[]): Flow => ({ ...EMPTY, steps });
const [one, two, three] = [flowOf(), flowOf(wait("a")), flowOf(wait("a"), wait("b"))];

test("what was changed is taken back step by step, and done again", () => {
  const history = remembered(remembered(NO_HISTORY, one, two, 0), two, three, 1);
  const back = undone(history, three);
  expect(back?.flow).toBe(two);
  const further = back && undone(back.history, back.flow);
  expect(further?.flow).toBe(one);
  expect(further && undone(further.history, further.flow)).toBeUndefined();
  const again = further && redone(further.history, further.flow);
  expect(again?.flow).toBe(two);
});

test("values typed without a pause are one change", () => {
  const typed = [flowOf(wait("a", "PT1")), flowOf(wait("a", "PT12")), flowOf(wait("a", "PT12H"))] as const;
  let history = remembered(NO_HISTORY, two, typed[0], 5000);
  history = remembered(history, typed[0], typed[1], 5500);
  history = remembered(history, typed[1], typed[2], 7000);
  expect(history.past).toEqual([two, typed[1]]);
});

test("a new change leaves nothing to do again", () => {
  const back = undone(remembered(NO_HISTORY, one, two, 0), two);
  expect(back && redone(remembered(back.history, one, three, 1), three)).toBeUndefined();
});

test("an edit that changed nothing is not remembered", () => {
  expect(remembered(NO_HISTORY, one, one, 0)).toBe(NO_HISTORY);
});

test("what was taken back is not joined with what comes next", () => {
  const back = undone(remembered(NO_HISTORY, two, flowOf(wait("a", "PT2H")), 100), flowOf(wait("a", "PT2H")));
  const history = back && remembered(back.history, two, flowOf(wait("a", "PT3H")), 200);
  expect(history?.past).toEqual([two]);
});
