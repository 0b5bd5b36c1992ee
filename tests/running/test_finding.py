"""Customers who are named by a hash of their e-mail or by a phone number: the worker finds whose that is."""

from __future__ import annotations

import hashlib
from secrets import token_hex
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import CustomEvent, Occurrence
from saleor_custom_events.running.worker import run_due
from tests.firing.flows import outcome
from tests.running.waiting import END, LATE, branch, row, stands, wait_for
from tests.shop import TRUSTED, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

ANNA = "anna@example.com"
PHONE = "+48600100200"
NOTE = {"id": "note", "type": "action", "action": "add_customer_note", "config": {"text": "Was here"}, "next": None}
AGAIN = ("skipped", "SKIPPED_REENTRY")


def md5(email: str = ANNA) -> str:
    return hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()


def sha256(email: str = ANNA) -> str:
    return hashlib.sha256(email.encode()).hexdigest()


def a_customer(email: str = ANNA, **values: Any) -> Any:
    return get_user_model().objects.create(email=email, **values)


def fired(event: CustomEvent, **who: Any) -> Receipt:
    return fire(Firing(event=event.pk, **who), TRUSTED)


def by_hash(event: CustomEvent, email: str = ANNA) -> Receipt:
    return fired(event, customer_email_hash=md5(email))


def occurrence(receipt: Receipt) -> Occurrence:
    return Occurrence.objects.get(pk=receipt.occurrence_id)


@pytest.mark.parametrize(
    "who", [{"customer_email_hash": md5()}, {"customer_email_hash": sha256()}, {"customer_phone": PHONE}]
)
def test_the_customer_is_found_when_the_invocation_begins_and_is_then_like_any(who: dict[str, str]) -> None:
    anna, event = a_customer(phone=PHONE), an_event()
    a_scenario(event, steps=[NOTE])
    receipt = fired(event, **who)
    assert occurrence(receipt).customer_id is None, "no customer is looked up before the answer"
    run_due()
    anna.refresh_from_db()
    assert anna.note == "Was here"
    assert (row(receipt).status, row(receipt).reason, row(receipt).customer_email) == ("completed", "", ANNA)
    kept = occurrence(receipt)
    assert (kept.customer_email, kept.customer_id) == (ANNA, global_id("User", anna.pk))
    said = {"customer_email_hash": kept.customer_email_hash, "customer_phone": kept.customer_phone}
    assert {name: value for name, value in said.items() if value} == who


def test_somebody_whom_the_store_does_not_know_is_nobody_and_the_log_says_so() -> None:
    event = an_event()
    a_scenario(event, steps=[NOTE])
    receipt = by_hash(event)
    run_due()
    ended = row(receipt)
    assert (ended.status, ended.reason) == ("completed", "CUSTOMER_NOT_FOUND")
    assert ended.detail == "The store knows nobody by this hash of an e-mail address: it went on as for nobody."
    assert ended.step_runs.get().reason == "SKIPPED_NO_CUSTOMER"


def test_a_phone_number_of_several_customers_is_nobodys() -> None:
    people, event = [a_customer(phone=PHONE), a_customer("ben@example.com", phone=PHONE)], an_event()
    a_scenario(event, steps=[NOTE])
    receipt = fired(event, customer_phone=PHONE)
    run_due()
    assert row(receipt).reason == "CUSTOMER_NOT_FOUND"
    assert "2 customers by this phone number" in row(receipt).detail
    for person in people:
        person.refresh_from_db()
        assert person.note == ""


def test_a_filter_that_keeps_nobody_out_says_its_own_reason() -> None:
    event = an_event()
    a_scenario(event, customerFilter={"left": "customer.exists", "operator": "equals", "right": True}, steps=[NOTE])
    unknown = by_hash(event)
    run_due()
    assert (row(unknown).status, row(unknown).reason) == ("skipped", "SKIPPED_FILTER")
    a_customer()
    known = by_hash(event)
    run_due()
    assert row(known).status == "completed"


def test_whoever_entered_once_by_their_address_does_not_enter_by_its_hash() -> None:
    a_customer(phone=PHONE)
    event = an_event()
    a_scenario(event, reentry="once", steps=[END])
    first = fired(event, customer_email=ANNA)
    others = [by_hash(event), fired(event, customer_email_hash=sha256()), fired(event, customer_phone=PHONE)]
    assert [outcome(one) for one in others] == [("started", "")] * 3, "the firing cannot know"
    run_due()
    assert row(first).status == "completed"
    assert [(row(one).status, row(one).reason) for one in others] == [AGAIN] * 3


def test_whoever_entered_once_by_a_hash_does_not_enter_by_the_address() -> None:
    a_customer()
    event = an_event()
    a_scenario(event, reentry="once", steps=[END])
    first = by_hash(event)
    run_due()
    assert row(first).status == "completed"
    assert outcome(fired(event, customer_email=ANNA)) == AGAIN


def test_a_hash_of_nobody_known_enters_once_too() -> None:
    event = an_event()
    a_scenario(event, reentry="once", steps=[END])
    both = [by_hash(event), by_hash(event)]
    run_due()
    assert sorted((row(one).status, row(one).reason) for one in both) == [("completed", "CUSTOMER_NOT_FOUND"), AGAIN]


def test_who_waits_under_an_address_is_let_go_by_an_event_that_came_with_a_hash() -> None:
    a_customer()
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "end", "late"), END, LATE])
    begun = fired(start, customer_email=ANNA)
    run_due()
    by_hash(awaited, "ben@example.com")
    run_due()
    assert stands(begun) == "waiting"
    by_hash(awaited)
    run_due()
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_who_began_by_a_hash_and_waits_is_let_go_by_an_event_with_the_address() -> None:
    a_customer()
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "end", "late"), END, LATE])
    begun = by_hash(start)
    run_due()
    assert stands(begun) == "waiting"
    fired(awaited, customer_email=ANNA)
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_what_happened_by_a_hash_before_the_wait_began_is_found() -> None:
    a_customer()
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "end", "late"), END, LATE])
    begun = fired(start, customer_email=ANNA)
    by_hash(awaited)
    run_due()
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_twenty_are_found_with_as_many_queries_as_one() -> None:
    def queries(count: int) -> int:
        event = an_event()
        a_scenario(event, steps=[END])
        for _ in range(count):
            email = f"{token_hex(4)}@example.com"
            a_customer(email)
            by_hash(event, email)
        with CaptureQueriesContext(connection) as captured:
            run_due()
        assert not Occurrence.objects.filter(customer_id=None).exists()
        return len(captured)

    queries(1)
    assert queries(20) == queries(1)


def test_an_event_that_a_scenario_fires_is_of_the_same_person_found_or_not() -> None:
    a_customer()
    first, second = an_event(), an_event()
    fire_second = {"id": "f", "type": "action", "action": "fire_event", "config": {"event": second.pk}, "next": None}
    a_scenario(first, steps=[fire_second])
    a_scenario(second, steps=[END])
    by_hash(first)
    by_hash(first, "nobody@example.com")
    run_due()
    run_due()
    fired_by_scenario = Occurrence.objects.filter(event=second).order_by("registered_at", "pk")
    known = fired_by_scenario.get(customer_email=ANNA)
    unknown = fired_by_scenario.get(customer_email=None)
    assert (known.customer_email_hash, unknown.customer_email_hash) == (None, md5("nobody@example.com"))


def test_without_logging_nothing_of_it_stays() -> None:
    a_customer()
    event = an_event(logging=False)
    a_scenario(event, steps=[NOTE])
    receipt = by_hash(event)
    run_due()
    kept = occurrence(receipt)
    assert (kept.customer_email, kept.customer_id, kept.customer_email_hash, row(receipt).customer_email) == (None,) * 4


def test_a_firing_that_others_repeat_is_known_by_what_names_its_customer() -> None:
    event = an_event()
    first = fired(event, customer_email_hash=md5(), idempotency_key="k")
    again = fired(event, customer_email_hash=md5(), idempotency_key="k")
    assert (again.duplicate, again.occurrence_id) == (True, first.occurrence_id)
