"""An invocation waits until its customer's event happens: whoever fires, whoever works, whatever comes first."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.models import Awaiting, CustomEvent, DataFields, Happening, Invocation, Occurrence
from saleor_custom_events.running import awaiting, queue
from saleor_custom_events.running.run import load
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.outcomes import Status
from saleor_custom_events.store.callers import Caller
from tests.running.waiting import ANNA, END, LATE, branch, fired, row, stands, time_passes, wait_for
from tests.shop import a_key, a_scenario, an_event
from tests.side_by_side import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)


def a_waiting_scenario(**more: Any) -> tuple[CustomEvent, CustomEvent]:
    """Give the event that starts it, and the one that it waits for."""
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "end", "late", **more), END, LATE])
    return start, awaited


def test_the_awaited_event_lets_it_go_at_once() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    run_due()
    assert stands(begun) == "waiting"
    fired(awaited)
    run_due()
    assert (row(begun).status, row(begun).reason, branch(begun)) == ("completed", "EXITED", "happened")
    assert not Awaiting.objects.exists()


def test_without_it_the_time_runs_out() -> None:
    start, _ = a_waiting_scenario()
    begun = fired(start)
    run_due()
    time_passes()
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "timedOut")
    assert [step.step for step in row(begun).step_runs.order_by("visit")] == ["wait", "late"]
    assert not Awaiting.objects.exists()


def test_somebody_elses_event_lets_nobody_go() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    run_due()
    fired(awaited, "ben@example.com")
    run_due()
    assert stands(begun) == "waiting"


def test_one_event_lets_everybody_go_who_waits_for_it() -> None:
    start, awaited = a_waiting_scenario()
    a_scenario(start, steps=[wait_for(awaited), END])
    many = [fired(start) for _ in range(3)]
    run_due()
    fired(awaited)
    run_due()
    assert {one.status for one in Invocation.objects.filter(event=start)} == {"completed"}
    assert Invocation.objects.filter(event=start).count() == 2 * len(many)


def test_an_event_is_consumed_once_a_wait() -> None:
    start, awaited = an_event(), an_event()
    again = wait_for(awaited, "end", "late", id="again")
    a_scenario(start, steps=[wait_for(awaited, "again", None), again, END, LATE])
    begun = fired(start)
    run_due()
    fired(awaited)
    run_due()
    assert stands(begun) == "waiting", "the second wait wants a second one"
    fired(awaited)
    run_due()
    assert (branch(begun), branch(begun, "again"), row(begun).reason) == ("happened", "happened", "EXITED")


def test_an_event_that_the_filter_does_not_want_is_passed_over() -> None:
    start, awaited = a_waiting_scenario(filter={"left": "dataFields.total", "operator": "greaterThan", "right": 100})
    begun = fired(start)
    run_due()
    until = row(begun).due_at
    fired(awaited, dataFields={"total": 99})
    run_due()
    assert (stands(begun), row(begun).due_at) == ("waiting", until)
    fired(awaited, dataFields={"total": 101})
    run_due()
    assert branch(begun) == "happened"
    (comparison,) = row(begun).step_runs.get(step="wait").result["comparisons"]
    assert (comparison["actual"], comparison["holds"]) == ("101", True)


def test_later_steps_see_what_it_brought() -> None:
    start, awaited = an_event(), an_event()
    look = {
        "id": "look",
        "type": "condition",
        "branches": [{"when": {"left": "steps.wait.total", "operator": "greaterThan", "right": 100}, "next": "name"}],
    }
    name = {"id": "name", "type": "setVariable", "name": "said", "value": "{{ steps.wait.price }}", "next": "end"}
    a_scenario(start, steps=[wait_for(awaited, "look"), look, name, END])
    begun = fired(start, dataFields={"total": 1})
    run_due()
    fired(awaited, dataFields={"total": 101, "price": {"amount": "19.90", "currency": "PLN"}})
    run_due()
    assert row(begun).reason == "EXITED"
    assert row(begun).step_runs.get(step="name").result["value"] == "19.90 PLN"


def test_what_happened_before_the_scenario_started_does_not_count() -> None:
    start, awaited = a_waiting_scenario()
    fired(awaited)
    begun = fired(start)
    run_due()
    assert stands(begun) == "waiting"


def test_medusa_6016_what_happens_while_no_worker_is_there_is_not_lost() -> None:
    """An event that came before anybody could wait for it, because every worker was away: it counts all the same."""
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    fired(awaited)
    run_due()
    assert branch(begun) == "happened"


def test_medusa_6016_a_worker_that_dies_between_listening_and_looking_misses_nothing() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    (claim,) = queue.claim(10, 30)
    (run,) = load([claim])
    run.go_on()
    assert queue.settle([run.settlement(Status.RUNNING, held=True)], 0) == {row(begun).pk}
    assert Awaiting.objects.exists()
    fired(awaited)
    awaiting.knock(10)
    assert not Happening.objects.filter(pending=True).exists()
    Invocation.objects.filter(pk=row(begun).pk).update(due_at=datetime.now(UTC))  # the lease is over
    run_due()
    assert branch(begun) == "happened"


def test_an_event_between_the_look_and_the_end_of_the_round_knocks() -> None:
    """The hardest moment: a worker has looked and found nothing, and has not yet let go of the invocation."""
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    (claim,) = queue.claim(10, 30)
    (run,) = load([claim])
    run.go_on()
    queue.settle([run.settlement(Status.RUNNING, held=True)], 30)
    run.happened = ()
    run.go_on()
    fired(awaited)
    awaiting.knock(10)
    assert row(begun).lease is not None, "knocking takes nobody's lease away"
    queue.settle([run.settlement(Status.WAITING, due_at=datetime.now(UTC) + timedelta(days=1))], 30)
    run_due()
    assert branch(begun) == "happened"


def test_a_firing_in_a_long_transaction_is_found_when_it_commits() -> None:
    """It was registered before the wait began to listen, and is committed after the wait has looked."""
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    registered, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                fired(awaited)
                registered.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert registered.wait(20)
    run_due()
    assert stands(begun) == "waiting"
    go_on.set()
    thread.join()
    run_due()
    assert branch(begun) == "happened"


def test_an_invocation_that_somebody_holds_is_told_later() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    run_due()
    fired(awaited)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Invocation.objects.select_for_update().get(pk=row(begun).pk)
                held.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    assert awaiting.knock(10) == 1, "looked at, without waiting for the row"
    assert Happening.objects.filter(pending=True).count() == 1
    go_on.set()
    thread.join()
    run_due()
    assert branch(begun) == "happened"


def test_many_fire_and_many_begin_to_wait_at_once() -> None:
    """Every one of them is let go, by three that work and two that fire, in whatever order it comes."""
    start, awaited = a_waiting_scenario()
    people = [f"somebody{i}@example.com" for i in range(30)]
    begun = [fired(start, person) for person in people]

    def fire_all(some: list[str]) -> None:
        for person in some:
            fired(awaited, person)

    with meanwhile(*[run_due] * 3):
        together(*(partial(fire_all, people[i::2]) for i in range(2)))
    run_due()
    assert {branch(one) for one in begun} == {"happened"}
    assert not Awaiting.objects.exists()


def test_an_anonymous_visitor_is_known_by_the_browser_that_later_gives_a_name() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start, None, anonymousId="browser-1")
    run_due()
    fired(awaited, ANNA, anonymousId="browser-1")
    run_due()
    assert branch(begun) == "happened"


def test_two_people_who_share_a_browser_are_two() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start, ANNA, anonymousId="browser-1")
    run_due()
    fired(awaited, "ben@example.com", anonymousId="browser-1")
    run_due()
    assert stands(begun) == "waiting"


@pytest.mark.parametrize(("switch", "stood"), [(False, "waiting"), (True, "completed")])
def test_who_only_says_who_they_are_moves_only_what_they_may_begin(switch: bool, stood: str) -> None:
    start, awaited = an_event(), an_event(public=True)
    a_scenario(start, steps=[wait_for(awaited), END], allowUnverified=switch)
    begun = fired(start)
    run_due()
    _, browser = a_key()
    fired(awaited, by=browser)
    run_due()
    assert stands(begun) == stood


def test_a_browser_lets_go_of_what_a_browser_began() -> None:
    start, awaited = an_event(public=True), an_event(public=True)
    a_scenario(start, steps=[wait_for(awaited), END])
    browser: Caller = a_key()[1]
    fired(start, by=browser)
    run_due()
    fired(awaited, by=browser)
    run_due()
    assert Invocation.objects.get(event=start).status == "completed"


def test_an_event_without_logging_counts_and_is_forgotten_afterwards() -> None:
    start, awaited = an_event(), an_event(logging=False)
    filter = {"left": "dataFields.total", "operator": "greaterThan", "right": 100}
    a_scenario(start, steps=[wait_for(awaited, filter=filter), END])
    begun = fired(start)
    run_due()
    receipt = fired(awaited, dataFields={"total": 101})
    run_due()
    assert branch(begun) == "happened"
    Happening.objects.update(expires_at=datetime.now(UTC))
    assert awaiting.tidy(10) == 1
    occurrence = Occurrence.objects.get(pk=receipt.occurrence_id)
    assert occurrence.customer_email is None
    assert not DataFields.objects.filter(occurrence=occurrence).exists()


def test_what_nobody_was_told_of_yet_is_not_tidied_away() -> None:
    _, awaited = a_waiting_scenario()
    fired(awaited)
    Happening.objects.update(expires_at=datetime.now(UTC))
    assert awaiting.tidy(10) == 0
    awaiting.knock(10)
    assert awaiting.tidy(10) == 1


def test_what_was_cancelled_while_it_waited_hears_nothing_and_leaves_nothing() -> None:
    start, awaited = a_waiting_scenario()
    begun = fired(start)
    run_due()
    assert queue.cancel(row(begun).pk, "")
    fired(awaited)
    run_due()
    assert stands(begun) == "cancelled"
    assert not Awaiting.objects.exists()


def test_an_event_that_nobody_waits_for_costs_no_statement_and_one_that_is_awaited_costs_one() -> None:
    _, awaited = a_waiting_scenario()
    plain = an_event()
    for event in (plain, awaited):
        fired(event)
    counts = []
    for event in (plain, awaited):
        with CaptureQueriesContext(connection) as queries:
            fired(event)
        counts.append(len(queries))
        written = [query for query in queries if "custom_events_happening" in query["sql"]]
        assert len(written) == (event == awaited)
    assert counts[1] == counts[0] + 1


def test_nothing_pending_is_one_query_that_reads_no_row() -> None:
    start, _ = a_waiting_scenario()
    fired(start)
    run_due()
    with CaptureQueriesContext(connection) as queries:
        assert awaiting.knock(100) == 0
    assert len([query for query in queries if query["sql"].startswith("\nSELECT")]) == 1
