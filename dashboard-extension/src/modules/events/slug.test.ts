import { slugPreview } from "./slug";

// The right side is what the server's `slugify(unidecode(name))` gives.
test.each([
  ["Ukończył quiz rozmiarów", "ukonczyl-quiz-rozmiarow"],
  ["Zażółć gęślą jaźń", "zazolc-gesla-jazn"],
  ["ŁÓDŹ – promocja 50%", "lodz-promocja-50"],
  ["Straße & Ærø", "strasse-aero"],
  ["Don’t stop… now", "dont-stop-now"],
  ["a__b -- c", "a__b-c"],
  ["_x_", "x"],
  ["100 €", "100-eur"],
  ["Œuvre đ þ ð ħ ı ł ø ß Ø", "oeuvre-d-th-d-h-i-l-o-ss-o"],
  ["naïve café", "naive-cafe"],
  ["a/b.c,d", "abcd"],
  ["tab\tnew", "tab-new"],
  ["İstanbul ŞĞ", "istanbul-sg"],
  ["a—b", "a-b"],
])("%s becomes %s, as on the server", (name, slug) => {
  expect(slugPreview(name)).toBe(slug);
});

test("a long name is cut where the server cuts it, without a hyphen at the end", () => {
  expect(slugPreview("x".repeat(120))).toBe("x".repeat(100));
  expect(slugPreview("abc ".repeat(40))).toBe("abc-".repeat(25).slice(0, -1));
});

test("a script that is not Latin is left to the server", () => {
  expect(slugPreview("日本")).toBe("");
});
