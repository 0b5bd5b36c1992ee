"""Exit rules let go of an invocation while it waits, at whatever step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from saleor_custom_events.models import Awaiting, CustomEvent, Happening, Invocation
from saleor_custom_events.running import queue
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.running.run import load
from saleor_custom_events.running.worker import carry_on, run_due
from tests.receiver import Receiver
from tests.running.again import anybody, webhook
from tests.running.waiting import END, fired, row, stands, time_passes, wait_for
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

DAY = {"id": "wait", "type": "wait", "duration": "P1D", "next": "end"}
NOON = {"id": "wait", "type": "waitForTime", "time": "12:00", "next": "end"}
LATER = {"id": "wait", "type": "waitUntil", "date": "dataFields.day", "next": "end"}


def leaving(*steps: dict[str, Any], **rule: Any) -> tuple[CustomEvent, CustomEvent]:
    """Give the event that starts a scenario, and the one that ends it."""
    start, ordered = an_event(), an_event("Ordered")
    a_scenario(start, steps=steps, exits=[{"type": "event", "event": ordered.pk, **rule}])
    return start, ordered


@pytest.mark.parametrize("step", [DAY, NOON, LATER], ids=lambda step: step["type"])
def test_it_lets_go_of_every_wait(step: dict[str, Any]) -> None:
    start, ordered = leaving(step, END)
    day = {"name": "day", "type": "DateTime", "value": (datetime.now(UTC) + timedelta(days=30)).isoformat()}
    begun = fired(start, dataFields=[day])
    run_due()
    assert stands(begun) == "waiting"
    receipt = fired(ordered)
    run_due()
    ended = row(begun)
    assert (ended.status, ended.reason, ended.due_at) == ("completed", "EXITED_EARLY", None)
    assert ended.detail == f"Event {ordered.pk}, Ordered: occurrence {receipt.occurrence_id}."
    (step_run,) = ended.step_runs.all()
    assert (step_run.step, step_run.status, step_run.reason) == ("wait", "skipped", "EXITED_EARLY")
    assert step_run.result["occurrenceId"] == receipt.occurrence_id
    assert not Awaiting.objects.exists()


def test_it_comes_before_the_event_that_a_step_waits_for() -> None:
    start, ordered, viewed = an_event(), an_event(), an_event()
    a_scenario(start, steps=[wait_for(viewed), END], exits=[{"type": "event", "event": ordered.pk}])
    begun = fired(start)
    run_due()
    fired(viewed)
    fired(ordered)
    run_due()
    assert row(begun).reason == "EXITED_EARLY"


def test_its_filter_decides() -> None:
    start, ordered = leaving(DAY, END, filter={"left": "dataFields.total", "operator": "greaterThan", "right": 100})
    begun = fired(start)
    run_due()
    fired(ordered, dataFields={"total": 99})
    run_due()
    assert stands(begun) == "waiting"
    fired(ordered, dataFields={"total": 101})
    run_due()
    assert row(begun).reason == "EXITED_EARLY"


def test_somebody_else_ends_nothing() -> None:
    start, ordered = leaving(DAY, END)
    begun = fired(start)
    run_due()
    fired(ordered, "ben@example.com")
    run_due()
    time_passes()
    run_due()
    assert (stands(begun), row(begun).reason) == ("completed", "EXITED")


def test_what_came_a_moment_before_the_wait_was_over_still_lets_go() -> None:
    """Nobody was told yet when the wait ended: it is looked at once more before anything further is done."""
    start, ordered = leaving(DAY, END)
    begun = fired(start)
    run_due()
    fired(ordered)
    time_passes()
    carry_on(load(queue.claim(10, 30)), Budget(60))
    assert Happening.objects.filter(pending=True).exists()
    assert row(begun).reason == "EXITED_EARLY"


def test_what_came_between_two_waits_lets_go_at_the_second(hook: Receiver) -> None:
    start, ordered = leaving(DAY | {"next": "hook"}, webhook(hook.url, after="more"), DAY | {"id": "more"}, END)
    hook.answers = [(503, {}), (200, {})]
    begun = fired(start)
    run_due()
    time_passes()
    run_due()
    assert row(begun).step_runs.get(step="hook").status == "retrying"
    fired(ordered)
    run_due()
    assert stands(begun) == "waiting", "an action that is tried again is no wait of the scenario's"
    time_passes()
    run_due()
    assert (row(begun).reason, len(hook.requests)) == ("EXITED_EARLY", 2)


def test_a_cancelled_one_that_is_resumed_listens_again() -> None:
    start, ordered = leaving(DAY, END)
    begun = fired(start)
    run_due()
    assert queue.cancel(row(begun).pk, "")
    Awaiting.objects.all().delete()
    retry(row(begun).pk, RetryVersion.ORIGINAL, RetryFrom.FAILED_STEP, by="boss", allow=anybody)
    run_due()
    assert stands(begun) == "waiting"
    fired(ordered)
    run_due()
    assert row(begun).reason == "EXITED_EARLY"


def test_a_scenario_without_exits_and_awaited_events_writes_nothing_about_listening() -> None:
    start = an_event()
    a_scenario(start, steps=[DAY, END])
    fired(start)
    run_due()
    assert Invocation.objects.get().status == "waiting"
    assert not Awaiting.objects.exists()
