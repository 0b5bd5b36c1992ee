import { type Flow, isFlow } from "@/modules/scenarios/definition";
import { numbersOf, outlineOf } from "@/modules/scenarios/outline";

/** One line of a comparison: what stands at the left, at the right, or in both. */
export interface Aligned {
  readonly id: string;
  readonly isBefore: boolean;
  readonly isAfter: boolean;
}

/** Ids as they come after, and what went in between, behind what it followed. `moved`: nothing is behind those. */
export function aligned(
  before: readonly string[],
  after: readonly string[],
  moved: ReadonlySet<string> = new Set(),
): readonly Aligned[] {
  const old = new Set(before);
  const rows: Aligned[] = after.map((id) => ({ id, isBefore: old.has(id), isAfter: true }));
  const placed = new Set(after);
  for (const [at, id] of before.entries()) {
    if (placed.has(id)) continue;
    const leading = before.slice(0, at).findLast((one) => placed.has(one) && !moved.has(one));
    const place = leading === undefined ? 0 : rows.findIndex((row) => row.id === leading) + 1;
    rows.splice(place, 0, { id, isBefore: true, isAfter: false });
    placed.add(id);
  }
  return rows;
}

/** What a version says, to be read: as a flow, with the numbers that its steps have on the page. */
export interface Read {
  readonly flow: Flow;
  readonly numbers: ReadonlyMap<string, number>;
}

/** Read a definition. Of one that is no flow (a draft that came over the API) nothing is known but what the API says. */
export function readFlow(definition: unknown): Read {
  const flow: Flow = isFlow(definition) ? definition : { starts: [], steps: [] };
  return { flow, numbers: numbersOf(outlineOf(flow)) };
}

/** The ids of the steps in the order in which they are shown. */
export function stepIds({ numbers }: Read): readonly string[] {
  return [...numbers.keys()];
}
