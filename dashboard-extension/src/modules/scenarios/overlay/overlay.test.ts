import { expect, test } from "vitest";
import { pictureOf } from "@/modules/scenarios/canvas/layout";
import type { Flow, Step } from "@/modules/scenarios/definition";
import { outlineOf } from "@/modules/scenarios/outline";
import { type Overlay, takenLinks, wayKey } from "@/modules/scenarios/overlay/overlay";

const steps: readonly Step[] = [
  {
    id: "c",
    type: "condition",
    branches: [{ when: { left: "dataFields.score", operator: "greaterThan", right: 50 }, next: "a" }],
    otherwise: "b",
  },
  { id: "a", type: "wait", duration: "PT1H", next: "z" },
  { id: "b", type: "wait", duration: "PT2H", next: "z" },
  { id: "z", type: "wait", duration: "PT3H", next: null },
];
const flow: Flow = { spec: 1, starts: [{ id: "s", event: 1 }], steps };
const picture = pictureOf(flow, outlineOf(flow));

function overlay(parts: readonly string[], ways: readonly (readonly [string, number])[]): Overlay {
  return {
    parts: new Map(parts.map((part) => [part, { badges: [] }])),
    ways: new Map(ways.map(([step, way]) => [wayKey(step, way), { isTaken: true }])),
    dims: true,
  };
}

test("the lines of a way through a fork are lit from the start point to the end", () => {
  const lit = overlay(
    ["s", "c", "a", "z"],
    [
      ["c", 0],
      ["a", 0],
      ["z", 0],
    ],
  );
  expect([...takenLinks(picture, lit)]).toEqual([
    "s main+0",
    "main+0 c",
    "c c.0+0",
    "c.0+0 a",
    "a c.0+",
    "c.0+ main+1",
    "main+1 z",
    "z main+",
    "main+ main.",
  ]);
});

test("nothing is lit below a step that does not go on", () => {
  const lit = overlay(["s", "c", "b"], [["c", 1]]);
  expect([...takenLinks(picture, lit)]).toEqual(["s main+0", "main+0 c", "c c.1+0", "c.1+0 b"]);
});

test("nothing is lit below a start point that lets nobody in", () => {
  const lit = overlay(["s"], []);
  const kept = { ...lit, ways: new Map([[wayKey("s", 0), { isTaken: false }]]) };
  expect(takenLinks(picture, kept).size).toBe(0);
});

test("nothing is lit where nothing is marked", () => {
  expect(takenLinks(picture, overlay([], [])).size).toBe(0);
});
