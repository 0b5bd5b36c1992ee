import type { Flow, Step } from "@/modules/scenarios/definition";
import type { EndKind, Item, Line, Outline, Place } from "@/modules/scenarios/outline";

/** Measures of the picture, in pixels at a zoom of one. */
export const STEP = { width: 280, height: 84 } as const;
export const PLUS = 28;
export const END = { width: 160, height: 32 } as const;
/** Between what stands below one another, and side by side. */
const DOWN = 14;
const ASIDE = 40;
/** Below a step that forks: its ways need room for their names. */
const FORK = 44;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What stands in the picture: `at` is its upper left corner. In the order in which it is read. */
export type Spot =
  | { readonly kind: "start"; readonly id: string; readonly at: Point; readonly index: number }
  | { readonly kind: "step"; readonly id: string; readonly at: Point; readonly step: Step; readonly item?: Item }
  | {
      readonly kind: "plus";
      readonly id: string;
      readonly at: Point;
      readonly place: Place;
      /** What stands below and above it in its line. */
      readonly before?: Step;
      readonly after?: Item;
      /** The branch whose end it is. */
      readonly of?: Branch;
      readonly canEnd: boolean;
    }
  | { readonly kind: "end"; readonly id: string; readonly at: Point; readonly end: EndKind };

export type Plus = Extract<Spot, { kind: "plus" }>;

/** A way on from a step that forks, by its place among the step's arrows. */
export interface Branch {
  readonly step: Step;
  readonly way: number;
}

/** A line from one spot to another; `branch` where it is one of several ways and has a name. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly branch?: Branch;
  /** It leads to a step that stands in another line. */
  readonly aside?: boolean;
}

export interface Picture {
  readonly spots: readonly Spot[];
  readonly links: readonly Link[];
}

/** How much room a spot takes. */
export function sizeOf({ kind }: Spot): { readonly width: number; readonly height: number } {
  if (kind === "plus") return { width: PLUS, height: PLUS };
  return kind === "end" ? END : STEP;
}

interface Source {
  readonly spot: string;
  readonly branch?: Branch;
}

/**
 * Where everything of a flow stands. Made from the outline alone, so the same flow always looks the same, and nothing of
 * it has to be saved: start points above, steps below one another in the middle of their line, branches side by side.
 */
export function pictureOf(flow: Flow, outline: Outline): Picture {
  return new Drawing(flow, outline).picture();
}

class Drawing {
  private readonly spots: Spot[] = [];
  private readonly links: Link[] = [];
  private readonly widths = new Map<Line, number>();

  constructor(
    private readonly flow: Flow,
    private readonly outline: Outline,
  ) {}

  picture(): Picture {
    const sources = this.starts();
    const { bottom } = this.line(this.outline.line, { x: 0, y: STEP.height + DOWN }, sources, "main");
    this.unreached(bottom + STEP.height);
    return { spots: this.spots, links: this.links };
  }

  private starts(): readonly Source[] {
    const { starts } = this.flow;
    const width = starts.length * (STEP.width + ASIDE) - ASIDE;
    return starts.map(({ id }, index) => {
      this.spots.push({ kind: "start", id, index, at: { x: index * (STEP.width + ASIDE) - width / 2, y: 0 } });
      return { spot: id };
    });
  }

  /** Draw a line below `top` (its middle), and give where it ends and what leads on from there. */
  private line(
    line: Line,
    top: Point,
    sources: readonly Source[],
    name: string,
    of?: Branch & { readonly joins: boolean },
  ): { bottom: number; outs: readonly Source[] } {
    let { y } = top;
    let leading = sources;
    for (const [at, item] of line.items.entries()) {
      const { before: place, step } = item;
      const after = line.items[at - 1];
      y = this.plus(
        { place, canEnd: false, before: step, ...(after && { after }) },
        `${name}+${at}`,
        top.x,
        y,
        leading,
      );
      this.spots.push({ kind: "step", id: step.id, step, item, at: { x: top.x - STEP.width / 2, y } });
      this.links.push({ from: `${name}+${at}`, to: step.id });
      y += STEP.height + DOWN;
      ({ y, leading } = this.branches(item, top.x, y));
    }
    return this.end(line, { x: top.x, y }, leading, name, of);
  }

  private branches(item: Item, x: number, top: number): { y: number; leading: readonly Source[] } {
    if (!item.lines.length) return { y: top, leading: [{ spot: item.step.id }] };
    let left = x - this.width(item) / 2;
    let bottom = top;
    const leading: Source[] = [];
    for (const [way, line] of item.lines.entries()) {
      const width = this.lineWidth(line);
      const branch = { step: item.step, way };
      const joins = isOpen(line.end.kind, item);
      const from = [{ spot: item.step.id, branch }];
      const middle = { x: left + width / 2, y: top + FORK - DOWN };
      const drawn = this.line(line, middle, from, `${item.step.id}.${way}`, { ...branch, joins });
      bottom = Math.max(bottom, drawn.bottom);
      leading.push(...drawn.outs);
      left += width + ASIDE;
    }
    return { y: bottom + DOWN, leading };
  }

  private end(
    line: Line,
    at: Point,
    leading: readonly Source[],
    name: string,
    of?: Branch & { readonly joins: boolean },
  ): { bottom: number; outs: readonly Source[] } {
    const { kind, place } = line.end;
    if (kind === "closed") return { bottom: at.y, outs: [] };
    const after = line.items.at(-1);
    const branch = of && { step: of.step, way: of.way };
    const plus = `${name}+`;
    const y = this.plus(
      { place, canEnd: true, ...(after && { after }), ...(branch && { of: branch }) },
      plus,
      at.x,
      at.y,
      leading,
    );
    if (of?.joins) return { bottom: y, outs: [{ spot: plus }] };
    if (kind === "elsewhere" && place.target !== null) {
      this.links.push({ from: plus, to: place.target, aside: true });
      return { bottom: y, outs: [] };
    }
    this.spots.push({ kind: "end", id: `${name}.`, end: kind, at: { x: at.x - END.width / 2, y } });
    this.links.push({ from: plus, to: `${name}.` });
    return { bottom: y + END.height, outs: [] };
  }

  private plus(
    what: Omit<Plus, "kind" | "id" | "at">,
    id: string,
    x: number,
    y: number,
    leading: readonly Source[],
  ): number {
    this.spots.push({ kind: "plus", id, at: { x: x - PLUS / 2, y }, ...what });
    for (const { spot, branch } of leading) this.links.push({ from: spot, to: id, ...(branch && { branch }) });
    return y + PLUS + DOWN;
  }

  private unreached(y: number): void {
    const { unreached } = this.outline;
    const left = -(unreached.length * (STEP.width + ASIDE) - ASIDE) / 2;
    for (const [at, step] of unreached.entries())
      this.spots.push({ kind: "step", id: step.id, step, at: { x: left + at * (STEP.width + ASIDE), y } });
  }

  private width(item: Item): number {
    const lines = item.lines.reduce((sum, line) => sum + this.lineWidth(line) + ASIDE, -ASIDE);
    return Math.max(STEP.width, lines);
  }

  private lineWidth(line: Line): number {
    const known = this.widths.get(line);
    if (known !== undefined) return known;
    const width = Math.max(STEP.width, ...line.items.map((item) => this.width(item)));
    this.widths.set(line, width);
    return width;
  }
}

/** Whether a branch's end leads on behind its fork: where the branches meet, or where all of them end together. */
function isOpen(end: EndKind, item: Item): boolean {
  return end === "join" || (end === "end" && item.follows === null);
}
