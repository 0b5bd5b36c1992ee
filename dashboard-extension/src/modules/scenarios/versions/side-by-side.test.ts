import { describe, expect, it } from "vitest";
import type { Words } from "@/modules/scenarios/versions/change-words";
import { changesOf, changesText } from "@/modules/scenarios/versions/changes-text";
import { deedChanges } from "@/modules/scenarios/versions/deed-changes";
import { type Difference, type Row, sideBySide } from "@/modules/scenarios/versions/side-by-side";
import { versionMarks } from "@/modules/scenarios/versions/version-marks";

const ACTIONS = [
  {
    name: "send_email",
    label: { en: "Send e-mail", pl: "Wyślij e-mail" },
    settings: [
      setting("subject", "Subject", "Temat", { isTemplate: true }),
      setting("layout", "Layout", "Układ", {
        choices: [
          { value: "code", label: { en: "With a code", pl: "Z kodem" } },
          { value: "plain", label: { en: "Plain", pl: "Prosty" } },
        ],
      }),
      setting("marketing", "Marketing", "Marketing", {}),
    ],
  },
  {
    name: "set_customer_metadata",
    label: { en: "Set metadata", pl: "Zapisz metadane" },
    settings: [setting("entries", "Entries", "Wpisy", { isTemplate: true, input: "TEMPLATE_MAP" })],
  },
  {
    name: "fire_event",
    label: { en: "Fire another event", pl: "Wyślij inne zdarzenie" },
    settings: [setting("event", "Event", "Zdarzenie", { input: "EVENT" })],
  },
] as unknown as Words["actions"];

function setting(name: string, en: string, pl: string, more: object) {
  return { name, label: { en, pl }, required: false, input: "TEXT", choices: [], isTemplate: false, ...more };
}

const EVENTS: Record<number, string> = { 7: "Quiz done", 8: "Order placed" };
const words = (language: "en" | "pl" = "en"): Words => ({
  language,
  actions: ACTIONS,
  eventName: (number) => EVENTS[number],
});
const START = { id: "start", type: "customEvent", event: 7 };
const END = { id: "end", type: "exit" };
const mail = (config: object, next: string | null = "end") => ({
  id: "mail",
  type: "action",
  action: "send_email",
  config,
  next,
});

type Parts = Difference["steps"];
const NONE: Difference = {
  before: 1,
  after: 2,
  isEmpty: false,
  definitionBefore: { starts: [START], steps: [] },
  definitionAfter: { starts: [START], steps: [] },
  members: [],
  starts: [],
  steps: [],
  exits: [],
};

function part(id: string, told: Parts[number]["told"], before: unknown, after: unknown, members: unknown = []) {
  return { id, told, moved: false, before, after, members } as Parts[number];
}

function member(place: string, before: unknown, after: unknown, follows = false) {
  return { place, before, after, follows };
}

/** `label: before → after` of every line. */
function lines(row: Row | undefined): readonly string[] {
  return (row?.lines ?? []).map(({ label, before, after }) => `${label}: ${before ?? "-"} → ${after ?? "-"}`);
}

function ofStep(step: object, members: readonly unknown[], language: "en" | "pl" = "en"): readonly string[] {
  const changed = { ...NONE, steps: [part("s", "CHANGED", step, step, members)] };
  return lines(sideBySide(changed, words(language)).steps.at(-1));
}

function ofStart(start: object, members: readonly unknown[], language: "en" | "pl" = "en"): readonly string[] {
  const changed = { ...NONE, starts: [part("start", "CHANGED", start, start, members)] };
  return lines(sideBySide(changed, words(language)).starts[0]);
}

describe("what differs, in words", () => {
  it("calls settings as their form does, and choices by their labels", () => {
    const step = { ...mail({}), id: "s" };
    const members = [
      member("config.subject", "Hi", "Hello"),
      member("config.layout", "code", "plain"),
      member("config.marketing", null, true),
    ];
    expect(ofStep(step, members)).toEqual([
      "Subject: Hi → Hello",
      "Layout: With a code → Plain",
      "Marketing: not set → Yes",
    ]);
    expect(ofStep(step, members, "pl")).toEqual([
      "Temat: Hi → Hello",
      "Układ: Z kodem → Prosty",
      "Marketing: nie ustawiono → Tak",
    ]);
  });

  it("names the entry of a setting that has several, and an event by its name", () => {
    const metadata = { id: "s", type: "action", action: "set_customer_metadata" };
    expect(ofStep(metadata, [member("config.entries.quiz.size", null, "M")])).toEqual([
      "Entries: quiz.size: not set → M",
    ]);
    const fire = { id: "s", type: "action", action: "fire_event" };
    expect(ofStep(fire, [member("config.event", 7, 99)])).toEqual(["Event: Quiz done → event 99"]);
  });

  it("tells times in words", () => {
    const step = { id: "s", type: "wait" };
    expect(ofStep(step, [member("duration", "PT1H", "P2D")])).toEqual(["How long: 1 hour → 2 days"]);
    expect(ofStep(step, [member("duration", "PT1H", "P2D")], "pl")).toEqual(["Jak długo: 1 godzina → 2 dni"]);
    const until = { id: "s", type: "waitUntil" };
    expect(
      ofStep(until, [member("date", "dataFields.day", { date: "2026-01-02" }), member("offset", null, "-P1D")]),
    ).toEqual(["Date: day → 2026-01-02", "When: on that date → 1 day before"]);
    const clock = { id: "s", type: "waitForTime" };
    expect(
      ofStep(clock, [member("weekdays", null, ["mon", "fri"]), member("zone", null, { from: "dataFields.zone" })]),
    ).toEqual(["On these days: every day → Monday, Friday", "Time zone: the shop's → zone"]);
  });

  it("tells conditions as sentences, and where a way leads by the step", () => {
    const score = { left: "dataFields.score", operator: "greaterThan", right: 5 };
    const old = { id: "look", type: "condition", branches: [{ when: score, next: "mail" }], otherwise: null };
    const now = {
      ...old,
      branches: [
        { when: { ...score, right: 9 }, next: "mail" },
        { when: score, next: "end" },
      ],
      otherwise: "mail",
    };
    const difference: Difference = {
      ...NONE,
      definitionBefore: { starts: [START], steps: [old, mail({}), END] },
      definitionAfter: { starts: [START], steps: [now, mail({}), END] },
      steps: [
        part("look", "CHANGED", old, now, [
          member("branches[0].when", score, { ...score, right: 9 }),
          member("branches[1]", null, now.branches[1]),
          member("otherwise", null, "mail"),
        ]),
      ],
    };
    expect(lines(sideBySide(difference, words()).steps[0])).toEqual([
      "Condition of branch 1: score is more than 5 → score is more than 9",
      "Branch 2: Not there → score is more than 5 → step 3: Exit",
      "What comes after “Otherwise”: ends here → step 2: Send e-mail",
    ]);
  });

  it("tells how often and how many enter, and what is left out as what it means", () => {
    const start = { ...START };
    expect(
      ofStart(start, [
        member("event", 7, 8),
        member("reentry", null, "oncePerPeriod"),
        member("period", null, "P7D"),
        member("filter", { left: "dataFields.score", operator: "isSet" }, null),
        member("customerFilter", null, { left: "customer.exists", operator: "equals", right: true }),
        member("allowUnverified", null, true),
      ]),
    ).toEqual([
      "Event: Quiz done → Order placed",
      "How often a customer may enter: Every time → Once per period",
      "Period: not set → 7 days",
      "Filter: score has a value → every occurrence",
      "Customer filter: for everybody → customer has an account",
      "Also for unverified addresses: No → Yes",
    ]);
    const flow = { type: "debounce", quiet: "PT10M", atMost: "PT1H", key: "customer" };
    expect(ofStart(start, [member("flow", null, flow)])).toEqual([
      "How many begin: All, at once → Only the last of several in a row; Quiet for: 10 minutes; " +
        "At the latest after: 1 hour; Counted separately for: Each customer",
    ]);
    expect(ofStart(start, [member("flow.key", null, "dataFields.size")])).toEqual([
      "Counted separately for: The whole scenario → Each value of a data field: size",
    ]);
  });

  it("leaves out what only follows from other steps", () => {
    const step = { id: "s", type: "wait" };
    expect(ofStep(step, [member("next", "end", "new", true), member("duration", "PT1H", "PT2H")])).toEqual([
      "How long: 1 hour → 2 hours",
    ]);
  });

  it("shows all that a part says that came or went", () => {
    const difference: Difference = {
      ...NONE,
      definitionAfter: { starts: [START], steps: [mail({ subject: "Hi", text: "" }), END] },
      steps: [part("mail", "ADDED", null, mail({ subject: "Hi", text: "" })), part("end", "ADDED", null, END)],
    };
    const [added, end] = sideBySide(difference, words()).steps;
    expect(added).toMatchObject({ told: "ADDED", before: undefined, after: { number: 1, title: "Send e-mail" } });
    expect(lines(added)).toEqual(["Subject: - → Hi"]);
    expect(end?.lines).toEqual([]);
  });

  it("keeps what this release does not know readable", () => {
    const step = { id: "s", type: "teleport" };
    expect(ofStep(step, [member("speed", { warp: 1 }, 9)])).toEqual(['speed: {\n "warp": 1\n} → 9']);
  });

  it("shows exit rules by what they say", () => {
    const rule = { type: "event", event: 8, filter: null };
    const filter = { left: "dataFields.total", operator: "isSet" };
    const difference: Difference = {
      ...NONE,
      definitionBefore: { starts: [START], steps: [], exits: [rule] },
      definitionAfter: { starts: [START], steps: [], exits: [{ type: "orderPlaced" }, { ...rule, filter }] },
      exits: [
        part("orderPlaced", "ADDED", null, { type: "orderPlaced" }),
        part("event:8", "CHANGED", rule, { ...rule, filter }, [member("filter", null, filter)]),
      ],
    };
    const { exits } = sideBySide(difference, words());
    expect(exits.map(({ told, after }) => [told, after?.title])).toEqual([
      ["ADDED", "An order is placed"],
      ["CHANGED", "Order placed: total has a value"],
    ]);
    expect(lines(exits[1])).toEqual(["Filter: every occurrence → total has a value"]);
  });
});

describe("how much differs", () => {
  const counts = { added: 0, changed: 0, moved: 0, removed: 0, starts: 0, exits: 0 };

  it("is a sentence in both languages", () => {
    expect(changesText({ ...counts, added: 2, changed: 1 }, "en")).toBe("2 steps added, 1 changed");
    expect(changesText({ ...counts, added: 2, changed: 1 }, "pl")).toBe("dodano 2 kroki, zmieniono 1");
    expect(changesText({ ...counts, removed: 5, starts: 1, exits: 2 }, "en")).toBe(
      "5 steps removed, 1 start point differs, 2 exit rules differ",
    );
    expect(changesText({ ...counts, removed: 5, starts: 1, exits: 5 }, "pl")).toBe(
      "usunięto 5 kroków, różni się 1 punkt startowy, różni się 5 reguł wyjścia",
    );
    expect(changesText(counts, "en")).toBe("");
  });

  it("does not count what only follows from others", () => {
    const steps = [part("a", "ADDED", null, END), part("b", null, END, END), part("c", "MOVED", END, END)];
    expect(changesOf({ ...NONE, steps })).toEqual({ ...counts, added: 1, moved: 1 });
  });

  it("is told of a save by the ids that the history keeps", () => {
    const changes = [
      { kind: "CHANGED", id: "start" },
      { kind: "ADDED", id: "start2" },
      { kind: "ADDED", id: "s4" },
      { kind: "REMOVED", id: "event:9" },
      { kind: "ADDED", id: "orderPlaced" },
    ] as const;
    expect(deedChanges(changes)).toEqual({ ...counts, added: 1, starts: 2, exits: 2 });
  });
});

it("marks what a version changed on its own parts", () => {
  const steps = [part("a", "ADDED", null, END), part("b", "REMOVED", END, null), part("c", null, END, END)];
  const starts = [part("start", "CHANGED", START, START)];
  const { parts, dims } = versionMarks({ ...NONE, steps, starts }, "pl");
  expect([...parts].map(([id, mark]) => [id, mark.hue, mark.badges[0]?.text])).toEqual([
    ["start", "warning", "Zmieniono"],
    ["a", "success", "Dodano"],
  ]);
  expect(dims).toBe(false);
});
