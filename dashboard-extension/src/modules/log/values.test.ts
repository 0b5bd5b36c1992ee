import { plain, shownValue, webAddress } from "./values";

const words = { yes: "Yes", no: "No" };
const polish = { yes: "Tak", no: "Nie" };

test.each([
  ["NUMBER", "1234.50", "1,234.5"],
  ["NUMBER", "12345678901234567890.12", "12,345,678,901,234,567,890.12"],
  ["NUMBER", "many", "many"],
  ["MONEY", { amount: "199.90", currency: "PLN" }, "PLN\u00a0199.90"],
  ["MONEY", { amount: "5", currency: "not one" }, "5 not one"],
  ["DATE", "2026-01-02", "Jan 2, 2026"],
  ["DATE", "soon", "soon"],
  ["BOOLEAN", true, "Yes"],
  ["BOOLEAN", false, "No"],
  ["STRING", "M", "M"],
] as const)("%s %s is read as %s", (type, value, text) => {
  expect(shownValue(type, value, "en", words).text).toBe(text);
});

test("amounts and truths are written as Polish writes them", () => {
  expect(shownValue("MONEY", { amount: "199.90", currency: "PLN" }, "pl", polish).text).toBe("199,90\u00a0zł");
  expect(shownValue("BOOLEAN", true, "pl", polish).text).toBe("Tak");
});

test("a moment is shown to the second with its zone", () => {
  expect(shownValue("DATETIME", "2026-11-24T10:15:02+00:00", "en", words).text).toMatch(/24, 2026.*:15:02.*/);
});

test("only web addresses can be followed", () => {
  expect(shownValue("URL", "https://shop.example/quiz", "en", words).href).toBe("https://shop.example/quiz");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "/quiz", "ftp://shop.example"]) {
    expect(shownValue("URL", text, "en", words)).toEqual({ text });
    expect(webAddress(text)).toBe(false);
  }
});

test("a text with lines keeps them", () => {
  expect(shownValue("TEXT", "one\ntwo", "en", words)).toEqual({ text: "one\ntwo", isLong: true });
});

test("any value can be said in one line", () => {
  expect(plain(null, words)).toBe("–");
  expect(plain(["a", true], words)).toBe("a, Yes");
  expect(plain({ a: 1 }, words)).toBe('{"a":1}');
});
