"""The operator's commands: prune, requeue, replay, uninstall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from saleor_custom_events.extension import app
from saleor_custom_events.hosts.sandbox.models import App
from saleor_custom_events.models import CustomEvent, DataFields, Installation, Invocation, Occurrence, Replay
from saleor_custom_events.running.replaying import go_on
from saleor_custom_events.running.worker import run_due
from tests.defining.test_commands import ran
from tests.running.test_worker import fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

#: Fails until it is known that one may divide by something.
BREAKS = {"id": "odd", "type": "setVariable", "name": "v", "value": "{{ 1 | divided_by: dataFields.by }}"}


@pytest.fixture
def failed() -> CustomEvent:
    """An event of which two invocations failed."""
    event = an_event()
    a_scenario(event, steps=[BREAKS])
    for by in (0, 0):
        fired(event, dataFields={"by": by})
    run_due()
    assert set(Invocation.objects.values_list("status", "reason")) == {("failed", "FAILED_TEMPLATE")}
    return event


def days_old(days: float) -> UUID:
    """An id as an occurrence of that day has it: its time is in it (UUIDv7)."""
    milliseconds = int((datetime.now(UTC) - timedelta(days=days)).timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0x2 << 62) | milliseconds % 2**32)


def test_prune_removes_the_data_fields_that_are_over_and_leaves_the_others() -> None:
    event = an_event()
    old, new = days_old(40), days_old(1)
    for one in (old, new):
        now = datetime.now(UTC)
        row = Occurrence.objects.create(id=one, event=event, registered_at=now, occurred_at=now, logged=True)
        DataFields.objects.create(occurrence=row, fields=[])
    code, said = ran("custom_events_prune")
    assert (code, "data fields: 1" in said) == (0, True)
    assert list(DataFields.objects.values_list("occurrence_id", flat=True)) == [new]


def test_prune_keeps_what_the_operator_keeps_for_ever(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS = 0
    assert "data fields" not in ran("custom_events_prune")[1]


def test_requeue_counts_first_and_lets_go_on_with_yes(failed: CustomEvent) -> None:
    code, said = ran("custom_events_requeue", "--reason", "FAILED_TEMPLATE")
    assert (code, said.startswith("2 invocations")) == (0, True)
    assert not Invocation.objects.filter(due_at__isnull=False).exists()
    DataFields.objects.update(fields=[{"name": "by", "type": "Number", "value": "2"}])
    code, said = ran("custom_events_requeue", "--reason", "FAILED_TEMPLATE", "--yes")
    assert (code, "2 of 2 go on" in said) == (0, True)
    run_due()
    assert set(Invocation.objects.values_list("status", flat=True)) == {"completed"}


def test_requeue_says_what_cannot_go_on(failed: CustomEvent) -> None:
    DataFields.objects.all().delete()
    Occurrence.objects.update(data_fields_removed_at=datetime.now(UTC))
    code, said = ran("custom_events_requeue", "--reason", "FAILED_TEMPLATE", "--event", failed.pk, "--yes")
    assert (code, "DATA_REMOVED: 2" in said) == (1, True)


def test_requeue_takes_only_what_it_is_told(failed: CustomEvent) -> None:
    assert ran("custom_events_requeue")[1].startswith("0 invocations")
    assert ran("custom_events_requeue", "--reason", "FAILED_TEMPLATE", "--event", 99)[1].startswith("0 invocations")
    assert ran("custom_events_requeue", "--within", "soon")[0] == 1


def test_replay_says_what_it_would_do_and_begins_with_yes(failed: CustomEvent) -> None:
    asked = ("--event", failed.pk, "--status", "failed", "--from", "2026-01-01T00:00:00+00:00")
    code, said = ran("custom_events_replay", *asked)
    assert (code, "2 rows match" in said, Replay.objects.count()) == (0, True, 0)
    code, said = ran("custom_events_replay", *asked, "--yes")
    replay = Replay.objects.get()
    assert (code, f"Replay {replay.pk} of 2 rows" in said) == (0, True)
    assert "custom_events_replay" in replay.created_by
    go_on(5)
    assert Invocation.objects.filter(retry_of__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--status", "failed", "--from", "2026-01-01T00:00:00+00:00"), "Name an event or a scenario"),
        (("--status", "failed", "--from", "2026-01-01", "--event", "1"), "--from"),
        (("--status", "failed", "--from", "2026-01-01T00:00:00Z", "--event", "1", "--over", "slowly"), "--over"),
    ],
)
def test_replay_says_what_is_wrong(asked: Any, said: str) -> None:
    code, told = ran("custom_events_replay", *asked)
    assert (code, said in told) == (1, True)


def test_uninstall_removes_our_apps_for_good_and_says_what_remains() -> None:
    app.install()
    an_event()
    assert App.objects.count() == 1
    code, said = ran("custom_events_uninstall")
    assert (code, App.objects.count()) == (0, 1)
    code, said = ran("custom_events_uninstall", "--yes")
    assert (code, App.objects.count()) == (0, 0)
    assert "1 apps removed" in said
    assert "saleor_custom_events_customevent: 1 rows" in said
    assert "NOTE" in said
    app.keep()
    assert App.objects.count() == 0
    assert Installation.objects.filter(removed=True).count() == 2


def test_uninstall_runs_where_all_is_switched_off(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_DISABLED = True
    code, said = ran("custom_events_uninstall", "--yes")
    assert (code, "NOTE" in said) == (0, False)
