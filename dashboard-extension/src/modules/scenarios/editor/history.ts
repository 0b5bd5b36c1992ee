import type { Flow } from "@/modules/scenarios/definition";

/** What a draft was before, and what was taken back: the newest last in both. */
export interface History {
  readonly past: readonly Flow[];
  readonly future: readonly Flow[];
  /** When the newest of the past was left, in milliseconds since 1970. */
  readonly at: number;
}

export const NO_HISTORY: History = { past: [], future: [], at: 0 };

/** Steps that can be taken back. */
const LONGEST = 100;
/** Milliseconds in which changes of values are one: typing a word is not ten steps. */
const TOGETHER = 1000;

/** Remember what a draft was before a change. */
export function remembered(history: History, before: Flow, after: Flow, now: number): History {
  if (before === after) return history;
  const isMore = history.past.length > 0 && now - history.at < TOGETHER && isSameShape(before, after);
  const past = isMore ? history.past : [...history.past.slice(1 - LONGEST), before];
  return { past, future: [], at: now };
}

/** Take the last change back; undefined where there is none. */
export function undone(history: History, flow: Flow): { history: History; flow: Flow } | undefined {
  const last = history.past.at(-1);
  if (!last) return undefined;
  return { flow: last, history: { past: history.past.slice(0, -1), future: [...history.future, flow], at: 0 } };
}

/** Do again what was taken back last; undefined where there is nothing. */
export function redone(history: History, flow: Flow): { history: History; flow: Flow } | undefined {
  const next = history.future.at(-1);
  if (!next) return undefined;
  return { flow: next, history: { past: [...history.past, flow], future: history.future.slice(0, -1), at: 0 } };
}

/** Whether only values differ: the same parts in the same order. */
function isSameShape(one: Flow, other: Flow): boolean {
  const parts = ({ starts, steps }: Flow) => [...starts, ...steps].map(({ id, type }) => `${id} ${type}`).join("\n");
  return parts(one) === parts(other);
}
