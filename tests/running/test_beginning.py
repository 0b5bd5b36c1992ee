"""What a worker decides when an invocation begins: the customer's filter, and re-entry where the firing could not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from saleor_custom_events.firing.catalogue import facts_of
from saleor_custom_events.firing.entering import entry_of
from saleor_custom_events.models import Invocation, Occurrence, ScenarioEntry
from saleor_custom_events.running import queue
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.run import load
from saleor_custom_events.running.worker import carry_on, run_due
from tests.firing.flows import fired, outcome, rows
from tests.running.again import START, again
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)

KNOWN = {"left": "customer.exists", "operator": "equals", "right": True}
END = {"id": "end", "type": "exit"}
WAIT = {"id": "wait", "type": "wait", "duration": "P1D", "next": None}
DEBOUNCE = {"type": "debounce", "quiet": "PT10M", "atMost": "PT10M", "key": "dataFields.checkout"}


def a_customer(email: str = "anna@example.com") -> None:
    get_user_model().objects.create(email=email, is_active=True)


def quiet() -> None:
    Invocation.objects.filter(status="waiting", state={}).update(due_at=datetime.now(UTC))


def checkout(number: int) -> dict[str, Any]:
    return {"dataFields": {"checkout": f"c{number}"}}


def test_a_customer_filter_keeps_out_whom_it_is_not_for_and_says_what_it_saw() -> None:
    event = an_event()
    a_scenario(event, customerFilter=KNOWN, steps=[END])
    a_customer()
    receipts = [fired(event), fired(event, customerEmail="stranger@example.com")]
    assert [outcome(receipt) for receipt in receipts] == [("started", "")] * 2, "nobody looks a customer up to answer"
    run_due()
    known, stranger = Invocation.objects.order_by("pk")
    assert (known.status, known.reason) == ("completed", "EXITED")
    assert (stranger.status, stranger.reason, stranger.due_at) == ("skipped", "SKIPPED_FILTER", None)
    assert stranger.detail == "customer.exists equals True: it was False"
    assert stranger.step_runs.count() == 0


def test_the_repeated_firing_of_one_that_the_filter_kept_out_gets_its_first_answer() -> None:
    event = an_event()
    a_scenario(event, customerFilter=KNOWN, steps=[END])
    first = fired(event, idempotencyKey="k1")
    run_due()
    again_fired = fired(event, idempotencyKey="k1")
    assert (again_fired.duplicate, again_fired.invocations) == (True, first.invocations)
    assert rows() == [("skipped", "SKIPPED_FILTER")]


@pytest.mark.parametrize("rule", ["once", "notWhileRunning", "oncePerPeriod"])
def test_whom_the_filter_kept_out_has_not_entered(rule: str) -> None:
    event = an_event()
    period = {"period": "P7D"} if rule == "oncePerPeriod" else {}
    a_scenario(event, customerFilter=KNOWN, reentry=rule, steps=[WAIT], **period)
    fired(event)
    run_due()
    assert not ScenarioEntry.objects.exists()
    a_customer()
    fired(event)
    fired(event)
    run_due()
    assert rows() == [("skipped", "SKIPPED_FILTER"), ("waiting", ""), ("skipped", "SKIPPED_REENTRY")]


def test_restart_ends_the_one_before_only_when_the_new_one_begins() -> None:
    event = an_event()
    a_scenario(event, customerFilter=KNOWN, reentry="restart", steps=[WAIT])
    a_customer()
    fired(event)
    run_due()
    get_user_model().objects.all().delete()
    fired(event)
    run_due()
    assert rows() == [("waiting", ""), ("skipped", "SKIPPED_FILTER")]
    a_customer()
    newest = fired(event)
    run_due()
    assert rows() == [("cancelled", "CANCELLED_RESTARTED"), ("skipped", "SKIPPED_FILTER"), ("waiting", "")]
    assert str(Invocation.objects.order_by("pk")[0].superseded_by) == newest.occurrence_id


def test_a_debounced_one_enters_when_it_begins_so_a_customer_of_two_checkouts_is_let_in_once() -> None:
    event = an_event()
    a_scenario(event, flow=DEBOUNCE, reentry="oncePerPeriod", period="P7D", steps=[END])
    for number in (1, 1, 2):
        assert outcome(fired(event, **checkout(number))) == ("started", "")
    quiet()
    run_due()
    assert rows() == [("skipped", "SKIPPED_DEBOUNCED"), ("completed", "EXITED"), ("skipped", "SKIPPED_REENTRY")]


def test_one_that_fires_its_own_event_is_not_replaced_by_what_it_fired() -> None:
    event = an_event()
    config = {"event": event.pk, "copyFields": True}
    follow = {"id": "follow", "type": "action", "action": "fire_event", "config": config, "next": None}
    a_scenario(event, flow=DEBOUNCE, steps=[follow])
    fired(event, **checkout(1))
    quiet()
    run_due()
    assert rows() == [("completed", ""), ("waiting", "")]


def test_a_worker_that_dies_while_letting_one_begin_keeps_nobody_out() -> None:
    event = an_event()
    a_scenario(event, flow=DEBOUNCE, reentry="once", steps=[END])
    fired(event, **checkout(1))
    quiet()
    (claim,) = queue.claim(10, 30)
    # All that the dead worker came to: it has begun and entered, and settled nothing.
    Invocation.objects.update(status="running")
    start = load([claim])[0].start
    assert start is not None
    entry = entry_of(start, facts_of(Occurrence.objects.get()), datetime.now(UTC))
    assert entry is not None
    ScenarioEntry.objects.create(
        scenario_id=claim.scenario_id,
        identity=entry.identity,
        occurrence_id=claim.occurrence_id,
        entered_at=datetime.now(UTC),
    )
    Invocation.objects.update(due_at=datetime.now(UTC))
    run_due()
    assert rows() == [("completed", "EXITED")]


def test_a_retry_asks_neither_filter_nor_reentry() -> None:
    event = an_event()
    a_scenario(event, customerFilter=KNOWN, reentry="once", steps=[WAIT])
    a_customer()
    fired(event)
    run_due()
    (row,) = Invocation.objects.all()
    assert queue.cancel(row.pk, "no more")
    get_user_model().objects.all().delete()
    restarted = again(row, begin_at=START)
    run_due()
    restarted.refresh_from_db()
    assert (restarted.status, restarted.reason) == ("waiting", "")


def test_whoever_is_retried_counts_as_running() -> None:
    event = an_event()
    a_scenario(event, reentry="notWhileRunning", steps=[WAIT])
    fired(event)
    run_due()
    (row,) = Invocation.objects.all()
    assert queue.cancel(row.pk, "no more")
    again(row)
    assert outcome(fired(event)) == ("skipped", "SKIPPED_REENTRY")


@pytest.mark.parametrize(("rule", "reason"), [("once", "SKIPPED_REENTRY"), ("restart", "CANCELLED_RESTARTED")])
def test_workers_that_let_many_begin_at_the_same_moment_leave_one_a_customer(rule: str, reason: str) -> None:
    event = an_event()
    a_scenario(event, flow=DEBOUNCE, reentry=rule, steps=[WAIT])
    for number in range(40):
        fired(event, customerEmail=f"c{number % 2}@example.com", **checkout(number))
    quiet()

    def work() -> None:
        for claim in queue.claim(10, 30):
            carry_on(load([claim]), Budget(60))

    together(*[work] * 4)
    under_way = Invocation.objects.filter(due_at__isnull=False)
    assert sorted(under_way.values_list("customer_email", flat=True)) == ["c0@example.com", "c1@example.com"]
    assert [row[1] for row in rows()].count(reason) == 38
