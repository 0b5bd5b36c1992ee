import { type Language, useSurroundings } from "@/lib/bridge";
import { say, type Values } from "@/lib/texts";
import { snippetComments } from "./code-texts/messages";
import type { EventDetails, FieldType } from "./event-form";
import { SAMPLES, type SentValue } from "./values";

/** Code that fires one event and runs as it stands, once the key in it is a real one. */

export const SNIPPETS = ["curl", "javascript", "graphql", "python"] as const;
export type Snippet = (typeof SNIPPETS)[number];

/** To be replaced by whoever copies the code. ASCII, since it stands in a header. */
export const STOREFRONT_KEY = "sce_pk_YOUR_KEY";
export const SERVER_KEY = "sce_sk_YOUR_KEY";
const EMAIL = "anna@example.com";
/** Characters of a line of comments. */
const COMMENT_WIDTH = 60;
const BASE = "/plugins/global/custom-events";

export type EventToFire = Pick<EventDetails, "number" | "name" | "slug" | "public" | "dataFields">;

/** `publicUrl`: the shop's address as browsers reach it, without a slash at the end. */
export function snippet(kind: Snippet, event: EventToFire, publicUrl: string, language: Language): string {
  const comment = (key: keyof (typeof snippetComments)["en"], values?: Values) =>
    say(snippetComments, language, key, values);
  switch (kind) {
    case "curl":
      return curl(event, publicUrl);
    case "javascript":
      return event.public ? browser(event, publicUrl, comment) : node(event, publicUrl, comment);
    case "graphql":
      return graphql(event, publicUrl, comment);
    case "python":
      return python(event, publicUrl, comment);
  }
}

export function useSnippet(): (kind: Snippet, event: EventToFire, publicUrl: string) => string {
  const { language } = useSurroundings();
  return (kind, event, publicUrl) => snippet(kind, event, publicUrl, language);
}

type Comment = (key: keyof (typeof snippetComments)["en"], values?: Values) => string;

function curl(event: EventToFire, publicUrl: string): string {
  const body = JSON.stringify(bodyOf(event), undefined, 2).replaceAll("'", "'\\''");
  return `curl -X POST '${publicUrl}${BASE}/fire' \\
  -H 'Authorization: Bearer ${SERVER_KEY}' \\
  -H 'Content-Type: application/json' \\
  -d '${body}'
`;
}

function bodyOf(event: EventToFire): Readonly<Record<string, unknown>> {
  const fields = event.dataFields.map(({ name, type }) => [name, SAMPLES[type]] as const);
  // Not Object.fromEntries' target by assignment: a field may be called `__proto__`.
  const dataFields = fields.length ? { dataFields: Object.fromEntries(fields) } : {};
  return { customEventId: event.number, customerEmail: EMAIL, ...dataFields };
}

function browser(event: EventToFire, publicUrl: string, comment: Comment): string {
  const said = (["browserKey", "browserCustomer", "browserConsent"] as const).map((key) =>
    commentLines("//", comment(key)),
  );
  return `${said.join("")}import { createClient } from "${publicUrl}${BASE}/client.js";

const client = createClient({
  url: "${publicUrl}${BASE}/",
  key: "${STOREFRONT_KEY}",
});
await client.fire(
  ${event.number}, // ${onOneLine(event.name)}
  ${jsObject(event, "  ")},
  { customerEmail: "${EMAIL}" },
);
`;
}

function node(event: EventToFire, publicUrl: string, comment: Comment): string {
  return `${commentLines("//", comment("serverOnly"))}const response = await fetch("${publicUrl}${BASE}/fire", {
  method: "POST",
  headers: {
    Authorization: "Bearer ${SERVER_KEY}",
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    customEventId: ${event.number}, // ${onOneLine(event.name)}
    customerEmail: "${EMAIL}",
${jsFields(event)}    idempotencyKey: crypto.randomUUID(), // ${comment("idempotency")}
  }),
  signal: AbortSignal.timeout(10_000),
});
if (!response.ok) throw new Error(await response.text());
`;
}

function jsFields(event: EventToFire): string {
  return event.dataFields.length ? `    dataFields: ${jsObject(event, "    ")},\n` : "";
}

/** The data fields as an object; `indent` is what its own line begins with. */
function jsObject(event: EventToFire, indent: string): string {
  const lines = event.dataFields.map(({ name, type }) => `${indent}  ${jsKey(name)}: ${jsValue(SAMPLES[type])},\n`);
  return lines.length ? `{\n${lines.join("")}${indent}}` : "{}";
}

function jsKey(name: string): string {
  // As a plain key it would set the object's prototype, and be sent nowhere.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function jsValue(value: SentValue): string {
  if (typeof value !== "object") return JSON.stringify(value);
  return `{ amount: ${JSON.stringify(value.amount)}, currency: ${JSON.stringify(value.currency)} }`;
}

function graphql(event: EventToFire, publicUrl: string, comment: Comment): string {
  return `# POST ${publicUrl}${BASE}/graphql/
# Authorization: Bearer ${SERVER_KEY}
${commentLines("#", comment("graphqlToken"))}mutation {
  customEventFire(
    input: {
      customEventId: ${event.number} # ${onOneLine(event.name)}
      customerEmail: "${EMAIL}"
${graphqlFields(event)}    }
  ) {
    occurrenceId
    invocations {
      scenarioName
      outcome
      reason
    }
    errors {
      field
      code
      message
    }
  }
}
`;
}

function graphqlFields(event: EventToFire): string {
  if (!event.dataFields.length) return "";
  // A name that GraphQL cannot write as a key goes into the list form, which `fire` takes as well.
  if (event.dataFields.some(({ name }) => !/^[A-Za-z_]\w*$/.test(name))) {
    const items = event.dataFields.map(
      ({ name, type }) =>
        `        { name: ${JSON.stringify(name)}, type: ${JSON.stringify(TYPE_NAMES[type])}, value: ${jsValue(SAMPLES[type])} }\n`,
    );
    return `      dataFields: [\n${items.join("")}      ]\n`;
  }
  const lines = event.dataFields.map(({ name, type }) => `        ${name}: ${jsValue(SAMPLES[type])}\n`);
  return `      dataFields: {\n${lines.join("")}      }\n`;
}

/** As the list form names the types. */
const TYPE_NAMES: Readonly<Record<FieldType, string>> = {
  STRING: "String",
  TEXT: "Text",
  NUMBER: "Number",
  MONEY: "Money",
  DATE: "Date",
  DATETIME: "DateTime",
  BOOLEAN: "Boolean",
  URL: "URL",
  VARIANT: "Variant",
  PRODUCT: "Product",
  CHECKOUT: "Checkout",
  ORDER: "Order",
};

function python(event: EventToFire, publicUrl: string, comment: Comment): string {
  return `import uuid

import requests

response = requests.post(
    "${publicUrl}${BASE}/fire",
    headers={"Authorization": "Bearer ${SERVER_KEY}"},
    json={
        "customEventId": ${event.number},  # ${onOneLine(event.name)}
        "customerEmail": "${EMAIL}",
${pythonFields(event)}        "idempotencyKey": str(uuid.uuid4()),  # ${comment("idempotency")}
    },
    timeout=10,
)
response.raise_for_status()
print(response.json())
`;
}

function pythonFields(event: EventToFire): string {
  if (!event.dataFields.length) return "";
  const lines = event.dataFields.map(
    ({ name, type }) => `            ${JSON.stringify(name)}: ${pythonValue(SAMPLES[type])},\n`,
  );
  return `        "dataFields": {\n${lines.join("")}        },\n`;
}

function pythonValue(value: SentValue): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  return `{"amount": ${JSON.stringify(value.amount)}, "currency": ${JSON.stringify(value.currency)}}`;
}

/** A sentence above the code, in lines that are read without scrolling. */
function commentLines(mark: "//" | "#", text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > COMMENT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${mark} ${line}\n`).join("");
}

/** A name as a comment: nothing in it may end the line. */
function onOneLine(name: string): string {
  return name.replace(/[\s\p{C}\u2028\u2029]+/gu, " ").trim();
}
