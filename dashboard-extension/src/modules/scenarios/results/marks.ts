import type { Flow } from "@/modules/scenarios/definition";
import { type Badge, type Mark, type Overlay, type WayMark, wayKey } from "@/modules/scenarios/overlay/overlay";
import { byOutcome, countsOf, type Outcome, type Results, waysOf } from "@/modules/scenarios/results/numbers";
import type { Hue } from "@/ui/pill";

/** Which rows of the log a count leads to: those of one part, or of the whole version by how they stand. */
export interface Wanted {
  readonly part?: string;
  readonly outcome?: Outcome;
  readonly way?: string;
  readonly reason?: string;
  readonly statuses?: Results["totals"][number]["statuses"];
}

/** What the marks say, in the reader's language. */
export interface Words {
  /** What runs came to at a part: "Waiting now". */
  readonly outcome: (part: string, outcome: Outcome) => string;
  readonly badge: (what: string, count: number) => string;
  /** The same as a sentence, with the part, and how many of them the log has. */
  readonly title: (part: string, what: string, count: number, inLog: number) => string;
  /** "120 (34%)" */
  readonly way: (count: number, share: number) => string;
  /** "34%" */
  readonly share: (share: number) => string;
}

const HUES: Readonly<Record<Outcome, Hue>> = {
  STARTED: "info",
  PASSED: "success",
  WAITING: "info",
  SKIPPED: "warning",
  UNKNOWN: "warning",
  STOPPED: "neutral",
  FAILED: "error",
};

/** The counts over the flow: on each part what runs came to there, on each way how many went it. */
export function overlayOf(results: Results, flow: Flow, words: Words, lookUp: (wanted: Wanted) => void): Overlay {
  const parts = new Map<string, Mark>();
  const ways = new Map<string, WayMark>();
  for (const { id } of [...flow.starts, ...flow.steps]) {
    const badges = byOutcome(countsOf(results, id)).map(({ outcome, count, inLog }): Badge => {
      const what = words.outcome(id, outcome);
      return {
        key: outcome,
        hue: HUES[outcome],
        text: words.badge(what, count),
        title: words.title(id, what, count, inLog),
        ...(inLog > 0 && { onChoose: () => lookUp({ part: id, outcome }) }),
      };
    });
    if (badges.length) parts.set(id, { badges });
  }
  for (const { id } of flow.starts) ways.set(wayKey(id, 0), { isTaken: has(results, id, ["STARTED"]) });
  for (const step of flow.steps) {
    const forks = waysOf(step, countsOf(results, step.id));
    for (const { at, count, share } of forks)
      ways.set(wayKey(step.id, at), { isTaken: count > 0, text: words.way(count, share) });
    if (!forks.length) ways.set(wayKey(step.id, 0), { isTaken: has(results, step.id, ["PASSED", "UNKNOWN"]) });
  }
  return { parts, ways, dims: false };
}

function has(results: Results, part: string, outcomes: readonly Outcome[]): boolean {
  return countsOf(results, part).some(({ outcome, count }) => outcomes.includes(outcome) && count > 0);
}
