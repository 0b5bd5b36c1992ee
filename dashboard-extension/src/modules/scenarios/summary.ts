import type { Language } from "@/lib/bridge";
import { say, type Values } from "@/lib/texts";
import { branchesOf, isMembers, type Json, type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { waitText } from "@/modules/scenarios/durations";
import { joinWords, operandWords, stepWords, textOperators, timeOperators } from "@/modules/scenarios/messages";
import {
  currencyOf,
  isOperator,
  type Operator,
  operandOf,
  typeOfValue,
  UNARY,
  writtenValue,
} from "@/modules/scenarios/operands";

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
    case "condition":
      return word(language, "condition");
    case "exit":
      return word(language, "exit");
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
  if (step.type === "exit") return word(language, "exitDetail");
  if (step.type === "action") return settingText(step, language, actions, eventName);
  if (step.type !== "condition") return "";
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

/** How a branch is named: its label, what it asks, or `Otherwise` for the last way out. */
export function branchTitle(step: Step, port: number | "otherwise" | "next", language: Language): string {
  if (typeof port !== "number") return word(language, "otherwise");
  const branch = branchesOf(step)[port];
  return (
    textOf(branch?.label).trim() ||
    (branch ? conditionText(branch.when, language) : word(language, "branch", { number: port + 1 }))
  );
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
  const words = operatorText(comparison.operator, right, language);
  return UNARY.includes(comparison.operator)
    ? `${operand} ${words}`
    : `${operand} ${words} ${valueText(right, language)}`;
}

/** What a comparison looks at, in words; a data field by its name. */
export function operandText(left: string, language: Language): string {
  const operand = operandOf(left);
  if (operand.source === "dataFields") return operand.name;
  if (operand.source === "metadata") return say(operandWords, language, "metadata", { name: operand.name });
  if (operand.source === "steps")
    return say(operandWords, language, "output", { name: operand.name, step: operand.step });
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
