import { ownerOf, randomId } from "./identity";
import { openShelf } from "./shelf";
import type { AnyEvents, Client, ClientOptions, Fields, Fired, FireOptions, Refusal, TokenValue } from "./types.js";

export type * from "./types.js";

/** The store knows an idempotency key for 7 days: what waited longer might happen twice. Milliseconds. */
const OLDEST = 6 * 86_400_000;
/** Milliseconds between two tries at most, unless the store asks for more. */
const LONGEST = 300_000;
/** What a timer can hold. */
const MAX_TIMER = 2 ** 31 - 1;
/**
 * Characters. With more, browsers refuse to keep a request alive (64 KB) as if there was no network, and the caller would
 * never hear that the store takes no such body.
 */
const ALIVE = 20_000;
/** The anonymous id's name on the shelf; everything else there is a firing. */
const VISITOR = "id";

/** A firing that may not have left yet. As it is stored. */
interface Waiting {
  readonly id: string;
  /** The body of `fire`, the same at every try: the store compares it. */
  body: string;
  /** Whose token goes with it: see `ownerOf`. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** In localStorage as well: where it is no longer there, another tab has sent it or consent was withdrawn. */
  kept?: boolean | undefined;
  busy?: boolean;
}

type Body = { occurrenceId?: string; retryAfter?: number; detail?: string; errors?: Refusal["errors"] } | undefined;

export function createClient<Events = AnyEvents>(options: ClientOptions): Client<Events> {
  const { key, token, consent = false, onRefused } = options;
  const shelf = openShelf(`sce:${key}:`);
  const waiting = new Map<string, Waiting>();
  let visitor = randomId();
  let visitorKept = false;
  let failures = 0;
  /** The store wants no request before this. */
  let held = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tokenNow = async () => (typeof token === "function" ? await token() : token);

  /**
   * Asks for consent, and does what the answer asks for: the anonymous id is stored and what earlier pages have left is
   * taken, or all that is stored goes. Where it is not known yet, nothing is stored and nothing goes.
   */
  function consented(): boolean {
    let agreed: unknown;
    try {
      agreed = typeof consent === "function" ? consent() : consent;
    } catch {}
    if (agreed) {
      const known = shelf.get(VISITOR);
      if (known) visitor = known;
      else shelf.put(VISITOR, visitor);
      if (!visitorKept) load();
    } else if (agreed !== undefined) {
      shelf.names().map(shelf.remove);
      // The id that was stored is not used any more, not even by this page.
      if (visitorKept) visitor = randomId();
    } else return false;
    visitorKept = !!agreed;
    return visitorKept;
  }

  function load(): void {
    for (const name of shelf.names().filter((one) => one !== VISITOR))
      try {
        waiting.set(name, JSON.parse(shelf.get(name) || ""));
      } catch {
        shelf.remove(name);
      }
  }

  function forget({ id }: Waiting): void {
    waiting.delete(id);
    shelf.remove(id);
  }

  /** `seconds`: what the store asks for. Otherwise twice as long after every failure, and not all visitors at once. */
  function tryLater(seconds?: number): void {
    const delay = (seconds ? seconds * 1000 : Math.min(1000 * 2 ** failures, LONGEST)) * (1 + Math.random() / 2);
    if (seconds) held = Date.now() + delay;
    if (timer) return;
    failures++;
    flushIn(delay);
  }

  function flushIn(delay: number): void {
    timer ??= setTimeout(flush, Math.min(delay, MAX_TIMER));
  }

  /** Gives undefined where it stays in the queue. Raises a Refusal. */
  async function attempt(item: Waiting, bearer: TokenValue): Promise<Fired | undefined> {
    const gone = item.kept && !shelf.get(item.id);
    if (gone || Date.now() - item.at > OLDEST) forget(item);
    // A guest's goes without a token, and a customer's waits until they are back.
    else if (!item.busy && Date.now() >= held && (!item.owner || item.owner === ownerOf(bearer))) {
      item.busy = true;
      const [answer, body] = await post(item, bearer);
      item.busy = false;
      if (answer?.ok && body?.occurrenceId) {
        forget(item);
        failures = 0;
        return { occurrenceId: body.occurrenceId };
      }
      if (!answer || answer.ok || answer.status === 429 || answer.status > 499)
        tryLater(Number(answer?.headers.get("Retry-After")) || body?.retryAfter);
      else return refused(item, bearer, answer.status, body);
    }
    return undefined;
  }

  async function post({ body, owner }: Waiting, bearer: TokenValue): Promise<[Response?, Body?]> {
    let answer: Response | undefined;
    try {
      answer = await fetch(`${options.url.replace(/\/$/, "")}/fire`, {
        method: "POST",
        keepalive: body.length < ALIVE,
        headers: {
          Authorization: `Bearer ${key}`,
          "Content-Type": "application/json",
          ...(owner && { "Authorization-Bearer": `${bearer}` }),
        },
        body,
      });
      return [answer, await answer.json()];
    } catch {
      return [answer];
    }
  }

  function refused(item: Waiting, bearer: TokenValue, status: number, body: Body): Promise<Fired | undefined> {
    const { occurredAt, ...rest } = JSON.parse(item.body);
    // A visitor's clock may be wrong by years. Nothing was committed, so the body may change.
    if (occurredAt && body?.errors?.some(({ field }) => field === "occurredAt")) {
      item.body = JSON.stringify(rest);
      return attempt(item, bearer);
    }
    forget(item);
    throw Object.assign(new Error(body?.detail), { status }, body);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    consented();
    const bearer = await tokenNow().catch(() => "");
    for (const item of [...waiting.values()]) {
      // A failure has set it: the rest would fail as well.
      if (!timer) await attempt(item, bearer).catch((refusal) => onRefused?.(refusal));
    }
    if (Date.now() < held) flushIn(held - Date.now());
  }

  async function fire(event: string | number, dataFields?: Fields, more?: FireOptions): Promise<Fired> {
    const bearer = await tokenNow();
    const owner = ownerOf(bearer);
    const agreed = consented();
    const id = randomId();
    const page = globalThis.location?.href;
    const body = JSON.stringify({
      [typeof event === "number" ? "customEventId" : "customEvent"]: event,
      // Somebody has to be named. Without consent the id is this page's alone, and no customer is tied to it.
      anonymousId: agreed || !owner ? visitor : undefined,
      url: /^http/.test(page) ? page.slice(0, 2048) : undefined,
      occurredAt: new Date().toISOString(),
      idempotencyKey: id,
      dataFields,
      ...more,
    });
    const item: Waiting = { id, body, owner, at: Date.now() };
    waiting.set(id, item);
    item.kept = agreed && shelf.put(id, JSON.stringify({ ...item, kept: true }));
    const fired = await attempt(item, bearer);
    // The store can be reached: what waited for that, or for this customer, goes as well.
    if (fired && waiting.size) flush();
    return fired ?? { queued: true };
  }

  globalThis.addEventListener?.("online", () => {
    failures = 0;
    flush();
  });
  flush();
  return { fire, flush } as Client<Events>;
}
