import { ViewerDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";

const bridge = vi.hoisted(() => ({ token: "", waiting: [] as ((token: string) => void)[] }));

// The dashboard around us, which a test is not in.
vi.mock("@/lib/bridge", () => ({
  surroundings: () => ({ token: bridge.token }),
  nextToken: (than: string) =>
    bridge.token && bridge.token !== than
      ? Promise.resolve(bridge.token)
      : new Promise<string>((resolve) => bridge.waiting.push(resolve)),
}));

function handOver(token: string): void {
  bridge.token = token;
  for (const resolve of bridge.waiting.splice(0)) resolve(token);
}

const sent = () => vi.mocked(fetch).mock.calls.map(([, init]) => new Headers(init?.headers).get("Authorization"));

function answers(...responses: (Response | Error)[]): void {
  const queue = [...responses];
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => {
      const next = queue.shift();
      if (!next) throw new Error("nobody expected this request");
      if (next instanceof Error) throw next;
      return next;
    }),
  );
}

const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
const expired = () => json({ errors: [{ message: "no", extensions: { exception: { code: "InvalidTokenError" } } }] });

async function failureOf(asked: Promise<unknown>): Promise<Failure> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

const asked = (): Promise<unknown> => ask(ViewerDocument, {});

beforeEach(() => {
  bridge.token = "first";
  bridge.waiting = [];
});

test("a question carries the token that the dashboard gave last", async () => {
  answers(json({ data: { ok: true } }), json({ data: { ok: true } }));
  await asked();
  handOver("second");
  expect(await asked()).toEqual({ ok: true });
  expect(sent()).toEqual(["Bearer first", "Bearer second"]);
});

test("before the handshake it waits for the first token", async () => {
  bridge.token = "";
  answers(json({ data: { ok: true } }));
  const answer = asked();
  await Promise.resolve();
  expect(fetch).not.toHaveBeenCalled();
  handOver("first");
  expect(await answer).toEqual({ ok: true });
});

test("with a token that has expired it asks again once the dashboard has sent a new one", async () => {
  answers(expired(), json({ data: { ok: true } }));
  const answer = asked();
  await vi.waitFor(() => expect(bridge.waiting).toHaveLength(1));
  handOver("second");
  expect(await answer).toEqual({ ok: true });
  expect(sent()).toEqual(["Bearer first", "Bearer second"]);
});

test("where the new token is refused as well, the session is over", async () => {
  answers(expired(), expired());
  const answer = failureOf(asked());
  await vi.waitFor(() => expect(bridge.waiting).toHaveLength(1));
  handOver("second");
  expect((await answer).kind).toBe("expired");
});

test("no connection is a failure of the network", async () => {
  answers(new TypeError("Failed to fetch"));
  expect((await failureOf(asked())).kind).toBe("network");
});

test("a fault of the server is told apart from a refusal", async () => {
  answers(
    json({ errors: [{ message: "Internal Server Error" }] }),
    json({ code: "BUSY", detail: "Later." }, 503, "application/problem+json"),
    new Response("<html>", { status: 502, headers: { "Content-Type": "text/html" } }),
    json({ errors: [{ message: "You need MANAGE_USERS.", extensions: { code: "PERMISSION_DENIED" } }] }),
  );
  const kinds = [];
  for (let i = 0; i < 4; i++) {
    const failure = await failureOf(asked());
    kinds.push([failure.kind, failure.code]);
  }
  expect(kinds).toEqual([
    ["server", "INTERNAL_ERROR"],
    ["server", "BUSY"],
    ["server", "HTTP_502"],
    ["refused", "PERMISSION_DENIED"],
  ]);
});
