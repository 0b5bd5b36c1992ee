"""A body as ExpertSender ECDP takes it, read as a firing."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.ecdp import Habits, read_ecdp
from saleor_custom_events.firing.fields import type_fields
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.scenarios.values import Money

ANNA = "anna@example.com"
MD5 = hashlib.md5(ANNA.encode(), usedforsecurity=False).hexdigest()
SHA256 = hashlib.sha256(ANNA.encode()).hexdigest()
HABITS = Habits(phone_region="", currency="", zone=ZoneInfo("Europe/Warsaw"))
AT_HOME = Habits(phone_region="PL", currency="PLN", zone=ZoneInfo("Europe/Warsaw"))


def read(habits: Habits = HABITS, **members: Any) -> Firing:
    return read_ecdp({"customEventId": 7, "customerEmail": ANNA, **members}, habits)


def named(**members: Any) -> Firing:
    return read_ecdp({"customEventId": 7, **members}, HABITS)


def refused(raw: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        read_ecdp(raw, HABITS)
    assert caught.value.status == 400
    return caught.value


def places(raw: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in refused(raw).problems]


def values(firing: Firing) -> list[tuple[str, str, Any]]:
    """Give the data fields as they would be kept for an event that declares none."""
    typed = type_fields(firing.data_fields, ())
    assert typed.unusable == ()
    return [(field.name, field.type.value, field.value) for field in typed.fields]


def test_a_request_as_documented_is_a_firing() -> None:
    """https://help.expertsender.com/ecdp/custom-events-in-scenarios-api-methods (its syntax, with values)."""
    firing = read_ecdp(
        {
            "customEventId": 12,
            "customerId": None,
            "customerEmail": "Anna@Example.com",
            "customerEmailMd5": "",
            "customerEmailSha256": "",
            "customerPhone": "",
            "customerCrmId": "",
            "dataFields": [{"name": "size", "type": "String", "value": "M"}],
        },
        HABITS,
    )
    assert firing == Firing(
        event=12,
        customer_email="anna@example.com",
        data_fields=({"name": "size", "type": "String", "value": "M"},),
    )


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ({"customerEmailMd5": MD5.upper()}, {"customer_email_hash": MD5}),
        ({"customerEmailSha256": SHA256}, {"customer_email_hash": SHA256}),
        ({"customerPhone": "+48 600 100 200"}, {"customer_phone": "+48600100200"}),
        ({"customerPhone": "0048600100200"}, {"customer_phone": "+48600100200"}),
        ({"customerPhone": "48600100200"}, {"customer_phone": "+48600100200"}),
        ({"customerCrmId": "crm-7"}, {"customer_external_reference": "crm-7"}),
        ({"customerId": "VXNlcjo1"}, {"customer_id": "VXNlcjo1"}),
        ({"customerId": "VXNlcjo1", "customerEmail": ANNA}, {"customer_id": "VXNlcjo1", "customer_email": ANNA}),
    ],
)
def test_every_name_of_a_customer_is_read(sent: dict[str, Any], read_as: dict[str, Any]) -> None:
    assert named(**sent) == Firing(event=7, data_fields=(), **read_as)


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ({"customerEmail": ANNA, "customerPhone": "+48600100200", "customerCrmId": "x"}, {"customer_email": ANNA}),
        ({"customerEmailMd5": MD5, "customerEmailSha256": SHA256}, {"customer_email_hash": MD5}),
        ({"customerPhone": "+48600100200", "customerCrmId": "x"}, {"customer_phone": "+48600100200"}),
    ],
)
def test_the_strongest_name_counts_and_weaker_ones_say_nothing(sent: dict[str, Any], read_as: dict[str, Any]) -> None:
    assert named(**sent) == Firing(event=7, data_fields=(), **read_as)


@pytest.mark.parametrize("number", [53492, "53492"])
def test_ecdps_own_number_never_names_a_customer_of_the_store(number: Any) -> None:
    assert named(customerId=number, customerEmail=ANNA) == Firing(event=7, customer_email=ANNA, data_fields=())
    assert places({"customEventId": 7, "customerId": number})[0][0] == "customerId"


@pytest.mark.parametrize("nothing", [0, "", None])
def test_a_client_that_sends_every_member_says_nothing_with_the_empty_ones(nothing: Any) -> None:
    assert named(customerId=nothing, customerEmail=ANNA).customer_id is None
    assert ("customerEmail", "REQUIRED") in places({"customEventId": 7, "customerId": nothing})


def test_a_national_number_needs_the_operators_country() -> None:
    assert places({"customEventId": 7, "customerPhone": "600100200"}) == [("customerPhone", "INVALID_PHONE")]
    sent = {"customEventId": 7, "customerPhone": "600 100 200"}
    assert read_ecdp(sent, AT_HOME).customer_phone == "+48600100200"
    assert read_ecdp({**sent, "customerPhone": "48600100200"}, AT_HOME).customer_phone == "+48600100200"
    assert read_ecdp({**sent, "customerPhone": "+442079460000"}, AT_HOME).customer_phone == "+442079460000"


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("customerEmailMd5", "abc", "INVALID_HASH"),
        ("customerEmailMd5", SHA256, "INVALID_HASH"),
        ("customerEmailSha256", "z" * 64, "INVALID_HASH"),
        ("customerPhone", "call me", "INVALID_PHONE"),
        ("customerPhone", 48600100200, "INVALID_PHONE"),
        ("customerEmail", "nobody", "INVALID_EMAIL"),
        ("customerCrmId", "x" * 251, "INVALID"),
        ("customEventId", "seven", "WRONG_TYPE"),
        ("customEventId", 0, "INVALID"),
        ("dataFields", {"size": "M"}, "WRONG_TYPE"),
        ("anonymousId", "a-1", "UNKNOWN_MEMBER"),
    ],
)
def test_what_is_wrong_is_named_as_the_caller_wrote_it(member: str, value: Any, code: str) -> None:
    who = {} if member.startswith("customer") else {"customerEmail": ANNA}
    assert places({"customEventId": 7, **who, member: value}) == [(member, code)]


def test_every_fault_is_named_at_once() -> None:
    wrong = {"customerEmailMd5": "abc", "dataFields": "none", "mode": "Add"}
    assert {place for place, _ in places(wrong)} == {"customEventId", "customerEmailMd5", "dataFields", "mode"}


@pytest.mark.parametrize("member", ["segmentId", "customerSegmentId", "segments"])
def test_the_form_for_segments_is_refused_and_told_the_way_round(member: str) -> None:
    refusal = refused({"customEventId": 7, member: 12})
    assert refusal.code == "SEGMENTS_NOT_SUPPORTED"
    assert refusal.problems[0].field == member
    assert "fire/batch" in refusal.message


@pytest.mark.parametrize("raw", [[], "x", None, 7])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert refused(raw).code == "INVALID_BODY"


def test_the_urls_channel_goes_with_it() -> None:
    assert read_ecdp({"customEventId": "7", "customerEmail": ANNA}, HABITS, channel="pl").channel == "pl"


def test_data_fields_come_with_what_ecdp_takes_for_granted() -> None:
    fields = [
        {"name": "size", "type": "String", "value": "M"},
        {"name": "essay", "type": "String", "value": "x" * 300},
        {"name": "untyped", "value": "plain"},
        {"name": "empty", "type": "String", "value": None},
        {"name": "score", "type": "Number", "value": "12.50"},
        {"name": "yes", "type": "Boolean", "value": "True"},
        {"name": "page", "type": "Url", "value": "https://shop.example/quiz"},
        {"name": "born", "type": "Date", "value": "1990-05-01T00:00:00.000Z"},
        {"name": "at", "type": "DateTime", "value": "2026-07-01T12:00:00"},
        {"name": "exactly", "type": "DateTime", "value": "2026-07-01T12:00:00.000Z"},
        {"name": "price", "type": "Money", "value": "199.90"},
        {"name": "fee", "type": "Money", "value": "5 EUR"},
    ]
    read_as = {name: (kind, str(value)) for name, kind, value in values(read(AT_HOME, dataFields=fields))}
    assert read_as == {
        "size": ("String", "M"),
        "essay": ("Text", "x" * 300),
        "untyped": ("String", "plain"),
        "score": ("Number", "12.50"),
        "yes": ("Boolean", "True"),
        "page": ("URL", "https://shop.example/quiz"),
        "born": ("Date", "1990-05-01"),
        "at": ("DateTime", "2026-07-01 12:00:00+02:00"),
        "exactly": ("DateTime", "2026-07-01 12:00:00+00:00"),
        "price": ("Money", str(Money(Decimal("199.90"), "PLN"))),
        "fee": ("Money", str(Money(Decimal(5), "EUR"))),
    }


def test_an_amount_without_any_currency_is_a_number() -> None:
    fields = [{"name": "price", "type": "Money", "value": "199.90"}]
    assert values(read(dataFields=fields)) == [("price", "Number", Decimal("199.90"))]


def test_a_field_that_cannot_be_kept_is_refused_by_its_place() -> None:
    typed = type_fields(read(dataFields=[{"name": "at", "type": "DateTime", "value": "soon"}]).data_fields, ())
    assert [(problem.field, problem.code) for problem in typed.unusable] == [("dataFields.at", "WRONG_TYPE")]
