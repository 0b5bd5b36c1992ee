import { type Members, textOf } from "@/modules/scenarios/definition";

/** What stands behind the left side of a comparison (`scenarios/operands.py: Kind`). */
export type Kind = "text" | "number" | "money" | "boolean" | "time" | "texts" | "any" | "untyped";

export const OCCURRENCE: Readonly<Record<string, Kind>> = {
  channel: "text",
  url: "text",
  identity: "text",
  email: "text",
  occurredAt: "time",
  registeredAt: "time",
  isVerified: "boolean",
};

export const CUSTOMER: Readonly<Record<string, Kind>> = {
  exists: "boolean",
  email: "text",
  firstName: "text",
  lastName: "text",
  isActive: "boolean",
  languageCode: "text",
  externalReference: "text",
  joinedAt: "time",
  groups: "texts",
};

/** What the store has of the customer when a step is come to (`scenarios/operands.py`); filters do not see it. */
export const ORDERS: Readonly<Record<string, Kind>> = {
  count: "number",
  total: "money",
  lastAt: "time",
  countSinceEvent: "number",
  hasOrderedSinceEvent: "boolean",
};

export const CHECKOUT: Readonly<Record<string, Kind>> = { isOpen: "boolean", changedAt: "time" };

const ITEM: Readonly<Record<string, string>> = {
  name: "STRING",
  price: "MONEY",
  currency: "STRING",
  inStock: "BOOLEAN",
  slug: "STRING",
};

/** What the store has of what a data field names, with the type it is compared as (`scenarios/references.py: MEMBERS`). */
export const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  VARIANT: { ...ITEM, productName: "STRING", sku: "STRING" },
  PRODUCT: ITEM,
  CHECKOUT: {
    total: "MONEY",
    currency: "STRING",
    quantity: "NUMBER",
    email: "STRING",
    changedAt: "DATETIME",
    isOpen: "BOOLEAN",
  },
  ORDER: {
    number: "STRING",
    status: "STRING",
    total: "MONEY",
    paid: "MONEY",
    isPaid: "BOOLEAN",
    currency: "STRING",
    quantity: "NUMBER",
    email: "STRING",
    placedAt: "DATETIME",
  },
};

interface Declared {
  readonly name: string;
  readonly type: string | undefined;
}

/** The type of a data field that is declared (`dataFields.score`), or of what it names in the store has (`dataFields.cart.total`). */
export function typeOfField(left: string, fields: readonly Declared[]): string | undefined {
  const operand = operandOf(left);
  if (operand.source !== "dataFields") return undefined;
  const whole = fields.find(({ name }) => name === operand.name);
  if (whole) return whole.type;
  const dot = operand.name.lastIndexOf(".");
  const named = fields.find(({ name }) => name === operand.name.slice(0, Math.max(dot, 0)));
  return MEMBERS[named?.type ?? ""]?.[operand.name.slice(dot + 1)];
}

export type Operand =
  | { readonly source: "dataFields"; readonly name: string }
  | { readonly source: Named; readonly name: string }
  /** Whether the variant or product is in stock that the data field of this name holds. */
  | { readonly source: "stock"; readonly name: string }
  | { readonly source: "metadata"; readonly name: string }
  | { readonly source: "variables"; readonly name: string }
  | { readonly source: "steps"; readonly step: string; readonly name: string }
  | { readonly source: "unknown"; readonly name: string };

const NAMED = { occurrence: OCCURRENCE, customer: CUSTOMER, orders: ORDERS, checkout: CHECKOUT };
type Named = keyof typeof NAMED;

function isNamed(source: string | undefined): source is Named {
  return source !== undefined && Object.hasOwn(NAMED, source);
}

const PREFIXES = {
  stock: "stock.dataFields.",
  dataFields: "dataFields.",
  metadata: "customer.metadata.",
  variables: "variables.",
} as const;

/** Read `dataFields.score`, `customer.metadata.tier`, `steps.s3.status`. What follows the first parts is one name. */
export function operandOf(left: string): Operand {
  for (const [source, prefix] of Object.entries(PREFIXES) as [keyof typeof PREFIXES, string][])
    if (left.startsWith(prefix)) return { source, name: left.slice(prefix.length) };
  const [source, name = "", ...rest] = left.split(".");
  if (isNamed(source) && !rest.length && Object.hasOwn(NAMED[source], name)) return { source, name };
  if (source === "steps" && name && rest.length) return { source, step: name, name: rest.join(".") };
  return { source: "unknown", name: left };
}

export function kindOf(left: string): Kind {
  const operand = operandOf(left);
  if (isNamed(operand.source)) return NAMED[operand.source][operand.name] ?? "any";
  if (operand.source === "stock") return "boolean";
  return ["metadata", "steps", "variables"].includes(operand.source) ? "untyped" : "any";
}

export const OPERATORS = [
  "equals",
  "notEquals",
  "greaterThan",
  "greaterThanOrEqual",
  "lessThan",
  "lessThanOrEqual",
  "contains",
  "notContains",
  "startsWith",
  "endsWith",
  "oneOf",
  "isSet",
  "isNotSet",
  "withinLast",
  "notWithinLast",
  "withinNext",
] as const;
export type Operator = (typeof OPERATORS)[number];

export function isOperator(value: unknown): value is Operator {
  return (OPERATORS as readonly unknown[]).includes(value);
}

const ORDER: readonly Operator[] = ["greaterThan", "greaterThanOrEqual", "lessThan", "lessThanOrEqual"];
const PARTS: readonly Operator[] = ["contains", "notContains", "startsWith", "endsWith"];
/** A date against the moment at which it is asked: the right side is a length of time. */
export const RECENT: readonly Operator[] = ["withinLast", "notWithinLast", "withinNext"];
export const UNARY: readonly Operator[] = ["isSet", "isNotSet"];

/** What a right side is written as, for a field to be shown. */
export type ValueType = "text" | "number" | "money" | "date" | "dateTime" | "boolean" | "duration";

/** The types of value that an operand may be compared with; `declared` is its data field's type, where there is one. */
export function valueTypesOf(kind: Kind, declared?: string): readonly ValueType[] {
  if (kind === "boolean" || kind === "number" || kind === "money") return [kind];
  if (kind === "time") return ["date", "dateTime"];
  if (kind === "text" || kind === "texts") return ["text"];
  switch (declared) {
    case "STRING":
    case "TEXT":
    case "URL":
    case "VARIANT":
    case "PRODUCT":
    case "CHECKOUT":
    case "ORDER":
      return ["text"];
    case "NUMBER":
      return ["number"];
    case "MONEY":
      return ["money"];
    case "DATE":
    case "DATETIME":
      return ["date", "dateTime"];
    case "BOOLEAN":
      return ["boolean"];
    default:
      return ["text", "number", "money", "date", "dateTime", "boolean"];
  }
}

/** The operators that make sense for an operand. */
export function operatorsOf(kind: Kind, types: readonly ValueType[]): readonly Operator[] {
  if (kind === "texts") return ["contains", "notContains", ...UNARY];
  // What orders came to is asked in one currency: it has a value in every one.
  if (kind === "money") return ["equals", "notEquals", ...ORDER];
  const dated = types.includes("date");
  const ordered = types.some((type) => type !== "text" && type !== "boolean");
  const textual = types.includes("text");
  const listed = kind !== "boolean" && kind !== "time" && types.some((type) => type !== "boolean");
  return OPERATORS.filter((operator) => {
    if (ORDER.includes(operator)) return ordered;
    if (PARTS.includes(operator)) return textual;
    if (RECENT.includes(operator)) return dated;
    return operator === "oneOf" ? listed : true;
  });
}

/** The types of value for one operator: parts of texts are texts, an order has no texts. */
export function fitting(operator: Operator, types: readonly ValueType[]): readonly ValueType[] {
  if (RECENT.includes(operator)) return ["duration"];
  if (PARTS.includes(operator)) return types.filter((type) => type === "text");
  if (ORDER.includes(operator)) return types.filter((type) => type !== "text" && type !== "boolean");
  return types;
}

/** How a right side is written: `{"amount", "currency"}` is money. A list: as its first value. */
export function typeOfValue(right: unknown): ValueType | undefined {
  if (Array.isArray(right)) return right.length ? typeOfValue(right[0]) : undefined;
  if (typeof right === "string") return "text";
  if (typeof right === "number") return "number";
  if (typeof right === "boolean") return "boolean";
  if (typeof right !== "object" || right === null) return undefined;
  if ("amount" in right) return "money";
  if ("number" in right) return "number";
  if ("duration" in right) return "duration";
  if ("date" in right) return "date";
  return "dateTime" in right ? "dateTime" : undefined;
}

/** A value as a person writes it: what the field shows. */
export function writtenValue(right: unknown): string {
  if (typeof right === "string") return right;
  if (typeof right === "number" || typeof right === "boolean") return String(right);
  if (typeof right !== "object" || right === null) return "";
  const value = right as Members;
  for (const name of ["number", "date", "dateTime", "duration"]) if (name in value) return String(value[name] ?? "");
  return "amount" in value ? String(value.amount ?? "") : "";
}

export function currencyOf(right: unknown): string {
  return typeof right === "object" && right !== null ? textOf((right as Members).currency) : "";
}

const PLAIN = /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/;

/** The JSON of what was written, as docs/definition.md says. What is half written keeps its characters; the server names it. */
export function valueFrom(type: ValueType, text: string, currency = ""): Members | string | number | boolean {
  switch (type) {
    case "number": {
      // A decimal text where a JSON number would say something else: "0.10", or more digits than a float holds.
      const plain = text.trim().replace(",", ".");
      return PLAIN.test(plain) && String(Number(plain)) === plain ? Number(plain) : { number: plain };
    }
    case "money":
      return { amount: text.trim().replace(",", "."), currency };
    case "date":
      return { date: text };
    case "dateTime":
      return { dateTime: text };
    case "duration":
      return { duration: text };
    case "boolean":
      return text === "true";
    default:
      return text;
  }
}
