import type { Flow, Step } from "@/modules/scenarios/definition";
import { wayKey } from "@/modules/scenarios/overlay/overlay";
import { tallyOverlay, triedOverlay } from "@/modules/scenarios/testing/marks";
import type { Tally, Tried } from "@/modules/scenarios/testing/trial";

const steps: readonly Step[] = [
  {
    id: "c",
    type: "condition",
    branches: [
      { when: {}, next: "a" },
      { when: {}, next: "w" },
    ],
    otherwise: "w",
  },
  { id: "a", type: "action", action: "send_email", next: "w" },
  { id: "w", type: "waitForEvent", event: 3, happened: null, timedOut: "x" },
  { id: "x", type: "exit" },
];
const flow: Flow = { spec: 1, starts: [{ id: "s", event: 1 }], steps };

function tried(status: "COMPLETED" | "FAILED" | "SKIPPED", ...gone: readonly (readonly [string, string, string?])[]) {
  return {
    errors: [],
    start: "s",
    status,
    steps: gone.map(([step, outcome, way], at) => ({
      visit: at + 1,
      step,
      kind: step === "a" ? "send_email" : "condition",
      status: outcome,
      way: way ?? null,
    })),
  } as unknown as Tried;
}

const chosen: (readonly [string, number | undefined])[] = [];
const words = {
  language: "en" as const,
  locale: "en-GB",
  onChoose: (part: string, visit?: number) => chosen.push([part, visit]),
};
const texts = (marks: ReturnType<typeof triedOverlay>, part: string) =>
  marks.parts.get(part)?.badges.map(({ text }) => text);

test("steps that are come to have their order and how they come out, and the rest stands back", () => {
  const laid = triedOverlay(
    tried("COMPLETED", ["c", "DONE", "1"], ["w", "DONE", "timedOut"], ["x", "DONE"]),
    flow,
    words,
  );
  expect([...laid.parts.keys()]).toEqual(["s", "c", "w", "x"]);
  expect(["c", "w", "x"].map((part) => texts(laid, part))).toEqual([["1 · passed"], ["2 · passed"], ["3 · passed"]]);
  expect(laid.dims).toBe(true);
});

test("the ways that are gone are taken, by their places among the arrows of their steps", () => {
  const laid = triedOverlay(
    tried("COMPLETED", ["c", "DONE", "otherwise"], ["w", "DONE", "timedOut"], ["x", "DONE"]),
    flow,
    words,
  );
  expect([...laid.ways.keys()]).toEqual([wayKey("s", 0), wayKey("c", 2), wayKey("w", 1)]);
});

test("a step that fails is marked so, and no way leads on from it", () => {
  const laid = triedOverlay(tried("FAILED", ["c", "DONE", "0"], ["a", "FAILED"]), flow, words);
  expect(laid.parts.get("a")).toMatchObject({ hue: "error", badges: [{ text: "2 · fails" }] });
  expect(laid.ways.has(wayKey("a", 0))).toBe(false);
});

test("a step that is come to twice has both", () => {
  const laid = triedOverlay(tried("COMPLETED", ["a", "DONE", "next"], ["a", "SKIPPED", "next"]), flow, words);
  expect(texts(laid, "a")).toEqual(["1 · is done", "2 · left out"]);
  laid.parts.get("a")?.badges[1]?.onChoose?.();
  expect(chosen.at(-1)).toEqual(["a", 2]);
});

test("a start point that lets nobody in is marked, and nothing goes on from it", () => {
  const laid = triedOverlay(tried("SKIPPED"), flow, words);
  expect(laid.parts.get("s")).toMatchObject({ hue: "warning", badges: [{ text: "does not start" }] });
  expect(laid.ways.get(wayKey("s", 0))).toEqual({ isTaken: false });
});

test("what was in the draft and is no more marks nothing on the ways", () => {
  const laid = triedOverlay(tried("COMPLETED", ["gone", "DONE", "next"], ["c", "DONE", "7"]), flow, words);
  expect([...laid.ways.keys()]).toEqual([wayKey("s", 0)]);
});

test("of many, counts stand on start points, steps and ways", () => {
  const tally = {
    errors: [],
    starts: [{ start: "s", started: 1200, skipped: [{ reason: "SKIPPED_FILTER", count: 30 }] }],
    steps: [
      {
        step: "c",
        kind: "condition",
        count: 1200,
        outcomes: [{ status: "DONE", reason: null, count: 1200 }],
        ways: [
          { name: "0", count: 900 },
          { name: "otherwise", count: 300 },
        ],
      },
      {
        step: "a",
        kind: "send_email",
        count: 900,
        outcomes: [
          { status: "DONE", reason: null, count: 800 },
          { status: "SKIPPED", reason: "SKIPPED_NO_EMAIL", count: 60 },
          { status: "SKIPPED", reason: "SKIPPED_NO_CONSENT", count: 30 },
          { status: "FAILED", reason: "FAILED_TEMPLATE", count: 10 },
        ],
        ways: [{ name: "next", count: 890 }],
      },
    ],
  } as unknown as Tally;
  const laid = tallyOverlay(tally, flow, words);
  expect(texts(laid, "s")).toEqual(["1,200", "30 kept out"]);
  expect(texts(laid, "c")).toEqual(["1,200"]);
  expect(texts(laid, "a")).toEqual(["900", "90 left out", "10 fail"]);
  expect(laid.ways.get(wayKey("c", 0))).toEqual({ isTaken: true, text: "900 (75%)" });
  expect(laid.ways.get(wayKey("c", 2))?.text).toBe("300 (25%)");
  expect(laid.ways.has(wayKey("c", 1))).toBe(false);
  expect(laid.parts.has("w")).toBe(false);
});
