"""A customer is erased while others are at what is theirs: workers, firings, retries, another erasure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.log import erasing
from saleor_custom_events.log.erasure import erase_customer
from saleor_custom_events.models import Erasure, Invocation, Occurrence, StepRun
from saleor_custom_events.running import queue
from saleor_custom_events.running.worker import run_due
from tests.defining.people import BOSS
from tests.log.erased_customer import EMAIL, SECRET, WAIT, rows_with, sent
from tests.receiver import Receiver, receiver
from tests.running.again import START, again, webhook
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30
GIVEN = {"customerEmail": EMAIL, "dataFields": {"street": SECRET}}


@pytest.fixture
def outside(settings: Settings) -> Iterator[Receiver]:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    with receiver() as listening:
        yield listening


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    def begin() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=begin)
    thread.start()
    return thread


def test_a_worker_in_the_middle_of_a_webhook_writes_nothing_more(outside: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(outside.url, after="wait"), WAIT])
    sent(event, **GIVEN)
    outside.open.clear()
    worker = in_a_thread(run_due)
    assert until(lambda: bool(outside.requests), PATIENCE)
    assert StepRun.objects.get().status == "trying"

    erase_customer(BOSS, email=EMAIL)
    erasing.go_on(60)
    outside.open.set()
    worker.join(PATIENCE)
    erasing.go_on(60)

    assert Erasure.objects.get().status == "done"
    row = Invocation.objects.get()
    assert (row.status, row.reason, row.due_at, row.lease) == ("cancelled", "CANCELLED_ERASED", None, None)
    assert rows_with([EMAIL, SECRET]) == []


def test_a_firing_that_was_under_way_is_erased_as_well_before_the_certificate_is_written() -> None:
    """It had looked for tombstones before there was one, and commits after every piece was looked at."""
    event = an_event()
    sent(event, **GIVEN)
    fired, may_end = threading.Event(), threading.Event()

    def fire_slowly() -> None:
        with transaction.atomic():
            sent(event, **GIVEN)
            fired.set()
            may_end.wait(PATIENCE)

    firing = in_a_thread(fire_slowly)
    assert fired.wait(PATIENCE)
    erasure = erase_customer(BOSS, email=EMAIL)
    erasing.go_on(60)
    erasure.refresh_from_db()
    assert (erasure.status, erasure.counts["occurrences"]) == ("running", 1)

    may_end.set()
    firing.join(PATIENCE)
    erasing.go_on(60)

    erasure.refresh_from_db()
    assert (erasure.status, erasure.counts["occurrences"]) == ("done", 2)
    assert rows_with([EMAIL, SECRET]) == []


def test_what_somebody_else_holds_is_left_for_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "LOCK_SECONDS", 0.2)
    event = an_event()
    sent(event, **GIVEN)
    held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Occurrence.objects.select_for_update().get()
            held.set()
            may_end.wait(PATIENCE)

    holding = in_a_thread(hold)
    assert held.wait(PATIENCE)
    erasure = erase_customer(BOSS, email=EMAIL)
    assert erasing.go_on(60) == 0
    may_end.set()
    holding.join(PATIENCE)
    assert erasing.go_on(60) == 1
    erasure.refresh_from_db()
    assert erasure.counts["occurrences"] == 1


def test_two_workers_count_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "PIECE", 2)
    event = an_event()
    a_scenario(event, steps=[WAIT])
    for _ in range(20):
        sent(event, **GIVEN)
    erasure = erase_customer(BOSS, email=EMAIL)
    together(*[lambda: erasing.go_on(60)] * 3)
    erasing.go_on(60)
    erasure.refresh_from_db()
    assert (erasure.status, erasure.counts["occurrences"], erasure.counts["runsCancelled"]) == ("done", 20, 20)


def test_of_a_retry_and_an_erasure_at_the_same_moment_nothing_runs_on() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    for _ in range(10):
        sent(event, **GIVEN)
    run_due()
    rows = list(Invocation.objects.order_by("pk"))
    for row in rows:
        queue.cancel(row.pk, "")
    erase_customer(BOSS, email=EMAIL)

    def retry_all() -> None:
        for row in rows:
            with suppress(Refused):  # Whichever came first: both are right.
                again(row, begin_at=START)

    together(retry_all, lambda: erasing.go_on(60))
    erasing.go_on(60)

    assert Erasure.objects.get().status == "done"
    assert not Invocation.objects.filter(due_at__isnull=False).exists()
    assert rows_with([EMAIL, SECRET]) == []
