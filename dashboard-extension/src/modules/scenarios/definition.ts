/**
 * A scenario's definition as the editor holds it: the very JSON that is saved (docs/definition.md). Nothing is turned
 * into objects of our own, so that members and types of steps which this release does not know stay as they are.
 */

export type Json = null | boolean | number | string | readonly Json[] | Members;
export interface Members {
  readonly [name: string]: Json | undefined;
}

export interface Step extends Members {
  readonly id: string;
  readonly type: string;
}

export interface Start extends Members {
  readonly id: string;
}

/** A definition that can be shown as a flow: start points and steps with ids of their own. It need not be right. */
export interface Flow extends Members {
  readonly starts: readonly Start[];
  readonly steps: readonly Step[];
}

export const EMPTY: Flow = { spec: 1, starts: [], steps: [] };

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a draft can be shown and edited as a flow; one that came over the API may be anything. */
export function isFlow(draft: unknown): draft is Flow {
  if (!isMembers(draft) || !Array.isArray(draft.starts) || !Array.isArray(draft.steps)) return false;
  const parts = [...draft.starts, ...draft.steps];
  const named = parts.every((part) => isMembers(part) && typeof part.id === "string" && part.id !== "");
  const typed = draft.steps.every((step) => isMembers(step) && typeof step.type === "string" && isForkable(step));
  return named && typed && new Set(parts.map((part) => (part as Start).id)).size === parts.length;
}

function isForkable(step: Members): boolean {
  return !Array.isArray(step.branches) || step.branches.every(isMembers);
}

export function branchesOf(step: Step): readonly Members[] {
  return Array.isArray(step.branches) ? step.branches.filter(isMembers) : [];
}

const FORKING: readonly string[] = ["condition", "split", "waitForEvent"];

/** Whether several ways lead on from a step: one of ours, or a newer kind that is built like a condition. */
export function isForking(step: Step): boolean {
  return FORKING.includes(step.type) || Array.isArray(step.branches);
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function stepOf(flow: Flow, id: string | null): Step | undefined {
  return id === null ? undefined : flow.steps.find((step) => step.id === id);
}

/** An id that nothing in the flow has: `s4`. */
export function freeId(flow: Flow, prefix: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...flow.starts, ...flow.steps].map((part) => part.id));
  let number = 1;
  while (used.has(`${prefix}${number}`) || taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}
