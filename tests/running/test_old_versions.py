"""Versions that were published in an older spec run on: they are read through one upgrade function a version."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.actions.check import check_definition
from saleor_custom_events.defining.exporting import export_scenario
from saleor_custom_events.defining.history import compare
from saleor_custom_events.models import Scenario, ScenarioVersion
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios import parsing
from saleor_custom_events.scenarios.values import Json
from tests.defining.people import BOSS
from tests.running.again import invoked, steps
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

OLD_STEPS: list[dict[str, Any]] = [{"id": "first", "type": "stop"}]


def of_today(raw: dict[str, Json]) -> dict[str, Json]:
    """Upgrade: what was called `stop` is called `exit` now."""
    items = raw["steps"]
    assert isinstance(items, list)
    changed: list[Json] = [{**step, "type": "exit"} if isinstance(step, dict) else step for step in items]
    return {**raw, "spec": 2, "steps": changed}


@pytest.fixture
def a_newer_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this be a release whose format is of version 2, and which knows how version 1 was meant."""
    monkeypatch.setitem(parsing.UPGRADES, 1, of_today)  # type: ignore[arg-type]
    monkeypatch.setattr(parsing.upgrade, "__defaults__", (parsing.UPGRADES, 2))


def republished_in_the_old_spec(scenario: Scenario) -> ScenarioVersion:
    assert scenario.published is not None
    definition = {**scenario.published.definition, "steps": OLD_STEPS}
    version = ScenarioVersion.objects.create(scenario=scenario, number=2, definition=definition)
    scenario.published = version
    scenario.draft = definition
    scenario.save()
    return version


def test_without_its_upgrade_it_cannot_be_run() -> None:
    event = an_event()
    republished_in_the_old_spec(a_scenario(event))

    invocation = invoked(event)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason) == ("failed", "FAILED_DEFINITION")


def test_a_stored_version_of_an_older_spec_runs(a_newer_release: None) -> None:
    event = an_event()
    version = republished_in_the_old_spec(a_scenario(event))

    invocation = invoked(event)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason, invocation.version_id) == ("completed", "EXITED", version.pk)
    assert steps(invocation) == [(1, "first", "done")]
    # It stays as it was published.
    version.refresh_from_db()
    assert (version.definition["spec"], version.definition["steps"]) == (1, OLD_STEPS)


def test_an_older_draft_is_checked_compared_and_exported(a_newer_release: None) -> None:
    event = an_event()
    scenario = a_scenario(event)
    republished_in_the_old_spec(scenario)
    of_now = {**scenario.draft, "spec": 2, "steps": [{"id": "first", "type": "exit"}]}
    ScenarioVersion.objects.create(scenario=scenario, number=3, definition=of_now)

    assert check_definition(scenario.draft)[1] == ()
    assert compare(BOSS, scenario.pk, 2, 3).difference.is_empty
    assert export_scenario(BOSS, scenario.pk)["definition"]["steps"] == OLD_STEPS  # type: ignore[index, call-overload]
