import { PLUS, pictureOf, type Spot, STEP } from "@/modules/scenarios/canvas/layout";
import { EMPTY, type Flow, type Step } from "@/modules/scenarios/definition";
import { outlineOf } from "@/modules/scenarios/outline";
import { exit, wait } from "../../../../test/flows";

const fork = (id: string, ...targets: (string | null)[]): Step => ({
  id,
  type: "split",
  branches: targets.map((next) => ({ weight: 1, next })),
});
const flowOf = (...steps: Step[]): Flow => ({ ...EMPTY, starts: [{ id: "start" }], steps });
const drawn = (flow: Flow) => pictureOf(flow, outlineOf(flow));
const arrows = (flow: Flow) => drawn(flow).links.map(({ from, to }) => `${from} → ${to}`);

function box(spot: Spot) {
  const height = spot.kind === "plus" ? PLUS : spot.kind === "end" ? 32 : STEP.height;
  const width = spot.kind === "plus" ? PLUS : spot.kind === "end" ? 160 : STEP.width;
  return { left: spot.at.x, right: spot.at.x + width, top: spot.at.y, bottom: spot.at.y + height };
}

test("where there is nothing yet there is a place for the first step", () => {
  expect(drawn(EMPTY).spots.map(({ kind }) => kind)).toEqual(["plus", "end"]);
});

test("a line goes down from the start points, with a place between any two", () => {
  expect(arrows(flowOf(wait("a", "b"), wait("b")))).toEqual([
    "start → main+0",
    "main+0 → a",
    "a → main+1",
    "main+1 → b",
    "b → main+",
    "main+ → main.",
  ]);
});

test("branches go on where they meet", () => {
  const found = arrows(flowOf(fork("c", "a", "b"), wait("a", "z"), wait("b", "z"), wait("z")));
  expect(found).toContain("c.0+ → main+1");
  expect(found).toContain("c.1+ → main+1");
  expect(found).toContain("main+1 → z");
});

test("branches that all end do so together, and one that ends early by itself", () => {
  expect(arrows(flowOf(fork("c", "a", null), wait("a")))).toEqual(
    expect.arrayContaining(["c.0+ → main+", "c.1+ → main+", "main+ → main."]),
  );
  const early = arrows(flowOf(fork("c", "a", "b", null), wait("a", "z"), wait("b", "z"), wait("z")));
  expect(early).toContain("c.2+ → c.2.");
});

test("a way to a step that stands elsewhere leads there", () => {
  const flow = flowOf(fork("c", "a", "b", "y"), wait("a", "x"), wait("b", "x"), wait("x", "y"), wait("y"));
  expect(drawn(flow).links.filter(({ aside }) => aside)).toEqual([{ from: "c.1+", to: "x", aside: true }]);
});

test("nothing lies on anything else", () => {
  const ways = ["a", "b", null, "d"];
  const flow = flowOf(
    fork("c", ...ways),
    wait("a", "z"),
    fork("b", "e", "f"),
    wait("e", "z"),
    exit("f"),
    exit("d"),
    wait("z"),
  );
  const boxes = drawn({ ...flow, starts: [{ id: "one" }, { id: "two" }] }).spots.map(box);
  for (const [at, one] of boxes.entries())
    for (const other of boxes.slice(at + 1)) {
      const apart =
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
      expect(apart).toBe(true);
    }
});

test("every step stands in the picture once, also those that no way leads to", () => {
  const flow = flowOf(wait("a"), wait("lost", "more"), wait("more"));
  const steps = drawn(flow).spots.filter(({ kind }) => kind === "step");
  expect(steps.map(({ id }) => id)).toEqual(["a", "lost", "more"]);
});

test("every link leads from one spot to another", () => {
  const { spots, links } = drawn(flowOf(fork("c", "a", "gone"), wait("a", "away")));
  const ids = new Set(spots.map(({ id }) => id));
  expect(links.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
});
