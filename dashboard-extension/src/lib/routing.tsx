import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { Router, useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { tellRoute } from "@/lib/bridge";

/** Below this the plugin serves the page, whatever follows. */
export const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

export const paths = {
  events: "/events",
  newEvent: "/events/new",
  event: (number: number) => `/events/${number}`,
  scenarios: "/scenarios",
  scenario: (number: number) => `/scenarios/${number}`,
  log: "/log",
  logOfEvent: (number: number) => `/log/event/${number}`,
  logOfScenario: (number: number) => `/log/scenario/${number}`,
  invocation: (number: string) => `/log/invocation/${number}`,
  why: "/why",
} as const;

const DETAIL = /^\/(events\/.+|scenarios\/.+|log\/.+)$/;

export function Routing({ children }: { children: ReactNode }) {
  return <Router base={BASE}>{children}</Router>;
}

export type Go = (path: string, options?: { readonly replace?: boolean; readonly state?: unknown }) => void;

type Guard = () => Promise<boolean>;
/** Of everything open that is not saved yet, the innermost last: a window may stand over a page that is edited too. */
const guards: Guard[] = [];

async function mayGo(): Promise<boolean> {
  for (const guard of guards.toReversed()) if (!(await guard())) return false;
  return true;
}

/**
 * Go to a page of ours. `state` is kept with the entry of the browser's history (filters …), never in a query string: the
 * dashboard reloads the frame without it.
 *
 * The dashboard's own address is told when a detail page is entered or left, *before* we go: its entry in the history
 * then lies below ours, and "back" shows the page before at the first press.
 */
export function useGo(): Go {
  const [from, go] = useLocation();
  return useCallback<Go>(
    async (path, options) => {
      if (!(await mayGo())) return;
      if (path !== from && (DETAIL.test(path) || DETAIL.test(from))) await tellRoute(path);
      go(path, options);
    },
    [from, go],
  );
}

/** Ask `mayLeave` before any way of ours leads away, while `unsaved`. The browser asks by itself on a reload. */
export function useLeaving(unsaved: boolean, mayLeave: () => Promise<boolean>): void {
  const asked = useRef(mayLeave);
  asked.current = mayLeave;
  useEffect(() => {
    if (!unsaved) return;
    const ours: Guard = () => asked.current();
    guards.push(ours);
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => {
      guards.splice(guards.indexOf(ours), 1);
      window.removeEventListener("beforeunload", warn);
    };
  }, [unsaved]);
}

/** What was kept with this entry of the history, checked by `isOf`; otherwise undefined. */
export function useKept<T>(isOf: (state: unknown) => state is T): T | undefined {
  const state: unknown = useHistoryState();
  return isOf(state) ? state : undefined;
}
