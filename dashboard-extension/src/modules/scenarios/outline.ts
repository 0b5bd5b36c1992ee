import { type Arrow, arrowsOf, ENTRY, reachedFrom, targetOf } from "@/modules/scenarios/arrows";
import { type Flow, isForking, type Step } from "@/modules/scenarios/definition";

/** Where a step can be put: these arrows lead to `target` now, and would lead to the new step. */
export interface Place {
  readonly arrows: readonly Arrow[];
  readonly target: string | null;
}

/** One step of a line, with the lines of its branches. */
export interface Item {
  readonly step: Step;
  readonly lines: readonly Line[];
  /** Where something comes in front of it. */
  readonly before: Place;
  /** The arrows that lead on behind it, its branches joined; none: nothing can follow. */
  readonly outs: readonly Arrow[];
  /** What they lead to. */
  readonly follows: string | null;
}

/**
 * How a line ends. `end`: the invocation ends. `closed`: at a step that nothing can follow. `join`: it goes on behind the
 * condition that it is a branch of. `elsewhere`: at a step shown in another line. `lost`: at a step that does not exist.
 */
export type EndKind = "end" | "closed" | "join" | "elsewhere" | "lost";

export interface Line {
  readonly items: readonly Item[];
  readonly end: { readonly kind: EndKind; readonly place: Place };
}

export interface Outline {
  readonly line: Line;
  /** Steps that no way leads to; a draft from elsewhere may have some. */
  readonly unreached: readonly Step[];
}

/** A flow as lines to read from above to below. Every step stands in it once, whatever the flow looks like. */
export function outlineOf(flow: Flow): Outline {
  const reached = reachedFrom(flow, flow.steps[0]?.id ?? null);
  const line = new Drawing(flow).line([ENTRY], flow.steps[0]?.id ?? null, new Set());
  return { line, unreached: flow.steps.filter((step) => !reached.has(step.id)) };
}

class Drawing {
  private readonly steps: ReadonlyMap<string, Step>;
  private readonly order: ReadonlyMap<string, number>;
  private readonly shown = new Set<string>();

  constructor(private readonly flow: Flow) {
    this.steps = new Map(flow.steps.map((step) => [step.id, step]));
    this.order = new Map(earliestFirst(flow).map((id, at) => [id, at]));
  }

  line(entry: readonly Arrow[], target: string | null, stops: ReadonlySet<string>): Line {
    const items: Item[] = [];
    let place: Place = { arrows: entry, target };
    for (;;) {
      const step = place.target === null ? undefined : this.steps.get(place.target);
      if (!step || stops.has(step.id) || this.shown.has(step.id)) break;
      this.shown.add(step.id);
      const item = this.item(step, place, stops);
      items.push(item);
      place = { arrows: item.outs, target: item.follows };
    }
    return { items, end: { kind: this.endOf(place, stops), place } };
  }

  private endOf(place: Place, stops: ReadonlySet<string>): EndKind {
    if (!place.arrows.length) return "closed";
    if (place.target === null) return "end";
    if (!this.steps.has(place.target)) return "lost";
    return stops.has(place.target) ? "join" : "elsewhere";
  }

  private item(step: Step, before: Place, stops: ReadonlySet<string>): Item {
    const arrows = arrowsOf(step);
    const [only] = arrows;
    if (!isForking(step))
      return { step, before, lines: [], outs: arrows, follows: only ? targetOf(this.flow, only) : null };
    const follows = this.joinOf(arrows);
    const inner = follows === null ? stops : new Set([...stops, follows]);
    const lines = arrows.map((arrow) => this.line([arrow], targetOf(this.flow, arrow), inner));
    const within = lines.flatMap((line) => line.items.flatMap(stepsOf));
    const outs = [step, ...within].flatMap(arrowsOf).filter((arrow) => targetOf(this.flow, arrow) === follows);
    return { step, before, lines, outs, follows };
  }

  /** Where branches meet again: the step that most of them come to, of several the first. */
  private joinOf(arrows: readonly Arrow[]): string | null {
    const counts = new Map<string, number>();
    for (const arrow of arrows)
      for (const id of reachedFrom(this.flow, targetOf(this.flow, arrow))) counts.set(id, (counts.get(id) ?? 0) + 1);
    let best: string | null = null;
    for (const [id, count] of counts) {
      if (count < 2 || this.shown.has(id)) continue;
      const ahead = count - (counts.get(best ?? "") ?? 0);
      if (best === null || ahead > 0 || (ahead === 0 && this.at(id) < this.at(best))) best = id;
    }
    return best;
  }

  private at(id: string): number {
    return this.order.get(id) ?? 0;
  }
}

/** The steps' ids so that whatever leads to a step comes before it (where there are no circles). */
function earliestFirst(flow: Flow): readonly string[] {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const last: string[] = [];
  const visit = (id: string | null) => {
    const step = id === null ? undefined : steps.get(id);
    if (!step || seen.has(step.id)) return;
    seen.add(step.id);
    for (const arrow of arrowsOf(step)) visit(targetOf(flow, arrow));
    last.push(step.id);
  };
  for (const step of flow.steps) visit(step.id);
  return last.reverse();
}

/** A step with everything in its branches, in the order in which it is shown. */
export function stepsOf(item: Item): readonly Step[] {
  return [item.step, ...item.lines.flatMap((line) => line.items.flatMap(stepsOf))];
}

export interface Found {
  readonly item: Item;
  readonly line: Line;
  readonly at: number;
}

/** Where a step stands in the outline. */
export function findIn(line: Line, id: string): Found | undefined {
  for (const [at, item] of line.items.entries()) {
    if (item.step.id === id) return { item, line, at };
    for (const inner of item.lines) {
      const found = findIn(inner, id);
      if (found) return found;
    }
  }
  return undefined;
}

/** All steps in the order in which they are shown: their numbers on the page. */
export function numbersOf(outline: Outline): ReadonlyMap<string, number> {
  const steps = [...outline.line.items.flatMap(stepsOf), ...outline.unreached];
  return new Map(steps.map((step, at) => [step.id, at + 1]));
}
