"""Retry: what a person may run again, from where, with which version, and that nothing happens twice by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest
import redis
from django.contrib.auth import get_user_model
from pytest_django.fixtures import Settings

from saleor_custom_events.hosts.sandbox.embedded import Servers
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.models import Invocation, Scenario, ScenarioStatus, ScenarioVersion, StepRun
from saleor_custom_events.running import queue, resuming
from saleor_custom_events.running.retrying import chances_of
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.receiver import Receiver
from tests.running.again import (
    CURRENT,
    END,
    FAILED_STEP,
    ORIGINAL,
    START,
    a_failed_one,
    again,
    at_once,
    fired,
    invoked,
    mail,
    refusal,
    republished,
    steps,
    wait,
    webhook,
)
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

# From the failed step: the same row goes on.


def test_it_goes_on_at_the_step_that_failed_and_what_was_done_is_not_done_again(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, "first", "second"), webhook(hook.url, "second", "end"), END])
    hook.answers = [(200, {}), (404, {}), (200, {})]
    invocation = invoked(event)
    run_due()

    assert again(invocation).pk == invocation.pk
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason) == ("completed", "EXITED")
    assert steps(invocation) == [
        (1, "first", "done"),
        (2, "second", "failed"),
        (3, "second", "done"),
        (4, "end", "done"),
    ]
    assert len(hook.requests) == 3
    assert Invocation.objects.count() == 1


def test_a_receiver_can_recognise_the_retry_by_key_and_content(hook: Receiver) -> None:
    customer = get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, message="Hello {{ customer.firstName }}", after="next"),
                             webhook(hook.url, "next")])  # fmt: skip
    hook.answers = [(404, {}), (404, {}), (200, {})]
    invocation = invoked(event)
    run_due()
    customer.first_name = "Ann"
    customer.save()

    for _ in range(2):
        again(invocation)
        run_due()

    *tries, following = hook.requests
    assert len(tries) == 3
    assert {sent.headers["idempotency-key"] for sent in tries} == {tries[0].headers["webhook-id"]}
    assert {sent.body for sent in tries} == {tries[0].body}
    assert b"Hello Anna" in tries[0].body
    assert following.headers["webhook-id"] != tries[0].headers["webhook-id"]


def test_what_was_rendered_wrong_is_rendered_again_where_nothing_was_sent() -> None:
    """Only what may have arrived has to be the same: here the store has learned the customer's name meanwhile."""
    customer = get_user_model().objects.create(email="anna@example.com")
    event = an_event()
    step = mail() | {"config": {"subject": "{{ customer.firstName }}", "text": "Hi"}}
    a_scenario(event, steps=[step])
    invocation = invoked(event)
    run_due()
    assert [row.reason for row in StepRun.objects.all()] == ["EMPTY_SUBJECT"]
    customer.first_name = "Anna"
    customer.save()

    again(invocation)
    run_due()

    assert StepRun.objects.get(visit=2).input["subject"] == "Anna"


def test_cancelled_while_it_waited_it_waits_for_the_rest_of_its_time(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[wait("hook"), webhook(hook.url)])
    invocation = invoked(event)
    run_due()
    invocation.refresh_from_db()
    until_then = invocation.due_at
    queue.cancel(invocation.pk, "Cancelled by Eva.")

    again(invocation)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason, invocation.detail) == ("waiting", "", "")
    assert invocation.due_at == until_then
    assert steps(invocation) == [(1, "wait", "waiting")]


def test_cancelled_between_two_tries_it_goes_on_with_the_next(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(503, {}), (200, {})]
    invocation = invoked(event)
    run_due()
    queue.cancel(invocation.pk, "Cancelled by Eva.")

    again(invocation)
    run_due()

    assert steps(invocation) == [(1, "hook", "done")]
    assert StepRun.objects.get().attempts == 2
    first, second = hook.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_cancelled_while_a_mail_went_out_the_mail_is_not_sent_again() -> None:
    event = an_event()
    a_scenario(event, steps=[mail("end"), END])
    invocation = invoked(event)
    StepRun.objects.create(
        invocation=invocation,
        visit=1,
        step="mail",
        kind="send_email",
        status="trying",
        attempts=1,
        input={"subject": "Hello", "text": "Hi", "html": ""},
        started_at=datetime.now(UTC),
    )
    Invocation.objects.update(claims=MAX_CLAIMS)
    queue.cancel(invocation.pk, "Cancelled by Eva.")

    again(invocation)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.reason) == ("completed", "UNKNOWN_OUTCOME")
    assert steps(invocation) == [(1, "mail", "unknown"), (2, "end", "done")]


def test_cancelled_before_its_first_step_it_begins(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    invocation = invoked(event)
    queue.cancel(invocation.pk, "Cancelled by Eva.")

    again(invocation)
    run_due()

    assert steps(invocation) == [(1, "hook", "done")]


def test_put_aside_because_workers_died_it_is_tried_by_workers_anew(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    invocation = invoked(event)
    Invocation.objects.update(claims=MAX_CLAIMS)
    run_due()
    invocation.refresh_from_db()
    assert invocation.reason == "FAILED_QUARANTINED"

    again(invocation)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.claims) == ("completed", 0)


def test_two_clicks_at_once_go_on_once(hook: Receiver) -> None:
    invocation = a_failed_one(hook)

    codes = at_once(8, lambda: again(invocation))

    assert codes.count("") == 1
    assert set(codes) <= {"", "WRONG_STATUS", "ALREADY_RETRIED"}
    run_due()
    assert len(hook.requests) == 2
    assert steps(invocation) == [(1, "hook", "failed"), (2, "hook", "done")]


def test_a_click_on_what_was_shown_before_it_went_on_and_failed_again_changes_nothing(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    assert invocation.ended_at is not None
    stale = invocation.state
    hook.answers = [(404, {})]
    again(invocation)
    run_due()

    assert not resuming.resume(invocation.pk, invocation.ended_at, stale, "late")
    assert resuming.restart(invocation.pk, invocation.ended_at, version=1, start="start0", by="late") is None

    invocation.refresh_from_db()
    assert (invocation.status, invocation.state["visit"]) == ("failed", 2)


# From the start: a new row.


def test_n8n_12957_it_may_begin_with_the_version_that_was_published_since(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    scenario = Scenario.objects.get()
    republished(scenario, END)

    new = again(invocation, CURRENT, START)
    run_due()

    new.refresh_from_db()
    assert new.version is not None
    assert (new.version.number, new.status, new.reason) == (2, "completed", "EXITED")
    assert len(hook.requests) == 1


def test_n8n_25735_it_may_begin_anew_with_the_version_that_it_ran_and_not_only_at_the_failed_step(
    hook: Receiver,
) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[webhook(hook.url, "first", "second"), webhook(hook.url, "second")])
    hook.answers = [(200, {}), (404, {}), (200, {})]
    invocation = invoked(event)
    run_due()
    republished(scenario, END)

    new = again(invocation, ORIGINAL, START)
    run_due()

    assert steps(new) == [(1, "first", "done"), (2, "second", "done")]
    assert steps(invocation) == [(1, "first", "done"), (2, "second", "failed")]
    assert len({sent.headers["webhook-id"] for sent in hook.requests}) == 4, "another invocation has keys of its own"


def test_the_new_row_says_what_it_is_and_who_asked_also_when_it_has_ended(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    Scenario.objects.update(name="Another name")
    asked = datetime.now(UTC)

    new = again(invocation, ORIGINAL, START)
    run_due()

    new.refresh_from_db()
    assert (new.retry_of, new.retried_by) == (invocation.pk, "VXNlcjox boss@example.com")
    assert (new.status, new.logged, new.customer_email) == ("completed", True, "anna@example.com")
    assert new.scenario_name == "Another name"
    assert abs(new.created_at - asked) < timedelta(seconds=10)
    assert new.created_at > invocation.created_at
    before = invocation.status, invocation.ended_at
    invocation.refresh_from_db()
    assert (invocation.status, invocation.ended_at) == before


def test_who_asked_that_a_row_goes_on_is_kept_too(hook: Receiver) -> None:
    invocation = a_failed_one(hook)

    again(invocation)
    run_due()

    invocation.refresh_from_db()
    assert (invocation.status, invocation.retried_by) == ("completed", "VXNlcjox boss@example.com")


def test_neither_reentry_nor_filter_nor_pause_keeps_out_whom_a_person_let_in(hook: Receiver) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[webhook(hook.url)], reentry="once")
    hook.answers = [(404, {}), (200, {})]
    invocation = invoked(event)
    run_due()
    nobody = {"left": "dataFields.score", "operator": "greaterThan", "right": 100}
    republished(scenario, END, filter=nobody)
    Scenario.objects.update(status=ScenarioStatus.PAUSED)

    new = again(invocation, CURRENT, START)
    run_due()

    new.refresh_from_db()
    assert (new.status, new.reason) == ("completed", "EXITED")


def test_it_begins_at_the_same_start_point_or_at_the_first_one_for_its_event(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    scenario = Scenario.objects.get()
    event = invocation.event_id
    starts = [
        {"id": "other", "type": "customEvent", "event": event},
        {"id": "start0", "type": "customEvent", "event": event},
    ]
    version = republished(scenario, END)
    ScenarioVersion.objects.filter(pk=version.pk).update(definition=version.definition | {"starts": starts})
    assert again(invocation, CURRENT, START).start == "start0"
    run_due()
    version = republished(scenario, END)
    ScenarioVersion.objects.filter(pk=version.pk).update(definition=version.definition | {"starts": starts[:1]})
    assert again(invocation, CURRENT, START).start == "other"


def test_two_clicks_at_once_make_one_row(hook: Receiver) -> None:
    invocation = a_failed_one(hook)

    codes = at_once(8, lambda: again(invocation, ORIGINAL, START))

    assert codes.count("") == 1
    assert set(codes) <= {"", "ALREADY_RETRIED"}
    assert Invocation.objects.filter(retry_of=invocation.pk).count() == 1


def test_while_a_retry_is_under_way_there_is_no_other_and_afterwards_there_is(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    first = again(invocation, ORIGINAL, START)
    assert refusal(invocation, ORIGINAL, START) == "ALREADY_RETRIED"
    assert refusal(invocation, ORIGINAL, FAILED_STEP) == "ALREADY_RETRIED"
    assert chances_of([invocation.pk])[invocation.pk].can_retry is False
    run_due()

    second = again(invocation, ORIGINAL, START)

    assert second.pk != first.pk


def test_a_retry_that_failed_can_be_retried_itself(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    hook.answers = [(404, {}), (200, {})]
    first = again(invocation, ORIGINAL, START)
    run_due()

    second = again(first, ORIGINAL, START)
    run_due()

    second.refresh_from_db()
    assert (second.retry_of, second.status) == (first.pk, "completed")


def test_the_answer_to_the_same_call_sent_again_is_the_first_one_and_knows_no_retry(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(404, {}), (200, {})]
    first = fired(event, idempotencyKey="a")
    run_due()
    again(Invocation.objects.get(), ORIGINAL, START)

    repeated = fired(event, idempotencyKey="a")

    assert repeated.duplicate
    assert repeated.invocations == first.invocations


def test_the_workers_are_told_at_once(hook: Receiver, settings: Settings, servers: Servers) -> None:
    invocation = a_failed_one(hook)
    settings.SALEOR_CUSTOM_EVENTS_QUEUE = f"retries-{token_hex(4)}"
    with redis.Redis.from_url(servers.redis_url) as server:
        for begin_at in (FAILED_STEP, START):
            again(invocation, ORIGINAL, begin_at)
            assert until(lambda: server.llen(settings.SALEOR_CUSTOM_EVENTS_QUEUE), 10), begin_at
            server.delete(settings.SALEOR_CUSTOM_EVENTS_QUEUE)
            hook.answers = [(404, {})]
            run_due()
