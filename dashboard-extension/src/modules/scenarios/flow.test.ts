import { aimed, arrowsOf, goesInCircles, reachedFrom, targetOf } from "@/modules/scenarios/arrows";
import { EMPTY, type Flow, isFlow, isForking, type Step } from "@/modules/scenarios/definition";
import {
  changedBranch,
  duplicated,
  inserted,
  moved,
  movedBranch,
  newStep,
  possibleTargets,
  redirected,
  removed,
  removedWith,
  retyped,
  WAITS,
  withBranch,
  withoutBranch,
} from "@/modules/scenarios/flow";
import { findIn, numbersOf, outlineOf, type Place, stepsOf } from "@/modules/scenarios/outline";
import { exit, flowOf, placesOf, shown, wait } from "../../../test/flows";

const fork = (id: string, branches: (string | null)[], otherwise: string | null = null): Step => ({
  id,
  type: "condition",
  branches: branches.map((next) => ({ when: { left: "dataFields.a", operator: "isSet" }, next })),
  otherwise,
});

describe("how a flow is shown", () => {
  test("branches that meet again go on below the condition", () => {
    expect(shown(flowOf(fork("c", ["a"], "b"), wait("a", "z"), wait("b", "z"), wait("z")))).toBe(
      "c(a, join:z | b, join:z), z",
    );
  });

  test("branches that never meet end by themselves", () => {
    expect(shown(flowOf(fork("c", ["a"], "b"), wait("a"), exit("b")))).toBe("c(a | b)");
  });

  test("a branch that ends early leaves the others to meet", () => {
    const flow = flowOf(fork("c", ["a", "b"], null), wait("a", "z"), wait("b", "z"), wait("z"));
    expect(shown(flow)).toBe("c(a, join:z | b, join:z | ), z");
  });

  test("a condition within a branch may go on where the outer one does", () => {
    const flow = flowOf(fork("c", ["d"], "z"), fork("d", ["a"], "z"), wait("a"), wait("z"));
    expect(shown(flow)).toBe("c(d(a | join:z) | join:z), z");
  });

  test("a step is shown once, however irregularly it is reached", () => {
    const flow = flowOf(fork("c", ["a", "b"], "y"), wait("a", "x"), wait("b", "x"), wait("x", "y"), wait("y"));
    expect(shown(flow)).toBe("c(a, x, join:y | b, elsewhere:x | join:y), y");
    expect([...numbersOf(outlineOf(flow)).values()].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test("what leads into the void, in circles, or nowhere at all is shown as it is", () => {
    expect(shown(flowOf(wait("a", "gone")))).toBe("a, lost:gone");
    expect(shown(flowOf(wait("a", "b"), wait("b", "a")))).toBe("a, b, elsewhere:a");
    expect(outlineOf(flowOf(wait("a"), wait("b"))).unreached.map((step) => step.id)).toEqual(["b"]);
  });
});

describe("edits", () => {
  const joined = flowOf(fork("c", ["a"], "z"), wait("a", "z"), wait("z"));
  const at = (flow: Flow, id: string) => findIn(outlineOf(flow).line, id);

  test("the first step of all begins the flow", () => {
    const flow = inserted(EMPTY, outlineOf(EMPTY).line.end.place, wait("a"));
    expect(shown(flow)).toBe("a");
    expect(
      shown(inserted(flow, outlineOf(flow).line.items[0]?.before ?? { arrows: [], target: null }, wait("b"))),
    ).toBe("b, a");
  });

  test("a step between a condition and where its branches meet is on every way", () => {
    const place = at(joined, "z")?.item.before as Place;
    expect(shown(inserted(joined, place, wait("n")))).toBe("c(a, join:n | join:n), n, z");
  });

  test("a step at a branch's end is on that way alone", () => {
    const place = at(joined, "c")?.item.lines[1]?.end.place as Place;
    expect(shown(inserted(joined, place, wait("n")))).toBe("c(a, join:z | n, join:z), z");
  });

  test("a new condition keeps what follows on both of its ways", () => {
    const flow = flowOf(wait("a"));
    const place = at(flow, "a")?.item.before as Place;
    expect(shown(inserted(flow, place, newStep(flow, "condition")))).toBe("s1(join:a | join:a), a");
  });

  test("an exit in front of other steps is not put there: they would be lost", () => {
    expect(inserted(joined, at(joined, "z")?.item.before as Place, exit("e"))).toBe(joined);
    const place = at(joined, "c")?.item.lines[0]?.end.place as Place;
    expect(shown(inserted(joined, place, exit("e")))).toBe("c(a, e | z)");
  });

  test("behind an exit nothing is put: no way would lead there", () => {
    const flow = flowOf(exit("e"));
    expect(inserted(flow, outlineOf(flow).line.end.place, wait("n"))).toBe(flow);
  });

  test("removing a step joins what was around it", () => {
    expect(shown(removed(joined, "a"))).toBe("c(join:z | join:z), z");
    expect(shown(removed(flowOf(wait("a", "b"), wait("b")), "a"))).toBe("b");
    expect(removed(flowOf(wait("a")), "a").steps).toEqual([]);
  });

  test("removing a condition takes its branches along, and says which steps those are", () => {
    expect(removedWith(joined, "c").map((step) => step.id)).toEqual(["c", "a"]);
    expect(shown(removed(joined, "c"))).toBe("z");
  });

  test("removing a step leaves what another way leads to as well, and makes no circle", () => {
    const flow = flowOf(fork("c", ["d"], "y"), fork("d", ["y"], "x"), wait("x", "e"), wait("y", "e"), exit("e"));
    const without = removed(flow, "d");
    expect(goesInCircles(without)).toBe(false);
    expect(without.steps.map((step) => step.id)).toEqual(["c", "y", "e"]);
  });

  test("a step changes places within its line, a condition with its branches", () => {
    expect(shown(moved(joined, "z", -1))).toBe("z, c(a | )");
    expect(shown(moved(moved(joined, "z", -1), "z", 1))).toBe("c(a, join:z | join:z), z");
    expect(shown(moved(flowOf(wait("a", "b"), wait("b", "c"), wait("c")), "a", 1))).toBe("b, a, c");
  });

  test("nothing moves behind an exit, or out of its line", () => {
    const flow = flowOf(wait("a", "e"), exit("e"));
    expect(moved(flow, "a", 1)).toBe(flow);
    expect(moved(flow, "a", -1)).toBe(flow);
  });

  test("a copy stands behind the original, with ids of its own", () => {
    expect(shown(duplicated(joined, "c"))).toBe("c(a, join:s1 | join:s1), s1(s2, join:z | join:z), z");
    expect(shown(duplicated(flowOf(wait("a")), "a"))).toBe("a, s1");
  });

  test("a branch's end may lead on to what other ways come to, and never back", () => {
    const flow = flowOf(wait("p", "c"), fork("c", ["a"], "b"), wait("a"), wait("b"));
    expect(possibleTargets(flow, [{ from: "a", port: "next" }]).map((step) => step.id)).toEqual(["b"]);
    expect(shown(redirected(flow, [{ from: "a", port: "next" }], "b"))).toBe("p, c(a, join:b | join:b), b");
    expect(redirected(flow, [{ from: "a", port: "next" }], "p")).toBe(flow);
  });

  test("branches are added before the last way out, go on with the others, and change places", () => {
    const flow = withBranch(joined, "c", { when: { left: "x", operator: "isSet" } });
    expect(shown(flow)).toBe("c(a, join:z | join:z | join:z), z");
    expect(shown(movedBranch(flow, "c", 0, 1))).toBe("c(join:z | a, join:z | join:z), z");
    expect(shown(withoutBranch(flow, "c", 0))).toBe("c(join:z | join:z), z");
  });

  const awaiting = flowOf(
    { id: "w", type: "waitForEvent", event: 7, timeout: "P3D", happened: "a", timedOut: "z" },
    wait("a", "z"),
    wait("z"),
  );
  const split = (...nexts: (string | null)[]): Step => ({
    id: "p",
    type: "split",
    branches: nexts.map((next) => ({ weight: 50, next })),
  });

  test("both ways on from a wait for an event are lines, and steps come into either", () => {
    expect(shown(awaiting)).toBe("w(a, join:z | join:z), z");
    const [happened, timedOut] = at(awaiting, "w")?.item.lines ?? [];
    expect(shown(inserted(awaiting, timedOut?.end.place as Place, wait("n")))).toBe("w(a, join:z | n, join:z), z");
    expect(shown(inserted(awaiting, happened?.items[0]?.before as Place, exit("e")))).toBe("w(a, join:z | join:z), z");
    expect(shown(removed(awaiting, "w"))).toBe("z");
    expect(shown(moved(awaiting, "z", -1))).toBe("z, w(a | )");
    expect(shown(duplicated(awaiting, "w"))).toBe("w(a, join:s1 | join:s1), s1(s2, join:z | join:z), z");
  });

  test("a split has a line for each of its shares, and no other way on", () => {
    const flow = flowOf(split("a", "z"), wait("a", "z"), wait("z"));
    expect(shown(flow)).toBe("p(a, join:z | join:z), z");
    expect(shown(withBranch(flow, "p", { weight: 20 }))).toBe("p(a, join:z | join:z | join:z), z");
    expect(shown(withoutBranch(flow, "p", 0))).toBe("p(z)");
    expect(shown(inserted(flowOf(wait("a")), { arrows: [{ from: null, port: "next" }], target: "a" }, split()))).toBe(
      "a",
    );
  });

  test("a wait of another kind goes on where it went on, and leaves nothing out of reach", () => {
    expect(shown(retyped(awaiting, "w", "wait"))).toBe("w, z");
    expect(retyped(awaiting, "w", "wait").steps.map((step) => step.type)).toEqual(["wait", "wait"]);
    const linear = flowOf({ ...wait("a", "b"), label: "Sleep on it" }, wait("b"));
    expect(shown(retyped(linear, "a", "waitForEvent"))).toBe("a(join:b | join:b), b");
    expect(retyped(linear, "a", "waitUntil").steps[0]).toMatchObject({ id: "a", label: "Sleep on it", next: "b" });
    expect(retyped(linear, "a", "wait")).toBe(linear);
  });

  test("what this release does not know stays as it is", () => {
    const later: Step = { id: "n", type: "waitForStock", next: "z", event: 7, patience: { days: 2 } };
    const flow: Flow = { ...flowOf(later, wait("z")), goal: { reached: true } };
    const edited = moved(inserted(flow, at(flow, "z")?.item.before as Place, wait("m")), "z", -1);
    expect(shown(edited)).toBe("n, z, m");
    expect(edited.goal).toEqual({ reached: true });
    expect(edited.steps.find((step) => step.id === "n")).toEqual({ ...later });
    expect(changedBranch(joined, "c", 0, { label: "Yes" }).steps[0]?.branches).toEqual([
      { when: { left: "dataFields.a", operator: "isSet" }, next: "a", label: "Yes" },
    ]);
  });

  test("a newer step that nothing can follow takes no next", () => {
    const goal: Step = { id: "g", type: "goal" };
    expect(arrowsOf(goal)).toEqual([]);
    expect(shown(flowOf(wait("a", "g"), goal))).toBe("a, g");
  });
});

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

function edited(flow: Flow, roll: (sides: number) => number): Flow {
  const places = placesOf(outlineOf(flow).line);
  const id = flow.steps[roll(Math.max(1, flow.steps.length))]?.id ?? "";
  const kinds = [...WAITS, "condition", "split", "action", "setVariable", "comment", "exit"] as const;
  const waits = flow.steps.filter((step) => (WAITS as readonly string[]).includes(step.type));
  const place = places[roll(Math.max(1, places.length))];
  switch (roll(11)) {
    case 0:
      return removed(flow, id);
    case 1:
      return moved(flow, id, roll(2) ? 1 : -1);
    case 2:
      return flow.steps.length < 25 ? duplicated(flow, id) : flow;
    case 3:
      return withBranch(flow, id, { when: { left: "x", operator: "isSet" } });
    case 4:
      return withoutBranch(flow, id, roll(3));
    case 5:
      return movedBranch(flow, id, roll(3), roll(2) ? 1 : -1);
    case 7:
      return retyped(flow, waits[roll(Math.max(1, waits.length))]?.id ?? "", WAITS[roll(WAITS.length)] ?? "wait");
    case 6: {
      const arrows = place && place.arrows[0]?.from !== null ? place.arrows : [];
      const targets = [null, ...possibleTargets(flow, arrows).map((step) => step.id)];
      return redirected(flow, arrows, targets[roll(targets.length)] ?? null);
    }
    default:
      return place ? inserted(flow, place, newStep(flow, kinds[roll(kinds.length)] ?? "wait", "send_webhook")) : flow;
  }
}

function wrongWith(flow: Flow): string[] {
  const ids = new Set(flow.steps.map((step) => step.id));
  const arrows = flow.steps.flatMap(arrowsOf);
  const lost = arrows.filter((arrow) => !ids.has(targetOf(flow, arrow) ?? flow.steps[0]?.id ?? ""));
  const reached = reachedFrom(flow, flow.steps[0]?.id ?? null);
  const seen = outlineOf(flow).line.items.flatMap(stepsOf);
  return [
    ...(isFlow(flow) ? [] : ["ids are not unique"]),
    ...lost.map((arrow) => `${arrow.from}.${arrow.port} leads into the void`),
    ...(goesInCircles(flow) ? ["it goes in circles"] : []),
    ...(reached.size === flow.steps.length ? [] : ["something is out of reach"]),
    ...(new Set(seen).size === flow.steps.length && seen.length === flow.steps.length
      ? []
      : ["not every step is shown once"]),
  ];
}

describe("any sequence of edits", () => {
  test.each([...Array(60).keys()])("keeps the flow wired (%i)", (seed) => {
    const roll = dice(seed + 1);
    let flow: Flow = EMPTY;
    for (let turn = 0; turn < 60; turn += 1) {
      const before = flow;
      flow = edited(flow, roll);
      expect(wrongWith(flow), `turn ${turn}: ${JSON.stringify(before.steps)}`).toEqual([]);
    }
    expect(flow.starts).toBe(EMPTY.starts);
  });

  test("the check itself finds what is wrong", () => {
    expect(wrongWith(flowOf(wait("a", "x")))).toEqual(["a.next leads into the void"]);
    expect(wrongWith(flowOf(wait("a", "b"), wait("b", "a")))).toEqual(["it goes in circles"]);
    expect(wrongWith(flowOf(wait("a"), wait("b")))).toEqual([
      "something is out of reach",
      "not every step is shown once",
    ]);
    expect(aimed(flowOf(fork("c", [null])), [{ from: "c", port: 0 }], "c").steps.some(isForking)).toBe(true);
  });
});
