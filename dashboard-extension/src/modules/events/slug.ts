/** Characters that do not come apart into a letter and its mark; what the server's unidecode makes of them. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: "l",
  Ł: "L",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ħ: "h",
  Ħ: "H",
  ı: "i",
  "€": "EUR",
  "–": "-",
  "—": "-",
};
const LONGEST = 100;

/**
 * What the server will most likely make of an event's name: a preview for those who type, in Latin letters. Other
 * scripts come out empty, and a slug that is taken gets a number; the server decides.
 */
export function slugPreview(name: string): string {
  return [...name]
    .map((character) => LETTERS[character] ?? character)
    .join("")
    .normalize("NFKD")
    .replace(/[^\p{ASCII}]/gu, "")
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/[-\s]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "")
    .slice(0, LONGEST)
    .replace(/^[-_]+|[-_]+$/g, "");
}
