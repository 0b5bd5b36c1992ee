/** Addresses as Saleor's dashboard makes them: `src/extensions/urls.ts` and url-join, 3.23. */

/** Where the dashboard is mounted; Saleor's APP_MOUNT_URI. */
export const MOUNT = "/dashboard/";

/** Join parts with one slash between them, and queries with `&`, as url-join does. */
export function joined(...parts) {
  const given = parts.filter(Boolean);
  const pieces = given.map((part, at) => {
    const begun = at > 0 ? part.replace(/^\/+/, "") : part;
    return begun.replace(/\/+$/, at < given.length - 1 ? "" : "/");
  });
  const whole = pieces.join("/").replace(/\/(\?|&|#[^!])/g, "$1");
  const [path, ...queries] = whole.split("?");
  return queries.length ? `${path}?${queries.join("&")}` : path;
}

/** The dashboard's path, below its mount, of an app's pages. */
export function pathOfApp(id) {
  return `/extensions/app/${encodeURIComponent(id)}`;
}

/** Read `/dashboard/extensions/app/<id>/<below>`; null for every other path. */
export function appOfPath(pathname) {
  const found = /^\/dashboard\/extensions\/app\/([^/]+)(\/.*)?$/.exec(pathname);
  if (!found || /^\/edit(\/permissions)?$/.test(found[2] ?? "")) return null;
  return { id: decodeURIComponent(found[1]), below: found[2] ?? "" };
}

/** Read `/dashboard/customers/<id>`; null for every other path. */
export function customerOfPath(pathname) {
  const found = /^\/dashboard\/customers\/([^/]+)\/?$/.exec(pathname);
  return found && decodeURIComponent(found[1]);
}

/** The dashboard's path, below its mount, of a customer. */
export function pathOfCustomer(id) {
  return `/customers/${encodeURIComponent(id)}`;
}

/**
 * What a widget's frame shows. Saleor's dashboard makes its address of the one that it has made already, so that what is
 * always there comes twice; what it is about (`params`) comes once.
 */
export function addressOfWidget({ params, ...parts }) {
  const once = addressOfFrame(parts);
  const { apiUrl, appId, theme } = parts;
  const ours = { domain: new URL(apiUrl).host, saleorApiUrl: apiUrl, id: appId, ...params, theme };
  return joined(once, `?${new URLSearchParams(ours)}`);
}

/** What a frame shows: the app's address and path, whatever query the dashboard has just now, and who and where we are. */
export function addressOfFrame({ appUrl, below, search, apiUrl, appId, theme }) {
  const ours = new URLSearchParams({ domain: new URL(apiUrl).host, saleorApiUrl: apiUrl, id: appId, theme });
  return joined(appUrl + below.replace(/^\/*/, below ? "/" : ""), search, `?${ours}`);
}
