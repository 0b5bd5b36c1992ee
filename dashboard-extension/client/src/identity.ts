/** 122 random bits or more. `randomUUID` is there on https and localhost alone. */
export const randomId = (): string =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join("");

/**
 * Whose token this is, as a text that stays the same while the token is renewed; empty without one.
 *
 * Nothing is verified: it only keeps what one customer did from being sent under another's token. Of a token that is
 * no JWT with a subject its end is taken, which is too little to be used as a token.
 */
export function ownerOf(token: string | null | undefined): string {
  if (!token) return "";
  try {
    const claims = JSON.parse(atob((token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/")));
    return `${claims.user_id ?? claims.sub.trim()}`;
  } catch {
    return token.slice(-8);
  }
}
