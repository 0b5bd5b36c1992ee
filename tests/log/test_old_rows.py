"""Rows leave the log once they are old and all of theirs has ended; what counts stays."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from saleor_custom_events import tasks
from saleor_custom_events.checks import check_settings
from saleor_custom_events.defining.reading import last_fired_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.log.old_rows import PIECE, remove_rows
from saleor_custom_events.models import DataFields, Invocation, Occurrence, ScenarioEntry, StepRun, Tally, TallyChange
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from tests.log.making import a_step, fired
from tests.log.test_retention import WAIT, aged, over
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

DAYS = 90


def removed(*, days: int = DAYS, seconds: float = 60) -> int:
    return remove_rows(datetime.now(UTC) - timedelta(days=days), seconds)


def old(event: Any, days: float = DAYS + 1) -> Occurrence:
    """A firing of that age whose rows ended when it was fired."""
    row = over(event, days)
    Invocation.objects.filter(occurrence=row).update(status="completed", due_at=None, ended_at=row.registered_at)
    return row


def there(row: Occurrence) -> bool:
    return Occurrence.objects.filter(pk=row.pk).exists()


def test_an_old_occurrence_goes_with_all_of_its_own_and_a_young_one_stays() -> None:
    event = an_event()
    gone, kept = old(event), old(event, DAYS - 1)
    for row in (gone, kept):
        a_step(Invocation.objects.get(occurrence=row))
    assert removed() == 1
    assert (there(gone), there(kept)) == (False, True)
    assert list(Invocation.objects.values_list("occurrence", flat=True)) == [kept.pk]
    assert list(StepRun.objects.values_list("invocation__occurrence", flat=True)) == [kept.pk]
    assert list(DataFields.objects.values_list("occurrence", flat=True)) == [kept.pk]


def test_what_waits_or_ended_lately_stays_however_old_its_occurrence() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    waits = aged(fired(event)[0], 400)
    ended_lately = aged(fired(event)[0], 400)
    Invocation.objects.filter(occurrence=ended_lately).update(
        due_at=None, status="completed", ended_at=datetime.now(UTC) - timedelta(days=DAYS - 1)
    )
    assert removed() == 0
    assert there(waits)
    assert there(ended_lately)


def test_all_runs_of_an_occurrence_have_to_have_ended() -> None:
    event = an_event()
    row = old(event)
    first = Invocation.objects.get(occurrence=row)
    again = Invocation.objects.create(
        occurrence=row,
        event=event,
        status="running",
        logged=True,
        created_at=datetime.now(UTC),
        due_at=datetime.now(UTC),
    )
    assert removed() == 0
    Invocation.objects.filter(pk=again.pk).update(due_at=None, ended_at=first.ended_at)
    assert removed() == 1


def test_when_an_event_was_last_fired_outlives_the_rows_that_said_it() -> None:
    event, never = an_event(), an_event()
    old(event, 200)
    newest = old(event, 100)
    assert removed() == 2
    assert last_fired_of([event.pk, never.pk]) == {event.pk: newest.registered_at}
    later = old(event, 10)
    assert last_fired_of([event.pk]) == {event.pk: later.registered_at}


def test_results_are_counted_on_as_if_nothing_had_gone() -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "end", "type": "exit"}])

    def counts() -> int:
        rows = (*Tally.objects.values_list("count", flat=True), *TallyChange.objects.values_list("by", flat=True))
        return sum(rows)

    old(event)
    before = counts()
    assert before > 0
    assert removed() == 1
    assert counts() == before


def test_who_entered_once_does_not_enter_again() -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "end", "type": "exit"}], reentry="once")
    old(event)
    assert removed() == 1
    assert ScenarioEntry.objects.exists()
    assert [row.reason for row in fired(event)] == ["SKIPPED_REENTRY"]


def test_more_than_a_piece_goes_in_one_walk_and_what_stays_is_not_in_its_way() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    for _ in range(3):
        aged(fired(event)[0], 400)
    other = an_event()
    template = old(other, 300)
    run = Invocation.objects.get(occurrence=template)
    ids = [type(template.pk)(int=template.pk.int + n) for n in range(1, PIECE + 50)]
    values = {f.attname: getattr(template, f.attname) for f in Occurrence._meta.concrete_fields if not f.primary_key}
    Occurrence.objects.bulk_create(Occurrence(pk=one, **values) for one in ids)
    values = {f.attname: getattr(run, f.attname) for f in Invocation._meta.concrete_fields if not f.primary_key}
    Invocation.objects.bulk_create(Invocation(**{**values, "occurrence_id": one}) for one in ids)
    assert removed() == len(ids) + 1
    assert Occurrence.objects.count() == 3


def test_a_walk_that_ran_out_of_time_goes_on_where_it_stopped() -> None:
    event = an_event()
    for _ in range(3):
        old(event)
    assert removed(seconds=0) == 3
    assert removed(seconds=0) == 0


def test_a_retry_of_what_is_gone_is_told_so() -> None:
    row = old(an_event())
    number = Invocation.objects.get(occurrence=row).pk
    assert removed() == 1
    with pytest.raises(Refused) as refused:
        retry(number, RetryVersion.ORIGINAL, RetryFrom.START, by="somebody", allow=lambda _: None)
    assert refused.value.status == 404


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_is_left_for_the_next_time() -> None:
    row = old(an_event())
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Occurrence.objects.select_for_update().get(pk=row.pk)
                held.set()
                done.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(60)
    try:
        assert removed() == 0
    finally:
        done.set()
        other.join()
    assert removed() == 1


def test_the_periodic_task_removes_after_the_days_of_the_setting(settings: Any) -> None:
    event = an_event()
    gone, kept = old(event, 8), old(event, 6)
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_ROWS_DAYS = 7
    tasks.tidy()
    assert (there(gone), there(kept)) == (False, True)


@pytest.mark.parametrize("days", [0, -1, 36_500])
def test_days_that_make_no_sense_and_none_remove_nothing(settings: Any, days: int) -> None:
    row = old(an_event(), 4000)
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_ROWS_DAYS = days
    tasks.tidy()
    assert there(row)
    assert ("saleor_custom_events.E006" in {found.id for found in check_settings(None)}) == (days < 0)
