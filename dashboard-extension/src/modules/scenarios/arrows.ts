import { branchesOf, type Flow, isForking, type Json, type Members, type Step } from "@/modules/scenarios/definition";

/** What of a step leads on: a member that names a step, or a branch by its index. */
export type Port = "next" | "otherwise" | "happened" | "timedOut" | number;

/** One way from a step to the next. From null: the flow's beginning. */
export interface Arrow {
  readonly from: string | null;
  readonly port: Port;
}

export const ENTRY: Arrow = { from: null, port: "next" };

const GOING_ON: readonly string[] = ["wait", "waitUntil", "waitForTime", "action", "setVariable", "comment"];

/** The arrows that leave a step. Of a kind that is not known here, those that it writes as the known ones do. */
export function arrowsOf(step: Step): readonly Arrow[] {
  const { id: from, type } = step;
  if (type === "exit") return [];
  if (type === "waitForEvent")
    return [
      { from, port: "happened" },
      { from, port: "timedOut" },
    ];
  if (!isForking(step)) return GOING_ON.includes(type) || "next" in step ? [{ from, port: "next" }] : [];
  const branches = branchesOf(step).map((_, port): Arrow => ({ from, port }));
  return type === "condition" || "otherwise" in step ? [...branches, { from, port: "otherwise" }] : branches;
}

function written(step: Step, port: Port): Json | undefined {
  return typeof port === "number" ? branchesOf(step)[port]?.next : step[port];
}

/** Where an arrow leads; null: the invocation ends there. The id may be of no step where the draft is wrong. */
export function targetOf(flow: Flow, arrow: Arrow): string | null {
  if (arrow.from === null) return flow.steps[0]?.id ?? null;
  const step = flow.steps.find((one) => one.id === arrow.from);
  const target = step && written(step, arrow.port);
  return typeof target === "string" ? target : null;
}

/** Every arrow of the flow that leads to `id`, its beginning too. */
export function arrowsTo(flow: Flow, id: string): readonly Arrow[] {
  return [ENTRY, ...flow.steps.flatMap(arrowsOf)].filter((arrow) => targetOf(flow, arrow) === id);
}

/** The same flow with these arrows leading to `target`. The beginning can only lead to a step. */
export function aimed(flow: Flow, arrows: readonly Arrow[], target: string | null): Flow {
  const steps = flow.steps.map((step) =>
    arrows.filter((arrow) => arrow.from === step.id).reduce((now, arrow) => redirected(now, arrow.port, target), step),
  );
  const isEntry = arrows.some((arrow) => arrow.from === null);
  return { ...flow, steps: isEntry && target !== null ? withFirst(steps, target) : steps };
}

function redirected(step: Step, port: Port, target: string | null): Step {
  if (typeof port !== "number") return { ...step, [port]: target };
  let at = -1;
  const branches = (step.branches as readonly Json[]).map((branch) => {
    if (typeof branch !== "object" || branch === null || Array.isArray(branch)) return branch;
    at += 1;
    return at === port ? { ...(branch as Members), next: target } : branch;
  });
  return { ...step, branches };
}

function withFirst(steps: readonly Step[], first: string): readonly Step[] {
  return [...steps.filter((step) => step.id === first), ...steps.filter((step) => step.id !== first)];
}

/** The ids that can be reached from `from`, itself too where it is a step, without going through `without`. */
export function reachedFrom(flow: Flow, from: string | null, without?: string): ReadonlySet<string> {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const reached = new Set<string>();
  const pending = [from];
  while (pending.length) {
    const id = pending.pop() ?? null;
    const step = id === null || id === without ? undefined : steps.get(id);
    if (!step || reached.has(step.id)) continue;
    reached.add(step.id);
    pending.push(...arrowsOf(step).map((arrow) => targetOf(flow, arrow)));
  }
  return reached;
}

/** Whether some way leads back to where it has been. */
export function goesInCircles(flow: Flow): boolean {
  return flow.steps.some((step) =>
    arrowsOf(step).some((arrow) => reachedFrom(flow, targetOf(flow, arrow)).has(step.id)),
  );
}
