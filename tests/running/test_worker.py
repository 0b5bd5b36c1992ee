"""The worker: what a due invocation comes to. One process, real database, real receiver."""

from __future__ import annotations

import base64
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook

from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.hosts.sandbox.models import Plugin
from saleor_custom_events.models import CustomEvent, DataFields, Invocation, Occurrence, StepRun
from saleor_custom_events.running import queue
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller
from tests.receiver import Receiver
from tests.running.conftest import SECRET
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def fired(event: CustomEvent, caller: Caller = TRUSTED, **members: Any) -> Receipt:
    return fire(read_firing({"customEventId": event.pk, "customerEmail": "anna@example.com", **members}), caller)


def webhook(url: str, step: str = "hook", after: str | None = None, **config: Any) -> dict[str, Any]:
    return {"id": step, "type": "action", "action": "send_webhook", "config": {"url": url, **config}, "next": after}


def wait(duration: str = "P1D", after: str | None = None) -> dict[str, Any]:
    return {"id": "wait", "type": "wait", "duration": duration, "next": after}


def come(hours: float = 0, **values: Any) -> None:
    """Let time pass for everything that waits: as its rows would look then."""
    for row in Invocation.objects.filter(due_at__isnull=False):
        state = row.state
        if state.get("waitUntil"):
            state["waitUntil"] = datetime.now(UTC).isoformat()
        Invocation.objects.filter(pk=row.pk).update(due_at=datetime.now(UTC), state=state, **values)


def only() -> Invocation:
    return Invocation.objects.get()


def steps(invocation: Invocation | None = None) -> list[tuple[str, str, str]]:
    rows = (invocation or only()).step_runs.order_by("visit")
    return [(row.step, row.status, row.reason) for row in rows]


def test_a_condition_sends_each_customer_its_own_way(hook: Receiver) -> None:
    event = an_event()
    condition = {
        "id": "big",
        "type": "condition",
        "branches": [{"when": {"left": "dataFields.score", "operator": "greaterThan", "right": 5}, "next": "hook"}],
        "otherwise": "bye",
    }
    a_scenario(event, steps=[condition, webhook(hook.url), {"id": "bye", "type": "exit"}])
    fired(event, dataFields={"score": 9})
    fired(event, dataFields={"score": 1})
    run_due()
    high, low = Invocation.objects.order_by("pk")
    assert (high.status, steps(high)) == ("completed", [("big", "done", ""), ("hook", "done", "")])
    assert (low.status, low.reason, steps(low)) == ("completed", "EXITED", [("big", "done", ""), ("bye", "done", "")])
    decision = low.step_runs.get(step="big").result
    assert (decision["branch"], decision["comparisons"][0]["actual"]) == ("otherwise", "1")


def test_a_webhook_is_signed_and_carries_a_stable_key(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(503, {}), (200, {})]
    fired(event)
    run_due()
    come()
    run_due()
    first, second = hook.requests
    Webhook(SECRET).verify(first.body, first.headers)
    Webhook(SECRET).verify(second.body, second.headers)
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == first.headers["webhook-id"]
    assert first.body == second.body
    row = StepRun.objects.get()
    assert (only().status, row.status, row.attempts, row.result["status"]) == ("completed", "done", 2, 200)


def test_an_event_renamed_between_two_tries_changes_nothing_in_what_is_sent(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(503, {}), (200, {})]
    fired(event)
    run_due()
    CustomEvent.objects.filter(pk=event.pk).update(name="Another name")
    come()
    run_due()
    first, second = hook.requests
    assert first.body == second.body


def test_a_failed_webhook_waits_for_its_next_try_as_the_receiver_wishes(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(429, {"Retry-After": "3600"})]
    fired(event)
    run_due()
    row = only()
    assert row.due_at is not None
    assert (row.status, steps()[0][1]) == ("waiting", "retrying")
    assert timedelta(minutes=55) < row.due_at - datetime.now(UTC) < timedelta(minutes=65)


def test_what_cannot_pass_by_trying_again_is_not_tried_again(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, after="end"), {"id": "end", "type": "exit"}])
    hook.answers = [(404, {})]
    fired(event)
    run_due()
    assert (only().status, only().reason, only().due_at) == ("failed", "FAILED_ACTION", None)
    assert len(hook.requests) == 1
    assert [step for step, *_ in steps()] == ["hook"]


def test_tries_come_to_an_end(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(500, {})]
    fired(event)
    for _ in range(12):
        run_due()
        come()
    assert (only().status, only().reason, len(hook.requests)) == ("failed", "FAILED_RETRIES", 8)


def test_a_wait_holds_and_then_goes_on(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[wait(after="hook"), webhook(hook.url)])
    fired(event)
    run_due()
    row = only()
    assert row.due_at is not None
    assert (row.status, steps()) == ("waiting", [("wait", "waiting", "")])
    assert row.due_at - row.created_at > timedelta(hours=23)
    assert not run_due()
    assert not hook.requests
    come()
    run_due()
    assert (only().status, steps()) == ("completed", [("wait", "done", ""), ("hook", "done", "")])
    assert {"worker", "resumedBy", "until"} <= set(StepRun.objects.get(step="wait").result)


def test_a_version_is_pinned_when_the_occurrence_is_accepted(hook: Receiver) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[wait(after="hook"), webhook(hook.url)])
    fired(event)
    run_due()
    newer = a_scenario(event, steps=[wait()])
    scenario.published = newer.published
    scenario.save()
    come()
    run_due()
    assert len(hook.requests) == 1


def test_a_mail_whose_worker_died_is_not_sent_again_and_shown_as_unknown() -> None:
    event = an_event()
    mail = {"subject": "Hello", "text": "Hi"}
    step = {"id": "mail", "type": "action", "action": "send_email", "config": mail, "next": "end"}
    a_scenario(event, steps=[step, {"id": "end", "type": "exit"}])
    fired(event)
    StepRun.objects.create(
        invocation=only(),
        visit=1,
        step="mail",
        kind="send_email",
        status="trying",
        attempts=1,
        input={**mail, "html": ""},
        started_at=datetime.now(UTC),
    )
    run_due()
    assert (only().status, only().reason) == ("completed", "UNKNOWN_OUTCOME")
    assert steps() == [("mail", "unknown", "UNKNOWN_OUTCOME"), ("end", "done", "")]


def test_a_webhook_whose_worker_died_is_sent_again_with_the_same_content(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, message="Hello {{ customer.firstName }}")])
    fired(event)
    (held,) = queue.claim(10, 30)
    stored = {"url": hook.url, "message": "Hello Anna"}
    StepRun.objects.create(
        invocation=only(),
        visit=1,
        step="hook",
        kind="send_webhook",
        status="trying",
        attempts=1,
        input=stored,
        started_at=datetime.now(UTC),
    )
    assert not run_due(), "another worker holds it"
    come()
    run_due()
    assert (only().status, StepRun.objects.get().attempts) == ("completed", 2)
    assert b"Hello Anna" in hook.requests[0].body
    assert held.claims == 1


def test_whoever_lost_the_lease_settles_nothing(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    fired(event)
    Invocation.objects.update(lease=None)
    (slow,) = queue.claim(10, 30)
    Invocation.objects.update(lease=uuid4())
    settlement = queue.Settlement(
        claim=slow, status=queue.Status.FAILED, reason="X", detail="", state={}, steps=(), due_at=None
    )
    assert queue.settle([settlement], 30) == set()
    assert (only().status, only().reason) == ("running", "")


def test_a_cancelled_invocation_stays_cancelled_whoever_holds_it(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[wait()])
    fired(event)
    run_due()
    assert queue.cancel(only().pk, "by Eva")
    assert not queue.cancel(only().pk, "again")
    come()
    run_due()
    assert (only().status, only().reason) == ("cancelled", "CANCELLED_BY_STAFF")


def test_an_unverified_address_gets_no_mail_unless_the_start_point_allows_it() -> None:
    event = an_event(public=True)
    mail = {"subject": "Hello", "text": "Hi"}
    step = {"id": "mail", "type": "action", "action": "send_email", "config": mail, "next": None}
    a_scenario(event, steps=[step])
    fired(event, a_key()[1])
    run_due()
    assert (only().status, only().reason) == ("completed", "SKIPPED_UNVERIFIED")
    assert steps() == [("mail", "skipped", "SKIPPED_UNVERIFIED")]


def test_metadata_is_set_with_the_step_and_conditions_see_it() -> None:
    get_user_model().objects.create(email="anna@example.com")
    event = an_event()
    metadata = {"entries": {"tier": "gold {{ dataFields.score }}"}}
    a_scenario(
        event,
        steps=[
            {"id": "set", "type": "action", "action": "set_customer_metadata", "config": metadata, "next": "look"},
            {
                "id": "look",
                "type": "condition",
                "branches": [
                    {
                        "when": {"left": "customer.metadata.tier", "operator": "equals", "right": "gold 9"},
                        "next": "gold",
                    }
                ],
                "otherwise": None,
            },
            {"id": "gold", "type": "exit"},
        ],
    )
    fired(event, dataFields={"score": 9})
    run_due()
    assert steps() == [("set", "done", ""), ("look", "done", ""), ("gold", "done", "")]
    assert get_user_model().objects.get().metadata == {"tier": "gold 9"}


def test_a_public_key_that_names_somebody_else_learns_and_changes_nothing_of_theirs() -> None:
    victim = get_user_model().objects.create(email="victim@example.com", first_name="Vic")
    number = base64.b64encode(f"User:{victim.pk}".encode()).decode()
    event = an_event(public=True)
    metadata = {"entries": {"name": "{{ customer.firstName }}"}}
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": metadata, "next": None}
    a_scenario(event, steps=[step], allowUnverified=True)
    fired(event, a_key()[1], customerEmail="attacker@example.com", customerId=number)
    run_due()
    assert steps() == [("set", "skipped", "SKIPPED_NO_CUSTOMER")]
    victim.refresh_from_db()
    assert victim.metadata == {}


def test_waits_end_by_the_databases_clock() -> None:
    event = an_event()
    a_scenario(event, steps=[wait("PT1S")])
    fired(event)
    run_due()
    Invocation.objects.update(due_at=datetime.now(UTC) - timedelta(seconds=1))
    row = only()
    row.state["waitUntil"] = (datetime.now(UTC) - timedelta(milliseconds=1)).isoformat()
    row.save()
    (claimed,) = queue.claim(1, 30)
    assert claimed.now >= datetime.fromisoformat(row.state["waitUntil"])
    queue.give_back([claimed])
    run_due()
    assert only().status == "completed"


def test_a_step_does_not_wait_for_ever_for_a_row_that_the_shop_holds() -> None:
    person = get_user_model().objects.create(email="anna@example.com")
    event = an_event()
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": {"entries": {"a": "b"}}}
    a_scenario(event, steps=[{**step, "next": None}])
    fired(event)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                get_user_model().objects.select_for_update().get(pk=person.pk)
                held.set()
                done.wait(30)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    run_due()
    assert (only().status, steps()[0][1]) == ("waiting", "retrying")
    done.set()
    other.join()
    come()
    run_due()
    assert only().status == "completed"


def test_an_action_on_a_customer_whom_the_store_does_not_know_is_skipped() -> None:
    event = an_event()
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": {"entries": {"a": "b"}}}
    a_scenario(event, steps=[{**step, "next": None}])
    fired(event)
    run_due()
    assert (only().status, only().reason) == ("completed", "SKIPPED_NO_CUSTOMER")


def test_a_scenario_fires_another_event_once_and_a_loop_of_events_ends() -> None:
    event = an_event()
    step = {"id": "again", "type": "action", "action": "fire_event", "config": {"event": event.pk}, "next": None}
    a_scenario(event, steps=[step])
    fired(event)
    for _ in range(20):
        run_due()
    assert Occurrence.objects.count() == 6
    assert list(Occurrence.objects.order_by("hops").values_list("hops", flat=True)) == [0, 1, 2, 3, 4, 5]
    last = Invocation.objects.order_by("pk").last()
    assert last is not None
    assert (last.status, last.step_runs.get().reason) == ("failed", "SKIPPED_HOPS")


def test_whatever_an_action_brings_back_can_be_stored() -> None:
    brought = {
        "a\0b": ["\0", "\ud800", Decimal("1.5"), float("nan"), {1: None}],
        "when": datetime(2026, 1, 1, tzinfo=UTC),
    }
    stored = {"ab": ["", "?", "1.5", "nan", {"1": None}], "when": "2026-01-01 00:00:00+00:00"}
    assert queue.storable(brought) == stored


def test_what_keeps_killing_workers_is_put_aside_and_its_neighbours_are_not(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    poison = fired(event).invocations[0].id
    fired(event)
    Invocation.objects.filter(pk=poison).update(claims=MAX_CLAIMS)
    run_due()
    assert (Invocation.objects.get(pk=poison).status, Invocation.objects.get(pk=poison).reason) == (
        "failed",
        "FAILED_QUARANTINED",
    )
    assert Invocation.objects.exclude(pk=poison).get().status == "completed"
    assert len(hook.requests) == 1


def test_a_version_this_release_cannot_read_fails_with_its_reason() -> None:
    event = an_event()
    scenario = a_scenario(event)
    assert scenario.published is not None
    scenario.published.definition = {"spec": 99}
    scenario.published.save()
    fired(event)
    run_due()
    assert (only().status, only().reason) == ("failed", "FAILED_DEFINITION")
    assert only().detail


def test_without_logging_nothing_of_anybody_is_kept_once_the_run_has_ended(hook: Receiver) -> None:
    event = an_event(logging=False)
    a_scenario(event, steps=[wait(after="hook"), webhook(hook.url)])
    a_scenario(event, steps=[webhook(hook.url)])
    fired(event, dataFields={"score": 1})
    run_due()
    assert Occurrence.objects.get().customer_email == "anna@example.com", "one of them still waits"
    come()
    run_due()
    assert len(hook.requests) == 2
    assert Occurrence.objects.get().customer_email is None
    assert not DataFields.objects.exists()
    assert not StepRun.objects.exists()
    assert set(Invocation.objects.values_list("status", "logged")) == {("completed", False)}


def test_the_number_of_statements_does_not_grow_with_the_batch() -> None:
    event = an_event()
    a_scenario(event, steps=[wait()])

    def statements(invocations: int) -> int:
        for _ in range(invocations):
            fired(event)
        with CaptureQueriesContext(connection) as queries:
            run_due()
        return len(queries)

    statements(1)
    assert statements(2) == statements(50)


def test_the_plugin_switched_off_holds_its_work() -> None:
    event = an_event()
    a_scenario(event)
    fired(event)
    plugin, _ = Plugin.objects.update_or_create(identifier="custom-events", defaults={"active": False})
    assert not run_due()
    assert only().status == "running"
    Plugin.objects.filter(pk=plugin.pk).update(active=True)
    run_due()
    assert only().status == "completed"
