"""Whose turn it is: what a worker begins in its time, what it hands back, and where that then stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from saleor_custom_events.apps import schedule
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.models import CustomEvent, Invocation, StepRun
from saleor_custom_events.running import queue
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.receiver import Receiver
from tests.shop import TRUSTED, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def webhook(url: str) -> dict[str, Any]:
    return {"id": "hook", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": None}


def tag(step: str, after: str | None) -> dict[str, Any]:
    config = {"entries": {"last": step}}
    return {"id": step, "type": "action", "action": "set_customer_metadata", "config": config, "next": after}


def fired(event: CustomEvent, email: str = "anna@example.com") -> int:
    number = fire(read_firing({"customEventId": event.pk, "customerEmail": email}), TRUSTED).invocations[0].id
    assert number is not None
    return number


def due_since(invocation: int) -> datetime | None:
    return Invocation.objects.get(pk=invocation).due_at


def test_a_worker_too_slow_for_its_time_still_gets_on(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    invocation = fired(event)
    assert run_due(budget=0), "its time was over before it began"
    assert Invocation.objects.get(pk=invocation).status == "completed"


def test_actions_that_commit_with_their_step_are_handed_back_when_the_time_is_over() -> None:
    get_user_model().objects.create(email="anna@example.com")
    event = an_event()
    a_scenario(event, steps=[tag("first", "second"), tag("second", None)])
    invocations = [fired(event) for _ in range(3)]
    before = [due_since(invocation) for invocation in invocations]
    assert run_due(budget=0)
    assert StepRun.objects.filter(status="done").count() == 1
    assert [due_since(invocation) for invocation in invocations[1:]] == before[1:], "their place in the queue is kept"
    assert set(Invocation.objects.values_list("lease", "claims")) == {(None, 0)}
    while run_due(budget=0):
        pass
    assert set(Invocation.objects.values_list("status", flat=True)) == {"completed"}
    assert StepRun.objects.filter(status="done").count() == 6


def test_more_calls_than_go_side_by_side_follow_one_another_in_one_claim(hook: Receiver, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONCURRENCY = 2
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    invocations = [fired(event) for _ in range(7)]
    with CaptureQueriesContext(connection) as queries:
        assert not run_due(budget=60)
    assert len(hook.requests) == len(invocations)
    claims = [query for query in queries if "claims = i.claims + 1" in query["sql"]]
    assert len(claims) == 2, "one that found all, one that found nothing"


def test_what_is_not_run_together_with_a_suspect_keeps_its_place() -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "end", "type": "exit"}])
    suspect, innocent = fired(event), fired(event)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    Invocation.objects.filter(pk=suspect).update(claims=3, due_at=long_ago)
    place = due_since(innocent)
    claimed = queue.claim(10, 30)
    queue.give_back([claim for claim in claimed if claim.id == innocent])
    row = Invocation.objects.get(pk=innocent)
    assert (row.due_at, row.lease, row.claims) == (place, None, 0)


def test_a_state_that_nobody_can_read_is_put_aside_and_its_neighbours_run() -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "end", "type": "exit"}])
    poison, neighbour = fired(event), fired(event)
    unreadable = {"step": 1}
    Invocation.objects.filter(pk=poison).update(state=unreadable, claims=MAX_CLAIMS)
    run_due()
    row = Invocation.objects.get(pk=poison)
    assert (row.status, row.reason, row.state) == ("failed", "FAILED_QUARANTINED", unreadable)
    assert Invocation.objects.get(pk=neighbour).status == "completed"


def test_the_store_is_asked_about_all_customers_at_once() -> None:
    event = an_event()
    a_scenario(event, steps=[tag("first", None)])
    for number in range(5):
        get_user_model().objects.create(email=f"customer-{number}@example.com")
        fired(event, f"customer-{number}@example.com")
    with CaptureQueriesContext(connection) as queries:
        run_due()
    assert get_user_model().objects.filter(metadata={"last": "first"}).count() == 5
    assert len([query for query in queries if 'FROM "sandbox_user"' in query["sql"]]) == 1


def test_a_sweep_may_wait_behind_the_shops_own_tasks(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_SWEEP_EVERY = 2.0
    target = SimpleNamespace(CELERY_BEAT_SCHEDULE={})
    schedule(target)
    entry = target.CELERY_BEAT_SCHEDULE["saleor_custom_events.sweep"]
    assert entry["schedule"] == 2.0
    assert entry["options"]["expires"] >= 60
