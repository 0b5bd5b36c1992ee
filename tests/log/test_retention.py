"""Data fields go earlier than the rows of the log, and whatever quotes them goes with them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import connection, transaction

from saleor_custom_events import tasks
from saleor_custom_events.checks import check_settings
from saleor_custom_events.firing.fire import first_occurrence_id, new_occurrence_id
from saleor_custom_events.log import retention
from saleor_custom_events.log.reading import occurrences_by_id, steps_of
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.models import CustomEvent, DataFields, Invocation, Occurrence, StepRun, Walk
from saleor_custom_events.running import resuming
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.outcomes import Status
from tests.defining.people import BOSS
from tests.log.making import a_step, ended, fired
from tests.receiver import Receiver, receiver
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

WAIT = {"id": "wait", "type": "wait", "duration": "P60D", "next": None}


def removed(*, days: int = 30, seconds: float = 60) -> int:
    return remove_data_fields(datetime.now(UTC) - timedelta(days=days), seconds)


def aged(invocation: Invocation, days: float) -> Occurrence:
    """Make everything of a firing as old as if it had happened `days` ago: its id tells the time."""
    row = invocation.occurrence
    before, at = row.pk, datetime.now(UTC) - timedelta(days=days)
    row.pk = type(before)(int=first_occurrence_id(at).int | (before.int & ((1 << 80) - 1)))
    row.registered_at = at
    row.save(force_insert=True)
    for model in (DataFields, Invocation):
        model.objects.filter(occurrence=before).update(occurrence=row.pk)
    Occurrence.objects.filter(pk=before).delete()
    return row


def over(event: CustomEvent, days: float = 31) -> Occurrence:
    """Give a firing of that age of which nothing is under way."""
    return aged(fired(event)[0], days)


def waiting(event: CustomEvent, days: float = 31) -> Occurrence:
    """Give a firing of that age whose invocation still waits: `event` starts a scenario."""
    (invocation,) = fired(event)
    assert invocation.due_at is not None
    return aged(invocation, days)


def has_fields(occurrence: Occurrence) -> bool:
    occurrence.refresh_from_db()
    kept = DataFields.objects.filter(occurrence=occurrence).exists()
    assert kept == (occurrence.data_fields_removed_at is None)
    return kept


def test_an_id_tells_when_it_was_made() -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = new_occurrence_id(at)

    assert first_occurrence_id(at) <= made < first_occurrence_id(at + timedelta(milliseconds=10))
    assert first_occurrence_id(datetime(1926, 1, 1, tzinfo=UTC)).int == 0


def test_data_fields_go_after_their_time_and_the_log_says_when() -> None:
    event = an_event()
    old, young = over(event, 30.01), over(event, 29.99)

    assert removed() == 1

    assert not has_fields(old)
    assert has_fields(young)
    shown = occurrences_by_id(BOSS, [str(old.pk), str(young.pk)])
    gone, kept = shown[str(old.pk)], shown[str(young.pk)]
    assert (gone.data_fields, gone.customer_email) == ((), "anna@example.com")
    assert gone.data_fields_removed_at is not None
    assert abs(gone.data_fields_removed_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (len(kept.data_fields), kept.data_fields_removed_at) == (2, None)


def test_removing_again_changes_nothing() -> None:
    old = over(an_event())
    removed()
    old.refresh_from_db()

    assert removed() == 0
    assert Occurrence.objects.get().data_fields_removed_at == old.data_fields_removed_at


def test_of_a_step_stays_what_quotes_nobody() -> None:
    event = an_event()
    a_scenario(event)
    (invocation,) = fired(event)
    compared = [{"operand": "dataFields.score", "actual": "31337.25", "holds": True}]
    given: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("condition", {"branch": 0, "comparisons": compared, "worker": "a:1"}, {"branch": 0, "worker": "a:1"}),
        ("wait", {"until": "2026-03-01", "worker": "a:1", "resumedBy": "a:2"}, {}),
        ("send_webhook", {"status": 200, "seconds": 0.1, "response": "Hello"}, {"status": 200, "seconds": 0.1}),
        ("send_email", {"messageId": "<m@shop>"}, {}),
        ("set_customer_metadata", {"keys": ["tier"], "private": True}, {}),
        ("fire_event", {"event": 7, "occurrenceId": "0190"}, {}),
        ("of_another_package", {"status": "anna", "branch": "anna", "nextTryAt": "2026"}, {"nextTryAt": "2026"}),
        ("exit", {"worker": "a:1"}, {}),
    ]
    for visit, (kind, result, _) in enumerate(given, start=1):
        a_step(invocation, visit, kind=kind, result=result)
    ended(invocation, Status.FAILED, "FAILED_ACTION", "Answered for anna@example.com")
    aged(invocation, 31)

    removed()

    steps = steps_of(BOSS, [invocation.pk])[invocation.pk]
    assert [step.result for step in steps] == [left or result for _, result, left in given]
    assert {(step.input, step.detail) for step in steps} == {(None, "")}
    assert [(step.kind, step.status, step.attempts) for step in steps] == [(kind, "done", 1) for kind, _, _ in given]
    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason, invocation.detail) == ("failed", "FAILED_ACTION", "")


@pytest.fixture
def hook(settings: Any) -> Iterator[Receiver]:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    with receiver() as state:
        yield state


@pytest.mark.django_db(transaction=True)
def test_nothing_that_the_worker_wrote_quotes_a_data_field_any_more(hook: Receiver) -> None:
    event = an_event()
    when = {"left": "dataFields.score", "operator": "greaterThan", "right": 5}
    config = {"url": hook.url, "message": "You scored {{ dataFields.score }}"}
    a_scenario(
        event,
        steps=[
            {"id": "look", "type": "condition", "branches": [{"when": when, "next": "hook"}]},
            {"id": "hook", "type": "action", "action": "send_webhook", "config": config, "next": "end"},
            {"id": "end", "type": "exit"},
        ],
    )
    hook.body = b"Thanks for 31337.25"
    (invocation,) = fired(event)
    run_due()
    invocation.refresh_from_db()
    assert invocation.status == "completed"
    aged(invocation, 31)
    written = [*DataFields.objects.all(), *Invocation.objects.all(), *StepRun.objects.all()]
    assert serializers.serialize("json", written).count("31337.25") >= 4

    assert removed() == 1

    left = [*DataFields.objects.all(), *Invocation.objects.all(), *StepRun.objects.all()]
    assert "31337" not in serializers.serialize("json", left)
    assert [(run.step, run.status) for run in StepRun.objects.order_by("visit")] == [
        ("look", "done"),
        ("hook", "done"),
        ("end", "done"),
    ]


def test_nothing_of_an_occurrence_goes_while_one_of_its_invocations_waits() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    a_scenario(event, steps=[WAIT])
    first, second = fired(event)
    a_step(first)
    ended(first, Status.COMPLETED)
    occurrence = aged(second, 31)

    assert removed() == 0
    assert has_fields(occurrence)
    assert StepRun.objects.get().input is not None

    ended(second, Status.COMPLETED)
    assert removed() == 1
    assert StepRun.objects.get().input is None


def test_many_go_in_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PIECE", 3)
    event = an_event()
    for _ in range(10):
        over(event)

    assert removed() == 10
    assert not DataFields.objects.exists()


def test_where_time_is_over_the_next_call_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits stands before what is over, and is passed by once, not each time."""
    monkeypatch.setattr(retention, "PIECE", 3)
    listened, alone = an_event(), an_event()
    a_scenario(listened, steps=[WAIT])
    held = [waiting(listened, 40) for _ in range(5)]
    old = [over(alone, 31) for _ in range(2)]

    assert [removed(seconds=0) for _ in range(3)] == [0, 1, 1]

    assert all(has_fields(occurrence) for occurrence in held)
    assert not any(has_fields(occurrence) for occurrence in old)
    assert Walk.objects.get().position is None, "the next walk begins anew"
    Invocation.objects.update(due_at=None)
    assert removed() == 5


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_is_left_for_the_next_time_without_waiting() -> None:
    event = an_event()
    held, free = over(event), over(event)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Occurrence.objects.select_for_update().get(pk=held.pk)
                taken.set()
                done.wait(30)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert taken.wait(30)
        assert removed() == 1
        assert not has_fields(free)
    finally:
        done.set()
        other.join()
    assert removed() == 1
    assert not has_fields(held)


@pytest.mark.django_db(transaction=True)
def test_a_retry_that_is_not_committed_yet_keeps_the_data_fields() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    (invocation,) = fired(event)
    invocation = ended(invocation, Status.FAILED)
    occurrence = aged(invocation, 31)
    assert invocation.ended_at is not None
    asked, done = threading.Event(), threading.Event()
    ended_at = invocation.ended_at

    def retry() -> None:
        try:
            with transaction.atomic():
                assert resuming.resume(invocation.pk, ended_at, {}, "by Eva")
                asked.set()
                done.wait(30)
        finally:
            connection.close()

    other = threading.Thread(target=retry)
    other.start()
    try:
        assert asked.wait(30)
        assert removed() == 0
    finally:
        done.set()
        other.join()
    assert removed() == 0
    assert has_fields(occurrence)


def test_directus_23166_the_periodic_task_removes_after_the_days_of_the_setting(settings: Any) -> None:
    event = an_event()
    old, young = over(event, 8), over(event, 6)
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS = 7

    tasks.tidy()

    assert not has_fields(old)
    assert has_fields(young)


def test_nothing_is_removed_where_the_setting_is_none(settings: Any) -> None:
    old = over(an_event(), 4000)
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS = 0

    tasks.tidy()

    assert has_fields(old)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (30, True), (36_500, True), (-1, False), (36_501, False)])
def test_a_number_of_days_that_makes_no_sense_is_found_by_the_system_check(
    settings: Any, days: int, fits: bool
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS = days

    assert ("saleor_custom_events.E006" not in {found.id for found in check_settings(None)}) == fits


def test_days_that_make_no_sense_remove_nothing(settings: Any) -> None:
    old = over(an_event(), 4000)
    for days in (-1, 36_500):
        settings.SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS = days

        tasks.tidy()

        assert has_fields(old)
