"""Bodies of `fire` made up from a seed: right ones, and right ones with one to three things done to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import Any

JUNK: Sequence[Any] = (
    None, True, False, 0, -1, 1, 7.5, 2**31, 10**40, "", " ", "x", "a" * 300, "ż\u0301", "\x00", "\ud800", "null",
    "1e999", [], [[]], [1], {}, {"a": {"b": []}}, {"amount": "1", "currency": "PLN"}, {"amount": [], "currency": 5},
    "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T12:00:00+01:00", "2999-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
    "https://shop.example/", "ftp://x", "VXNlcjox", "VXNlcjow", "anna@example.com", "anna@", [{"name": "a"}],
    [{"name": "a", "type": "Number", "value": "9"}], [{"name": "a", "type": "Colour", "value": "9"}],
    {f"field{i}": i for i in range(101)},
)  # fmt: skip
MEMBERS = (
    "customEventId", "customEvent", "customerEmail", "customerId", "customerExternalReference", "anonymousId",
    "dataFields", "url", "channel", "occurredAt", "idempotencyKey", "dryRun", "unknown",
)  # fmt: skip


def a_right_body(chance: Random, events: Sequence[int | str]) -> dict[str, Any]:
    """Make a body that its event may take."""
    event = chance.choice(events)
    body: dict[str, Any] = {"customEventId" if isinstance(event, int) else "customEvent": event}
    who = {
        "customerEmail": f"customer{chance.randrange(200)}@example.com",
        "customerId": chance.choice(["VXNlcjox", "VXNlcjoy"]),
        "customerExternalReference": f"crm-{chance.randrange(50)}",
        "anonymousId": f"visitor-{chance.randrange(50)}",
    }
    body |= {name: who[name] for name in chance.sample(sorted(who), chance.randint(1, 2))}
    body["dataFields"] = {"score": chance.randrange(100), "size": chance.choice(["S", "M"])}
    if chance.random() < 0.3:
        # Few keys, so that some come again: with the same body, and with another.
        body["idempotencyKey"] = f"key-{chance.randrange(300)}"
    if chance.random() < 0.1:
        body["dryRun"] = True
    return body


def spoil(chance: Random, body: dict[str, Any]) -> None:
    """Do something to it."""
    place = chance.choice([body, body, body["dataFields"]]) if isinstance(body.get("dataFields"), dict) else body
    match chance.randrange(3):
        case 0 if place:
            del place[chance.choice(sorted(place))]
        case 1 if place:
            place[chance.choice(sorted(place))] = deepcopy(chance.choice(JUNK))
        case _:
            place[chance.choice(MEMBERS)] = deepcopy(chance.choice(JUNK))


def a_body(chance: Random, events: Sequence[int | str]) -> dict[str, Any]:
    """Make a body, a fourth of them right."""
    body = a_right_body(chance, events)
    for _ in range(chance.choice([0, 1, 1, 2, 3]) if chance.random() < 0.95 else 0):
        spoil(chance, body)
    return body


def as_sent(chance: Random, body: Any) -> bytes:
    """Write it as JSON, now and then not quite."""
    raw = json.dumps(body).encode()
    match chance.randrange(20):
        case 0:
            return raw[: chance.randrange(len(raw))]
        case 1:
            at = chance.randrange(len(raw))
            return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
        case 2:
            return raw[:-1] + b', "url": "https://a.pl", "url": "https://b.pl"}'
        case 3:
            return chance.choice([b"", b"[]", b"null", b"NaN", b"[" * 5000, b"{" + b" " * 300_000 + b"}", raw * 2])
    return raw
