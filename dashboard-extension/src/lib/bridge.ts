import { AppBridge, actions } from "@saleor/app-sdk/app-bridge";
import { useSyncExternalStore } from "react";

/**
 * The one line to the dashboard around us. Made when this module is first read: the dashboard says locale and theme
 * once, right after load, and whoever listens later has missed them. app-sdk's own hook does not render again when the
 * token or the locale changes, so we listen ourselves.
 */

export type Language = "en" | "pl";
export type Theme = "light" | "dark";

/** What the dashboard has told us so far. `token` is empty until the handshake. */
export interface Surroundings {
  readonly token: string;
  readonly language: Language;
  /** The dashboard's own locale, for dates and numbers: `en`, `pl`, `en-GB` … */
  readonly locale: string;
  readonly theme: Theme;
  /** The e-mail of who is logged in; empty where the dashboard does not say. */
  readonly email: string;
  readonly saleorApiUrl: string;
  /** The dashboard has no token for us: a permission is missing that all of this page needs. */
  readonly isTokenless: boolean;
}

export type Toast = {
  readonly status: "success" | "error" | "info" | "warning";
  readonly title: string;
  readonly text?: string;
};

/**
 * Another entry of the navigation opens our page anew in the frame that is there already, and then the dashboard
 * (3.23.27) says neither locale nor theme again; its address has the theme of the time when the frame was made. So the
 * last ones that were said in this tab are kept. Where they are old, the dashboard says the right ones right after load.
 */
const KEPT = "custom-events.surroundings";

type Options = NonNullable<ConstructorParameters<typeof AppBridge>[0]>;

function kept(): Options {
  try {
    const { locale, theme } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as { locale?: unknown; theme?: unknown };
    return {
      ...(typeof locale === "string" && { initialLocale: locale as Options["initialLocale"] }),
      ...((theme === "light" || theme === "dark") && { initialTheme: theme }),
    };
  } catch {
    // A browser may shut the storage of pages in frames.
    return {};
  }
}

function keep(): void {
  const { locale, theme } = bridge.getState();
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ locale, theme }));
  } catch {
    // As above: then the next page begins in English.
  }
}

/**
 * A card that somebody may not use is framed all the same (3.23.27), with an empty token, which app-sdk cannot read and
 * throws at. Listened to before it listens.
 */
let isTokenless = false;
window.addEventListener("message", (event: MessageEvent<{ type?: unknown; payload?: { token?: unknown } } | null>) => {
  if (event.source !== window.parent || event.data?.type !== "handshake") return;
  isTokenless = !event.data.payload?.token;
  if (!isTokenless) return;
  event.stopImmediatePropagation();
  refresh();
});

const bridge = new AppBridge(kept());
const listeners = new Set<() => void>();

function read(): Surroundings {
  const state = bridge.getState();
  const locale = state.locale || "en";
  return {
    token: state.token ?? "",
    language: locale.toLowerCase().startsWith("pl") ? "pl" : "en",
    locale,
    theme: state.theme === "dark" ? "dark" : "light",
    email: state.user?.email ?? "",
    saleorApiUrl: state.saleorApiUrl,
    isTokenless,
  };
}

let current = read();

function refresh(): void {
  current = read();
  for (const listener of listeners) listener();
}

for (const event of ["handshake", "tokenRefresh", "theme", "localeChanged"] as const) bridge.subscribe(event, refresh);
for (const event of ["theme", "localeChanged"] as const) bridge.subscribe(event, keep);

export function surroundings(): Surroundings {
  return current;
}

export function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSurroundings(): Surroundings {
  return useSyncExternalStore(listen, surroundings);
}

/** Resolves with a token other than `than` (the first one where that is empty); rejects after `milliseconds`. */
export function nextToken(than: string, milliseconds: number): Promise<string> {
  if (current.token && current.token !== than) return Promise.resolve(current.token);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error("no token"));
    }, milliseconds);
    const stop = listen(() => {
      if (!current.token || current.token === than) return;
      clearTimeout(timer);
      stop();
      resolve(current.token);
    });
  });
}

/** Show a message in the dashboard's own corner. */
export function toast(message: Toast): void {
  // The dashboard may not answer (an old version, a test): the message is worth no failure.
  bridge.dispatch(actions.Notification(message)).catch(() => undefined);
}

/** Milliseconds that a dashboard has to answer before we go on without. */
const ANSWER = 300;

/**
 * Tell the dashboard which page is open, so that its address leads back here; resolves once it has taken note.
 * A path alone: a query would be lost.
 */
export function tellRoute(path: string): Promise<void> {
  const told = bridge.dispatch(actions.UpdateRouting({ newRoute: path })).catch(() => undefined);
  return Promise.race([told, new Promise<void>((resolve) => setTimeout(resolve, ANSWER))]);
}

/** Open an address in a new tab of the browser; `to` is absolute, or a path of the dashboard. */
export function openOutside(to: string): void {
  bridge.dispatch(actions.Redirect({ to, newContext: true })).catch(() => undefined);
}

/** Leave the dashboard's page around us for one of ours, with the dashboard's navigation; `path` is one of `paths`. */
export function openInDashboard(path: string): void {
  const to = `/extensions/app/${encodeURIComponent(bridge.getState().id)}${path}`;
  bridge.dispatch(actions.Redirect({ to })).catch(() => undefined);
}

/** Say how high a card is, in pixels; a dashboard that does not listen scrolls it. */
export function tellHeight(height: number): void {
  if (height > 0) bridge.dispatch(actions.WidgetResize({ height: Math.ceil(height) })).catch(() => undefined);
}
