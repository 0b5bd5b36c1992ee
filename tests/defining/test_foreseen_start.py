"""A dry run says whether an occurrence would begin now, and when: re-entry, limits, quiet, places, turns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from saleor_custom_events.defining.dry_run import DryRun, dry_run
from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario
from saleor_custom_events.models import CustomEvent, Invocation, Lane, Scenario, ScenarioEntry
from tests.defining.people import BOSS, MARKETER
from tests.firing.flows import fired
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db

WAIT = {"id": "wait", "type": "wait", "duration": "PT1H", "next": None}
SKIPPED = "skipped"


def published(event: CustomEvent, **start: Any) -> Scenario:
    starts = [{"id": "start", "type": "customEvent", "event": event.pk, **start}]
    made = create_scenario(BOSS, "Welcome", {"spec": 1, "starts": starts, "steps": [WAIT]})
    return publish_scenario(BOSS, made.pk)[0]


def tried(scenario: Scenario, event: CustomEvent, by: Any = BOSS, **members: Any) -> DryRun:
    before = [list(table.objects.order_by("pk").values()) for table in (Lane, ScenarioEntry, Invocation)]
    body = {"customEventId": event.pk, "customerEmail": "anna@example.com", **members}
    run = dry_run(by, scenario.pk, typed=body)
    assert before == [list(table.objects.order_by("pk").values()) for table in (Lane, ScenarioEntry, Invocation)]
    return run


def minutes(run: DryRun) -> int:
    """Give how long it would be until it begins."""
    assert run.begins_at is not None
    assert run.steps[0].at == run.begins_at, "the clock of the steps goes on from there"
    return round((run.begins_at - datetime.now(UTC)).total_seconds() / 60)


def end() -> None:
    Invocation.objects.update(due_at=None, status="completed", ended_at=datetime.now(UTC))


def test_rules_of_reentry() -> None:
    for rule, period in (("oncePerPeriod", {"period": "P7D"}), ("notWhileRunning", {}), ("restart", {})):
        event = an_event()
        scenario = published(event, reentry=rule, **period)
        assert tried(scenario, event).outcome == "started"
        fired(event)
        under_way = tried(scenario, event)
        end()
        over = tried(scenario, event)
        assert [(run.outcome, run.reason) for run in (under_way, over)] == {
            "oncePerPeriod": [(SKIPPED, "SKIPPED_REENTRY")] * 2,
            "notWhileRunning": [(SKIPPED, "SKIPPED_REENTRY"), ("started", "")],
            "restart": [("started", "")] * 2,
        }[rule]


def test_the_customer_filter() -> None:
    event = an_event()
    known = {"left": "customer.exists", "operator": "equals", "right": True}
    scenario = published(event, customerFilter=known)
    assert (tried(scenario, event).outcome, tried(scenario, event).reason) == (SKIPPED, "SKIPPED_FILTER")
    get_user_model().objects.create(email="anna@example.com", is_active=True)
    assert tried(scenario, event).outcome == "started"


def test_a_rate_limit() -> None:
    event = an_event()
    scenario = published(event, flow={"type": "rateLimit", "count": 1, "per": "P1D", "key": "customer"})
    assert minutes(tried(scenario, event)) == 0
    fired(event)
    dropped = tried(scenario, event)
    assert (dropped.outcome, dropped.reason, dropped.begins_at) == (SKIPPED, "SKIPPED_RATE_LIMIT", None)
    assert tried(scenario, event, customerEmail="bob@example.com").outcome == "started"
    assert tried(scenario, event, by=MARKETER).outcome == "started", "who may not see customers learns nothing"


def test_a_throttle() -> None:
    event = an_event()
    scenario = published(event, flow={"type": "throttle", "count": 6, "per": "PT1H", "key": None})
    assert minutes(tried(scenario, event)) == 0
    fired(event)
    fired(event)
    assert minutes(tried(scenario, event)) == 20


def test_a_debounce() -> None:
    event = an_event()
    scenario = published(event, flow={"type": "debounce", "quiet": "PT10M", "atMost": "PT15M", "key": "customer"})
    assert minutes(tried(scenario, event)) == 10
    fired(event)
    Lane.objects.update(at=datetime.now(UTC).replace(year=2020))
    assert minutes(tried(scenario, event)) < 0, "the first has waited for as long as it may"
    end()
    assert minutes(tried(scenario, event)) == 10


def test_one_at_a_time() -> None:
    event = an_event()
    scenario = published(event, flow={"type": "oneAtATime", "key": None})
    assert minutes(tried(scenario, event)) == 0
    fired(event)
    behind = tried(scenario, event)
    assert (behind.outcome, behind.begins_at) == ("started", None)
    end()
    assert minutes(tried(scenario, event)) == 0


def test_the_daily_cap_of_an_unverified_address() -> None:
    event = an_event(public=True)
    scenario = published(event, allowUnverified=True)
    key = a_key()[1]
    for _ in range(3):
        receipt = fired(event, key)
    run = dry_run(BOSS, scenario.pk, occurrence_id=receipt.occurrence_id)
    assert (run.outcome, run.reason) == (SKIPPED, "SKIPPED_UNVERIFIED_CAP")
    assert tried(scenario, event).outcome == "started", "typed by staff, it is vouched for"
