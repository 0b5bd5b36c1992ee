import { fireInput, type TestDraft } from "./test-event";

const quiz = {
  number: 7,
  dataFields: [
    { name: "size", type: "STRING", required: true, privacy: "STORE" },
    { name: "score", type: "NUMBER", required: false, privacy: "STORE" },
    { name: "total", type: "MONEY", required: false, privacy: "STORE" },
  ],
} as const;
const event = { ...quiz, dataFields: [...quiz.dataFields] };
const draft = (change: Partial<TestDraft> = {}): TestDraft => ({
  email: "anna@example.com",
  dryRun: false,
  typed: {},
  ...change,
});

test("where nothing was typed the samples are sent", () => {
  expect(fireInput(event, draft())).toEqual({
    customEventId: 7,
    customerEmail: "anna@example.com",
    dataFields: { size: "example", score: "82.5", total: { amount: "199.90", currency: "PLN" } },
    dryRun: false,
  });
});

test("what was typed is sent, and what was emptied is left out", () => {
  const typed = { size: { text: "M", currency: "" }, score: { text: "", currency: "" } };
  const input = fireInput(event, draft({ typed, email: " ben@example.com ", dryRun: true }));
  expect(input).toMatchObject({ customerEmail: "ben@example.com", dryRun: true });
  expect(input.dataFields).toEqual({ size: "M", total: { amount: "199.90", currency: "PLN" } });
});

test("a field may be called as an object's own members are", () => {
  const awkward = {
    number: 7,
    dataFields: [{ name: "constructor", type: "STRING" as const, required: true, privacy: "STORE" as const }],
  };
  expect(JSON.stringify(fireInput(awkward, draft()).dataFields)).toBe('{"constructor":"example"}');
});
