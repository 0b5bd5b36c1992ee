import type { Language } from "@/lib/bridge";
import { say, type Values } from "@/lib/texts";
import type { Port } from "@/modules/scenarios/arrows";
import { branchesOf, isMembers, type Json, type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { waitText } from "@/modules/scenarios/durations";
import { exitKind } from "@/modules/scenarios/exits";
import {
  joinWords,
  operandWords,
  stepWords,
  textOperators,
  timeOperators,
  untrueWords,
} from "@/modules/scenarios/messages";
import {
  currencyOf,
  isOperator,
  type Operator,
  operandOf,
  RECENT,
  typeOfValue,
  UNARY,
  writtenValue,
} from "@/modules/scenarios/operands";
import { recentText } from "@/modules/scenarios/recent";

export { waitText };

interface Label {
  readonly en: string;
  readonly pl: string;
}

/** What is needed of the API's `customEventActions` to name a step. */
export interface ActionName {
  readonly name: string;
  readonly label: Label;
  readonly settings?: readonly {
    readonly name: string;
    readonly label: Label;
    readonly required: boolean;
    readonly input?: string;
  }[];
}

/** What a value is called that is one of a setting's choices. */
export function choiceText(
  setting: { readonly choices: readonly { readonly value: string; readonly label: Label }[] } | undefined,
  value: unknown,
  language: Language,
): string | undefined {
  return setting?.choices.find((choice) => choice.value === value)?.label[language];
}

/** Characters of a value in a summary. */
const LONGEST = 80;

function word(language: Language, key: keyof (typeof stepWords)["en"], values?: Values): string {
  return say(stepWords, language, key, values);
}

/** A step by its label, or by what it is: `Wait: 1 hour`, `Send e-mail`, `score is more than 50`. */
export function stepTitle(step: Step, language: Language, actions: readonly ActionName[]): string {
  return textOf(step.label).trim() || kindText(step, language, actions);
}

/** What a step is, whatever its label says. */
export function kindText(step: Step, language: Language, actions: readonly ActionName[]): string {
  switch (step.type) {
    case "wait":
      return word(language, "waitFor", { time: waitText(step.duration, language) });
    case "waitUntil":
      return word(language, "waitUntil", { time: dateText(step, language) });
    case "waitForTime":
      return word(language, "waitUntil", { time: clockText(step, language) });
    case "setVariable":
      return word(language, textOf(step.name) ? "setNamed" : "setVariable", { name: textOf(step.name) });
    case "condition":
    case "split":
    case "waitForEvent":
    case "comment":
    case "exit":
      return word(language, step.type);
    case "action":
      return actionText(textOf(step.action), language, actions);
    default:
      return word(language, "unknownStep", { type: step.type });
  }
}

function actionText(name: string, language: Language, actions: readonly ActionName[]): string {
  if (!name) return word(language, "noAction");
  const found = actions.find((action) => action.name === name);
  return found ? found.label[language] : word(language, "unknownAction", { action: name });
}

/** The name of a custom event by its number, where it is known. */
export type EventName = (number: number) => string | undefined;

/** One line more about a step: what an action would send, what a condition asks. Empty where the title says it all. */
export function stepDetail(
  step: Step,
  language: Language,
  actions: readonly ActionName[],
  eventName: EventName = () => undefined,
): string {
  switch (step.type) {
    case "exit":
    case "split":
      return word(language, `${step.type}Detail`);
    case "action":
      return settingText(step, language, actions, eventName);
    case "condition":
      return askedText(step, language);
    case "waitForEvent":
      return awaitedText(step, language, eventName);
    case "waitForTime":
      return zoneText(step.zone, language);
    case "setVariable":
      return shortText(step.value);
    case "comment":
      return textOf(step.text);
    default:
      return "";
  }
}

function askedText(step: Step, language: Language): string {
  const branches = branchesOf(step);
  const [only] = branches;
  if (branches.length === 1 && only) return conditionText(only.when, language);
  return word(language, "conditionDetail", { count: branches.length });
}

/** The first required setting, by its label: `Subject: Your size is {{ dataFields.size }}`. */
function settingText(step: Step, language: Language, actions: readonly ActionName[], eventName: EventName): string {
  const settings = actions.find((action) => action.name === step.action)?.settings ?? [];
  const shown = settings.find((setting) => setting.required) ?? settings[0];
  if (!shown) return "";
  const value = isMembers(step.config) ? step.config[shown.name] : undefined;
  const event = shown.input === "EVENT" && typeof value === "number" ? eventName(value) : undefined;
  return `${shown.label[language]}: ${event ?? (shortText(value) || word(language, "notSetYet"))}`;
}

function shortText(value: Json | undefined): string {
  const text = isMembers(value)
    ? Object.keys(value).join(", ")
    : value === undefined || value === null
      ? ""
      : String(value);
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** `1 day before delivery`; a date alone where nothing is added. */
function dateText(step: Step, language: Language): string {
  const date =
    typeof step.date === "string"
      ? operandText(step.date, language)
      : writtenValue(step.date) || word(language, "noDate");
  const offset = textOf(step.offset);
  if (!offset) return date;
  const isBefore = offset.startsWith("-");
  return word(language, isBefore ? "before" : "after", { time: waitText(offset.replace("-", ""), language), date });
}

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A weekday's name in the reader's language. */
export function weekdayText(day: string, language: Language, style: "long" | "short" = "long"): string {
  const at = (WEEKDAYS as readonly string[]).indexOf(day);
  // The fifth of January 2026 is a Monday.
  const moment = new Date(Date.UTC(2026, 0, 5 + at));
  return at < 0 ? day : new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" }).format(moment);
}

/** `09:00, Mon, Fri`. */
function clockText(step: Step, language: Language): string {
  const days = Array.isArray(step.weekdays) ? step.weekdays : [];
  const named = days.length < WEEKDAYS.length ? days.map((day) => weekdayText(String(day), language, "short")) : [];
  return [textOf(step.time) || "–", ...named].join(", ");
}

function zoneText(zone: Json | undefined, language: Language): string {
  if (isMembers(zone)) return word(language, "zone", { zone: operandText(textOf(zone.from), language) });
  return typeof zone === "string" && zone ? word(language, "zone", { zone }) : "";
}

function awaitedText(step: Step, language: Language, eventName: EventName): string {
  const number = typeof step.event === "number" ? step.event : undefined;
  if (number === undefined) return word(language, "notSetYet");
  const event = eventName(number) ?? word(language, "eventNumber", { number });
  const text = word(language, "awaited", { event, time: waitText(step.timeout, language) });
  return isMembers(step.filter) ? `${text}; ${conditionText(step.filter, language)}` : text;
}

/** An exit rule in words: what happens; of an event its name, and what its filter asks. */
export function exitText(rule: Json, language: Language, eventName: EventName): string {
  const kind = exitKind(rule);
  if (kind === "orderPlaced" || kind === "consentWithdrawn") return word(language, kind);
  const number = isMembers(rule) && typeof rule.event === "number" ? rule.event : undefined;
  if (!isMembers(rule) || number === undefined) return word(language, "notSetYet");
  const event = eventName(number) ?? word(language, "eventNumber", { number });
  return isMembers(rule.filter) ? `${event}: ${conditionText(rule.filter, language)}` : event;
}

/** The share of a way of a split in per cent, of all weights: `33.3%`. */
export function shareText(weights: readonly Json[], at: number, language: Language): string {
  const counted = weights.map((weight) => (typeof weight === "number" && weight > 0 ? weight : 0));
  const all = counted.reduce((sum, weight) => sum + weight, 0);
  const share = all ? (counted[at] ?? 0) / all : 0;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

/** How a way on is named: a branch by its label, its share or what it asks; the others by what they stand for. */
export function branchTitle(step: Step, port: Port, language: Language): string {
  if (port === "happened" || port === "timedOut") return word(language, port);
  if (typeof port !== "number") return word(language, "otherwise");
  const branch = branchesOf(step)[port];
  if (step.type === "split") return shareTitle(step, port, language);
  return (
    textOf(branch?.label).trim() ||
    (branch ? conditionText(branch.when, language) : word(language, "branch", { number: port + 1 }))
  );
}

function shareTitle(step: Step, at: number, language: Language): string {
  const weights = branchesOf(step).map((branch) => branch.weight ?? 0);
  const share = shareText(weights, at, language);
  const label = textOf(branchesOf(step)[at]?.label).trim();
  return label ? `${label} (${share})` : share;
}

/** A condition in words: `score is at least 50 and (channel is pl or customer has an account: yes)`. */
export function conditionText(condition: Json | undefined, language: Language): string {
  if (!isMembers(condition) || Object.keys(condition).length === 0) return word(language, "noCondition");
  return textOfPart(condition, language, false);
}

function textOfPart(condition: Json | undefined, language: Language, inner: boolean): string {
  if (!isMembers(condition)) return word(language, "noCondition");
  if ("left" in condition) return comparisonText(condition, language);
  if ("not" in condition) return `${say(joinWords, language, "not")} (${textOfPart(condition.not, language, false)})`;
  const join = Array.isArray(condition.all) ? "all" : "any";
  const parts = Array.isArray(condition[join]) ? (condition[join] as readonly Json[]) : [];
  if (!parts.length) return word(language, "noCondition");
  const joined = parts
    .map((part) => textOfPart(part, language, parts.length > 1))
    .join(` ${say(joinWords, language, join)} `);
  return inner && parts.length > 1 ? `(${joined})` : joined;
}

function comparisonText(comparison: Members, language: Language): string {
  const { right } = comparison;
  const operand = operandText(textOf(comparison.left), language);
  if (!isOperator(comparison.operator))
    return `${operand} ${textOf(comparison.operator)} ${valueText(right, language)}`.trim();
  if (RECENT.includes(comparison.operator)) return `${operand} ${recentText(comparison.operator, right, language)}`;
  const said = truthText(comparison, language);
  if (said !== undefined) return said;
  const words = operatorText(comparison.operator, right, language);
  return UNARY.includes(comparison.operator)
    ? `${operand} ${words}`
    : `${operand} ${words} ${valueText(right, language)}`;
}

/** What is true or false of itself is said as it is: `customer has no account`, and not `customer has an account is no`. */
function truthText({ left, operator, right }: Members, language: Language): string | undefined {
  if (typeof right !== "boolean" || (operator !== "equals" && operator !== "notEquals")) return undefined;
  const operand = operandOf(textOf(left));
  const isTrue = right === (operator === "equals");
  if (operand.source === "stock") return say(operandWords, language, isTrue ? "stock" : "noStock", operand);
  if (!(textOf(left) in untrueWords.en)) return undefined;
  if (isTrue) return operandText(textOf(left), language);
  return say(untrueWords, language, textOf(left) as keyof (typeof untrueWords)["en"]);
}

/** What a comparison looks at, in words; a data field by its name. */
export function operandText(left: string, language: Language): string {
  const operand = operandOf(left);
  if (operand.source === "dataFields") return operand.name;
  if (operand.source === "metadata") return say(operandWords, language, "metadata", { name: operand.name });
  if (operand.source === "variables") return say(operandWords, language, "variable", { name: operand.name });
  if (operand.source === "steps")
    return say(operandWords, language, "output", { name: operand.name, step: operand.step });
  if (operand.source === "stock") return say(operandWords, language, "stock", { name: operand.name });
  if (operand.source === "unknown") return operand.name || say(operandWords, language, "nothing");
  return say(operandWords, language, `${operand.source}.${operand.name}` as keyof (typeof operandWords)["en"]);
}

/** An operator in words that suit its value: a date is before, a number is less. */
export function operatorText(operator: Operator, right: unknown, language: Language): string {
  const type = typeOfValue(right);
  if ((type === "date" || type === "dateTime") && operator in timeOperators.en)
    return say(timeOperators, language, operator as keyof (typeof timeOperators)["en"]);
  return say(textOperators, language, operator);
}

/** A right side in words: `“M”`, `50`, `199.90 PLN`, `yes`. */
export function valueText(right: unknown, language: Language): string {
  if (Array.isArray(right))
    return right.map((one) => valueText(one, language)).join(", ") || say(joinWords, language, "empty");
  if (typeof right === "boolean") return say(joinWords, language, right ? "yes" : "no");
  const text = writtenValue(right);
  if (!text) return say(joinWords, language, "empty");
  if (typeof right === "string") return language === "pl" ? `„${text}”` : `“${text}”`;
  const currency = currencyOf(right);
  return currency ? `${text} ${currency}` : text;
}
