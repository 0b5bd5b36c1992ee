/** The store's GraphQL as a member of staff asks it. Only the refresh token is kept, and as long as the tab. */

const KEPT = "sandbox.refreshToken";
let access = "";
let renewing;

/** Nobody is logged in any more: the page has to ask for the password. */
export class LoggedOut extends Error {}

/** When a token ends and how long it lives, in milliseconds of Unix time. */
export function lifeOf(token) {
  const { exp, iat } = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  return { ends: exp * 1000, lasts: (exp - iat) * 1000 };
}

/** Log in; gives an error's code, or nothing. */
export async function logIn(email, password) {
  const query = `mutation ($email: String!, $password: String!) { tokenCreate(email: $email, password: $password) {
    token refreshToken user { isStaff userPermissions { code } } errors { code } } }`;
  const { tokenCreate: made } = await send(query, { email, password }, "");
  if (made.errors.length) return made.errors[0].code;
  if (!made.user.isStaff) return "NO_STAFF";
  // Staff who may do nothing at all are not let in: so it is in Saleor's dashboard.
  if (!made.user.userPermissions.length) return "NO_PERMISSIONS";
  access = made.token;
  sessionStorage.setItem(KEPT, made.refreshToken);
  return undefined;
}

/** Forget everything that proves who one is. */
export function logOut() {
  access = "";
  sessionStorage.removeItem(KEPT);
}

/** Ask as whoever is logged in and give `data`. Throws LoggedOut, or an Error with the store's words. */
export async function ask(query, variables = {}) {
  if (!access || lifeOf(access).ends < Date.now() + 10_000) {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
  }
  return send(query, variables, access);
}

async function renew() {
  const refreshToken = sessionStorage.getItem(KEPT);
  if (!refreshToken) throw new LoggedOut();
  const query = "mutation ($known: String!) { tokenRefresh(refreshToken: $known) { token errors { code } } }";
  const { tokenRefresh: made } = await send(query, { known: refreshToken }, "");
  if (!made.token) throw new LoggedOut();
  access = made.token;
}

async function send(query, variables, token) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers["Authorization-Bearer"] = token;
  const answer = await fetch("/graphql/", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  if (errors?.length) throw new Error(errors[0].message);
  return data;
}
