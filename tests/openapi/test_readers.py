"""What the body's description lets through, its reader takes, and the other way round."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from saleor_custom_events.firing.body import MEMBERS, _Wrong

#: Their descriptions are whole; those with a `format` leave the rest to it.
EXACT = (
    "customEventId",
    "customEvent",
    "customerExternalReference",
    "anonymousId",
    "channel",
    "idempotencyKey",
    "dryRun",
)

#: What somebody sends: the right kind and its edges as often as anything else.
SENT = st.one_of(
    st.integers(),
    st.integers(min_value=1_999_999_990, max_value=2_000_000_010),
    st.booleans(),
    # 5.0 is an integer to JSON Schema; to us it is a number with a point, and no event's.
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.text(max_size=10),
    st.text(alphabet="ab-_Z9 \x00\t.ż", max_size=8),
    st.integers(min_value=95, max_value=260).map(lambda length: "a" * length),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def taken(member: str, sent: Any) -> bool:
    try:
        MEMBERS[member][1](sent)
    except _Wrong:
        return False
    return True


@pytest.mark.parametrize("member", EXACT)
@settings(max_examples=400, derandomize=True, deadline=None)
@example(sent="a\u0301" * 64)
@example(sent="   ")
@given(sent=SENT)
def test_a_reader_and_its_description_agree(member: str, sent: Any) -> None:
    described = Draft202012Validator(MEMBERS[member][1].schema).is_valid(sent)
    if described:
        assert taken(member, sent), (member, sent)
    elif taken(member, sent):
        # Spaces around a text go, and two characters that Unicode knows as one count as one: more is taken than said.
        assert isinstance(sent, str)


@pytest.mark.parametrize(
    ("member", "good", "bad"),
    [
        ("customerEmail", ["anna@example.com"], ["", 5, "a@b.pl" + "x" * 320]),
        ("customerId", ["VXNlcjox", "VXNlcjoxMjM0NQ=="], ["UHJvZHVjdDox", "User:1", 7, "VXNlcjox=", "VXNlcjox=="]),
        ("url", ["https://shop.example/a?b=c"], ["ftp://shop.example", "/a", "https://a.pl/" + "x" * 2048]),
        (
            "occurredAt",
            ["2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00Z"],
            [5, "2026-01-31T12:00:00+01:00" + " " * 64],
        ),
    ],
)
def test_examples_of_members_with_a_format(member: str, good: list[Any], bad: list[Any]) -> None:
    schema = Draft202012Validator(MEMBERS[member][1].schema)
    assert all(schema.is_valid(sent) and taken(member, sent) for sent in good)
    assert not any(schema.is_valid(sent) for sent in bad)
