"""One at a time: the next begins when the one before has ended, in order, however that one ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from saleor_custom_events.models import Invocation, Lane
from saleor_custom_events.running import lanes, queue
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.firing.flows import fired, fired_at_once, fired_together, outcome
from tests.receiver import Receiver
from tests.running.again import FAILED_STEP, START, again, webhook
from tests.shop import a_scenario, an_event
from tests.side_by_side import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = {"id": "wait", "type": "wait", "duration": "P1D", "next": None}
END = {"id": "end", "type": "exit"}
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def alone(key: str | None = None) -> dict[str, Any]:
    return {"type": "oneAtATime", "key": key}


def statuses() -> list[str]:
    return list(Invocation.objects.order_by("pk").values_list("status", flat=True))


def begun() -> list[int]:
    """Give the places of those whose turn has come, in the order in which they were fired."""
    return [
        place
        for place, row in enumerate(Invocation.objects.order_by("pk"))
        if row.parked is None and row.due_at is not None
    ]


def nth(place: int) -> Invocation:
    return Invocation.objects.order_by("pk")[place]


def finish(place: int) -> None:
    """Let the wait of one be over, and its invocation with it."""
    row = nth(place)
    row.state["waitUntil"] = datetime.now(UTC).isoformat()
    Invocation.objects.filter(pk=row.pk).update(due_at=datetime.now(UTC), state=row.state)
    run_due()


def test_the_next_begins_when_the_one_before_has_ended_in_order() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    receipts = [fired(event), *fired_together(event, {}, {"customerEmail": "bob@example.com"})]
    assert [outcome(receipt) for receipt in receipts] == [("started", "")] * 3
    for place in range(3):
        run_due()
        assert begun() == [place]
        assert nth(place).state["step"] == "wait"
        finish(place)
    assert statuses() == ["completed"] * 3


def test_each_customer_has_a_lane_of_their_own() -> None:
    event = an_event()
    a_scenario(event, flow=alone("customer"), steps=[WAIT])
    for email in ("anna@example.com", "bob@example.com", "anna@example.com"):
        fired(event, customerEmail=email)
    run_due()
    assert begun() == [0, 1]


def end_by_failing() -> None:
    Invocation.objects.filter(pk=nth(0).pk).update(claims=MAX_CLAIMS, due_at=datetime.now(UTC))
    run_due()
    assert nth(0).status == "failed"


def end_by_cancelling() -> None:
    assert queue.cancel(nth(0).pk, "no more")


@pytest.mark.parametrize("end", [end_by_failing, end_by_cancelling])
def test_the_next_begins_also_when_the_one_before_fails_or_is_cancelled(end: Callable[[], None]) -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    for _ in range(3):
        fired(event)
    run_due()
    end()
    assert begun() == [1]


def test_a_worker_that_dies_keeps_its_place_and_no_other_begins_meanwhile() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[END])
    for _ in range(2):
        fired(event)
    (dead,) = queue.claim(10, 30)
    assert dead.id == nth(0).pk
    assert run_due() is False
    assert statuses() == ["running", "waiting"]
    Invocation.objects.filter(pk=dead.id).update(due_at=datetime.now(UTC))
    run_due()
    assert statuses() == ["completed", "completed"]


def test_a_poison_event_is_put_aside_and_those_behind_it_go_on_mautic_7057() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[END])
    for _ in range(3):
        fired(event)
    for _ in range(MAX_CLAIMS):
        (deadly,) = queue.claim(10, 30)
        assert deadly.id == nth(0).pk
        Invocation.objects.filter(pk=deadly.id).update(due_at=datetime.now(UTC))
    run_due()
    assert statuses() == ["failed", "completed", "completed"]
    assert nth(0).reason == "FAILED_QUARANTINED"
    assert run_due() is False, "it is not tried again"


def test_whoever_is_cancelled_in_line_is_passed_over() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    for _ in range(3):
        fired(event)
    run_due()
    assert queue.cancel(nth(1).pk, "no more")
    assert begun() == [0]
    finish(0)
    assert begun() == [2]


def test_whoever_is_retried_gets_in_line_again(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[webhook(hook.url, after="wait"), WAIT])
    hook.answers = [(404, {}), (200, {}), (200, {}), (200, {})]
    for _ in range(2):
        fired(event)
    run_due()
    assert statuses() == ["failed", "waiting"]
    again(nth(0), begin_at=FAILED_STEP)
    assert (begun(), nth(0).status, nth(0).parked) == ([1], "waiting", True)
    finish(1)
    run_due()
    assert (begun(), nth(0).status) == ([0], "waiting")
    assert queue.cancel(nth(0).pk, "no more")
    restarted = again(nth(0), begin_at=START)
    assert (restarted.lane, begun()) == (nth(0).lane, [2]), "nobody is before it"


def test_whose_lane_is_gone_runs_without_one(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[webhook(hook.url)])
    hook.answers = [(404, {}), (200, {})]
    fired(event)
    run_due()
    Lane.objects.update(expires_at=datetime.now(UTC) - timedelta(days=1))
    assert lanes.tidy(10) == 1
    assert again(nth(0)).lane is None
    run_due()
    assert statuses() == ["completed"]


def test_a_lane_with_somebody_in_it_is_not_tidied_away() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    fired(event)
    run_due()
    Lane.objects.update(expires_at=datetime.now(UTC) - timedelta(days=1))
    assert lanes.tidy(10) == 0
    fired(event)
    assert begun() == [0]


def test_a_lane_that_stands_still_is_helped_on_by_tidying() -> None:
    """Its next one was being cancelled when its turn came, and that was rolled back."""
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    for _ in range(2):
        fired(event)
    run_due()
    locked, over = threading.Event(), threading.Event()

    def cancel_and_roll_back() -> None:
        with transaction.atomic():
            queue.cancel(nth(1).pk, "no more")
            locked.set()
            over.wait(30)
            transaction.set_rollback(True)
        connection.close()

    other = threading.Thread(target=cancel_and_roll_back)
    other.start()
    assert locked.wait(30)
    finish(0)
    over.set()
    other.join()
    assert begun() == []
    lanes.tidy(10)
    assert begun() == [1]


def test_the_database_itself_lets_no_two_run_at_once() -> None:
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    for _ in range(2):
        fired(event)
    with pytest.raises(IntegrityError, match="sce_invocation_alone"):
        Invocation.objects.filter(parked=True).update(parked=None)


def test_one_is_under_way_whatever_happens_at_the_same_moment() -> None:
    """Firings, workers and cancelling side by side; the index would fail them if ever two were to run at once."""
    event = an_event()
    a_scenario(event, flow=alone("dataFields.shop"), steps=[END])

    def cancel_one() -> None:
        row = Invocation.objects.filter(due_at__isnull=False).order_by("-pk").first()
        if row is not None:
            queue.cancel(row.pk, "no more")

    with meanwhile(run_due, run_due, cancel_one):
        fired_at_once(event, [{"dataFields": {"shop": f"s{number % 3}"}} for number in range(150)], threads=5)
    lanes.tidy(10)
    run_due()
    assert Invocation.objects.filter(due_at__isnull=False).count() == 0
    assert set(statuses()) == {"completed", "cancelled"}
    assert Invocation.objects.count() == 150


def test_a_firing_that_waits_for_an_invocation_holds_no_lane_that_its_worker_needs() -> None:
    """A worker settles two in one transaction: the one that a firing wants to end, and the one whose lane it wants."""
    event = an_event()
    a_scenario(event, flow=alone(), steps=[WAIT])
    a_scenario(event, reentry="restart", steps=[WAIT])
    fired(event)
    errors: list[BaseException] = []

    def fire_again() -> None:
        try:
            fired(event)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    firing = threading.Thread(target=fire_again)
    with transaction.atomic(), connection.cursor() as cursor:
        assert len(Invocation.objects.select_for_update()) == 2
        firing.start()
        for _ in range(500):
            cursor.execute("SELECT pg_sleep(0.02), pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                break
        else:
            raise AssertionError("the firing waits for the invocation")
        queue.wait_for_locks_at_most(0.2)
        assert lanes.hold(cursor, [Lane.objects.get().pk])
    firing.join()
    assert errors == []
