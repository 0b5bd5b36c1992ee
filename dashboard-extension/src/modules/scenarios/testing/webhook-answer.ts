/** Answers after which a run sends the same again (docs/actions.md). */
const AGAIN = [408, 425, 429];

/** What a run would make of a receiver's answer. */
export function meaningOf(status: number): {
  readonly meaning: "accepted" | "triedAgain" | "redirected" | "failed";
  readonly hue: "success" | "warning" | "error";
} {
  if (status >= 200 && status < 300) return { meaning: "accepted", hue: "success" };
  if (AGAIN.includes(status) || status >= 500) return { meaning: "triedAgain", hue: "warning" };
  return { meaning: status >= 300 && status < 400 ? "redirected" : "failed", hue: "error" };
}
