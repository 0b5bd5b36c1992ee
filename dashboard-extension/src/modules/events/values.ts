import type { FieldType } from "./event-form";

/** Values of data fields: samples, and what somebody types for a test event. */

export type SentValue = string | number | boolean | { readonly amount: string; readonly currency: string };

/** A value as `fire` takes it, of each type. The same every time: code that is shown does not change by itself. */
export const SAMPLES: Readonly<Record<FieldType, SentValue>> = {
  STRING: "example",
  TEXT: "A longer text, of more than one sentence.",
  NUMBER: 82.5,
  MONEY: { amount: "199.90", currency: "PLN" },
  DATE: "2026-01-31",
  DATETIME: "2026-01-31T12:00:00+01:00",
  BOOLEAN: true,
  URL: "https://example.com/size-quiz",
  // Global IDs, as Saleor's API gives them: ProductVariant:1, Product:1, and one that belongs to nobody.
  VARIANT: "UHJvZHVjdFZhcmlhbnQ6MQ==",
  PRODUCT: "UHJvZHVjdDox",
  CHECKOUT: "Q2hlY2tvdXQ6MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx",
  ORDER: "T3JkZXI6MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx",
};

/** What stands in the inputs of one data field. */
export interface TypedValue {
  readonly text: string;
  /** Of an amount. */
  readonly currency: string;
}

/** What the inputs of a test event are filled with. */
export function typedSample(type: FieldType): TypedValue {
  if (type === "MONEY") return { text: "199.90", currency: "PLN" };
  if (type === "DATETIME") return { text: "2026-01-31T12:00", currency: "" };
  return { text: String(SAMPLES[type]), currency: "" };
}

/** The value to send; undefined where nothing was typed: the field is left out. */
export function sentValue(type: FieldType, typed: TypedValue): SentValue | undefined {
  const text = typed.text.trim();
  if (!text) return undefined;
  switch (type) {
    case "NUMBER":
      // As a text: a declared number is read from it with every decimal that was typed.
      return withPoint(text);
    case "MONEY":
      return { amount: withPoint(text), currency: typed.currency.trim() };
    case "BOOLEAN":
      return text === "true";
    case "DATETIME":
      return withOffset(text);
    case "STRING":
    case "TEXT":
      return typed.text;
    default:
      return text;
  }
}

/** Polish writes 199,90. */
function withPoint(text: string): string {
  return text.replace(/^(-?\d+),(\d+)$/, "$1.$2");
}

/** `2026-01-31T12:00` of the browser's zone, with its offset then: `2026-01-31T12:00:00+01:00`. */
export function withOffset(local: string): string {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return local;
  const minutes = -at.getTimezoneOffset();
  const two = (n: number) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const seconds = local.length === 16 ? ":00" : "";
  return `${local}${seconds}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
