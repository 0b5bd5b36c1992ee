"""The codes of refusals, by status. `docs/http.md` lists the same; tests compare both with what the code raises."""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[int, Mapping[str, str]] = {
    400: {
        "INVALID_JSON": "The body is no JSON, has a member twice, or NaN.",
        "INVALID_CHARACTER": "A text has a NUL character or half of a surrogate pair.",
        "BODY_TOO_DEEP": "The body is nested too deeply.",
        "INVALID_BODY": "Members are wrong; `errors` names each with a code of its own.",
        "SEGMENTS_NOT_SUPPORTED": "ECDP's method: events happen to one customer, and there are no segments.",
        "REQUIRED": "Something is missing that only this caller has to say: whom it is about, or the channel.",
        "IN_THE_FUTURE": "`occurredAt` is more than five minutes from now.",
        "TOO_OLD": "`occurredAt` is longer ago than a public caller may say.",
    },
    401: {
        "CREDENTIALS_REQUIRED": "Neither a key nor a token came along.",
        "INVALID_KEY": "There is no such key, or it was revoked.",
        "INVALID_TOKEN": "The token is not valid, has expired, or is nobody's.",
        "INVALID_SIGNATURE": "The store's webhook: it is not signed by this store, or it is too old.",
        "STOREFRONT_TRAFFIC_NOT_ALLOWED": "The shop closed its storefront (Saleor 3.23).",
    },
    403: {
        "PERMISSION_DENIED": "The token lacks a permission; the detail names it.",
        "EVENT_NOT_PUBLIC": "Storefront keys and customers may not fire this event.",
        "IDENTITY_MISMATCH": "The body names somebody else than the customer's token.",
        "CHANNEL_NOT_ALLOWED": "The key is not bound to this channel.",
        "ORIGIN_NOT_ALLOWED": "The key is not bound to the page's origin.",
        "BATCH_NOT_ALLOWED": "Storefronts fire one event at a time.",
    },
    404: {
        "NOT_FOUND": "There is nothing at this address.",
        "EVENT_NOT_FOUND": "There is no such custom event.",
        "EVENT_ARCHIVED": "The custom event is archived.",
    },
    405: {"METHOD_NOT_ALLOWED": "The header Allow says which methods there are."},
    409: {"IDEMPOTENCY_CONFLICT": "The idempotency key was used for something else."},
    413: {"BODY_TOO_LARGE": "The body is larger than this caller's may be."},
    422: {"FIELDS_REJECTED": "Data fields break the event's declarations, and the event rejects that."},
    429: {"RATE_LIMITED": "Too many firings, or too many malformed requests; the detail names the limit."},
    500: {"INTERNAL_ERROR": "Something went wrong on our side."},
    503: {
        "BUSY": "Send it again, with the same `idempotencyKey`.",
        "DASHBOARD_NOT_BUILT": "A source checkout without `make dashboard`.",
        "CLIENT_NOT_BUILT": "The same, of the storefront client.",
    },
}
