import { type ClientOptions, createClient } from "../src/client";

/** A store that answers as it is told, and a browser in which pages come and go. */

export const URL_OF_SHOP = "https://api.shop.example/plugins/global/custom-events/";

export interface Sent {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly options: RequestInit;
  readonly url: string;
}

type Answer = () => Response | Promise<Response>;

let shops = 0;

export const accepted: Answer = () => json(202, { occurrenceId: "0190-accepted" });
export const offline: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
/** The page is closed before it comes. */
export const never: Answer = () => new Promise(() => undefined);
export const busy =
  (status: number, retryAfter?: string, body: object = {}): Answer =>
  () =>
    json(status, { status, ...body }, retryAfter ? { "Retry-After": retryAfter } : {});
export const refusing =
  (status: number, code: string, field = "customEvent"): Answer =>
  () =>
    json(status, { status, code, detail: "No.", errors: [{ field, code, message: "No." }] });

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** Each has a key of its own: pages of other tests, which may still listen, do not reach it. */
export class Shop {
  readonly key = `sce_pk_${++shops}`;
  readonly sent: Sent[] = [];
  /** Given one after the other; the last for ever. */
  answers: Answer[] = [accepted];

  constructor() {
    vi.stubGlobal("fetch", (url: string, options: RequestInit) => {
      const headers = options.headers as Record<string, string>;
      if (headers.Authorization !== `Bearer ${this.key}`) return never();
      this.sent.push({ url, options, headers, body: JSON.parse(String(options.body)) });
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      return (answer ?? never)();
    });
  }

  /** Open a page of the storefront. */
  visit(options: Partial<ClientOptions> = {}) {
    return createClient({ url: URL_OF_SHOP, key: this.key, ...options });
  }

  /** What the browser keeps for this shop. */
  get kept(): string[] {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(`sce:${this.key}:`))
      .map((name) => localStorage.getItem(name) ?? "");
  }

  get events(): unknown[] {
    return this.sent.map(({ body }) => body.customEvent ?? body.customEventId);
  }
}

/** A token of Saleor's form, for one customer and one moment. */
export function tokenOf(customer: string, issued = 0): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_");
  return `${part({ alg: "RS256" })}.${part({ user_id: customer, iat: issued, note: "ÿ~~?" })}.signature${issued}`;
}

/** Let everything that needs no time happen. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
