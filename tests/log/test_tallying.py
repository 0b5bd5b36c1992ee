"""Counts agree with the rows, whatever becomes of a run: the engine runs real scenarios through all their ends."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.log import tallying
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.models import Invocation, StepRun, Tally, TallyChange
from saleor_custom_events.running import queue
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.log.counting import counted, there
from tests.receiver import Receiver
from tests.running.again import END, START, a_failed_one, again, fired, invoked, mail, wait, webhook
from tests.running.conftest import hook
from tests.running.waiting import LATE, time_passes, wait_for
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

__all__ = ["hook"]
pytestmark = pytest.mark.django_db(transaction=True)

HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}


def branching(*rest: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": "high", "type": "condition", "branches": [{"when": HIGH, "next": "wait"}], "otherwise": "end"},
        *rest,
        END,
    ]


def outcomes(part: str) -> dict[tuple[str, str], int]:
    """Give what is counted for a part, whenever it was, logged or not."""
    found: dict[tuple[str, str], int] = {}
    for (_, _, of, outcome, about, _), number in counted().items():
        if of == part:
            found[outcome, about] = found.get((outcome, about), 0) + number
    return found


def test_who_went_which_way_and_who_waits_now_is_counted() -> None:
    event = an_event()
    a_scenario(event, steps=branching(wait("end")))
    for score in (90, 80, 10):
        fired(event, dataFields={"score": score})
    assert outcomes("start0") == {("under_way", ""): 3}
    run_due()
    assert outcomes("high") == {("passed", "0"): 2, ("passed", "otherwise"): 1}
    assert outcomes("wait") == {("waiting", ""): 2}
    assert outcomes("start0") == {("under_way", ""): 2, ("completed", ""): 1}
    time_passes()
    run_due()
    assert outcomes("wait") == {("passed", ""): 2}
    assert outcomes("end") == {("passed", ""): 3}
    assert counted() == there()


@pytest.mark.parametrize("answer", [404, 500], ids=["fails", "is tried again"])
def test_a_step_that_fails_or_is_tried_again_is_counted(hook: Receiver, answer: int) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, after="end"), END])
    hook.answers = [(answer, {})]
    fired(event)
    run_due()
    assert [outcome for outcome, _ in outcomes("hook")] == ["failed" if answer == 404 else "waiting"]
    assert counted() == there()


def test_what_is_left_out_is_counted_by_reason() -> None:
    event = an_event()
    a_scenario(event, steps=[mail("end"), END])
    fired(event, customerEmail=None, anonymousId="browser")
    run_due()
    assert outcomes("mail") == {("skipped", "SKIPPED_UNVERIFIED"): 1}
    assert counted() == there()


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ({"reentry": "once"}, "SKIPPED_REENTRY"),
        ({"flow": {"type": "rateLimit", "count": 1, "per": "P1D"}}, "SKIPPED_RATE_LIMIT"),
        ({"flow": {"type": "debounce", "key": "customer", "quiet": "PT1H", "atMost": "P1D"}}, "SKIPPED_DEBOUNCED"),
    ],
)
def test_who_does_not_start_is_counted_by_reason(start: dict[str, Any], reason: str) -> None:
    event = an_event()
    a_scenario(event, steps=[END], **start)
    fired(event)
    fired(event)
    run_due()
    assert outcomes("start0")["skipped", reason] == 1
    assert counted() == there()


def test_what_ends_from_outside_is_counted_where_it_stood() -> None:
    event = an_event()
    a_scenario(event, steps=[wait("end"), END], reentry="restart")
    fired(event)
    run_due()
    second = invoked(event)
    run_due()
    assert outcomes("wait") == {("stopped", ""): 1, ("waiting", ""): 1}
    assert queue.cancel(second.pk, "By somebody.")
    assert outcomes("wait") == {("stopped", ""): 2}
    assert outcomes("start0") == {("cancelled", ""): 2}
    assert counted() == there()
    again(second)
    assert outcomes("wait") == {("stopped", ""): 1, ("waiting", ""): 1}
    time_passes()
    run_due()
    assert outcomes("wait") == {("stopped", ""): 1, ("passed", ""): 1}
    assert counted() == there()


def test_an_exit_rule_and_an_event_that_was_waited_for_are_counted() -> None:
    begin, awaited, leave = an_event(), an_event(), an_event()
    a_scenario(
        begin, steps=[wait_for(awaited, timed_out="late"), LATE, END], exits=[{"type": "event", "event": leave.pk}]
    )
    for email, happens in (("a@example.com", awaited), ("b@example.com", leave), ("c@example.com", None)):
        fired(begin, customerEmail=email)
        run_due()
        if happens:
            fired(happens, customerEmail=email)
        run_due()
    assert outcomes("wait") == {("passed", "happened"): 1, ("skipped", "EXITED_EARLY"): 1, ("waiting", ""): 1}
    time_passes()
    run_due()
    assert outcomes("wait")["passed", "timedOut"] == 1
    assert counted() == there()


def test_a_step_counts_by_its_last_visit_and_a_retry_from_the_start_as_another_run(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    assert outcomes("hook") == {("failed", "HTTP_404"): 1}
    again(invocation)
    run_due()
    assert StepRun.objects.filter(invocation=invocation).count() == 2
    assert outcomes("hook") == {("passed", ""): 1}
    assert counted() == there()

    other = a_failed_one(hook)
    again(other, begin_at=START)
    run_due()
    assert counted() == there()


def test_what_is_put_aside_is_counted() -> None:
    event = an_event()
    a_scenario(event, steps=[wait("end"), END])
    invocation = invoked(event)
    run_due()
    time_passes()
    Invocation.objects.filter(pk=invocation.pk).update(claims=MAX_CLAIMS + 1)
    run_due()
    assert outcomes("start0") == {("failed", "FAILED_QUARANTINED"): 1}
    assert outcomes("wait") == {("stopped", ""): 1}
    assert counted() == there()


def test_without_logging_counts_stay_when_the_steps_are_gone() -> None:
    event = an_event(logging=False)
    a_scenario(event, steps=branching(wait("end")))
    fired(event, dataFields={"score": 90})
    fired(event, dataFields={"score": 10})
    run_due()
    time_passes()
    run_due()
    assert not StepRun.objects.exists()
    assert outcomes("high") == {("passed", "0"): 1, ("passed", "otherwise"): 1}
    assert outcomes("end") == {("passed", ""): 2}
    assert not any(logged for *_, logged in counted())


def test_retention_changes_no_count() -> None:
    event = an_event()
    a_scenario(event, steps=branching(wait("end")))
    fired(event, dataFields={"score": 10})
    run_due()
    before = counted()
    row = Invocation.objects.get()
    assert row.ended_at is not None
    remove_data_fields(row.ended_at, 5)
    assert StepRun.objects.get(step="high").outcome == "passed"
    assert counted() == before == there()


def test_what_was_made_before_there_were_counts_is_in_none_and_takes_nothing_away() -> None:
    event = an_event()
    a_scenario(event, steps=branching(wait("end")))
    fired(event, dataFields={"score": 90})
    TallyChange.objects.all().delete()
    Invocation.objects.update(counted=False)
    run_due()
    time_passes()
    run_due()
    assert StepRun.objects.filter(outcome=None).count() == StepRun.objects.count() == 3
    assert counted() == {}


def test_a_firing_that_is_rolled_back_counts_nothing() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    fired(event, dryRun=True)
    assert counted() == {}


def test_folding_changes_no_count_however_many_fold_at_once() -> None:
    event = an_event()
    a_scenario(event, steps=branching(wait("end")))
    for number in range(60):
        fired(event, dataFields={"score": number})
        if number % 20 == 0:
            run_due()
    run_due()
    before = counted()
    assert before == there()
    together(*[lambda: tallying.tidy(20)] * 4)
    assert counted() == before
    while tallying.tidy(20):
        pass
    assert not TallyChange.objects.exists()
    assert counted() == before
    time_passes()
    run_due()
    assert tallying.tidy(1000)
    assert counted() == there()
    assert Tally.objects.filter(count__lt=0).count() == 0
