import type { Picture } from "@/modules/scenarios/canvas/layout";
import type { Hue } from "@/ui/pill";

/** A short word on a part of the flow, as "120" or "2." */
export interface Badge {
  readonly key: string;
  readonly hue: Hue;
  readonly text: string;
  /** The same as a sentence: its tooltip, and what a screen reader says. */
  readonly title: string;
  /** What choosing it does; without this it is no button. */
  readonly onChoose?: () => void;
}

/** What is told of a start point or a step beside what it is. */
export interface Mark {
  /** Of its edge; left out: the edge stays as it is. */
  readonly hue?: Hue;
  readonly badges: readonly Badge[];
}

/** What is told of a way from a step to the next. */
export interface WayMark {
  readonly isTaken: boolean;
  /** Beside its name: "120 (34%)". */
  readonly text?: string;
}

/** What lies over the flow: where a test went, how many came by, what a version changed. */
export interface Overlay {
  /** By the id of a start point or a step. */
  readonly parts: ReadonlyMap<string, Mark>;
  /** By `wayKey`. */
  readonly ways: ReadonlyMap<string, WayMark>;
  /** What has no mark, and ways that are not taken, stand back. */
  readonly dims: boolean;
  /** The id of the part that what stands beside the flow tells of. */
  readonly current?: string;
}

/**
 * The name of a way: the step and the way's place among the step's arrows; a step that goes on has the one, 0. So has a
 * start point, whose way is taken where nothing says that it is not.
 */
export function wayKey(step: string, way: number): string {
  return `${step} ${way}`;
}

/** Lines of the picture on ways that are taken, by `linkKey`. Lines are drawn from above, so each comes after its source. */
export function takenLinks({ spots, links }: Picture, { parts, ways }: Overlay): ReadonlySet<string> {
  const taken = new Set<string>();
  const passed = new Set<string>();
  const kinds = new Map(spots.map((spot) => [spot.id, spot.kind]));
  for (const { from, to, branch } of links) {
    const kind = kinds.get(from);
    const isTaken =
      kind === "plus"
        ? passed.has(from)
        : kind === "start"
          ? (ways.get(wayKey(from, 0))?.isTaken ?? parts.has(from))
          : ways.get(wayKey(from, branch?.way ?? 0))?.isTaken;
    if (!isTaken) continue;
    taken.add(linkKey(from, to));
    passed.add(to);
  }
  return taken;
}

/** The name of a line of the picture. */
export function linkKey(from: string, to: string): string {
  return `${from} ${to}`;
}
