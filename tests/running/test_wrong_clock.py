"""A worker whose clock is days wrong: what it writes is dated by the database, so nothing is early, lost or forgotten.

Two clocks that differ: the database's own is moved for this connection, by a function that stands before PostgreSQL's
in the search path. The process's is then as wrong as a worker's after a bad correction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from saleor_custom_events import tasks
from saleor_custom_events.firing.fire import first_occurrence_id
from saleor_custom_events.life import signs_of_life
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.models import (
    CustomEvent,
    DataFields,
    Happening,
    IdempotencyKey,
    Invocation,
    Lane,
    Occurrence,
    Replay,
    ScenarioEntry,
    StepRun,
)
from saleor_custom_events.running import heartbeat, queue, replaying
from saleor_custom_events.running.queue import cancel
from saleor_custom_events.running.replaying import Wanted, begin_replay
from saleor_custom_events.running.worker import run_due
from tests.firing.flows import fired
from tests.running.again import ORIGINAL, anybody
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

#: By how much the process's clock is wrong: behind the database's, and ahead of it.
WRONG = [timedelta(days=-40), timedelta(days=40), timedelta(minutes=-7), timedelta(minutes=7)]
NEAR = timedelta(minutes=2)
Clock = Callable[[], datetime]


@pytest.fixture(params=WRONG, ids=str)
def now(request: pytest.FixtureRequest) -> Iterator[Clock]:
    """Give the database's clock, by which this process's is wrong."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA moved")
        cursor.execute(
            "CREATE FUNCTION moved.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS "
            f"$$ SELECT pg_catalog.statement_timestamp() - interval '{request.param.total_seconds()} seconds' $$"
        )
        cursor.execute("SET search_path TO moved, pg_catalog, public")
        try:
            yield asked
        finally:
            cursor.execute("RESET search_path")
            cursor.execute("DROP SCHEMA moved CASCADE")


def asked() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)
    return now


def only() -> Invocation:
    return Invocation.objects.get()


def test_a_wait_ends_after_its_time(now: Clock) -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "wait", "type": "wait", "duration": "PT5M", "next": None}])
    fired(event)
    assert not run_due()
    until = only().due_at
    assert until is not None
    assert timedelta(minutes=3) < until - now() <= timedelta(minutes=5)
    assert not run_due()
    assert only().status == "waiting", "not a minute early"


def test_what_is_debounced_waits_for_its_quiet(now: Clock) -> None:
    event = an_event()
    quiet = {"type": "debounce", "quiet": "PT5M", "atMost": "PT1H", "key": "customer"}
    a_scenario(event, steps=[{"id": "end", "type": "exit"}], flow=quiet)
    fired(event)
    assert not run_due()
    due = only().due_at
    assert due is not None
    assert timedelta(minutes=3) < due - now() <= timedelta(minutes=5)


@pytest.mark.parametrize("reentry", ["once", "restart"])
def test_what_is_remembered_of_a_firing_lasts_as_long_as_it_should(now: Clock, reentry: str) -> None:
    event = an_event(awaited=True)
    limit = {"type": "rateLimit", "count": 5, "per": "P1D", "key": "customer"}
    a_scenario(event, steps=[{"id": "end", "type": "exit"}], reentry=reentry, flow=limit)
    fired(event, idempotencyKey="a")
    queue.tidy(100)
    assert fired(event, idempotencyKey="a").duplicate
    occurrence = Occurrence.objects.get()
    assert abs(occurrence.registered_at - now()) < NEAR
    assert first_occurrence_id(now() - NEAR) < occurrence.pk < first_occurrence_id(now() + NEAR)
    lasting = [
        (IdempotencyKey.objects.get().expires_at, timedelta(days=7)),
        (Lane.objects.get().expires_at, timedelta(days=1)),
        (Happening.objects.order_by("pk")[0].expires_at, timedelta(days=2)),
    ]
    for end, kept in lasting:
        assert abs(end - now() - kept) < NEAR
    assert ScenarioEntry.objects.filter(expires_at__lte=now()).count() == 0


def test_what_a_scenario_fires_is_dated_like_everything_else(now: Clock) -> None:
    first, second = an_event(), an_event()
    config = {"event": second.pk, "copyFields": True}
    step = {"id": "fire", "type": "action", "action": "fire_event", "config": config, "next": None}
    a_scenario(first, steps=[step])
    fired(first)
    run_due()
    caused = Occurrence.objects.get(event=second)
    assert abs(caused.registered_at - now()) < NEAR
    for begun, ended in StepRun.objects.values_list("started_at", "ended_at"):
        assert abs(begun - now()) < NEAR
        assert abs(ended - now()) < NEAR


def test_data_fields_stay_for_as_many_days_as_the_database_counts(now: Clock) -> None:
    event = an_event()
    fired(event, dataFields={"size": "M"})
    tasks.tidy()
    assert DataFields.objects.count() == 1
    assert remove_data_fields(now() + NEAR, 60) == 1, "nothing else kept them"


def test_signs_of_life_are_seen_and_end(now: Clock) -> None:
    heartbeat._said.clear()
    heartbeat.beat(heartbeat.BEAT, heartbeat.WORKER)
    life = signs_of_life()
    assert not life.beat_silent
    assert not life.worker_silent
    assert life.beat_seen_at is not None
    assert abs(life.beat_seen_at - now()) < NEAR


def test_a_replay_is_spread_out_over_its_time(now: Clock) -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "wait", "type": "wait", "duration": "P1D", "next": None}])
    for _ in range(4):
        fired(event)
    for row in Invocation.objects.all():
        cancel(row.pk, "By a test.")
    wanted = Wanted(event=event.pk, created_from=now() - NEAR, created_to=now() + NEAR, statuses=("cancelled",))
    begin_replay(wanted, ORIGINAL, timedelta(days=2), by="a test", allow=anybody)
    replaying.go_on(1)
    assert Invocation.objects.filter(retry_of__isnull=False).count() <= 1, "the others have two days"
    assert Replay.objects.get().status == "running"


def test_a_claim_is_held_as_long_as_its_lease(now: Clock) -> None:
    event: CustomEvent = an_event()
    a_scenario(event, steps=[{"id": "end", "type": "exit"}])
    fired(event)
    (claim,) = queue.claim(1, 30)
    assert queue.claim(1, 30) == []
    assert abs(claim.now - now()) < NEAR
    due: Any = only().due_at
    assert timedelta(0) < due - now() <= timedelta(seconds=30)
