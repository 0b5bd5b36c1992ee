"""Whatever is sent wrong is answered with 4xx and names the member; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

MEGABYTE = 1024 * 1024
Body = Callable[[Event], Any]


def _with(**members: Any) -> Body:
    return lambda event: {"customEventId": event.number, "customerEmail": "a@example.com", **members}


def _fields(**fields: Any) -> Body:
    return _with(dataFields=fields)


def _raw(text: str) -> Body:
    """Give the bytes of a text in which EVENT stands for the event's number."""
    return lambda event: text.replace("EVENT", str(event.number)).encode()


#: What is sent, the status, and the member that the answer names (None: no member is to blame).
WRONG: dict[str, tuple[Body, int, str | None]] = {
    "unknown event by number": (_with(customEventId=1_999_999_999), 404, "customEventId"),
    "unknown event by slug": (
        lambda event: {"customEvent": "no-such-event", "customerEmail": "a@example.com"},
        404,
        "customEvent",
    ),
    "no event": (lambda event: {"customerEmail": "a@example.com"}, 400, "customEventId"),
    "event both ways": (_with(customEvent="x"), 400, "customEvent"),
    "no identity": (lambda event: {"customEventId": event.number}, 400, "customerEmail"),
    "identity is null": (_with(customerEmail=None), 400, "customerEmail"),
    "e-mail is no address": (_with(customerEmail="not an address"), 400, "customerEmail"),
    "e-mail is a number": (_with(customerEmail=7), 400, "customerEmail"),
    "e-mail is too long": (_with(customerEmail="a" * 320 + "@example.com"), 400, "customerEmail"),
    "customer id of another kind": (_with(customerId="UHJvZHVjdDox"), 400, "customerId"),
    "customer id is no id": (_with(customerId="1"), 400, "customerId"),
    "event is a text": (_with(customEventId="7"), 400, "customEventId"),
    "event is a boolean": (_with(customEventId=True), 400, "customEventId"),
    "event is no integer": (_with(customEventId=1.5), 400, "customEventId"),
    "event is huge": (_with(customEventId=10**30), 400, "customEventId"),
    "fields are a text": (_with(dataFields="score"), 400, "dataFields"),
    "a field is an array": (_fields(sizes=[1, 2]), 400, "dataFields.sizes"),
    "a field is an object": (_fields(size={"a": 1}), 400, "dataFields.size"),
    "a field is a huge number": (_fields(score=10**400), 400, "dataFields.score"),
    "url is no url": (_with(url="javascript:alert(1)"), 400, "url"),
    "time without offset": (_with(occurredAt="2026-01-31T12:00:00"), 400, "occurredAt"),
    "time is no time": (_with(occurredAt="yesterday"), 400, "occurredAt"),
    "time far in the future": (_with(occurredAt="2500-01-01T00:00:00Z"), 400, "occurredAt"),
    "key too long": (_with(idempotencyKey="k" * 129), 400, "idempotencyKey"),
    "dry run is a text": (_with(dryRun="yes"), 400, "dryRun"),
    "unknown member": (_with(custommerEmail="b@example.com"), 400, "custommerEmail"),
    "a NUL in a text": (_with(anonymousId="a\x00b"), 400, "anonymousId"),
    "a NUL in a field": (_fields(name="a\x00b"), 400, "dataFields.name"),
    "a NUL in a field's name": (_fields(**{"a\x00": "b"}), 400, "dataFields"),
    "a lone surrogate": (
        _raw('{"customEventId": EVENT, "customerEmail": "a@example.com", "dataFields": {"x": "\\ud800"}}'),
        400,
        "dataFields.x",
    ),
    "broken JSON": (_raw('{"customEventId": EVENT,'), 400, None),
    "a member twice": (_raw('{"customEventId": EVENT, "anonymousId": "a", "anonymousId": "b"}'), 400, None),
    "not a number": (_raw('{"customEventId": EVENT, "customerEmail": "a@b.pl", "dataFields": {"x": NaN}}'), 400, None),
    "not UTF-8": (lambda event: b'{"customerEmail": "\xff\xfe"}', 400, None),
    "a JSON array": (_raw("[]"), 400, None),
    "a JSON text": (_raw('"fire"'), 400, None),
    "nothing": (_raw(""), 400, None),
    "10,000 arrays deep": (
        _raw('{"customEventId": EVENT, "dataFields": {"x": ' + "[" * 10_000 + "]" * 10_000 + "}}"), 400, None
    ),
    "10,000 objects deep": (_raw('{"a":' * 10_000 + "1" + "}" * 10_000), 400, None),
    "a megabyte": (_fields(text="x" * MEGABYTE), 413, None),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused_and_named(store: Store, make: Maker, event: Event, server_key: str, what: str) -> None:
    body, status, field = WRONG[what]

    answer = store.fire(body(event), credential=server_key)

    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert problem["code"].isupper()
    named = [error["field"] for error in problem["errors"]]
    assert (field in named) if field else True, problem
    assert make.log(event) == []


def test_every_wrong_member_is_named_at_once(store: Store, event: Event, server_key: str) -> None:
    body = {"customEventId": "x", "customerEmail": 7, "occurredAt": "soon", "colour": "red"}

    answer = store.fire(body, credential=server_key)

    assert {error["field"] for error in answer.json()["errors"]} == set(body)


def test_a_body_that_is_said_to_be_short_is_not_read_on(
    store: Store, make: Maker, event: Event, storefront_key: str
) -> None:
    """A public key may send 16 KB, a trusted one more."""
    body = json.dumps({"customEventId": event.number, "anonymousId": "v", "dataFields": {"x": "y" * 20_000}})

    assert store.fire(body.encode(), credential=storefront_key).status_code == 413
    assert make.log(event) == []


def test_a_refusal_is_counted_without_what_was_sent(store: Store, make: Maker, event: Event, server_key: str) -> None:
    store.fire(
        {"customEventId": event.number, "customerEmail": "ada@example.com", "occurredAt": "soon", "ada": 1},
        credential=server_key,
    )

    query = """query ($id: ID!) { customEvent(id: $id) { refusals { code count samples { fields } } } }"""
    event_seen = store.ask(query, {"id": event.id}, by="staff_define")["customEvent"]
    assert event_seen["refusals"] == [{"code": "INVALID_BODY", "count": 1, "samples": [{"fields": ["occurredAt"]}]}]
