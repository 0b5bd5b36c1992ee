/** What a data field may hold: `{amount, currency}` is Money; a moment is ISO 8601 with its offset. */
export type FieldValue = string | number | boolean | { readonly amount: string | number; readonly currency: string };

/** Data fields by their names. One that is `undefined` is not sent. */
export type Fields = { readonly [name: string]: FieldValue | undefined };

/** Where nobody has said which events there are: any slug or number, with any fields. */
export type AnyEvents = { readonly [event: string | number]: Fields };

export type TokenValue = string | null | undefined;

export interface ClientOptions {
  /** The plugin's URL: `https://api.shop.example/plugins/global/custom-events/`. */
  readonly url: string;
  /** A storefront key, `sce_pk_…`. Anybody may see it. */
  readonly key: string;
  /**
   * The customer's access token of Saleor while they are logged in. It lives minutes, so give a function that has
   * the one of this moment.
   */
  readonly token?: TokenValue | (() => TokenValue | Promise<TokenValue>);
  /**
   * Whether the visitor agrees that something is stored in their browser. Asked at every firing; false where it is
   * left out. Without it nothing is stored, and what was stored goes; `undefined` says that it is not known yet.
   */
  readonly consent?: boolean | (() => boolean | undefined);
  /** Told of what was refused after `fire` had answered that it waits. */
  readonly onRefused?: (refusal: Refusal) => void;
}

/** Members of the body beside the event and its data fields. */
export interface FireOptions {
  readonly customerEmail?: string;
  /** Saleor's global id. */
  readonly customerId?: string;
  readonly customerExternalReference?: string;
  /** The client's own where it is left out. */
  readonly anonymousId?: string;
  /** A channel's slug. */
  readonly channel?: string;
  /** The page's address where it is left out. */
  readonly url?: string;
  /** ISO 8601 with its offset; now where it is left out. */
  readonly occurredAt?: string;
  /** What makes sending it again once, at most 128 characters; a random one where it is left out. */
  readonly idempotencyKey?: string;
}

/** Committed by the store, or waiting in the browser: it goes when the store can be reached. */
export type Fired =
  | { readonly occurrenceId: string; readonly queued?: undefined }
  | { readonly queued: true; readonly occurrenceId?: undefined };

/** The store refused it, and sending it again would not help. The members are those of the store's answer. */
export interface Refusal extends Error {
  /** HTTP's. */
  readonly status: number;
  /** Stable: `EVENT_NOT_FOUND`, `INVALID_BODY` … Absent where something before the store answered. */
  readonly code?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

type Arguments<F> = Partial<F> extends F ? [fields?: F, options?: FireOptions] : [fields: F, options?: FireOptions];

export interface Client<Events = AnyEvents> {
  /**
   * Fire an event, by its slug or number. Rejects with a Refusal where the store refuses it; resolves with
   * `{queued: true}` where the store could not be reached or is busy.
   */
  fire<Event extends keyof Events & (string | number)>(event: Event, ...rest: Arguments<Events[Event]>): Promise<Fired>;
  /** Send what waits. Happens by itself; after a change of consent it makes the change felt at once. */
  flush(): Promise<void>;
}
