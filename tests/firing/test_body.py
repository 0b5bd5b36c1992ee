"""What is wrong with the form of a call is refused, with the field named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_batch, read_firing, read_json

GOOD = {"customEventId": 7, "customerEmail": "anna@example.com"}


def refusal(body: Any, **options: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        read_firing(body, **options)
    return refused.value


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "INVALID_JSON"),
        (b"\xff", "INVALID_JSON"),
        (b'{"a": NaN}', "INVALID_JSON"),
        (b'{"a": 1, "a": 2}', "INVALID_JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "INVALID_JSON"),
        (b'{"a": 1e99999999999999999999}', "INVALID_JSON"),
        (b'{"a": 1e-99999999999999999999}', "INVALID_JSON"),
        (b"[" * 10_000 + b"]" * 10_000, "BODY_TOO_DEEP"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "BODY_TOO_DEEP"),
        (b'{"url": "a\\u0000b"}', "INVALID_CHARACTER"),
        (b'{"url": "\\ud800"}', "INVALID_CHARACTER"),
        (b'{"\\u0000": 1}', "INVALID_CHARACTER"),
    ],
)
def test_bytes_that_are_no_usable_json_are_refused(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_json(body, limit=1_000_000)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_body_over_the_limit_is_refused_as_too_large() -> None:
    with pytest.raises(Refused) as refused:
        read_json(b'"' + b"x" * 100 + b'"', limit=50)
    assert (refused.value.status, refused.value.code) == (413, "BODY_TOO_LARGE")


def test_a_forbidden_character_is_named_with_its_place() -> None:
    with pytest.raises(Refused) as refused:
        read_json(b'{"dataFields": {"quiz": ["ok", "\\u0000"]}}', limit=1000)
    assert [p.field for p in refused.value.problems] == ["dataFields.quiz[1]"]


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("customEventId", "7", "WRONG_TYPE"),
        ("customEventId", True, "WRONG_TYPE"),
        ("customEventId", 0, "INVALID"),
        ("customEventId", 10**30, "INVALID"),
        ("customerEmail", "no address", "INVALID_EMAIL"),
        ("customerEmail", "a@" + "b" * 400, "INVALID"),
        ("customerId", "VXNlcjow", "INVALID_ID"),
        ("customerId", "7", "INVALID_ID"),
        # `User:12` as no store writes it: to whatever compares ids this would be somebody else.
        ("customerId", "VXNlcjoxMh==", "INVALID_ID"),
        ("customerId", "VXNlcjoxMjM=====", "INVALID_ID"),
        ("url", "javascript:alert(1)", "INVALID_URL"),
        ("url", "http://[", "INVALID_URL"),
        ("occurredAt", "2026-01-01T10:00:00", "NO_OFFSET"),
        ("occurredAt", "yesterday", "INVALID"),
        ("occurredAt", "0001-01-01T00:00:00+14:00", "INVALID"),
        ("idempotencyKey", "x" * 129, "INVALID"),
        ("idempotencyKey", "a\nb", "INVALID"),
        ("dataFields", "score", "WRONG_TYPE"),
        ("dataFields", [1], "WRONG_TYPE"),
        ("dataFields", {str(i): i for i in range(101)}, "TOO_MANY"),
        ("dryRun", "yes", "WRONG_TYPE"),
        ("surprise", 1, "UNKNOWN_MEMBER"),
    ],
)
def test_a_wrong_member_is_named(member: str, value: Any, code: str) -> None:
    refused = refusal({**GOOD, member: value})
    assert (refused.status, [(p.field, p.code) for p in refused.problems]) == (400, [(member, code)])


def test_every_wrong_member_is_named_at_once() -> None:
    refused = refusal({"customEventId": "x", "customerEmail": "y", "what": 1})
    assert {p.field for p in refused.problems} == {"customEventId", "customerEmail", "what"}


def test_an_event_and_an_identity_are_required() -> None:
    assert [(p.field, p.code) for p in refusal({}).problems] == [
        ("customEventId", "REQUIRED"),
        ("customerEmail", "REQUIRED"),
    ]


def test_no_identity_is_required_where_a_token_names_the_customer() -> None:
    assert read_firing({"customEvent": "quiz"}, needs_identity=False).event == "quiz"


def test_two_names_for_the_event_are_ambiguous() -> None:
    assert [p.code for p in refusal({**GOOD, "customEvent": "quiz"}).problems] == ["AMBIGUOUS"]


def test_the_urls_channel_has_to_agree_with_the_bodys() -> None:
    assert read_firing(GOOD, channel="pl").channel == "pl"
    assert [p.code for p in refusal({**GOOD, "channel": "de"}, channel="pl").problems] == ["CHANNEL_MISMATCH"]


def test_an_email_has_one_form() -> None:
    assert read_firing({**GOOD, "customerEmail": " Anna@Example.COM "}).customer_email == "anna@example.com"


def test_a_time_keeps_its_offset() -> None:
    firing = read_firing({**GOOD, "occurredAt": "2026-01-31T12:00:00+01:00"})
    assert firing.occurred_at == datetime(2026, 1, 31, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "body", [[], {"events": {}}, {"events": []}, {"events": [{}] * 1001}, {"events": [{}], "x": 1}]
)
def test_a_batch_has_one_to_a_thousand_events_and_nothing_else(body: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_batch(body)
    assert refused.value.status == 400


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
members = st.sampled_from([*GOOD, "customEvent", "url", "dataFields", "occurredAt", "channel", "dryRun", "customerId"])


@given(st.dictionaries(members, json_values, max_size=6))
def test_no_body_raises_anything_but_a_refusal(body: dict[str, Any]) -> None:
    try:
        firing = read_firing(read_json(json.dumps(body).encode(), limit=100_000))
    except Refused as refused:
        assert 400 <= refused.status < 500
    else:
        assert firing.event
