import {
  type Arrow,
  aimed,
  arrowsOf,
  arrowsTo,
  goesInCircles,
  reachedFrom,
  targetOf,
} from "@/modules/scenarios/arrows";
import {
  type Flow,
  freeId,
  isMembers,
  type Json,
  type Members,
  type Step,
  stepOf,
} from "@/modules/scenarios/definition";
import { findIn, outlineOf, type Place, stepsOf } from "@/modules/scenarios/outline";

/**
 * Edits of a flow, each giving a new one. All of them keep it wired: no arrow into the void, no circles, and nothing
 * out of reach that was within it. Where an edit makes no sense the flow comes back as it was.
 */

export const WAITS = ["wait", "waitUntil", "waitForTime", "waitForEvent"] as const;
export type WaitKind = (typeof WAITS)[number];
export type NewStep = WaitKind | "condition" | "split" | "action" | "setVariable" | "comment" | "exit";

/** A way of a split as it begins. */
export const NEW_SHARE: Members = { weight: 50, next: null };

/** A step as it begins, before anybody has filled it in. */
export function newStep(flow: Flow, kind: NewStep, action = ""): Step {
  const id = freeId(flow, "s");
  switch (kind) {
    case "condition":
      return {
        id,
        type: kind,
        branches: [{ when: { left: "", operator: "equals", right: "" }, next: null }],
        otherwise: null,
      };
    case "split":
      return { id, type: kind, branches: [NEW_SHARE, NEW_SHARE] };
    case "wait":
      return { id, type: kind, duration: "PT1H", next: null };
    case "waitUntil":
      return { id, type: kind, date: "dataFields.", offset: null, past: "continue", next: null };
    case "waitForTime":
      return { id, type: kind, time: "09:00", weekdays: null, zone: null, next: null };
    case "waitForEvent":
      return { id, type: kind, event: null, filter: null, timeout: "P1D", happened: null, timedOut: null };
    case "setVariable":
      return { id, type: kind, name: "", value: "", next: null };
    case "comment":
      return { id, type: kind, text: "", next: null };
    case "action":
      return { id, type: kind, action, config: {}, next: null };
    default:
      return { id, type: kind };
  }
}

/**
 * Put a step at a place, or several that the first leads to: what stood there comes behind them, on every way on that is
 * open. An exit does not go before other steps.
 */
export function inserted(flow: Flow, place: Place, ...added: readonly Step[]): Flow {
  const [first] = added;
  if (!first || !place.arrows.length) return flow;
  const target = place.target !== null && stepOf(flow, place.target) ? place.target : null;
  const after = Math.max(-1, ...place.arrows.map((arrow) => flow.steps.findIndex((one) => one.id === arrow.from)));
  const steps = [...flow.steps.slice(0, after + 1), ...added, ...flow.steps.slice(after + 1)];
  const own = new Set(added.map(({ id }) => id));
  const open = added.flatMap(arrowsOf).filter((arrow) => !own.has(targetOf({ ...flow, steps }, arrow) ?? ""));
  const whole = aimed(aimed({ ...flow, steps }, open, target), place.arrows, first.id);
  return lost(flow, whole).size ? flow : whole;
}

/** The steps that go when one is removed: itself, and what stands in its branches. */
export function removedWith(flow: Flow, id: string): readonly Step[] {
  const left = new Set(removed(flow, id).steps.map((step) => step.id));
  return flow.steps.filter((step) => !left.has(step.id));
}

/** Without a step; what led to it leads to what came behind it. What stood in its branches goes, unless other ways lead there. */
export function removed(flow: Flow, id: string): Flow {
  const step = stepOf(flow, id);
  if (!step) return flow;
  const found = findIn(outlineOf(flow).line, id);
  const [only] = arrowsOf(step);
  const behind = found ? found.item.follows : only ? targetOf(flow, only) : null;
  const follows = behind !== id && stepOf(flow, behind) ? behind : null;
  const led = aimed(flow, arrowsTo(flow, id), follows);
  if (id === flow.steps[0]?.id && follows === null)
    return { ...led, steps: led.steps.filter((one) => !reachedFrom(flow, id).has(one.id)) };
  return pruned(flow, { ...led, steps: led.steps.filter((one) => one.id !== id) });
}

/** Change places with the step before (-1) or behind (1) in the same line; branches come along. */
export function moved(flow: Flow, id: string, by: -1 | 1): Flow {
  const found = findIn(outlineOf(flow).line, id);
  const upper = found?.line.items[by < 0 ? found.at - 1 : found.at];
  const lower = found?.line.items[by < 0 ? found.at : found.at + 1];
  if (!upper?.outs.length || !lower?.outs.length) return flow;
  const first = aimed(flow, arrowsTo(flow, upper.step.id), lower.step.id);
  const swapped = aimed(aimed(first, lower.outs, upper.step.id), upper.outs, lower.follows);
  const isWhole =
    reachedFrom(swapped, swapped.steps[0]?.id ?? null).size === reachedFrom(flow, flow.steps[0]?.id ?? null).size;
  return isWhole && !goesInCircles(swapped) ? swapped : flow;
}

/** A copy of a step and its branches right behind it; nothing can stand behind a step that ends the invocation. */
export function duplicated(flow: Flow, id: string): Flow {
  const item = findIn(outlineOf(flow).line, id)?.item;
  if (!item?.outs.length) return flow;
  const originals = stepsOf(item);
  const ids = new Map<string, string>();
  for (const step of originals) ids.set(step.id, freeId(flow, "s", new Set(ids.values())));
  const copies = originals.map((step) => copied(flow, step, ids));
  const last = Math.max(...originals.map((step) => flow.steps.indexOf(step)));
  const steps = [...flow.steps.slice(0, last + 1), ...copies, ...flow.steps.slice(last + 1)];
  return aimed({ ...flow, steps }, item.outs, ids.get(id) ?? null);
}

function copied(flow: Flow, step: Step, ids: ReadonlyMap<string, string>): Step {
  const copy: Step = { ...step, id: ids.get(step.id) ?? step.id };
  const alone = arrowsOf(step).reduce(
    (now: Flow, arrow: Arrow) => {
      const target = targetOf(flow, arrow);
      return aimed(now, [{ ...arrow, from: copy.id }], target === null ? null : (ids.get(target) ?? target));
    },
    { ...flow, steps: [copy] },
  );
  return alone.steps[0] ?? copy;
}

/** Let a line's end lead to a step, or nowhere (null: the invocation ends). */
export function redirected(flow: Flow, arrows: readonly Arrow[], target: string | null): Flow {
  const led = aimed(flow, arrows, target);
  return goesInCircles(led) || lost(flow, led).size ? flow : led;
}

/** The steps that an end may lead to: those from which no way leads back to it. */
export function possibleTargets(flow: Flow, arrows: readonly Arrow[]): readonly Step[] {
  const froms = arrows.map((arrow) => arrow.from ?? "");
  return flow.steps.filter((step) => {
    const reached = reachedFrom(flow, step.id);
    return !froms.some((from) => reached.has(from));
  });
}

/** A wait of another kind: it goes on where it went on, and what only its ways out led to goes. */
export function retyped(flow: Flow, id: string, kind: WaitKind): Flow {
  const step = stepOf(flow, id);
  const found = findIn(outlineOf(flow).line, id);
  if (!step || !found || step.type === kind) return flow;
  const { label } = step;
  const other: Step = { ...newStep(flow, kind), id, ...(label !== undefined && { label }) };
  const turned = changed(flow, id, () => other);
  return pruned(flow, aimed(turned, arrowsOf(other), found.item.follows));
}

/** One more branch (`{when}`, `{weight}`), before the last way out; it goes on where the others meet. */
export function withBranch(flow: Flow, id: string, branch: Members): Flow {
  const follows = findIn(outlineOf(flow).line, id)?.item.follows ?? null;
  const more = (step: Step) => ({ ...step, branches: [...listOf(step.branches), { ...branch, next: follows }] });
  return changed(flow, id, (step) => (Array.isArray(step.branches) ? more(step) : step));
}

/** Without a branch, and without the steps that only it led to. */
export function withoutBranch(flow: Flow, id: string, index: number): Flow {
  if (!Array.isArray(stepOf(flow, id)?.branches)) return flow;
  const fewer = changed(flow, id, (step) => ({
    ...step,
    branches: listOf(step.branches).filter((_, at) => at !== index),
  }));
  return pruned(flow, fewer);
}

/** Two neighbouring branches in the other order: the first that holds is taken. */
export function movedBranch(flow: Flow, id: string, index: number, by: -1 | 1): Flow {
  return changed(flow, id, (step) => {
    const branches = [...listOf(step.branches)];
    const [one, other] = [branches[index], branches[index + by]];
    if (one === undefined || other === undefined) return step;
    branches[index] = other;
    branches[index + by] = one;
    return { ...step, branches };
  });
}

/** Change a branch's own members (`when`, `weight`, `label`). */
export function changedBranch(flow: Flow, id: string, index: number, members: Members): Flow {
  return changed(flow, id, (step) => ({
    ...step,
    branches: listOf(step.branches).map((branch, at) =>
      at === index && isMembers(branch) ? { ...branch, ...members } : branch,
    ),
  }));
}

/** Change one step's members; the others stay. */
export function changed(flow: Flow, id: string, change: (step: Step) => Step): Flow {
  return { ...flow, steps: flow.steps.map((step) => (step.id === id ? change(step) : step)) };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The steps that could be reached before and cannot any more. */
function lost(before: Flow, after: Flow): ReadonlySet<string> {
  const still = reachedFrom(after, after.steps[0]?.id ?? null);
  const were = reachedFrom(before, before.steps[0]?.id ?? null);
  return new Set([...were].filter((id) => !still.has(id) && stepOf(after, id)));
}

function pruned(before: Flow, after: Flow): Flow {
  const gone = lost(before, after);
  return gone.size ? { ...after, steps: after.steps.filter((step) => !gone.has(step.id)) } : after;
}
