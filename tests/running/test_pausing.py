"""A scenario that keeps failing pauses itself."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from saleor_custom_events.defining.scenarios import publish_scenario, resume_scenario
from saleor_custom_events.models import Invocation, Scenario
from saleor_custom_events.running.pausing import pause_those_that_fail
from saleor_custom_events.running.worker import run_due
from tests.defining.people import BOSS
from tests.firing.flows import fired, outcome
from tests.receiver import Receiver
from tests.running.again import webhook
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)


def a_calling_one(hook: Receiver) -> Scenario:
    event = an_event()
    return a_scenario(event, steps=[webhook(hook.url)], name="Welcome")


def fire(scenario: Scenario, hook: Receiver, *answers: int) -> str:
    """Fire once for each answer of the receiver; gives the scenario's status."""
    event = scenario.starts.get(published=True).event
    hook.answers = [*((answer, {}) for answer in answers), (200, {})]
    for _ in answers:
        fired(event)
        run_due()
    scenario.refresh_from_db()
    return str(scenario.status)


def test_one_that_fails_more_than_half_of_twenty_runs_pauses_itself_and_says_so(
    hook: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    scenario = a_calling_one(hook)
    assert fire(scenario, hook, *[200] * 9, *[404] * 10) == "active"
    with caplog.at_level(logging.WARNING):
        assert fire(scenario, hook, 404) == "paused"
    assert scenario.paused_because == "11 of its last 20 runs failed within 10 minutes."
    assert f"Scenario {scenario.pk} “Welcome” paused itself: {scenario.paused_because}" in caplog.text
    event = scenario.starts.get(published=True).event
    assert outcome(fired(event)) == ("skipped", "SKIPPED_PAUSED")


def test_half_is_not_more_than_half(hook: Receiver) -> None:
    scenario = a_calling_one(hook)
    assert fire(scenario, hook, *[200] * 10, *[404] * 10) == "active"


def test_what_failed_longer_ago_does_not_count(hook: Receiver) -> None:
    scenario = a_calling_one(hook)
    fire(scenario, hook, *[404] * 19)
    Invocation.objects.update(ended_at=datetime.now(UTC) - timedelta(minutes=11))
    assert fire(scenario, hook, 404) == "active"


def test_whoever_resumes_it_begins_anew(hook: Receiver) -> None:
    scenario = a_calling_one(hook)
    assert fire(scenario, hook, *[404] * 20) == "paused"
    resume_scenario(BOSS, scenario.pk)
    assert fire(scenario, hook, *[404] * 19) == "active"
    assert scenario.paused_because is None
    assert fire(scenario, hook, 404) == "paused"


def test_a_version_that_is_published_begins_anew(hook: Receiver) -> None:
    scenario = a_calling_one(hook)
    fire(scenario, hook, *[404] * 19)
    publish_scenario(BOSS, scenario.pk)
    assert fire(scenario, hook, 404) == "active"


def test_of_several_workers_one_pauses_it(hook: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    scenario = a_calling_one(hook)
    fire(scenario, hook, *[404] * 20)
    Scenario.objects.update(status="active")

    caplog.clear()
    together(*[partial(pause_those_that_fail, [scenario.pk])] * 8)
    assert len([one for one in caplog.records if "paused itself" in one.message]) == 1
