import { execFileSync } from "node:child_process";
import { type DocumentNode, parse, valueFromASTUntyped } from "graphql";
import { createClient } from "../../../client/src/client";
import { FIELD_TYPES } from "./event-form";
import { type EventToFire, SERVER_KEY, type Snippet, STOREFRONT_KEY, snippet } from "./snippets";
import { SAMPLES } from "./values";

/** What no function can have inside. */
const IMPORT = 'import { createClient } from "https://shop.example/plugins/global/custom-events/client.js";\n';
const SHOP = "https://shop.example";
const FIRE = `${SHOP}/plugins/global/custom-events/fire`;

const event = (change: Partial<EventToFire> = {}): EventToFire => ({
  number: 7,
  name: "Size quiz",
  slug: "size-quiz",
  public: false,
  dataFields: [],
  ...change,
});
const declaring = (...names: string[]): EventToFire =>
  event({
    dataFields: names.map((name, i) => ({
      name,
      type: FIELD_TYPES[i % FIELD_TYPES.length] ?? "STRING",
      required: true,
      privacy: "STORE",
    })),
  });
const ALL_TYPES = declaring(...FIELD_TYPES.map((type) => type.toLowerCase()));
/** Names that break a quoting that is not careful; each is a name that an event may declare. */
const AWKWARD = declaring(
  `it's`,
  `say "hi"`,
  "back\\slash",
  "$HOME `id` $(id)",
  "zażółć 日本 🙂",
  "__proto__",
  "constructor",
  "a b",
  "{x}",
  "#no",
  "1st",
);

const fieldsOf = (fired: EventToFire) =>
  Object.fromEntries(fired.dataFields.map(({ name, type }) => [name, SAMPLES[type]] as const));

interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Run the code for cURL in a shell whose `curl` prints what it is called with. */
function called(code: string): Call {
  const script = `curl() { printf '%s\\0' "$@"; }\n${code}`;
  const given = execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0");
  const after = (flag: string) => given.flatMap((one, i) => (given[i - 1] === flag ? [one] : []));
  return {
    url: given.find((one) => one.startsWith("http")) ?? "",
    headers: Object.fromEntries(after("-H").map((line) => line.split(": ", 2) as [string, string])),
    body: JSON.parse(after("-d")[0] ?? ""),
  };
}

/** Run JavaScript with a `fetch` that keeps what it is called with, and with the client that the store serves. */
async function fetched(code: string): Promise<Call & { readonly options: Record<string, unknown> }> {
  const calls: [string, Record<string, unknown>][] = [];
  const fetch = async (url: string, options: Record<string, unknown>) => {
    calls.push([url, options]);
    return new Response('{"occurrenceId": "0190"}', { status: 202 });
  };
  vi.stubGlobal("fetch", fetch);
  const Run = Object.getPrototypeOf(async () => undefined).constructor as FunctionConstructor;
  await new Run("createClient", code.replace(IMPORT, ""))(createClient);
  vi.unstubAllGlobals();
  const [url, options] = calls[0] ?? ["", {}];
  return { url, options, headers: options.headers as Call["headers"], body: JSON.parse(String(options.body)) };
}

/** Run Python with a `requests` that prints what it is called with. */
function requested(code: string): Call {
  const program = `
import json, sys, types
class Answer:
    def raise_for_status(self): pass
    def json(self): return ""
def post(url, headers, json, timeout):
    calls.append(dict(url=url, headers=headers, body=json))
    return Answer()
calls = []
sys.modules["requests"] = types.SimpleNamespace(post=post)
exec(compile(sys.stdin.read(), "snippet", "exec"), {})
print(json.dumps(calls[0]))
`;
  const printed = execFileSync("python3", ["-c", program], {
    input: code,
    encoding: "utf8",
    env: { ...process.env, PYTHONUTF8: "1" },
  });
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

/** Read the input that stands in the mutation. */
function asked(code: string): Record<string, unknown> {
  const document: DocumentNode = parse(code);
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("no operation");
  const [field] = operation.selectionSet.selections;
  if (field?.kind !== "Field" || field.name.value !== "customEventFire") throw new Error("another field");
  const input = field.arguments?.find((argument) => argument.name.value === "input");
  if (!input) throw new Error("no input");
  // valueFromASTUntyped makes objects without a prototype.
  return JSON.parse(JSON.stringify(valueFromASTUntyped(input.value)));
}

const wanted = (fired: EventToFire) => ({
  customEventId: 7,
  customerEmail: "anna@example.com",
  ...(fired.dataFields.length ? { dataFields: fieldsOf(fired) } : {}),
});

describe.each([
  ["no data fields", event()],
  ["a data field of each type", ALL_TYPES],
  ["names that are hard to quote", AWKWARD],
])("%s", (_, fired) => {
  test("cURL sends what the event declares", () => {
    const call = called(snippet("curl", fired, SHOP, "en"));
    expect(call.url).toBe(FIRE);
    expect(call.headers).toEqual({ Authorization: `Bearer ${SERVER_KEY}`, "Content-Type": "application/json" });
    expect(call.body).toEqual(wanted(fired));
  });

  test("Python sends what the event declares", () => {
    const call = requested(snippet("python", fired, SHOP, "pl"));
    expect(call.url).toBe(FIRE);
    expect(call.headers).toEqual({ Authorization: `Bearer ${SERVER_KEY}` });
    expect(call.body).toEqual({ ...wanted(fired), idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test("JavaScript of a server sends what the event declares", async () => {
    const call = await fetched(snippet("javascript", fired, SHOP, "en"));
    expect(call.url).toBe(FIRE);
    expect(call.headers).toMatchObject({ Authorization: `Bearer ${SERVER_KEY}` });
    expect(call.body).toEqual({ ...wanted(fired), idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test("JavaScript of a browser sends what the event declares, with a storefront key", async () => {
    const code = snippet("javascript", { ...fired, public: true }, SHOP, "pl");
    expect(code).toContain(IMPORT);
    const call = await fetched(code);
    expect(call.url).toBe(FIRE);
    expect(call.headers).toEqual({ Authorization: `Bearer ${STOREFRONT_KEY}`, "Content-Type": "application/json" });
    expect(call.options.keepalive).toBe(true);
    expect(call.body).toEqual({
      ...wanted(fired),
      dataFields: fieldsOf(fired),
      url: window.location.href,
      occurredAt: expect.any(String),
      idempotencyKey: expect.any(String),
      anonymousId: expect.any(String),
    });
  });

  test("GraphQL asks for what the event declares", () => {
    const input = asked(snippet("graphql", fired, SHOP, "en"));
    const { dataFields, ...rest } = input;
    expect(rest).toEqual({ customEventId: 7, customerEmail: "anna@example.com" });
    if (!Array.isArray(dataFields)) expect(dataFields ?? {}).toEqual(fieldsOf(fired));
    else expect(Object.fromEntries(dataFields.map((one) => [one.name, one.value]))).toEqual(fieldsOf(fired));
  });
});

test("where a name is none of GraphQL's, every field is written in the list form with its type", () => {
  const { dataFields } = asked(snippet("graphql", declaring("size", "the score"), SHOP, "en"));
  expect(dataFields).toEqual([
    { name: "size", type: "String", value: "example" },
    { name: "the score", type: "Text", value: SAMPLES.TEXT },
  ]);
});

test("a name cannot get out of the comment it stands in", async () => {
  const fired = event({ name: "Quiz\nimport os\u2028alert(1) */ \u0000" });
  expect(called(snippet("curl", fired, SHOP, "en")).body).toEqual(wanted(fired));
  expect(requested(snippet("python", fired, SHOP, "en")).body).toMatchObject(wanted(fired));
  expect((await fetched(snippet("javascript", fired, SHOP, "en"))).body).toMatchObject(wanted(fired));
  expect(asked(snippet("graphql", fired, SHOP, "en"))).toEqual(wanted(fired));
});

test.each<Snippet>(["curl", "javascript", "graphql", "python"])("keys in %s can stand in a header", (kind) => {
  const code = snippet(kind, event({ public: kind === "javascript" }), SHOP, "pl");
  expect(code).toMatch(/(Bearer |key: ")sce_[ps]k_[A-Z_]+"?/);
});

test("a server's key is never in code for a browser", () => {
  expect(snippet("javascript", event({ public: true }), SHOP, "en")).not.toContain("sce_sk_");
});

test.each<Snippet>(["javascript", "graphql"])("comments above the code in %s are read without scrolling", (kind) => {
  for (const language of ["en", "pl"] as const) {
    const code = snippet(kind, event({ public: true }), SHOP, language);
    const comments = code.split("\n").filter((line) => /^(\/\/|#) /.test(line) && !line.includes("http"));
    expect(comments.length).toBeGreaterThan(0);
    for (const line of comments) expect(line.length).toBeLessThan(75);
  }
});
