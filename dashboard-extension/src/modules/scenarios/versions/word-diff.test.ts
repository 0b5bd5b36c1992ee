import { describe, expect, it } from "vitest";
import { type Piece, shortened, wordDiff } from "@/modules/scenarios/versions/word-diff";

/** `Hello [-dear-] Anna`: what is one's own stands in brackets. */
function shown(pieces: readonly Piece[]): string {
  return pieces.map(({ text, isOwn }) => (isOwn ? `[${text}]` : text)).join("");
}

function both(before: string, after: string): readonly string[] {
  const found = wordDiff(before, after);
  return [shown(found.before), shown(found.after)];
}

describe("the difference of two texts", () => {
  it("marks words and not letters", () => {
    expect(both("Your size is M", "Your size is XL")).toEqual(["Your size is [M]", "Your size is [XL]"]);
    expect(both("Dziękujemy za zakupy", "Dziękujemy za zamówienie")).toEqual([
      "Dziękujemy za [zakupy]",
      "Dziękujemy za [zamówienie]",
    ]);
  });

  it("marks what was added in the second and what was taken away in the first", () => {
    expect(both("Hello Anna", "Hello dear Anna")).toEqual(["Hello Anna", "Hello [dear ]Anna"]);
    expect(both("Hello dear Anna", "Hello Anna")).toEqual(["Hello [dear ]Anna", "Hello Anna"]);
  });

  it("joins the blanks between words that differ", () => {
    expect(both("buy now today", "come back soon")).toEqual(["[buy now today]", "[come back soon]"]);
  });

  it("finds nothing in what is the same, and everything in what was empty", () => {
    expect(both("the same", "the same")).toEqual(["the same", "the same"]);
    expect(both("", "all new")).toEqual(["", "[all new]"]);
    expect(both("all gone", "")).toEqual(["[all gone]", ""]);
  });

  it("gives both texts back, whatever they are", () => {
    const texts = ["a b c d", "d c b a", "x\n\ny {{ dataFields.size }}", "", "<p>Hi</p>\n<p>there</p>", "a  b c"];
    for (const one of texts)
      for (const other of texts) {
        const found = wordDiff(one, other);
        expect(found.before.map(({ text }) => text).join("")).toBe(one);
        expect(found.after.map(({ text }) => text).join("")).toBe(other);
      }
  });

  it("compares lines where there are too many words", () => {
    const lines = Array.from({ length: 400 }, (_, at) => `line ${at} is here for everybody to read`);
    const mixed = [...lines.slice(200), ...lines.slice(0, 200)];
    const found = wordDiff(lines.join("\n"), mixed.join("\n"));
    expect(found.before.map(({ text }) => text).join("")).toBe(lines.join("\n"));
    expect(found.before.filter(({ isOwn }) => isOwn).length).toBeLessThan(5);
  });

  it("marks all of what is too long for that as well", () => {
    const long = (word: string) => Array.from({ length: 2_000 }, (_, at) => `${word}${at}\n`).join("");
    expect(wordDiff(long("a"), long("b")).after).toEqual([{ text: long("b"), isOwn: true }]);
  });

  it("leaves out what both have where there is much of it", () => {
    const long = "same ".repeat(100);
    const { after } = wordDiff(`${long}old ${long}`, `${long}new ${long}`);
    const short = shown(shortened(after));
    expect(short).toContain("[new]");
    expect(short.length).toBeLessThan(200);
    expect(short.startsWith("…")).toBe(true);
    expect(short.endsWith("…")).toBe(true);
    expect(shown(shortened(wordDiff("a b", "a c").after))).toBe("a [c]");
  });
});
