import { FIELD_TYPES } from "./event-form";
import { SAMPLES, sentValue, typedSample, withOffset } from "./values";

const typed = (text: string, currency = "") => ({ text, currency });

test.each(FIELD_TYPES)("the sample of %s comes through the inputs", (type) => {
  const sent = sentValue(type, typedSample(type));
  expect(sent).toBeDefined();
  if (type === "NUMBER") expect(Number(sent)).toBe(SAMPLES.NUMBER);
  else if (type === "DATETIME") expect(sent).toMatch(/^2026-01-31T12:00:00[+-]\d\d:\d\d$/);
  else expect(sent).toEqual(SAMPLES[type]);
});

test("a field that was emptied is left out", () => {
  for (const type of FIELD_TYPES) expect(sentValue(type, typed("  ", "PLN"))).toBeUndefined();
});

test("a number keeps its decimals, whichever comma was typed", () => {
  expect(sentValue("NUMBER", typed("0,10"))).toBe("0.10");
  expect(sentValue("NUMBER", typed("-12345678901234567890.5"))).toBe("-12345678901234567890.5");
  expect(sentValue("MONEY", typed(" 199,90 ", " pln "))).toEqual({ amount: "199.90", currency: "pln" });
});

test("what is no number is sent as it was typed, so that the server names it", () => {
  expect(sentValue("NUMBER", typed("many"))).toBe("many");
});

test("no is a value", () => {
  expect(sentValue("BOOLEAN", typed("false"))).toBe(false);
});

test("a moment is sent with the offset that the browser's zone has then", () => {
  for (const local of ["2026-01-31T12:00", "2026-07-31T12:00:30"]) {
    const sent = withOffset(local);
    expect(sent).toMatch(/^2026-\d\d-31T12:00:[03]0[+-]\d\d:\d\d$/);
    expect(new Date(sent).getTime()).toBe(new Date(local).getTime());
  }
  expect(withOffset("soon")).toBe("soon");
});
