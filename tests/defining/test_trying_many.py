"""A draft tried with the last occurrences of the log: counts, as many single dry runs would give them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining import trying_many
from saleor_custom_events.defining.dry_run import dry_run
from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.defining.trying_many import Tally, try_many
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.models import CustomEvent, DataFields, Occurrence, Scenario
from tests.defining.people import BOSS, MARKETER
from tests.defining.test_dry_run import END, HIGH, a_draft, a_scenario_with, looks, mail
from tests.graphql.test_permissions import everything
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db


def fired(event: CustomEvent, *scores: int, key: Any = TRUSTED, **members: Any) -> None:
    for score in scores:
        body = {"customEventId": event.pk, "customerEmail": "anna@example.com", "dataFields": {"score": score}}
        fire(read_firing({**body, **members}), key)


def a_quiz(event: CustomEvent, **start: Any) -> Scenario:
    look = {**looks(HIGH, "mail"), "otherwise": "end"}
    return a_scenario_with(a_draft(event, steps=[look, mail(after="end"), END], **start))


def ended(tally: Tally) -> list[tuple[str, str, int]]:
    return [(one.status, one.reason, one.count) for one in tally.ended]


def test_it_counts_every_branch_and_every_effect() -> None:
    event = an_event()
    scenario = a_quiz(event)
    fired(event, 10, 60, 70, 20, 80)

    tally = try_many(BOSS, scenario.pk, last=100)

    assert (tally.tried, tally.started, tally.is_complete) == (5, 5, True)
    assert ended(tally) == [("completed", "EXITED", 5)]
    look, send, end = tally.steps
    assert (look.step, look.kind, look.count, look.branches) == ("look", "condition", 5, {"0": 3, "otherwise": 2})
    assert (send.kind, send.count, [(one.status, one.count) for one in send.outcomes]) == (
        "send_email",
        3,
        [("done", 3)],
    )
    assert (end.count, end.branches) == (5, {})
    assert tally.effects == {"send_email": 3}


def test_it_counts_who_goes_which_way_and_who_goes_none() -> None:
    event = an_event()
    fired(event, 10, 60, 70)

    look, send, end = try_many(BOSS, a_quiz(event).pk, last=10).steps

    assert (look.ways, send.ways, end.ways) == ({"0": 2, "otherwise": 1}, {"next": 2}, {})
    assert send.branches == {}


def test_it_counts_at_each_start_point() -> None:
    one, two = an_event(), an_event()
    draft = a_draft(one, two)
    draft["starts"][1]["filter"] = HIGH
    fired(one, 1)
    fired(two, 10, 20, 60)

    first, second = try_many(BOSS, a_scenario_with(draft).pk, last=10).starts

    assert (first.started, first.skipped) == (1, ())
    assert (second.start, second.started) == (draft["starts"][1]["id"], 1)
    assert [(one.status, one.reason, one.count) for one in second.skipped] == [("skipped", "SKIPPED_FILTER", 2)]


def test_the_newest_are_taken_of_all_events_of_the_draft_and_of_no_other() -> None:
    one, two, other = an_event(), an_event(), an_event()
    scenario = a_scenario_with(a_draft(one, two))
    fired(one, 1, 2)
    fired(two, 3)
    fired(other, 4)
    newest = Occurrence.objects.filter(event__in=(one, two)).order_by("-registered_at")

    tally = try_many(BOSS, scenario.pk, last=2)

    assert (tally.tried, tally.newest, tally.oldest) == (2, newest[0].registered_at, newest[1].registered_at)


def test_an_occurrence_that_many_scenarios_heard_counts_once() -> None:
    event = an_event()
    for _ in range(3):
        a_scenario(event)
    fired(event, 1, 2)

    assert try_many(BOSS, a_quiz(event).pk, last=10).tried == 2


def test_what_would_not_start_is_counted_with_its_reason() -> None:
    event = an_event(public=True)
    scenario = a_quiz(event, filter=HIGH)
    fired(event, 10, 60)
    fired(event, 90, key=a_key()[1])

    tally = try_many(BOSS, scenario.pk, last=10)

    assert (tally.tried, tally.started) == (3, 2)
    assert ("skipped", "SKIPPED_FILTER", 1) in ended(tally)
    assert ("completed", "SKIPPED_UNVERIFIED", 1) in ended(tally)
    assert tally.effects == {"send_email": 1}


def test_it_says_what_single_dry_runs_say() -> None:
    event = an_event()
    get_user_model().objects.create(email="anna@example.com")
    known = {"left": "customer.exists", "operator": "equals", "right": True}
    scenario = a_quiz(event, customerFilter=known)
    fired(event, 10, 60)
    fired(event, 70, customerEmail="nobody@example.com")

    tally = try_many(BOSS, scenario.pk, last=10)
    runs = [dry_run(BOSS, scenario.pk, occurrence_id=str(row.pk)) for row in Occurrence.objects.all()]

    singly = sorted((run.status.value, run.reason) for run in runs)
    assert singly == sorted((one.status, one.reason) for one in tally.ended for _ in range(one.count))
    assert tally.steps[1].count == sum(step.step == "mail" for run in runs for step in run.steps)


def test_what_cannot_be_decided_any_more_is_left_out() -> None:
    event, silent = an_event(), an_event(logging=False)
    fired(event, 60, 70)
    fired(silent, 80)
    gone = Occurrence.objects.filter(event=event).first()
    assert gone is not None
    DataFields.objects.filter(occurrence=gone).delete()
    Occurrence.objects.filter(pk=gone.pk).update(data_fields_removed_at=datetime.now(UTC))

    assert try_many(BOSS, a_scenario_with(a_draft(event, silent)).pk, last=10).tried == 1


def test_the_clock_can_be_moved_and_awaited_events_happen() -> None:
    event, awaited = an_event(), an_event()
    until = {"id": "until", "type": "waitUntil", "date": {"date": "2020-01-01"}, "past": "exit", "next": "await"}
    wait = {"id": "await", "type": "waitForEvent", "event": awaited.pk, "timeout": "P1D", "happened": "end"}
    scenario = a_scenario_with(a_draft(event, steps=[until, wait, END]))
    fired(event, 1)

    now = try_many(BOSS, scenario.pk, last=1)
    earlier = datetime(2019, 12, 1, tzinfo=UTC)
    then = try_many(BOSS, scenario.pk, last=1, begin_at=earlier)
    answered = try_many(BOSS, scenario.pk, last=1, begin_at=earlier, happened=[Answer("await")])

    assert [step.step for step in now.steps] == ["until"]
    assert [(step.step, step.branches) for step in then.steps] == [("until", {}), ("await", {"timedOut": 1})]
    assert answered.steps[1].branches == {"happened": 1}
    assert answered.effects == {}


def test_the_clock_of_a_single_run_can_be_moved_too() -> None:
    event = an_event()
    scenario = a_scenario_with(
        a_draft(event, steps=[{"id": "w", "type": "wait", "duration": "P1D", "next": "end"}, END])
    )
    start = datetime.now(UTC) + timedelta(days=30)
    typed = {"customEventId": event.pk, "customerEmail": "anna@example.com"}

    first, last = dry_run(BOSS, scenario.pk, typed=typed, begin_at=start).steps

    assert (first.at, last.at) == (start, start + timedelta(days=1))
    with pytest.raises(Refused) as caught:
        dry_run(BOSS, scenario.pk, typed=typed, begin_at=datetime(9999, 1, 1, tzinfo=UTC))
    assert caught.value.problems[0].field == "beginAt"


def test_it_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    scenario = a_quiz(event)
    fired(event, 1, 2, 3)
    monkeypatch.setattr(trying_many, "SECONDS", 0.0)

    tally = try_many(BOSS, scenario.pk, last=3)

    assert (tally.tried, tally.is_complete) == (1, False)


def test_of_an_empty_log() -> None:
    tally = try_many(BOSS, a_quiz(an_event()).pk, last=3)

    assert (tally.tried, tally.is_complete, tally.oldest, tally.steps, tally.ended) == (0, True, None, (), ())


def test_nothing_is_written_and_queries_do_not_grow_with_the_log() -> None:
    event = an_event()
    scenario = a_quiz(event)
    fired(event, *range(3))
    before = everything()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            try_many(BOSS, scenario.pk, last=50)
        return len(captured)

    few = queries()
    assert everything() == before
    fired(event, *range(20))
    assert queries() == few


@pytest.mark.parametrize("last", [0, -1, 501])
def test_how_many_is_bounded(last: int) -> None:
    with pytest.raises(Refused) as caught:
        try_many(BOSS, a_quiz(an_event()).pk, last=last)

    assert caught.value.problems[0].field == "last"


def test_it_needs_to_see_customers() -> None:
    with pytest.raises(Refused) as caught:
        try_many(MARKETER, a_quiz(an_event()).pk, last=1)

    assert caught.value.code == "PERMISSION_DENIED"
