import { goesInCircles, reachedFrom } from "@/modules/scenarios/arrows";
import { lifted, pasted, readFragment, relocated, written } from "@/modules/scenarios/canvas/fragment";
import { type Flow, isFlow, type Step, stepOf } from "@/modules/scenarios/definition";
import { findIn, outlineOf, type Place } from "@/modules/scenarios/outline";
import { exit, flowOf, placesOf, shown, wait } from "../../../../test/flows";

const fork = (id: string, first: string | null, otherwise: string | null = null): Step => ({
  id,
  type: "condition",
  branches: [{ when: { left: "dataFields.a", operator: "isSet" }, next: first }],
  otherwise,
});

const places = (flow: Flow) => placesOf(outlineOf(flow).line);
const above = (flow: Flow, id: string) => findIn(outlineOf(flow).line, id)?.item.before as Place;
const atEnd = (flow: Flow) => outlineOf(flow).line.end.place;

const FLOWS: readonly Flow[] = [
  flowOf(),
  flowOf(wait("a")),
  flowOf(wait("a", "b"), wait("b", "c"), exit("c")),
  flowOf(fork("c", "a", "b"), wait("a", "z"), wait("b", "z"), wait("z", "y"), wait("y")),
  flowOf(wait("x", "c"), fork("c", "a", "b"), wait("a"), exit("b")),
  flowOf(fork("c", "d", "z"), fork("d", "a", "b"), wait("a", "z"), exit("b"), wait("z")),
  flowOf(fork("c", "a", "b"), exit("a"), exit("b")),
];

describe("moving a step", () => {
  test("down its line", () => {
    const flow = flowOf(wait("a", "b"), wait("b", "c"), wait("c"));
    expect(shown(relocated(flow, "a", atEnd(flow)))).toBe("b, c, a");
  });

  test("into a branch, and its own branches come along", () => {
    const flow = flowOf(wait("x", "c"), fork("c", "d", "b"), wait("b"), fork("d", "e", "f"), wait("e"), wait("f"));
    const moved = relocated(flow, "d", above(flow, "b"));
    expect(shown(moved)).toBe("x, c( | d(e, join:b | f, join:b), b)");
  });

  test("beside itself, into its own branch and behind an exit it stays where it is", () => {
    const flow = flowOf(fork("c", "a", "b"), wait("a"), wait("b"));
    expect(relocated(flow, "a", above(flow, "a"))).toBe(flow);
    expect(relocated(flow, "c", above(flow, "a"))).toBe(flow);
    const ending = flowOf(wait("a", "b"), exit("b"));
    expect(relocated(ending, "b", above(ending, "a"))).toBe(ending);
  });
});

describe.each(FLOWS.map((flow) => [shown(flow), flow] as const))("of %s", (_, flow) => {
  test("any step moved to any place leaves all steps within reach and no circles", () => {
    for (const step of flow.steps)
      for (const place of places(flow)) {
        const moved = relocated(flow, step.id, place);
        expect(isFlow(moved)).toBe(true);
        expect(goesInCircles(moved)).toBe(false);
        expect(moved.steps.map(({ id }) => id).toSorted()).toEqual(flow.steps.map(({ id }) => id).toSorted());
        expect(reachedFrom(moved, moved.steps[0]?.id ?? null).size).toBe(flow.steps.length);
      }
  });

  test("any fragment pasted at any place of any flow adds its steps and loses none", () => {
    for (const other of FLOWS)
      for (const step of other.steps) {
        const fragment = lifted(other, step.id);
        for (const place of places(flow)) {
          const done = fragment && pasted(flow, place, fragment);
          if (!done) continue;
          const count = flow.steps.length + (fragment?.steps.length ?? 0);
          expect(isFlow(done.flow)).toBe(true);
          expect(goesInCircles(done.flow)).toBe(false);
          expect(reachedFrom(done.flow, done.flow.steps[0]?.id ?? null).size).toBe(count);
          expect(stepOf(done.flow, done.first)).toBeDefined();
        }
      }
  });
});

describe("copying", () => {
  test("a step behind itself goes under a new id", () => {
    const flow = flowOf(wait("s1", "s2"), wait("s2"));
    const done = pasted(flow, above(flow, "s2"), lifted(flow, "s1") ?? { steps: [] });
    expect(done?.first).toBe("s3");
    expect(done && shown(done.flow)).toBe("s1, s3, s2");
  });

  test("what a copied step says of others that were copied with it follows their new ids", () => {
    const hook: Step = { id: "s2", type: "action", action: "send_webhook", config: {}, next: "s3" };
    const says: Step = {
      id: "s3",
      type: "setVariable",
      name: "a",
      value: "{{ steps.s2.status }} {{ steps.s9.b }}",
      next: null,
    };
    const flow = flowOf(fork("s1", "s2"), hook, says);
    const done = pasted(flow, atEnd(flow), lifted(flow, "s1") ?? { steps: [] });
    expect(done?.flow.steps.map(({ value }) => value)).toContain("{{ steps.s5.status }} {{ steps.s9.b }}");
  });

  test("steps that lead in a circle, or that none of the others leads to, are not pasted", () => {
    const flow = flowOf(wait("s1"));
    expect(pasted(flow, atEnd(flow), { steps: [wait("a", "b"), fork("b", "a", null)] })).toBeUndefined();
    expect(pasted(flow, atEnd(flow), { steps: [wait("a"), wait("b")] })).toBeUndefined();
  });

  test("to another scenario and back it is the same", () => {
    const fragment = lifted(flowOf(fork("c", "a"), wait("a")), "c");
    expect(readFragment(written(fragment ?? { steps: [] }))).toEqual(fragment);
  });

  test.each([
    null,
    "",
    "x",
    "[]",
    '{"customEventSteps":[]}',
    '{"customEventSteps":[{"id":"a"}]}',
    '{"customEventSteps":[1]}',
    '{"customEventSteps":[{"id":"a","type":"wait"},{"id":"a","type":"wait"}]}',
    '{"customEventSteps":[{"id":"a","type":"condition","branches":["broken"]}]}',
  ])("from %j nothing is pasted", (text) => expect(readFragment(text)).toBeUndefined());
});
