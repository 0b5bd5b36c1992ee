"""Which data fields a storefront may send: what the event declares, and what its key allows."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.models import CustomEvent, DataFields, Invocation
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db

SCORE = [{"name": "score", "type": "Number", "required": False}]
SENT = {"score": 9, "coupon": "X", "message": "buy at evil.example"}
CUSTOMER = Caller(kind=CallerKind.CUSTOMER, id="VXNlcjox", customer_id="VXNlcjox", customer_email="anna@example.com")


def fired(event: CustomEvent, caller: Caller) -> tuple[set[str], list[tuple[str, str]]]:
    """Fire all of SENT; gives what was kept, and what is noted of the rest."""
    body: dict[str, Any] = {"customEventId": event.pk, "dataFields": SENT}
    who = {} if caller is CUSTOMER else {"anonymousId": "visitor"}
    receipt = fire(read_firing(body | who, needs_identity=caller is not CUSTOMER), caller)
    kept = DataFields.objects.get(occurrence_id=receipt.occurrence_id)
    return {field["name"] for field in kept.fields}, [(p["field"], p["code"]) for p in kept.violations]


@pytest.mark.parametrize("violations", ["off", "warn"])
def test_what_an_event_does_not_declare_is_left_out_and_noted(violations: str) -> None:
    event = an_event(public=True, declared_fields=SCORE, violations=violations)
    _, storefront = a_key()

    for caller in (storefront, CUSTOMER):
        kept, noted = fired(event, caller)

        assert kept == {"score"}
        assert noted == [("dataFields.coupon", "UNDECLARED"), ("dataFields.message", "UNDECLARED")]


def test_a_key_may_be_allowed_more() -> None:
    event = an_event(public=True, declared_fields=SCORE)
    _, storefront = a_key(allowed_fields=["coupon"])

    assert fired(event, storefront) == ({"score", "coupon"}, [("dataFields.message", "UNDECLARED")])


def test_an_event_that_declares_nothing_may_bring_anything_unless_the_key_says_what() -> None:
    event = an_event(public=True)

    assert fired(event, a_key()[1]) == (set(SENT), [])
    assert fired(event, a_key(allowed_fields=["coupon"])[1])[0] == {"coupon"}


def test_an_event_that_rejects_does_so_whatever_a_key_allows() -> None:
    event = an_event(public=True, declared_fields=SCORE, violations="reject")

    with pytest.raises(Refused) as refused:
        fired(event, a_key(allowed_fields=["coupon", "message"])[1])

    assert refused.value.code == "FIELDS_REJECTED"


def test_a_trusted_caller_may_send_anything() -> None:
    event = an_event(public=True, declared_fields=SCORE)

    assert fired(event, TRUSTED) == (set(SENT), [])


def test_no_filter_sees_what_was_left_out() -> None:
    event = an_event(public=True, declared_fields=SCORE)
    a_scenario(event, filter={"all": [{"left": "dataFields.coupon", "operator": "isSet"}]})

    fired(event, a_key()[1])
    assert Invocation.objects.get().reason == "SKIPPED_FILTER"
    fired(event, a_key(allowed_fields=["coupon"])[1])
    assert Invocation.objects.order_by("pk").last().status == "running"  # type: ignore[union-attr]
