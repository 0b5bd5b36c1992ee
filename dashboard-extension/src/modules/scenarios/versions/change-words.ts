import type { Language } from "@/lib/bridge";
import { say as inLanguage, type Say } from "@/lib/texts";
import type { Port } from "@/modules/scenarios/arrows";
import { branchesOf, isMembers, type Json, type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { waitText } from "@/modules/scenarios/durations";
import type { ActionForm } from "@/modules/scenarios/editor/editor-context";
import { exitTexts } from "@/modules/scenarios/editor/exit-texts/messages";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { writtenValue } from "@/modules/scenarios/operands";
import {
  branchTitle,
  choiceText,
  conditionText,
  type EventName,
  kindText,
  operandText,
  stepTitle,
  WEEKDAYS,
  weekdayText,
} from "@/modules/scenarios/summary";
import type { Read } from "@/modules/scenarios/versions/aligned";
import { versionTexts } from "@/modules/scenarios/versions/messages";

/** What words for a definition's members are made of. */
export interface Words {
  readonly language: Language;
  readonly actions: readonly ActionForm[];
  readonly eventName: EventName;
}

export type PartKind = "start" | "step" | "exit";

/** A step, start point or exit rule as it stands in one of the two versions. */
export interface Whole {
  readonly kind: PartKind;
  readonly members: Members;
  readonly read: Read;
}

type Of<Texts extends { readonly en: object }> = Say<keyof Texts["en"] & string>;

function texts(language: Language) {
  return {
    ofVersions: ((key, values) => inLanguage(versionTexts, language, key, values)) as Of<typeof versionTexts>,
    ofForms: ((key, values) => inLanguage(formTexts, language, key, values)) as Of<typeof formTexts>,
    ofEditor: ((key, values) => inLanguage(editorTexts, language, key, values)) as Of<typeof editorTexts>,
    ofExits: ((key, values) => inLanguage(exitTexts, language, key, values)) as Of<typeof exitTexts>,
  };
}

const OF_FORMS: Readonly<Record<string, keyof (typeof formTexts)["en"]>> = {
  label: "stepName",
  action: "action",
  duration: "duration",
  date: "date",
  offset: "offset",
  past: "past",
  time: "clock",
  weekdays: "weekdays",
  zone: "zone",
  timeout: "timeout",
  name: "variableName",
  value: "variableValue",
  text: "comment",
};
const OF_EDITOR: Readonly<Record<string, keyof (typeof editorTexts)["en"]>> = {
  filter: "filter",
  customerFilter: "customerFilter",
  reentry: "reentry",
  period: "period",
  flow: "flow",
  "flow.type": "flow",
  "flow.quiet": "quiet",
  "flow.atMost": "atMost",
  "flow.count": "flowCount",
  "flow.per": "per",
  "flow.key": "flowKey",
  allowUnverified: "allowUnverified",
};
const BRANCH = /^branches\[(\d+)\](?:\.(when|next|label|weight))?$/;
const BRANCH_LABELS = {
  when: "branchWhen",
  label: "branchName",
  weight: "branchWeight",
} as const;

/** How the member at `place` is called where it is edited: `Subject`, `How long`, `Condition of branch 2`. */
export function memberLabel(whole: Whole, place: string, words: Words): string {
  const { ofVersions, ofForms, ofEditor, ofExits } = texts(words.language);
  const { kind, members } = whole;
  const [, at, member] = BRANCH.exec(place) ?? [];
  if (at !== undefined) {
    const number = Number(at) + 1;
    if (member === "next") return ofVersions("wayOf", { way: wayTitle(whole, Number(at), words) });
    return ofVersions(member ? BRANCH_LABELS[member as keyof typeof BRANCH_LABELS] : "branch", { number });
  }
  if (place === "next") return ofVersions("goesOn");
  if (isWay(place)) return ofVersions("wayOf", { way: wayTitle(whole, place, words) });
  if (place === "event") return ofVersions("event");
  if (place === "type") return kind === "exit" ? ofExits("endsWhen") : ofVersions("kind");
  if (place.startsWith("config.")) return settingLabel(members, place.slice("config.".length), words);
  const inForm = kind === "step" ? OF_FORMS[place] : undefined;
  if (inForm) return ofForms(inForm);
  const inEditor = OF_EDITOR[place];
  return inEditor ? ofEditor(inEditor) : place;
}

function isWay(place: string): place is Exclude<Port, number> {
  return ["next", "otherwise", "happened", "timedOut"].includes(place);
}

function wayTitle({ members }: Whole, way: Port, { language }: Words): string {
  return branchTitle(members as Step, way, language);
}

function settingOf(members: Members, path: string, { actions }: Words) {
  const settings = actions.find(({ name }) => name === members.action)?.settings ?? [];
  return settings.find(({ name }) => path === name || path.startsWith(`${name}.`));
}

/** A setting by its label; of one that has entries with the entry's name: `Entries: quiz_result`. */
function settingLabel(members: Members, path: string, words: Words): string {
  const setting = settingOf(members, path, words);
  if (!setting) return path;
  const entry = path.slice(setting.name.length + 1);
  return entry ? `${setting.label[words.language]}: ${entry}` : setting.label[words.language];
}

/** The value of the member at `place` in words; what is left out as what it means then. */
export function memberText(whole: Whole, place: string, value: Json | undefined, words: Words): string {
  const { ofVersions } = texts(words.language);
  const [, at, member] = BRANCH.exec(place) ?? [];
  if (at !== undefined && member === undefined) return branchText(whole, value, words);
  if (isWay(place) || member === "next") return targetText(whole.read, value, words);
  if (member === "when" || place === "filter" || place === "customerFilter")
    return filterText(whole, place, value, words);
  if (place === "event") return eventText(value, words);
  if (place.startsWith("config.")) return settingText(whole.members, place.slice("config.".length), value, words);
  if (place === "type") return typeText(whole, value, words);
  const known =
    whole.kind === "start" ? startText(place, value, words) : whole.kind === "step" && stepText(place, value, words);
  if (typeof known === "string") return known;
  return plainText(value, ofVersions);
}

function plainText(value: Json | undefined, say: Of<typeof versionTexts>): string {
  if (value === undefined || value === null || value === "") return say("notSet");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ") || say("notSet");
  return JSON.stringify(value, null, 1);
}

/** Where a way leads: the step by its number and title on that side's page. */
export function targetText({ flow, numbers }: Read, target: Json | undefined, words: Words): string {
  const { ofVersions } = texts(words.language);
  if (typeof target !== "string") return ofVersions("ends");
  const step = flow.steps.find(({ id }) => id === target);
  if (!step) return ofVersions("lost");
  return ofVersions("toStep", {
    number: numbers.get(target) ?? 0,
    title: stepTitle(step, words.language, words.actions),
  });
}

function branchText(whole: Whole, branch: Json | undefined, words: Words): string {
  const { ofVersions } = texts(words.language);
  if (!isMembers(branch)) return ofVersions("absent");
  const at = branchesOf(whole.members as Step).indexOf(branch);
  const condition = at < 0 ? conditionText(branch.when, words.language) : wayTitle(whole, at, words);
  return ofVersions("leadsTo", { condition, target: targetText(whole.read, branch.next, words) });
}

function filterText({ kind, members }: Whole, place: string, value: Json | undefined, words: Words): string {
  const { ofVersions } = texts(words.language);
  if (isMembers(value) && Object.keys(value).length) return conditionText(value, words.language);
  if (place === "customerFilter") return ofVersions("everybody");
  const isOfEvent = kind !== "step" || members.type === "waitForEvent";
  return isOfEvent ? ofVersions("everyOccurrence") : conditionText(value, words.language);
}

function eventText(value: Json | undefined, { language, eventName }: Words): string {
  const { ofVersions } = texts(language);
  if (typeof value !== "number") return ofVersions("noEvent");
  return eventName(value) ?? ofVersions("eventNumber", { number: value });
}

function settingText(members: Members, path: string, value: Json | undefined, words: Words): string {
  const { ofVersions } = texts(words.language);
  const setting = settingOf(members, path, words);
  if (setting?.input === "EVENT") return eventText(value, words);
  if (setting?.input === "DURATION" && typeof value === "string" && value) return waitText(value, words.language);
  if (isMembers(value))
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${plainText(one, ofVersions)}`)
      .join("\n");
  return choiceText(setting, value, words.language) ?? plainText(value, ofVersions);
}

function typeText({ kind, members }: Whole, value: Json | undefined, words: Words): string {
  const { ofExits, ofVersions } = texts(words.language);
  if (kind === "exit" && (value === "event" || value === "orderPlaced" || value === "consentWithdrawn"))
    return ofExits(value);
  if (kind === "step" && value === members.type) return kindText(members as Step, words.language, words.actions);
  return plainText(value, ofVersions);
}

const MODES = ["every", "once", "oncePerPeriod", "notWhileRunning", "restart"] as const;
const FLOWS = ["debounce", "throttle", "rateLimit", "oneAtATime"] as const;
const FIELD = "dataFields.";

function startText(place: string, value: Json | undefined, words: Words): string | undefined {
  const { ofEditor, ofVersions } = texts(words.language);
  if (place === "reentry") return ofEditor(MODES.find((mode) => mode === value) ?? "every");
  if (place === "allowUnverified") return ofVersions(value === true ? "yes" : "no");
  if (["period", "flow.quiet", "flow.atMost", "flow.per"].includes(place))
    return typeof value === "string" ? waitText(value, words.language) : ofVersions("notSet");
  if (place === "flow.type") return ofEditor(FLOWS.find((kind) => kind === value) ?? "flowNone");
  if (place === "flow.key") return keyText(value, ofEditor);
  if (place !== "flow") return undefined;
  if (!isMembers(value)) return ofEditor("flowNone");
  const members = Object.entries(value).filter(([name]) => name !== "type");
  return [
    startText("flow.type", value.type, words),
    ...members.map(([name, one]) => {
      const label = memberLabel({ kind: "start", members: {}, read: NOTHING }, `flow.${name}`, words);
      return `${label}: ${startText(`flow.${name}`, one, words) ?? plainText(one, ofVersions)}`;
    }),
  ].join("; ");
}

const NOTHING: Read = { flow: { starts: [], steps: [] }, numbers: new Map() };

function keyText(key: Json | undefined, say: Of<typeof editorTexts>): string {
  if (key === "customer") return say("keyCustomer");
  const name = textOf(key);
  return name.startsWith(FIELD) ? `${say("keyField")}: ${name.slice(FIELD.length)}` : name || say("keyAll");
}

function stepText(place: string, value: Json | undefined, words: Words): string | undefined {
  const { language } = words;
  const { ofVersions, ofForms } = texts(language);
  switch (place) {
    case "duration":
    case "timeout":
      return waitText(value, language);
    case "action":
      return kindText({ id: "", type: "action", action: value }, language, words.actions);
    case "date":
      return typeof value === "string" ? operandText(value, language) : writtenValue(value) || ofVersions("notSet");
    case "offset":
      return offsetText(value, language);
    case "past":
      return ofForms(value === "exit" ? "pastExit" : "pastContinue");
    case "weekdays":
      return weekdaysText(value, language);
    case "zone":
      if (isMembers(value)) return operandText(textOf(value.from), language);
      return textOf(value) || ofVersions("shopZone");
    default:
      return undefined;
  }
}

function offsetText(value: Json | undefined, language: Language): string {
  const { ofVersions } = texts(language);
  const offset = textOf(value);
  if (!offset) return ofVersions("onDate");
  const time = waitText(offset.replace("-", ""), language);
  return ofVersions(offset.startsWith("-") ? "timeBefore" : "timeAfter", { time });
}

function weekdaysText(value: Json | undefined, language: Language): string {
  const days = Array.isArray(value) ? value.map(String) : [];
  if (!days.length || days.length === WEEKDAYS.length) return texts(language).ofVersions("everyDay");
  return days.map((day) => weekdayText(day, language)).join(", ");
}

/** Whether two values are texts that somebody wrote, whose words are compared. */
export function isWritten(whole: Whole, place: string, words: Words): boolean {
  if (/\.when$/.test(place) || place === "filter" || place === "customerFilter") return true;
  if (["label", "name", "value", "text"].includes(place) || place.endsWith(".label")) return true;
  if (!place.startsWith("config.")) return false;
  const setting = settingOf(whole.members, place.slice("config.".length), words);
  return Boolean(setting?.isTemplate) || !setting;
}
