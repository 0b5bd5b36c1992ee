import type { Refusal } from "../src/client";
import { accepted, busy, json, never, offline, refusing, Shop, settle, tokenOf, URL_OF_SHOP } from "./shop";

let shop: Shop;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  localStorage.clear();
  shop = new Shop();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const MINUTE = 60_000;

describe("what is sent", () => {
  test("the event, its fields, the page, the time, a key of its own, and somebody", async () => {
    await shop.visit().fire("size-quiz", { score: 82, size: "M" });
    const [{ url, headers, options, body } = { url: "", headers: {}, options: {}, body: {} }] = shop.sent;
    expect(url).toBe(`${URL_OF_SHOP}fire`);
    expect(headers).toEqual({ Authorization: `Bearer ${shop.key}`, "Content-Type": "application/json" });
    expect(options).toMatchObject({ method: "POST", keepalive: true });
    expect(body).toEqual({
      customEvent: "size-quiz",
      dataFields: { score: 82, size: "M" },
      url: window.location.href,
      occurredAt: "2026-03-01T12:00:00.000Z",
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      anonymousId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("a number names the event by its ID, and the address needs no slash at its end", async () => {
    await shop.visit({ url: URL_OF_SHOP.slice(0, -1) }).fire(7);
    expect(shop.sent[0]?.url).toBe(`${URL_OF_SHOP}fire`);
    expect(shop.sent[0]?.body).toMatchObject({ customEventId: 7 });
    expect(shop.sent[0]?.body).not.toHaveProperty("dataFields");
  });

  test("what the caller says wins", async () => {
    const said = {
      customerEmail: "anna@example.com",
      channel: "pl",
      url: "https://shop.example/quiz",
      occurredAt: "2026-02-28T10:00:00+01:00",
      idempotencyKey: "order-7",
      anonymousId: "mine",
    };
    await shop.visit().fire("size-quiz", {}, said);
    expect(shop.sent[0]?.body).toMatchObject(said);
  });

  test("of an address that is too long, its beginning", async () => {
    window.history.pushState(null, "", `/?${"x".repeat(3000)}`);
    await shop.visit().fire("a");
    window.history.pushState(null, "", "/");
    expect(String(shop.sent[0]?.body.url)).toMatch(/^http.{2044}$/);
  });

  test("what no browser keeps alive goes without that, so that its refusal is heard", async () => {
    shop.answers = [refusing(413, "BODY_TOO_LARGE")];
    await expect(shop.visit().fire("a", { text: "ż".repeat(30_000) })).rejects.toMatchObject({ status: 413 });
    expect(shop.sent[0]?.options.keepalive).toBe(false);
  });

  test("the customer's token goes beside the key, and it is the one of this moment", async () => {
    const tokens = [tokenOf("anna", 1), tokenOf("anna", 2), tokenOf("anna", 3)];
    const page = shop.visit({ token: async () => tokens.shift() });
    await page.fire("a");
    await page.fire("b");
    expect(shop.sent.map(({ headers }) => headers["Authorization-Bearer"])).toEqual([
      tokenOf("anna", 2),
      tokenOf("anna", 3),
    ]);
  });

  test("where the browser has no randomUUID, which is on http, keys are random all the same", async () => {
    const { getRandomValues } = crypto;
    vi.stubGlobal("crypto", { getRandomValues: getRandomValues.bind(crypto) });
    const page = shop.visit();
    await page.fire("a");
    await page.fire("a");
    const keys = shop.sent.map(({ body }) => body.idempotencyKey);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(2);
  });

  test("on a server, where there is no page, nothing is missing", async () => {
    for (const name of ["location", "localStorage", "addEventListener"]) vi.stubGlobal(name, undefined);
    const page = shop.visit({ consent: true });
    expect(await page.fire("a", {}, { customerEmail: "anna@example.com" })).toEqual({ occurrenceId: "0190-accepted" });
    expect(shop.sent[0]?.body).not.toHaveProperty("url");
  });
});

describe("what the caller is told", () => {
  test("the occurrence", async () => {
    expect(await shop.visit().fire("a")).toEqual({ occurrenceId: "0190-accepted" });
  });

  test("a refusal, which is final", async () => {
    shop.answers = [refusing(404, "EVENT_NOT_FOUND")];
    const page = shop.visit({ consent: true });
    const refusal: Refusal = await page.fire("unknown").catch((error) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({ status: 404, code: "EVENT_NOT_FOUND", message: "No." });
    expect(refusal.errors).toEqual([{ field: "customEvent", code: "EVENT_NOT_FOUND", message: "No." }]);
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    shop.visit({ consent: true });
    await settle();
    expect(shop.sent).toHaveLength(1);
  });

  test("a refusal by something before the store, which answers no JSON", async () => {
    shop.answers = [() => new Response("<h1>Forbidden</h1>", { status: 403 })];
    await expect(shop.visit().fire("a")).rejects.toMatchObject({ status: 403 });
  });

  test("a token that cannot be had", async () => {
    const page = shop.visit({ token: () => Promise.reject(new Error("logged out")) });
    await expect(page.fire("a")).rejects.toThrow("logged out");
    expect(shop.sent).toHaveLength(0);
  });

  test("that it waits; what is refused later is told apart", async () => {
    const refusals: Refusal[] = [];
    shop.answers = [offline, refusing(403, "EVENT_NOT_PUBLIC")];
    const page = shop.visit({ onRefused: (refusal) => refusals.push(refusal) });
    expect(await page.fire("a")).toEqual({ queued: true });
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(refusals).toMatchObject([{ status: 403, code: "EVENT_NOT_PUBLIC" }]);
    expect(shop.sent).toHaveLength(2);
  });
});

describe("sending again", () => {
  test.each([
    ["no network", offline],
    ["429", busy(429)],
    ["500", busy(500)],
    ["503", busy(503)],
    ["an answer that is cut off", () => new Response('{"occurr', { status: 202 })],
  ])("%s: with the same body, until it is accepted, and then no more", async (_, failing) => {
    shop.answers = [failing, failing, accepted];
    expect(await shop.visit().fire("a")).toEqual({ queued: true });
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(shop.sent).toHaveLength(3);
    expect(new Set(shop.sent.map(({ options }) => options.body)).size).toBe(1);
  });

  test("each pause is twice the one before, up to five minutes, and longer by chance", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    shop.answers = [offline];
    const times: number[] = [];
    await shop.visit().fire("a");
    for (let seen = 1; times.length < 12; seen = shop.sent.length) {
      const before = Date.now();
      while (shop.sent.length === seen) await vi.advanceTimersToNextTimerAsync();
      times.push(Date.now() - before);
    }
    expect(times.slice(0, 4)).toEqual([1250, 2500, 5000, 10_000]);
    expect(times.slice(-2)).toEqual([375_000, 375_000]);
  });

  test("many that fail at once are one failure", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    shop.answers = [offline];
    const page = shop.visit();
    await Promise.all(Array.from({ length: 10 }, (_, i) => page.fire(`event-${i}`)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(shop.sent).toHaveLength(11);
    shop.answers = [accepted];
    await vi.advanceTimersByTimeAsync(1999);
    expect(shop.sent).toHaveLength(11);
    await vi.advanceTimersByTimeAsync(1);
    expect(shop.sent).toHaveLength(21);
  });

  test.each(["something comes through", "the browser is online again"])("pauses begin anew when %s", async (what) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    shop.answers = [offline, offline, offline, offline, what === "something comes through" ? accepted : offline];
    const page = shop.visit();
    await page.fire("a");
    await vi.advanceTimersByTimeAsync(7000);
    expect(shop.sent).toHaveLength(4);
    if (what === "something comes through") await vi.advanceTimersByTimeAsync(8000);
    else window.dispatchEvent(new Event("online"));
    await settle();
    expect(shop.sent).toHaveLength(5);
    shop.answers = [offline];
    if (what === "something comes through") await page.fire("b");
    const before = shop.sent.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(shop.sent).toHaveLength(before + 1);
  });

  test.each([
    ["the header", busy(429, "120")],
    ["the body, where a browser may not read the header", busy(503, undefined, { retryAfter: 120 })],
  ])("not before the store wants it, as %s says, not even what is new or comes back online", async (_, failing) => {
    shop.answers = [failing, accepted];
    const page = shop.visit();
    await page.fire("a");
    expect(await page.fire("b")).toEqual({ queued: true });
    await vi.advanceTimersByTimeAsync(119_000);
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(shop.events).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(shop.events).toEqual(["a", "a", "b"]);
  });

  test("a pause that no timer holds is no pause of nothing", async () => {
    const consent = vi.fn(() => false);
    shop.answers = [busy(503, "9999999999"), accepted];
    await shop.visit({ consent }).fire("a");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(shop.sent).toHaveLength(1);
    expect(consent).toHaveBeenCalledTimes(2);
  });

  test("at once when the browser is online again", async () => {
    shop.answers = [offline, offline, accepted];
    const page = shop.visit();
    await page.fire("a");
    await page.fire("b");
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(shop.events).toEqual(["a", "b", "a", "b"]);
  });

  test("once another has come through", async () => {
    shop.answers = [offline, accepted];
    const page = shop.visit();
    await page.fire("a");
    await page.fire("b");
    await settle();
    expect(shop.events).toEqual(["a", "b", "a"]);
  });

  test("what is under way is not sent beside itself", async () => {
    shop.answers = [never];
    const page = shop.visit({ consent: true });
    void page.fire("a");
    await settle();
    window.dispatchEvent(new Event("online"));
    await page.flush();
    expect(shop.sent).toHaveLength(1);
  });

  test("a visitor's clock that is wrong loses nothing: the store takes its own time", async () => {
    shop.answers = [refusing(400, "IN_THE_FUTURE", "occurredAt"), accepted];
    expect(await shop.visit().fire("a")).toEqual({ occurrenceId: "0190-accepted" });
    const [first, second] = shop.sent.map(({ body }) => body);
    const { occurredAt, ...rest } = first ?? {};
    expect(occurredAt).toBeDefined();
    expect(second).toEqual(rest);
  });
});

describe("at the next visit", () => {
  const consent = true;

  test("what may not have left goes again, with the same key, and is no longer kept", async () => {
    shop.answers = [never, accepted];
    void shop.visit({ consent }).fire("a", { score: 1 });
    await settle();
    shop.visit({ consent });
    await settle();
    expect(shop.events).toEqual(["a", "a"]);
    expect(shop.sent[1]?.options.body).toBe(shop.sent[0]?.options.body);
    expect(shop.kept).toEqual([shop.sent[0]?.body.anonymousId]);
  });

  test("what was accepted does not", async () => {
    await shop.visit({ consent }).fire("a");
    shop.visit({ consent });
    await settle();
    expect(shop.sent).toHaveLength(1);
  });

  test("nor what another tab has sent meanwhile", async () => {
    shop.answers = [offline];
    const tab = shop.visit({ consent });
    await tab.fire("a");
    shop.answers = [accepted];
    shop.visit({ consent });
    await settle();
    await tab.flush();
    expect(shop.events).toEqual(["a", "a"]);
  });

  test("nor what the store has forgotten the key of", async () => {
    shop.answers = [never];
    void shop.visit({ consent }).fire("a");
    await settle();
    vi.setSystemTime(Date.now() + 7 * 24 * 60 * MINUTE);
    shop.visit({ consent });
    await settle();
    expect(shop.sent).toHaveLength(1);
    expect(shop.kept).toHaveLength(1);
  });

  test("what somebody else wrote there is removed, and hinders nothing", async () => {
    shop.answers = [never, accepted];
    void shop.visit({ consent }).fire("a");
    await settle();
    localStorage.setItem(`sce:${shop.key}:broken`, "{");
    localStorage.setItem("cart", "{");
    shop.visit({ consent });
    await settle();
    expect(shop.events).toEqual(["a", "a"]);
    expect(shop.kept).toHaveLength(1);
    expect(localStorage.getItem("cart")).toBe("{");
  });

  test("less than 64 KB are kept; the rest waits while the page is open", async () => {
    shop.answers = [offline];
    const page = shop.visit({ consent });
    for (let i = 0; i < 10; i++) await page.fire("a", { text: "x".repeat(10_000) });
    expect(shop.kept.join("").length).toBeLessThan(64_000);
    expect(shop.kept.join("").length).toBeGreaterThan(40_000);
    shop.answers = [accepted];
    shop.sent.length = 0;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(shop.sent).toHaveLength(10);
  });

  test.each([
    ["forbidden", () => vi.spyOn(Storage.prototype, "setItem").mockImplementation(throwing)],
    ["missing", () => vi.stubGlobal("localStorage", undefined)],
  ])("where storage is %s, it waits in memory", async (_, breaking) => {
    breaking();
    shop.answers = [offline, accepted];
    const page = shop.visit({ consent });
    await page.fire("a");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(shop.events).toEqual(["a", "a"]);
    expect(shop.sent[0]?.options.body).toBe(shop.sent[1]?.options.body);
  });
});

describe("customers", () => {
  const consent = true;

  test("what one has done is never sent under another's token, and waits until they are back", async () => {
    shop.answers = [never, accepted];
    void shop.visit({ consent, token: tokenOf("anna", 1) }).fire("a");
    await settle();
    shop.visit({ consent, token: tokenOf("ben") });
    shop.visit({ consent });
    await settle();
    expect(shop.sent).toHaveLength(1);
    shop.visit({ consent, token: () => tokenOf("anna", 2) });
    await settle();
    expect(shop.sent.map(({ headers }) => headers["Authorization-Bearer"])).toEqual([
      tokenOf("anna", 1),
      tokenOf("anna", 2),
    ]);
  });

  test("what a guest has done goes without a token, although somebody has logged in since", async () => {
    shop.answers = [never, accepted];
    void shop.visit({ consent }).fire("a");
    await settle();
    shop.visit({ consent, token: tokenOf("anna") });
    await settle();
    expect(shop.sent).toHaveLength(2);
    expect(shop.sent[1]?.headers).not.toHaveProperty("Authorization-Bearer");
  });

  test("a token that is not there hinders no guest's", async () => {
    shop.answers = [never, accepted];
    void shop.visit({ consent }).fire("a");
    await settle();
    shop.visit({ consent, token: () => Promise.reject(new Error("offline")) });
    await settle();
    expect(shop.sent).toHaveLength(2);
  });

  test.each(["no JWT at all", "a.b.c", `a.${btoa('{"exp":1}')}.signature`])(
    "a token without a subject (%s) is told from others by its end, and is not kept",
    async (token) => {
      shop.answers = [never, accepted];
      void shop.visit({ consent, token: `${token}-first` }).fire("a");
      await settle();
      expect(shop.kept.join("")).not.toContain(token);
      shop.visit({ consent, token: `${token}-other` });
      await settle();
      expect(shop.sent).toHaveLength(1);
      shop.visit({ consent, token: `${token}-first` });
      await settle();
      expect(shop.sent).toHaveLength(2);
    },
  );
});

describe("consent", () => {
  const ids = () => shop.sent.map(({ body }) => body.anonymousId);

  test("without it nothing is stored; the page's own id is forgotten with the page", async () => {
    shop.answers = [accepted, offline];
    for (const consent of [undefined, false, () => false]) await shop.visit({ consent }).fire("a");
    expect(localStorage).toHaveLength(0);
    expect(new Set(ids()).size).toBe(3);
  });

  test("without it no id is tied to a customer", async () => {
    await shop.visit({ token: tokenOf("anna") }).fire("a");
    expect(ids()).toEqual([undefined]);
  });

  test("with it the visitor is the same at every visit", async () => {
    await shop.visit({ consent: true }).fire("a");
    await shop.visit({ consent: () => true, token: tokenOf("anna") }).fire("a");
    expect(ids()[0]).toBeDefined();
    expect(new Set(ids()).size).toBe(1);
  });

  test("given on the page, it keeps the page's id", async () => {
    let agreed = false;
    const page = shop.visit({ consent: () => agreed });
    await page.fire("a");
    agreed = true;
    await page.fire("a");
    await shop.visit({ consent: true }).fire("a");
    expect(new Set(ids()).size).toBe(1);
  });

  test("withdrawn, it takes the id and what waits with it, and nobody is known any more", async () => {
    let agreed = true;
    shop.answers = [offline];
    const page = shop.visit({ consent: () => agreed });
    await page.fire("a");
    expect(shop.kept).toHaveLength(2);
    agreed = false;
    await page.flush();
    expect(shop.kept).toEqual([]);
    shop.answers = [accepted];
    await page.fire("b");
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(shop.events).toEqual(["a", "b"]);
    expect(ids()[0]).not.toBe(ids()[1]);
  });

  test.each([
    ["is not known yet", () => undefined],
    ["cannot be asked for", () => throwing()],
  ])("where it %s, nothing is stored, and nothing goes: once it is given, what waited does", async (_, unknown) => {
    shop.answers = [never, accepted];
    void shop.visit({ consent: true }).fire("a");
    await settle();
    const kept = shop.kept;
    let consent: () => boolean | undefined = unknown;
    const page = shop.visit({ consent: () => consent() });
    await page.fire("b");
    expect(shop.kept).toEqual(kept);
    expect(ids()[0]).not.toBe(ids()[1]);
    consent = () => true;
    await page.fire("c");
    await settle();
    expect(shop.events).toEqual(["a", "b", "c", "a"]);
    expect(shop.kept).toEqual([ids()[0]]);
    expect(ids()[2]).toBe(ids()[0]);
  });

  test("withdrawn between two visits, it takes them as well", async () => {
    shop.answers = [never];
    void shop.visit({ consent: true }).fire("a");
    await settle();
    shop.visit();
    await settle();
    expect(shop.sent).toHaveLength(1);
    expect(localStorage).toHaveLength(0);
  });
});

test("an answer that came before the page was closed is believed", async () => {
  shop.answers = [() => json(200, { occurrenceId: "0190-before" })];
  expect(await shop.visit().fire("a")).toEqual({ occurrenceId: "0190-before" });
});

function throwing(): never {
  throw new DOMException("full", "QuotaExceededError");
}
