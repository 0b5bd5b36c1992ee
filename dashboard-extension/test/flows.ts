import { EMPTY, type Flow, type Step } from "@/modules/scenarios/definition";
import { type Line, outlineOf, type Place } from "@/modules/scenarios/outline";

/** Small flows, and how they are told in one line. */

export const wait = (id: string, next: string | null = null): Step => ({ id, type: "wait", duration: "PT1H", next });
export const exit = (id: string): Step => ({ id, type: "exit" });
export const flowOf = (...steps: Step[]): Flow => ({ ...EMPTY, steps });

/** `a, b(x | y), c`, with how each line ends where it does not simply end. */
export function shown(flow: Flow): string {
  return drawn(outlineOf(flow).line);
}

function drawn(line: Line): string {
  const items = line.items.map(
    ({ step, lines }) => step.id + (lines.length ? `(${lines.map(drawn).join(" | ")})` : ""),
  );
  const { kind, place } = line.end;
  return [...items, ...(kind === "end" || kind === "closed" ? [] : [`${kind}:${place.target}`])].join(", ");
}

/** Every place of a line where a step can be put. */
export function placesOf(line: Line): Place[] {
  const inner = line.items.flatMap((item) => [item.before, ...item.lines.flatMap(placesOf)]);
  return line.end.kind === "closed" ? inner : [...inner, line.end.place];
}
