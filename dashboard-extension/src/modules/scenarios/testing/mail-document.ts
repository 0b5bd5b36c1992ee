/** How the preview of a mail is looked at. */
export const LOOKS = ["desktop", "phone", "dark"] as const;
export type Look = (typeof LOOKS)[number];

/** Pixels across: what a mail program on a desk gives a mail, and a phone. */
export function widthOf(look: Look): number {
  return look === "phone" ? 375 : 680;
}

/** Beside the page's own policy and the sandbox: nothing is fetched, unless pictures are asked for. */
function policyOf(withPictures: boolean): string {
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:${withPictures ? " https:" : ""}; form-action 'none'`;
}

/** What mail programs do in the dark with a mail that says nothing of it: its colours the other way round. */
const TURNED = "html{background:#fff;filter:invert(1) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}";
const HEAD = /<head[^>]*>/i;

/** The page of a mail: its HTML, with our rules before everything else of it. */
export function mailDocument(html: string, look: Look, withPictures: boolean): string {
  const isTurned = look === "dark" && !/prefers-color-scheme/i.test(html);
  const ours = [
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(withPictures)}">`,
    '<meta name="referrer" content="no-referrer">',
    ...(isTurned ? [`<style>${TURNED}</style>`] : []),
  ].join("");
  const head = HEAD.exec(html);
  if (!head) return `<!doctype html><html><head><meta charset="utf-8">${ours}</head><body>${html}</body></html>`;
  const at = head.index + head[0].length;
  return html.slice(0, at) + ours + html.slice(at);
}
