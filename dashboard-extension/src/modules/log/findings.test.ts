import { readFileSync } from "node:fs";
import type { Finding } from "./findings";
import { tell } from "./findings";
import { findings } from "./why-texts/messages";

const finding = (values: Partial<Finding>): Finding => ({ code: "NO_OCCURRENCE", message: "In English.", ...values });
const toldInPolish = (values: Partial<Finding>) => tell(finding(values), "pl", "pl");

test("counts and names stand in the sentence", () => {
  expect(toldInPolish({ code: "REFUSED", count: 5, reason: "INVALID_KEY" })).toEqual({
    sentence: "W tych dniach odrzucono 5 wysłań tego zdarzenia (od kogokolwiek).",
    because: "Klucz jest nieznany lub unieważniony.",
    code: "INVALID_KEY",
    hue: "error",
  });
  expect(tell(finding({ code: "SCENARIO_PAUSED", scenarioName: "Welcome" }), "en", "en").sentence).toBe(
    "Scenario “Welcome” is paused.",
  );
});

test("an invocation says how it went and why", () => {
  const told = tell(
    finding({ code: "INVOCATION_SKIPPED", reason: "SKIPPED_REENTRY", scenarioName: "Welcome" }),
    "en",
    "en",
  );
  expect(told.sentence).toBe("Scenario “Welcome” did not start.");
  expect(told.because).toBe("The scenario's re-entry rule kept this customer out.");
});

test("one sentence is enough where nobody listened", () => {
  expect(toldInPolish({ code: "NO_SCENARIO", reason: "SKIPPED_NO_SCENARIO" }).because).toBeUndefined();
});

test("a code of a later release is told in the API's words", () => {
  expect(toldInPolish({ code: "NEWER_THAN_THIS" })).toEqual({
    sentence: "In English.",
    code: "NEWER_THAN_THIS",
    hue: "neutral",
  });
});

test("every code that the backend gives has its sentence", () => {
  const explain = readFileSync("../saleor_custom_events/log/explain.py", "utf8");
  const given = [...explain.matchAll(/(?:code=|code, message = |scenario, |else \()"([A-Z_]+)"/g)].map(
    (found) => found[1] ?? "",
  );
  expect(given.length).toBeGreaterThan(8);
  for (const code of given) expect(Object.keys(findings.en)).toContain(code);
});

test("every code has a sentence without gaps in both languages", () => {
  for (const code of Object.keys(findings.en))
    for (const language of ["en", "pl"] as const) {
      const { sentence } = tell(finding({ code, count: 2, scenarioName: "Welcome", version: 3 }), language, language);
      expect(sentence).not.toMatch(/[{}]|In English/);
    }
});
