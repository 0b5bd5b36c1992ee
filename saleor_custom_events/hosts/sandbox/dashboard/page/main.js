/** The dashboard around the frame: who is logged in, the navigation, language and theme. */
import { appOfPath, customerOfPath, joined, MOUNT, pathOfApp, pathOfCustomer } from "./addresses.js";
import { AppFrame } from "./bridge.js";
import { CustomerPage, readCustomers } from "./customers.js";
import { element } from "./elements.js";
import { ask, LoggedOut, logIn, logOut } from "./store.js";
import { TEXTS } from "./texts.js";
import { notify } from "./toasts.js";

const MOUNTS = ["CATALOG", "ORDERS", "CUSTOMERS", "DISCOUNTS", "TRANSLATIONS", "PAGES"].map(
  (name) => `NAVIGATION_${name}`,
);
/** Why somebody with the right password is not let in. */
const REFUSED = { NO_STAFF: "noStaff", NO_PERMISSIONS: "noPermissions" };
const DASHBOARD_VERSION = "v3.23.27";
const OPENING = `query ($mounts: [String!]!) {
  shop { name version }
  me { email userPermissions { code } }
  appExtensions(first: 100, filter: {mountName: $mounts}) { edges { node {
    label url mountName permissions { code } app { id } } } }
}`;
const APP = "query ($id: ID!) { app(id: $id) { id name author appUrl accessToken } }";

const part = (id) => document.getElementById(id);
/** Where Saleor's dashboard keeps them, in its words. */
const kept = {
  get locale() {
    return localStorage.getItem("locale") ?? "en";
  },
  set locale(locale) {
    localStorage.setItem("locale", locale);
  },
  get theme() {
    return localStorage.getItem("activeMacawUITheme")?.includes("defaultDark") ? "dark" : "light";
  },
  set theme(theme) {
    localStorage.setItem("activeMacawUITheme", theme === "dark" ? "defaultDark" : "defaultLight");
  },
};
let opened;
let frame;
let customerPage;
/** Counts the pages that were asked for: an answer that comes late is of no page any more. */
let asked = 0;

const text = (name) => (TEXTS[kept.locale] ?? TEXTS.en)[name];
const toast = (shown) => notify(part("toasts"), shown, text("close"));

// ---- Where we are. What `updateRouting` puts into the address bar is no step of ours: only these two are.

function navigate(to) {
  window.history.pushState({}, "", joined(MOUNT, to));
  guarded(show);
}

/** An entry of the navigation goes to its address twice, as a link and as a button: so it is in Saleor's dashboard. */
function followEntry(to) {
  navigate(to);
  navigate(to);
}
window.addEventListener("popstate", () => guarded(show));
document.addEventListener("click", (event) => {
  const link = event.target.closest("nav a, #content a");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const to = link.pathname.slice(MOUNT.length - 1);
  if (link.closest("#menu")) followEntry(to);
  else navigate(to);
});

async function show() {
  if (!opened) return;
  const wanted = appOfPath(window.location.pathname);
  if (frame && frame.appId === wanted?.id) {
    frame.open(wanted.below);
    return;
  }
  leave();
  const customer = customerOfPath(window.location.pathname);
  if (wanted) await showApp(wanted);
  else if (customer) await showCustomer(customer);
  else await showText();
}

/** Close what is shown. */
function leave() {
  frame?.close();
  customerPage?.close();
  frame = customerPage = undefined;
  asked += 1;
}

/** What every frame asks of the dashboard; `fetchToken` is its own. */
function around(fetchToken) {
  return {
    locale: () => kept.locale,
    theme: () => kept.theme,
    versions: { core: opened.shop.version, dashboard: DASHBOARD_VERSION },
    apiUrl: `${window.location.origin}/graphql/`,
    fetchToken: () => guarded(fetchToken),
    navigate,
    notify: toast,
    leaving: () => text("leaving"),
  };
}

async function showCustomer(id) {
  const ours = asked;
  const page = new CustomerPage(id, around, text);
  const { title, content } = await page.read();
  if (ours !== asked) return;
  fill(title, text("customer"), content);
  customerPage = page;
  page.open();
}

async function showApp({ id, below }) {
  const ours = asked;
  const { app } = await ask(APP, { id });
  if (ours !== asked) return;
  if (!app?.accessToken) {
    fill(text("elsewhere"), "", element("section", element("p", text("noApp"))));
    return;
  }
  const place = element("div", [], { class: "frame" });
  fill(app.name, app.author && text("by")(app.author), place);
  frame = new AppFrame(
    place,
    app,
    below,
    around(async () => (await ask(APP, { id })).app?.accessToken),
  );
}

async function showText() {
  const path = window.location.pathname.slice(MOUNT.length - 1) + window.location.search;
  if (path === "/") {
    const lines = [element("p", text("home"))];
    lines.push(entries().length ? element("ul", entries().map(item)) : element("p", text("noEntries")));
    const section = element("section", lines);
    fill(text("welcome"), "", section);
    const ours = asked;
    const customers = holds("MANAGE_USERS") ? await readCustomers() : [];
    if (ours !== asked || !customers.length) return;
    const links = customers.map(({ id, email }) => element("li", element("a", email, { href: joined(MOUNT, pathOfCustomer(id)) })));
    section.append(element("h2", text("NAVIGATION_CUSTOMERS")), element("ul", links));
  } else fill(text("elsewhere"), "", element("section", element("p", text("wouldBe")(path))));
}

function fill(title, small, content) {
  part("content").replaceChildren(element("header", [element("h1", title), element("small", small || "")]), content);
}

// ---- The navigation.

function holds(code) {
  return opened.me.userPermissions.some((held) => held.code === code);
}

function entries() {
  return opened.appExtensions.edges
    .map(({ node }) => node)
    .filter(({ permissions }) => !permissions.length || permissions.some(({ code }) => holds(code)));
}

function item({ label, url, app }) {
  return element("li", element("a", label, { href: joined(MOUNT, pathOfApp(app.id), url) }));
}

function drawMenu() {
  const sections = MOUNTS.map((mount) => [mount, entries().filter(({ mountName }) => mountName === mount)]);
  const drawn = sections.filter(([, found]) => found.length);
  part("menu").replaceChildren(
    ...drawn.flatMap(([mount, found]) => [
      element("h2", text(mount)),
      element("h3", text("extensions")),
      element("ul", found.map(item)),
    ]),
  );
}

// ---- Words and colours.

function draw() {
  const { locale, theme } = kept;
  document.documentElement.lang = locale;
  document.documentElement.dataset.theme = theme;
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = text(place.dataset.text);
  part("toasts").setAttribute("aria-label", text("messages"));
  part("language").value = locale;
  part("theme").textContent = text(theme === "dark" ? "toLight" : "toDark");
  if (opened) drawMenu();
  // A customer's page stays as it is: its widgets would begin anew.
  if (opened && !frame && !customerPage) guarded(showText);
}

function frames() {
  return [frame, ...(customerPage?.widgets ?? [])].filter(Boolean);
}

part("language").addEventListener("change", ({ target }) => {
  kept.locale = target.value;
  draw();
  for (const shown of frames()) shown.localeChanged();
});
part("theme").addEventListener("click", () => {
  kept.theme = kept.theme === "dark" ? "light" : "dark";
  draw();
  for (const shown of frames()) shown.themeChanged();
});

// ---- Who is here.

async function open() {
  opened = await ask(OPENING, { mounts: MOUNTS });
  part("store").textContent = opened.shop.name;
  part("who").textContent = opened.me.email;
  part("login").hidden = true;
  part("dashboard").hidden = false;
  draw();
  await show();
}

function close() {
  leave();
  opened = undefined;
  logOut();
  part("dashboard").hidden = true;
  part("login").hidden = false;
}

/** Do something with the store; whoever is logged out meanwhile sees the form, and a store that is away is told of. */
async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LoggedOut) close();
    else toast({ status: "error", title: text("away"), text: String(error.message) });
    return undefined;
  }
}

part("log-out").addEventListener("click", close);
part("login").addEventListener("submit", (event) => {
  event.preventDefault();
  const { email, password } = event.target.elements;
  part("refused").textContent = "";
  guarded(async () => {
    const refused = await logIn(email.value, password.value);
    if (refused) part("refused").textContent = text(REFUSED[refused] ?? "wrong");
    else await open();
  });
});

draw();
guarded(open);
