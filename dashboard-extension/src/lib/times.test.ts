import { exactTime, relativeTime, zoneName } from "@/lib/times";

const AT = "2026-01-02T03:04:05.678Z";

test("an exact time is to the second and names its zone", () => {
  for (const locale of ["en", "pl"]) {
    const text = exactTime(AT, locale);
    expect(text).toMatch(/:04:05/);
    expect(text).toContain(zoneName(locale, new Date(AT)));
  }
});

test("a relative time takes the largest unit that fits, in the reader's language", () => {
  const now = Date.parse(AT);
  const ago = (seconds: number, locale = "en") =>
    relativeTime(new Date(now - seconds * 1000).toISOString(), locale, now);
  expect([ago(0), ago(59), ago(60), ago(7_300), ago(90_000), ago(-3_600)]).toEqual([
    "now",
    "59 seconds ago",
    "1 minute ago",
    "2 hours ago",
    "yesterday",
    "in 1 hour",
  ]);
  expect([ago(120, "pl"), ago(300, "pl")]).toEqual(["2 minuty temu", "5 minut temu"]);
});
