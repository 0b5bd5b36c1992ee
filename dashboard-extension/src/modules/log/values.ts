import type { CustomEventFieldTypeEnum } from "@/graphql/generated";
import { exactTime } from "@/lib/times";

export interface Shown {
  readonly text: string;
  /** Where it leads; web addresses only. */
  readonly href?: string;
  /** Lines are kept. */
  readonly isLong?: boolean;
}

interface Words {
  readonly yes: string;
  readonly no: string;
}

/** A data field's value as its type is read. What does not look like its type is shown as it is. */
export function shownValue(type: CustomEventFieldTypeEnum, value: unknown, locale: string, words: Words): Shown {
  if (type === "MONEY" && isMoney(value)) return { text: money(value, locale) };
  if (type === "BOOLEAN" && typeof value === "boolean") return { text: value ? words.yes : words.no };
  if (typeof value !== "string") return { text: plain(value, words) };
  switch (type) {
    case "NUMBER":
      return { text: number(value, locale) };
    case "DATE":
      return { text: day(value, locale) };
    case "DATETIME":
      return { text: Number.isNaN(Date.parse(value)) ? value : exactTime(value, locale) };
    case "URL":
      return webAddress(value) ? { text: value, href: value } : { text: value };
    default:
      return { text: value, isLong: value.includes("\n") || value.length > 80 };
  }
}

/** Any JSON value in one line, for comparisons and results. */
export function plain(value: unknown, words: Words, locale = "en"): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, words, locale)).join(", ");
  if (isMoney(value)) return money(value, locale);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Only http(s) may be followed: an event can bring any text. */
export function webAddress(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

interface Money {
  readonly amount: string;
  readonly currency: string;
}

function isMoney(value: unknown): value is Money {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function money({ amount, currency }: Money, locale: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 20 });
    return isDecimal(amount) ? format.format(amount) : `${amount} ${currency}`;
  } catch {
    // A currency of nobody's.
    return `${amount} ${currency}`;
  }
}

/** All digits that were sent, with the reader's separators. */
function number(text: string, locale: string): string {
  return isDecimal(text) ? new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(text) : text;
}

function isDecimal(text: string): text is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function day(text: string, locale: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(at);
}
