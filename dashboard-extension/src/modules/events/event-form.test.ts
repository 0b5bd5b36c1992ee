import {
  addedField,
  changedField,
  createInput,
  draftOf,
  type EventDetails,
  type EventDraft,
  isChanged,
  movedField,
  NEW_EVENT,
  problemsOf,
  removedField,
  updateInput,
} from "./event-form";

const quiz: EventDetails = {
  id: "Q3VzdG9tRXZlbnQ6Nw==",
  number: 7,
  name: "Size quiz",
  slug: "size-quiz",
  slugFixed: false,
  description: "",
  logging: true,
  public: false,
  dataFields: [
    { name: "size", type: "STRING", required: true, privacy: "STORE" },
    { name: "score", type: "NUMBER", required: false, privacy: "STORE" },
  ],
  violations: "WARN",
  happenings: [],
  archivedAt: null,
  createdAt: "2026-11-24T10:00:00+00:00",
  createdBy: "anna@example.com",
};
const named = (name: string): EventDraft => ({ ...NEW_EVENT, name });
const names = (draft: EventDraft) => draft.fields.map((field) => field.name);

test("a new event logs, and its slug is left to the server until one is typed", () => {
  expect(createInput(named("Size quiz"))).toEqual({
    name: "Size quiz",
    description: "",
    logging: true,
    public: false,
    dataFields: [],
    violations: "OFF",
  });
  expect(createInput({ ...named("Size quiz"), slug: "quiz", number: " 77 " })).toMatchObject({
    slug: "quiz",
    number: 77,
  });
});

test("of an event that there is, only what was changed is sent", () => {
  const before = draftOf(quiz);
  expect(updateInput(before, before)).toEqual({});
  expect(updateInput({ ...before, logging: false, slug: "quiz" }, before)).toEqual({ logging: false, slug: "quiz" });
  expect(updateInput(movedField(before, 1, -1), before)).toEqual({
    dataFields: [
      { name: "score", type: "NUMBER", required: false, privacy: "STORE" },
      { name: "size", type: "STRING", required: true, privacy: "STORE" },
    ],
  });
});

test("a slug that was emptied is sent as empty, so that the server says what is wrong", () => {
  const before = draftOf(quiz);
  expect(updateInput({ ...before, slug: "" }, before)).toEqual({ slug: "" });
});

test("a change that is taken back is none", () => {
  const before = draftOf(quiz);
  const changed = addedField(before);
  expect(isChanged(changed, before)).toBe(true);
  expect(isChanged(removedField(changed, 2), before)).toBe(false);
  expect(isChanged(movedField(movedField(before, 0, 1), 0, -1), before)).toBe(false);
});

test("rows are moved by one place, and stay where there is no further", () => {
  const before = draftOf(quiz);
  expect(names(movedField(before, 0, 1))).toEqual(["score", "size"]);
  expect(names(movedField(before, 0, -1))).toEqual(["size", "score"]);
  expect(names(movedField(before, 1, 1))).toEqual(["size", "score"]);
});

test("a row keeps its own key when others are removed and added", () => {
  const draft = addedField(removedField(draftOf(quiz), 0));
  expect(draft.fields.map((field) => field.key)).toEqual([1, 2]);
  expect(names(changedField(draft, 2, { name: "colour" }))).toEqual(["score", "colour"]);
});

test.each<[string, EventDraft, string[]]>([
  ["no name", named("  "), ["name REQUIRED"]],
  ["an ID that is none", { ...named("x"), number: "7a" }, ["number INVALID"]],
  ["ID 0", { ...named("x"), number: "0" }, ["number INVALID"]],
  ["an ID that is too large", { ...named("x"), number: "1000000001" }, ["number INVALID"]],
  ["a row without a name", addedField(named("x")), ["dataFields[0].name REQUIRED"]],
  [
    "two rows of one name",
    changedField(addedField(draftOf(quiz)), 2, { name: " size " }),
    ["dataFields[2].name UNIQUE"],
  ],
  ["nothing wrong", { ...draftOf(quiz), number: "1000000000" }, []],
])("%s is seen before anything is sent", (_, draft, wanted) => {
  expect(problemsOf(draft).map((problem) => `${problem.field} ${problem.code}`)).toEqual(wanted);
});

test("what names something of the store is kept as it is", () => {
  const masked = changedField(draftOf(quiz), 0, { privacy: "MASK" });
  expect(createInput(masked).dataFields?.[0]).toMatchObject({ name: "size", privacy: "MASK" });
  expect(changedField(masked, 0, { type: "ORDER" }).fields[0]).toMatchObject({ type: "ORDER", privacy: "STORE" });
});
