import type { Findable } from "./finder";

/** Letters without case and marks: `ł` and `Ł` are found by `l`. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[łŁ]/g, "l").toLowerCase();
}

/** Those in which every word of the text stands, in their order. */
export function found<Item extends Findable>(items: readonly Item[], text: string): readonly Item[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const all = folded([item.label, item.hint, item.sample, item.group, item.key].filter(Boolean).join(" "));
    return words.every((word) => all.includes(word));
  });
}

/** The same under their heads, each with its place among all. */
export function headed<Item extends Findable>(
  items: readonly Item[],
): readonly { readonly group: string; readonly items: readonly { readonly item: Item; readonly index: number }[] }[] {
  const heads = new Map<string, { item: Item; index: number }[]>();
  items.forEach((item, index) => {
    const group = item.group ?? "";
    heads.set(group, [...(heads.get(group) ?? []), { item, index }]);
  });
  return [...heads].map(([group, together]) => ({ group, items: together }));
}
