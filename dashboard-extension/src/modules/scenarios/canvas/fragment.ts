import { aimed, arrowsOf, arrowsTo, goesInCircles, reachedFrom, targetOf } from "@/modules/scenarios/arrows";
import {
  EMPTY,
  type Flow,
  freeId,
  isFlow,
  isMembers,
  type Json,
  type Step,
  stepOf,
} from "@/modules/scenarios/definition";
import { inserted } from "@/modules/scenarios/flow";
import { findIn, outlineOf, type Place, stepsOf } from "@/modules/scenarios/outline";

/** A step with all that stands in its branches, lifted out of its flow: the first is the one that it begins with. */
export interface Fragment {
  readonly steps: readonly Step[];
}

/** Characters of a fragment that is taken from the clipboard: a whole definition's worth. */
const LARGEST = 256 * 1024;

/** Lift a step with its branches out; what led on to other steps leads nowhere. */
export function lifted(flow: Flow, id: string): Fragment | undefined {
  const item = findIn(outlineOf(flow).line, id)?.item;
  if (!item) return undefined;
  const steps = stepsOf(item);
  const ids = new Set(steps.map((step) => step.id));
  return { steps: steps.map((step) => closed(step, ids)) };
}

/** Put a fragment at a place, under ids that are free there; gives the flow and the first step's new id. */
export function pasted(flow: Flow, place: Place, { steps }: Fragment): { flow: Flow; first: string } | undefined {
  const ids = new Map<string, string>();
  for (const step of steps) ids.set(step.id, freeId(flow, "s", new Set(ids.values())));
  const renamed = steps.map((step) => renamedStep(step, ids));
  const whole = inserted(flow, place, ...renamed);
  const first = renamed[0]?.id;
  // What is kept for other scenarios and tabs may be anything: each of its steps is reached, and none in a circle.
  const isWhole = reached(whole) === reached(flow) + steps.length && !goesInCircles(whole);
  return isWhole && first !== undefined ? { flow: whole, first } : undefined;
}

/** Move a step with its branches to another place; the same flow where that makes no sense. */
export function relocated(flow: Flow, id: string, place: Place): Flow {
  const item = findIn(outlineOf(flow).line, id)?.item;
  const fragment = lifted(flow, id);
  if (!item || !fragment?.steps.length) return flow;
  const own = new Set(fragment.steps.map((step) => step.id));
  const isOwn = place.arrows.some((arrow) => own.has(arrow.from ?? "")) || own.has(place.target ?? "");
  if (isOwn || !item.outs.length) return flow;
  const led = aimed(flow, arrowsTo(flow, id), item.follows);
  const without = { ...led, steps: led.steps.filter((step) => !own.has(step.id)) };
  const [arrow] = place.arrows;
  if (!arrow || (item.follows === null && flow.steps[0]?.id === id)) return flow;
  const target = arrow.from === null ? (without.steps[0]?.id ?? null) : targetOf(without, arrow);
  const moved = inserted(without, { arrows: place.arrows, target }, ...fragment.steps);
  const isWhole = moved !== without && reached(moved) === reached(flow) && !goesInCircles(moved);
  return isWhole ? moved : flow;
}

function reached(flow: Flow): number {
  return reachedFrom(flow, flow.steps[0]?.id ?? null).size;
}

/** A step whose ways lead only to these. */
function closed(step: Step, ids: ReadonlySet<string>): Step {
  const alone: Flow = { spec: 1, starts: [], steps: [step] };
  const out = arrowsOf(step).filter((arrow) => !ids.has(targetOf(alone, arrow) ?? ""));
  return stepOf(aimed(alone, out, null), step.id) ?? step;
}

/** A step under its new id, with what it says of others of the fragment: where its ways lead, and `steps.s1.code`. */
function renamedStep(step: Step, ids: ReadonlyMap<string, string>): Step {
  const alone: Flow = { spec: 1, starts: [], steps: [step] };
  const ways = arrowsOf(step).map((arrow) => ({ arrow, target: targetOf(alone, arrow) }));
  const id = ids.get(step.id) ?? step.id;
  const renamed = { ...(withNames(step, ids) as Step), id };
  const flow = ways.reduce<Flow>(
    (now, { arrow, target }) => aimed(now, [{ ...arrow, from: id }], target && (ids.get(target) ?? target)),
    { ...alone, steps: [renamed] },
  );
  return flow.steps[0] ?? renamed;
}

function withNames(value: Json, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === "string")
    return value.replace(/\bsteps\.([A-Za-z0-9_-]+)(?=\.)/g, (named, id: string) =>
      ids.has(id) ? `steps.${ids.get(id)}` : named,
    );
  if (Array.isArray(value)) return value.map((one: Json) => withNames(one, ids));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, one === undefined ? one : withNames(one, ids)]),
  );
}

/** A fragment as text, to be taken to another scenario. */
export function written(fragment: Fragment): string {
  return JSON.stringify({ customEventSteps: fragment.steps });
}

/** A fragment from a text, where it is one. */
export function readFragment(text: string | null): Fragment | undefined {
  if (!text || text.length > LARGEST) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    const alone = { ...EMPTY, steps: isMembers(read) ? read.customEventSteps : undefined };
    return isFlow(alone) && alone.steps.length ? { steps: alone.steps } : undefined;
  } catch {
    return undefined;
  }
}
