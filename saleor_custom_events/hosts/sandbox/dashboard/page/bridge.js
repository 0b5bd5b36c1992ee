/**
 * An app's page in a frame, and the messages between it and the dashboard: Saleor's App Bridge.
 *
 * Order and quirks are those of Saleor's dashboard 3.23, `src/extensions/views/ViewManifestExtension/components/AppFrame`:
 * - a handshake for `notifyReady` and another one when the frame has loaded; after the first, once: locale, theme, path;
 * - a page that is opened later in the same frame (by the navigation) hears the handshakes alone, and finds in its
 *   address the theme that was on when the frame was made;
 * - a page opened later also lies in the browser's history, above the dashboard's own entry: "back" leads the frame to
 *   its page before, and only the next "back" the dashboard;
 * - whenever the frame is drawn again (new token, theme, path), its address is made anew of the path that the *dashboard*
 *   went to and of the query in the browser's address bar: a query put there by `updateRouting` reloads the frame.
 * A widget is such a frame on one of the dashboard's own pages: as high as it says, told what the page is about by its
 * address (`customerId`), and given the token of its extension, which is empty for whoever lacks one of its permissions.
 */
import { addressOfFrame, addressOfWidget, joined, MOUNT, pathOfApp } from "./addresses.js";
import { lifeOf } from "./store.js";

/** Of the dashboard: what a page may do. */
const SANDBOX = "allow-same-origin allow-forms allow-scripts allow-downloads allow-popups";
/** Saleor's dashboard is another origin than its apps, so these are shut there; here they would be open. */
const SHUT = [
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "fullscreen",
  "geolocation",
  "microphone",
];
/** A new token is fetched this long before the old one ends, and a failed try is repeated after as long … */
const AHEAD = 30_000;
/** … but never more than this part of a life: tests shorten it. */
const PART = 0.1;
const WIDGET_MAX_HEIGHT = 5000;
const WIDGET_HEIGHT = 200;

export class AppFrame {
  #element = document.createElement("iframe");
  #app;
  #token;
  #below;
  #around;
  #params;
  #theme;
  #shaken = false;
  #timer;
  #ending = new AbortController();

  /**
   * `app`: `{id, appUrl, accessToken}`; `below`: the path to open; `around`: what the frame asks of the dashboard
   * (`locale()`, `theme()`, `versions`, `apiUrl`, `fetchToken()`, `navigate(path)`, `notify(toast)`, `leaving()`);
   * `params`: of a widget, what the page around it is about.
   */
  constructor(place, app, below, around, params) {
    this.#app = app;
    this.#params = params;
    if (params) this.#element.style.height = `${WIDGET_HEIGHT}px`;
    this.#token = app.accessToken;
    this.#below = below;
    this.#around = around;
    this.#theme = around.theme();
    this.place = place;
    this.#element.title = app.name;
    this.#element.setAttribute("sandbox", SANDBOX);
    this.#element.setAttribute("allow", SHUT.map((feature) => `${feature} 'none'`).join("; "));
    const { signal } = this.#ending;
    this.#element.addEventListener("load", () => this.#loaded(), { signal });
    window.addEventListener("message", (event) => this.#hear(event), { signal });
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
    this.#draw();
    place.append(this.#element);
    this.#schedule();
  }

  get appId() {
    return this.#app.id;
  }

  /** The dashboard went to another path of the same app. */
  open(below) {
    this.#below = below;
    this.#draw();
  }

  /** The dashboard's theme is another one now. */
  themeChanged() {
    this.#draw();
    if (this.#shaken) this.#say("theme", { theme: this.#around.theme() });
  }

  /** The dashboard's language is another one now. */
  localeChanged() {
    if (this.#shaken) this.#say("localeChanged", { locale: this.#around.locale() });
  }

  /** Another page is shown in our place. */
  close() {
    this.#ending.abort();
    clearTimeout(this.#timer);
    this.#element.remove();
  }

  #draw() {
    const { appUrl, id } = this.#app;
    const { search } = window.location;
    const parts = { appUrl, below: this.#below, search, apiUrl: this.#around.apiUrl, appId: id, theme: this.#theme };
    const address = this.#params ? addressOfWidget({ ...parts, params: this.#params }) : addressOfFrame(parts);
    if (this.#element.getAttribute("src") !== address) this.#element.setAttribute("src", address);
  }

  #say(type, payload) {
    this.#element.contentWindow?.postMessage({ type, payload }, new URL(this.#app.appUrl).origin);
  }

  #shake() {
    const { core, dashboard } = this.#around.versions;
    this.#say("handshake", { token: this.#token, version: 1, saleorVersion: core, dashboardVersion: dashboard });
  }

  #loaded() {
    this.#shake();
    this.#haveShaken();
  }

  #haveShaken() {
    if (this.#shaken) return;
    this.#shaken = true;
    // React's effects come after whatever is being answered just now.
    setTimeout(() => {
      if (this.#ending.signal.aborted) return;
      this.place.classList.add("shaken");
      this.localeChanged();
      this.#say("theme", { theme: this.#around.theme() });
      this.#say("redirect", { path: window.location.pathname });
    }, 0);
  }

  #hear({ origin, data }) {
    if (origin !== new URL(this.#app.appUrl).origin) return;
    if (!data?.type || !data.payload?.actionId) return;
    const handle = this.#handlers[data.type];
    if (!handle) {
      console.warn(`${data.type} action is invalid.`);
      return;
    }
    const { actionId } = data.payload;
    this.#say("response", { actionId, ok: handle(data.payload) });
    if (data.type === "notifyReady") this.#haveShaken();
  }

  #handlers = {
    notifyReady: () => {
      this.#shake();
      return true;
    },
    notification: ({ actionId, ...toast }) => {
      this.#around.notify(toast);
      return true;
    },
    updateRouting: ({ newRoute }) => {
      const exact = joined(MOUNT, pathOfApp(this.#app.id), newRoute);
      if (window.location.pathname !== exact) window.history.pushState(null, "", exact);
      return true;
    },
    redirect: (wish) => this.#redirect(wish),
    requestPermissions: ({ permissions, redirectPath }) => {
      if (!permissions.length || !redirectPath) return false;
      const query = new URLSearchParams({ redirectPath, requestedPermissions: permissions.join(",") });
      this.#around.navigate(`${pathOfApp(this.#app.id)}/edit/permissions?${query}`);
      return true;
    },
    widgetResize: ({ height }) => {
      if (Number.isFinite(height) && height > 0) {
        this.#element.style.height = `${Math.min(Math.ceil(height), WIDGET_MAX_HEIGHT)}px`;
      }
      return true;
    },
    // Of a page there is no popup to close, no form to fill, no entity to refresh.
    popupClose: () => true,
    formPayloadUpdate: () => true,
    refreshEntity: () => true,
    openPopup: () => {
      console.error('openPopup action is only allowed from WIDGET extensions, but was sent from a "APP_PAGE" frame.');
      return false;
    },
  };

  #redirect({ to, newContext }) {
    if (to.startsWith("/")) {
      if (newContext) window.open(joined(MOUNT, to));
      else this.#around.navigate(to);
      return true;
    }
    try {
      if (new URL(to).host === window.location.host) throw new Error("neither a path nor another host");
    } catch (error) {
      console.error("Couldn't handle Redirect action properly, this should not happen", error);
      return false;
    }
    if (newContext) {
      window.open(to);
      return true;
    }
    if (!window.confirm(this.#around.leaving())) return false;
    window.location.href = to;
    return true;
  }

  #patience() {
    return Math.min(AHEAD, lifeOf(this.#token).lasts * PART);
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (!this.#token) return;
    const due = lifeOf(this.#token).ends - this.#patience();
    this.#timer = setTimeout(() => this.#renew(), Math.max(due - Date.now(), this.#patience()));
  }

  /** A tab that was asleep has missed its timer. */
  #wake() {
    if (!this.#token) return;
    const due = lifeOf(this.#token).ends - this.#patience();
    if (document.visibilityState === "visible" && Date.now() >= due) this.#renew();
  }

  async #renew() {
    this.#schedule();
    const token = await this.#around.fetchToken(this.#app.id);
    if (!token || this.#ending.signal.aborted) return;
    this.#token = token;
    this.#schedule();
    this.#draw();
    if (this.#shaken) this.#say("tokenRefresh", { token });
  }
}
