import { isMembers, type Json, type Members, textOf } from "@/modules/scenarios/definition";
import {
  fitting,
  isOperator,
  kindOf,
  type Operator,
  operatorsOf,
  typeOfValue,
  UNARY,
  type ValueType,
  valueFrom,
  valueTypesOf,
} from "@/modules/scenarios/operands";

/** A condition as the builder shows it: a group of comparisons and groups. What goes deeper, or has `not`, is shown as it is. */
export type Join = "all" | "any";

export const NEW_COMPARISON: Members = { left: "", operator: "equals", right: "" };
/** Groups within groups that the builder edits; docs/definition.md allows ten. */
export const DEEPEST = 2;

export function isComparison(condition: Json | undefined): condition is Members {
  return isMembers(condition) && "left" in condition;
}

export function joinOf(condition: Json | undefined): Join | undefined {
  if (!isMembers(condition) || Object.keys(condition).length !== 1) return undefined;
  return Array.isArray(condition.all) ? "all" : Array.isArray(condition.any) ? "any" : undefined;
}

function isEmpty(condition: Json): boolean {
  return isMembers(condition) && Object.keys(condition).length === 0;
}

/** A condition's parts; one comparison is a group of one. Undefined for what the builder does not edit. */
export function partsOf(
  condition: Json | undefined,
): { readonly join: Join; readonly parts: readonly Json[] } | undefined {
  if (isComparison(condition)) return { join: "all", parts: [condition] };
  if (condition === undefined || condition === null || isEmpty(condition)) return { join: "all", parts: [] };
  const join = joinOf(condition);
  return join && isMembers(condition) ? { join, parts: condition[join] as readonly Json[] } : undefined;
}

/** The condition that these parts make. One comparison alone stands without a group. */
export function madeOf(join: Join, parts: readonly Json[]): Json {
  const [only] = parts;
  return parts.length === 1 && join === "all" && isComparison(only) ? only : { [join]: parts };
}

export function withPart(condition: Json | undefined, index: number, part: Json): Json {
  const found = partsOf(condition);
  if (!found) return condition ?? null;
  return isComparison(condition) ? part : { [found.join]: found.parts.map((one, at) => (at === index ? part : one)) };
}

export function withMore(condition: Json | undefined, part: Json): Json {
  const found = partsOf(condition);
  return found ? madeOf(found.join, [...found.parts, part]) : part;
}

export function without(condition: Json | undefined, index: number): Json {
  const found = partsOf(condition);
  if (!found) return condition ?? null;
  return madeOf(
    found.join,
    found.parts.filter((_, at) => at !== index),
  );
}

export function joinedBy(condition: Json | undefined, join: Join): Json {
  return { [join]: partsOf(condition)?.parts ?? [] };
}

/** The place of a part below the condition's own: `all[2]`; a comparison that stands alone is the condition itself. */
export function placeOfPart(condition: Json | undefined, index: number): string {
  const found = partsOf(condition);
  return !found || isComparison(condition) ? "" : `.${found.join}[${index}]`;
}

/** The comparison with another left side; operator and value stay where they still make sense. */
export function withLeft(comparison: Members, left: string, declared?: string): Members {
  const types = valueTypesOf(kindOf(left), declared);
  const operators = operatorsOf(kindOf(left), types);
  const kept =
    isOperator(comparison.operator) && operators.includes(comparison.operator) ? comparison.operator : operators[0];
  return withOperator({ ...comparison, left }, kept ?? "equals", declared);
}

/** The comparison with another operator; the value takes a form that goes with it. */
export function withOperator(comparison: Members, operator: Operator, declared?: string): Members {
  const { right, ...rest } = comparison;
  if (UNARY.includes(operator)) return { ...rest, operator };
  const types = fitting(operator, valueTypesOf(kindOf(textOf(comparison.left)), declared));
  const listed = Array.isArray(right) ? right : undefined;
  if (operator === "oneOf")
    return { ...rest, operator, right: listed ?? (right === undefined || right === "" ? [] : [right]) };
  const one = listed ? listed[0] : right;
  const type = typeOfValue(one);
  const fits = type !== undefined && types.includes(type) && !(type === "text" && types[0] !== "text" && one === "");
  return { ...rest, operator, right: fits ? (one as Json) : emptyValue(types[0] ?? "text") };
}

export function emptyValue(type: ValueType): Json {
  if (type === "boolean") return true;
  return valueFrom(type, type === "duration" ? "P7D" : "");
}
