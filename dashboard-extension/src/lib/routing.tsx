import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { Router, useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { tellRoute } from "@/lib/bridge";

/** Below this the plugin serves the page, whatever follows. */
export const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

export { paths } from "@/lib/paths";

const DETAIL = /^\/(events\/.+|scenarios\/.+|log\/.+)$/;

export function Routing({ children }: { children: ReactNode }) {
  return <Router base={BASE}>{children}</Router>;
}

export type Go = (path: string, options?: { readonly replace?: boolean; readonly state?: unknown }) => void;

type Guard = () => Promise<boolean>;
/** Of everything open that is not saved yet, the innermost last: a window may stand over a page that is edited too. */
const guards: Guard[] = [];

/** Where we are. A step back in the browser's history has led away before anybody can be asked. */
let here = placeNow();
/** The step back that was agreed to. */
let isAgreed = false;

function placeNow() {
  return { address: window.location.href, state: window.history.state as unknown };
}

// wouter, and whoever changes the address, tells by these two.
for (const change of ["pushState", "replaceState"])
  window.addEventListener(change, () => {
    here = placeNow();
  });

// Before wouter hears of it: so the page stays as it is while its guards are asked.
window.addEventListener(
  "popstate",
  async (event) => {
    if (isAgreed || !guards.length) {
      isAgreed = false;
      here = placeNow();
      return;
    }
    event.stopImmediatePropagation();
    // The page that was left comes on top of the one that was gone to: from there it is one step back.
    window.history.pushState(here.state, "", here.address);
    if (!(await mayGo())) return;
    isAgreed = true;
    window.history.back();
  },
  true,
);

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

/** Ask `mayLeave` before any way of ours or the browser's Back leads away, while `unsaved`. On a reload the browser asks. */
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
