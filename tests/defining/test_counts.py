"""Counts beside the rows of a list: right, bounded, and each from one index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saleor_custom_events.defining import counts
from saleor_custom_events.defining.counts import fired_in_last_day, under_way, under_way_in_versions
from saleor_custom_events.defining.scenarios import publish_scenario
from saleor_custom_events.models import Invocation, Occurrence, ScenarioVersion
from saleor_custom_events.scenarios.outcomes import Status
from tests.defining.people import BOSS
from tests.log.making import ended, fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db


def test_firings_of_the_last_day_are_counted_logged_or_not() -> None:
    event, silent, never = an_event(), an_event(logging=False), an_event()
    for _ in range(3):
        fired(event)
    fired(silent)
    old = fired(event)[0].occurrence_id
    Occurrence.objects.filter(pk=old).update(registered_at=timezone.now() - timedelta(hours=24, seconds=1))

    assert fired_in_last_day([event.pk, silent.pk, never.pk]) == {event.pk: 3, silent.pk: 1, never.pk: 0}


def test_invocations_that_run_or_wait_are_counted_logged_or_not() -> None:
    event, silent = an_event(), an_event(logging=False)
    scenario, idle = a_scenario(event, silent), a_scenario(an_event())
    for _ in range(2):
        fired(event)
    fired(silent)
    ended(fired(event)[0], Status.COMPLETED)
    Invocation.objects.filter(pk=fired(event)[0].pk).update(status=Status.WAITING)

    assert under_way([scenario.pk, idle.pk]) == {scenario.pk: 4, idle.pk: 0}


def test_what_is_under_way_is_counted_by_version_as_well() -> None:
    event = an_event()
    scenario = a_scenario(event)
    for _ in range(2):
        fired(event)
    newer = publish_scenario(BOSS, scenario.pk)[0].published
    assert newer is not None
    ended(fired(event)[0], Status.COMPLETED)
    fired(event)
    others = a_scenario(event).published

    first = ScenarioVersion.objects.get(scenario=scenario, number=1)
    assert under_way_in_versions([first.pk, newer.pk, others.pk]) == {first.pk: 2, newer.pk: 1, others.pk: 0}


def test_counting_ends_where_it_would_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "COUNTED", 2)
    event = an_event()
    scenario = a_scenario(event)
    for _ in range(3):
        fired(event)

    assert fired_in_last_day([event.pk]) == {event.pk: 2}
    assert under_way([scenario.pk]) == {scenario.pk: 2}
    assert under_way_in_versions([scenario.published_id]) == {scenario.published_id: 2}


@pytest.mark.parametrize(
    ("count", "index"),
    [
        (fired_in_last_day, "sce_occurrence_event"),
        (under_way, "sce_invocation_under_way_in"),
        (under_way_in_versions, "sce_invocation_under_way_in"),
    ],
)
def test_a_count_reads_one_index_for_any_number_of_rows_with_one_query(
    count: Callable[[Collection[int]], Mapping[int, int]], index: str
) -> None:
    event = an_event()
    a_scenario(event)
    fired(event)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")

    with CaptureQueriesContext(connection) as queries:
        count(range(1, 101))

    (query,) = queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"using {index}" in plan
    assert "Limit" in plan
