import type { Flow, Step } from "@/modules/scenarios/definition";
import { wayKey } from "@/modules/scenarios/overlay/overlay";
import { overlayOf, type Wanted, type Words } from "@/modules/scenarios/results/marks";
import {
  byOutcome,
  countsOf,
  entered,
  type PartCount,
  type Results,
  unlogged,
  waysOf,
} from "@/modules/scenarios/results/numbers";
import { spanOf } from "@/modules/scenarios/results/period";
import { isResultsState } from "@/modules/scenarios/results/state";

const FORK: Step = { id: "c", type: "condition", branches: [{ next: "w" }, { next: "w" }], otherwise: null };
const AWAITING: Step = { id: "a", type: "waitForEvent", happened: null, timedOut: null };
const WAIT: Step = { id: "w", type: "wait", next: "a" };
const FLOW: Flow = { starts: [{ id: "s" }], steps: [FORK, WAIT, AWAITING] };

function counted(outcome: PartCount["outcome"], count: number, more: Partial<PartCount> = {}): PartCount {
  return { outcome, count, inLog: count, way: null, reason: null, ...more };
}

const RESULTS: Results = {
  version: 3,
  definition: FLOW,
  publishedAt: "2026-11-24T10:00:00Z",
  from: "2026-11-24T10:00:00Z",
  to: "2026-11-24T12:00:00Z",
  totals: [
    { statuses: ["RUNNING", "WAITING"], reason: null, count: 3, inLog: 2 },
    { statuses: ["COMPLETED"], reason: null, count: 5, inLog: 5 },
    { statuses: ["SKIPPED"], reason: "SKIPPED_REENTRY", count: 4, inLog: 4 },
  ],
  parts: [
    { id: "s", counts: [counted("STARTED", 8), counted("SKIPPED", 4, { reason: "SKIPPED_REENTRY" })] },
    {
      id: "c",
      counts: [counted("PASSED", 6, { way: "0" }), counted("PASSED", 2, { way: "otherwise", inLog: 0 })],
    },
    {
      id: "w",
      counts: [
        counted("FAILED", 1, { reason: "FAILED_LIMIT" }),
        counted("WAITING", 3, { inLog: 0 }),
        counted("SKIPPED", 2, { reason: "EXITED_EARLY" }),
      ],
    },
  ],
};

const WORDS: Words = {
  outcome: (part, outcome) => `${part} ${outcome}`,
  badge: (what, count) => `${what} ${count}`,
  title: (part, what, count, inLog) => `${part}: ${what} ${count}, ${inLog}`,
  way: (count, share) => `${count} (${share})`,
  share: (share) => String(share),
};

test("what runs came to at a part is summed over ways and reasons, in one order", () => {
  expect(byOutcome(countsOf(RESULTS, "c"))).toEqual([{ outcome: "PASSED", count: 8, inLog: 6 }]);
  expect(byOutcome(countsOf(RESULTS, "w")).map(({ outcome }) => outcome)).toEqual(["WAITING", "SKIPPED", "FAILED"]);
  expect(countsOf(RESULTS, "a")).toEqual([]);
});

test("every way has its share of those that passed, and ways that nobody went are there too", () => {
  const ways = waysOf(FORK, countsOf(RESULTS, "c"));
  expect(ways.map(({ way, at, count, share }) => [way, at, count, share])).toEqual([
    ["0", 0, 6, 0.75],
    ["1", 1, 0, 0],
    ["otherwise", 2, 2, 0.25],
  ]);
  expect(waysOf(AWAITING, []).map(({ way, share }) => [way, share])).toEqual([
    ["happened", 0],
    ["timedOut", 0],
  ]);
  expect(waysOf(WAIT, countsOf(RESULTS, "w"))).toEqual([]);
});

test("those that began are all but the ones that were kept out", () => {
  expect(entered(RESULTS.totals)).toEqual({ count: 8, inLog: 7 });
  expect(unlogged(RESULTS.totals)).toBe(1);
});

test("each count over the flow leads to its rows, unless the log has none of them", () => {
  const asked: Wanted[] = [];
  const { parts, dims } = overlayOf(RESULTS, FLOW, WORDS, (wanted) => asked.push(wanted));
  const badges = parts.get("w")?.badges ?? [];
  expect(badges.map(({ key, text, hue, onChoose }) => [key, text, hue, onChoose !== undefined])).toEqual([
    ["WAITING", "w WAITING 3", "info", false],
    ["SKIPPED", "w SKIPPED 2", "warning", true],
    ["FAILED", "w FAILED 1", "error", true],
  ]);
  for (const { onChoose } of badges) onChoose?.();
  expect(asked).toEqual([
    { part: "w", outcome: "SKIPPED" },
    { part: "w", outcome: "FAILED" },
  ]);
  expect(parts.has("a")).toBe(false);
  expect(dims).toBe(false);
});

test("ways that somebody went are lit, and those of a fork say how many and what share", () => {
  const { ways } = overlayOf(RESULTS, FLOW, WORDS, () => undefined);
  expect(ways.get(wayKey("c", 0))).toEqual({ isTaken: true, text: "6 (0.75)" });
  expect(ways.get(wayKey("c", 1))).toEqual({ isTaken: false, text: "0 (0)" });
  expect(ways.get(wayKey("w", 0))).toEqual({ isTaken: false });
  expect(ways.get(wayKey("s", 0))).toEqual({ isTaken: true });
});

test("a period up to now is in whole hours, and stays the same for an hour", () => {
  const now = Date.parse("2026-11-24T10:15:00Z");
  expect(spanOf({ days: 1 }, now)).toEqual({ from: "2026-11-23T10:00:00.000Z", to: "2026-11-24T11:00:00.000Z" });
  expect(spanOf({ days: 1 }, now + 40 * 60_000)).toEqual(spanOf({ days: 1 }, now));
  expect(spanOf({ days: 30 }, now)?.from).toBe("2026-10-25T10:00:00.000Z");
});

test("chosen days are the reader's, both included, and a year at most", () => {
  const one = spanOf({ first: "2026-11-24", last: "2026-11-24" });
  expect(one).toEqual({
    from: new Date(2026, 10, 24).toISOString(),
    to: new Date(2026, 10, 25).toISOString(),
  });
  for (const [first, last] of [
    ["2026-11-24", "2026-11-23"],
    ["2025-01-01", "2026-11-24"],
    ["", "2026-11-24"],
    ["2026-11-24", ""],
  ])
    expect(spanOf({ first: first ?? "", last: last ?? "" })).toBeUndefined();
});

test("what others keep in the history is not taken for results", () => {
  expect(isResultsState({ kind: "results", period: { days: 7 } })).toBe(true);
  for (const other of [null, undefined, {}, { kind: "log", period: {} }, { kind: "results" }])
    expect(isResultsState(other)).toBe(false);
});
