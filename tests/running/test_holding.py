"""Paused work is held and drained, not lost: everything, what an event starts, an action."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from saleor_custom_events.defining import switches
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.models import CustomEvent, Invocation, Pause, StepRun
from saleor_custom_events.pauses import what_is_paused
from saleor_custom_events.running import holding, queue
from saleor_custom_events.running.worker import run_due
from tests.defining.people import BOSS
from tests.firing.flows import fired, outcome, rows
from tests.receiver import Receiver
from tests.running.again import webhook
from tests.shop import a_scenario, an_event
from tests.side_by_side import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)

END = {"id": "end", "type": "exit"}
HOOK = "send_webhook"
PATIENCE = 60.0
Switch = Callable[[CustomEvent, bool], None]


def everything(event: CustomEvent, on: bool) -> None:
    (switches.pause_everything if on else switches.resume_everything)(BOSS)


def the_event(event: CustomEvent, on: bool) -> None:
    (switches.pause_event if on else switches.resume_event)(BOSS, event.pk)


def the_action(event: CustomEvent, on: bool) -> None:
    (switches.pause_action if on else switches.resume_action)(BOSS, HOOK)


EACH = pytest.mark.parametrize("switch", [everything, the_event, the_action])


def a_calling_event(hook: Receiver, **start: Any) -> CustomEvent:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, body="{{ dataFields.n }}")], **start)
    return event


def run_all() -> None:
    while run_due():
        pass


def called(hook: Receiver) -> list[str]:
    """Give what the receiver was told, in the order in which it came."""
    return [request.body.decode() for request in hook.requests]


def held() -> list[str | None]:
    return list(Invocation.objects.filter(due_at__isnull=False).order_by("pk").values_list("pause", flat=True))


@EACH
def test_what_is_fired_meanwhile_is_accepted_and_runs_once_in_its_order_when_that_ends(
    hook: Receiver, settings: Settings, switch: Switch
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONCURRENCY = 1
    event = a_calling_event(hook)
    switch(event, True)
    for n in range(7):
        assert outcome(fired(event, dataFields={"n": n})) == ("started", "")
        run_all()
    assert called(hook) == []

    switch(event, False)
    run_all()
    assert called(hook) == [str(n) for n in range(7)]
    assert rows() == [("completed", "")] * 7
    assert not Invocation.objects.exclude(pause=None, place_at=None).exists()
    (record,) = Pause.objects.all()
    assert (record.paused_by, record.resumed_by) == ("VXNlcjox boss@example.com",) * 2
    assert record.paused_at <= record.resumed_at <= record.drained_at


def test_an_event_holds_its_own_beginnings_and_nothing_else(hook: Receiver) -> None:
    wait = {"id": "wait", "type": "wait", "duration": "PT1H", "next": "hook"}
    paused, other = an_event(), a_calling_event(hook)
    a_scenario(paused, steps=[wait, webhook(hook.url, body="{{ dataFields.n }}")])
    fired(paused, dataFields={"n": 1})
    run_all()
    switches.pause_event(BOSS, paused.pk)
    fired(paused, dataFields={"n": 2})
    fired(other, dataFields={"n": 3})
    let_the_wait_end()
    run_all()
    assert sorted(called(hook)) == ["1", "3"]
    assert held() == [f"event:{paused.pk}"]


def let_the_wait_end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
UPDATE saleor_custom_events_invocation SET due_at = statement_timestamp(),
  state = jsonb_set(state, '{waitUntil}', '"2026-01-01T00:00:00+00:00"')
WHERE state ? 'waitUntil' AND due_at IS NOT NULL""")


def test_an_action_is_held_where_it_is_come_to_and_the_timeline_says_so(hook: Receiver) -> None:
    event, next_event = an_event(), an_event()
    fire_event = {"id": "fire", "type": "action", "action": "fire_event", "config": {"event": next_event.pk}}
    a_scenario(event, steps=[{**fire_event, "next": "hook"}, webhook(hook.url)])
    switches.pause_action(BOSS, HOOK)
    fired(event)
    run_all()
    (first,) = Invocation.objects.filter(event=event)
    assert (first.status, first.pause, first.lease) == ("waiting", "action:send_webhook", None)
    steps = StepRun.objects.filter(invocation=first).order_by("visit")
    assert list(steps.values_list("step", "status", "reason")) == [
        ("fire", "done", ""),
        ("hook", "waiting", "HELD_ACTION"),
    ]

    switches.resume_action(BOSS, HOOK)
    run_all()
    assert list(steps.values_list("step", "status", "reason", "effect", "attempts")) == [
        ("fire", "done", "", "with_step", 1),
        ("hook", "done", "", "at_least_once", 1),
    ]
    assert len(hook.requests) == 1
    assert Invocation.objects.filter(event=next_event).count() == 1, "what was done before is not done again"


def test_a_try_that_is_to_be_made_again_is_held_and_keeps_its_key_and_its_count(hook: Receiver) -> None:
    event = a_calling_event(hook)
    hook.answers = [(503, {}), (200, {})]
    fired(event, dataFields={"n": 1})
    run_all()
    switches.pause_action(BOSS, HOOK)
    Invocation.objects.update(due_at="2000-01-01T00:00:00Z")
    run_all()
    assert StepRun.objects.values_list("status", "attempts").get() == ("retrying", 1)
    assert held() == ["action:send_webhook"]

    switches.resume_action(BOSS, HOOK)
    run_all()
    assert rows() == [("completed", "")]
    first, second = hook.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_re_entry_is_decided_when_it_is_fired_and_stays_decided(hook: Receiver) -> None:
    event = a_calling_event(hook, reentry="once")
    switches.pause_event(BOSS, event.pk)
    assert outcome(fired(event, dataFields={"n": 1})) == ("started", "")
    run_all()
    assert outcome(fired(event, dataFields={"n": 2})) == ("skipped", "SKIPPED_REENTRY")
    switches.resume_event(BOSS, event.pk)
    run_all()
    assert called(hook) == ["1"]


def test_the_same_key_is_the_same_firing_while_it_is_held(hook: Receiver) -> None:
    event = a_calling_event(hook)
    switches.pause_event(BOSS, event.pk)
    first = fired(event, dataFields={"n": 1}, idempotencyKey="k")
    run_all()
    again = fired(event, dataFields={"n": 1}, idempotencyKey="k")
    assert again.duplicate
    assert again.occurrence_id == first.occurrence_id
    switches.resume_event(BOSS, event.pk)
    run_all()
    assert called(hook) == ["1"]


def test_one_at_a_time_keeps_its_line_while_the_first_is_held(hook: Receiver) -> None:
    event = a_calling_event(hook, flow={"type": "oneAtATime", "key": None})
    switches.pause_action(BOSS, HOOK)
    for n in range(3):
        fired(event, dataFields={"n": n})
    run_all()
    assert held() == ["action:send_webhook", None, None]
    switches.resume_action(BOSS, HOOK)
    run_all()
    assert called(hook) == ["0", "1", "2"]


def test_what_is_held_can_be_cancelled_and_is_gone_then(hook: Receiver) -> None:
    event = a_calling_event(hook)
    switches.pause_event(BOSS, event.pk)
    (made,) = fired(event, dataFields={"n": 1}).invocations
    run_all()
    assert queue.cancel(made.id or 0, "")
    switches.resume_event(BOSS, event.pk)
    run_all()
    assert called(hook) == []
    assert what_is_paused().draining == ()


def test_paused_again_while_it_is_let_go_of_the_rest_stays_held(hook: Receiver, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_BATCH = 2
    event = a_calling_event(hook)
    switches.pause_event(BOSS, event.pk)
    for n in range(4):
        fired(event, dataFields={"n": n})
    run_all()
    switches.resume_event(BOSS, event.pk)
    holding.let_go(what_is_paused(), 1)
    switches.pause_event(BOSS, event.pk)
    run_all()
    assert held() == [f"event:{event.pk}"] * 4
    switches.resume_event(BOSS, event.pk)
    run_all()
    assert called(hook) == ["0", "1", "2", "3"]


def test_a_pause_that_began_between_two_steps_is_heeded_before_the_next_effect(hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, "one", "two"), webhook(hook.url, "two")])
    fired(event)
    hook.open.clear()

    def pause_when_called() -> None:
        assert until(lambda: bool(hook.requests), PATIENCE)
        switches.pause_everything(BOSS)
        hook.open.set()

    together(run_all, pause_when_called)
    assert len(hook.requests) == 1
    (row,) = Invocation.objects.all()
    assert row.lease is None, "nobody has it in their hands"

    switches.resume_everything(BOSS)
    run_all()
    assert len(hook.requests) == 2
    assert rows() == [("completed", "")]


def test_whoever_holds_while_the_pause_is_ended_leaves_nothing_behind(hook: Receiver) -> None:
    event = a_calling_event(hook)
    flips = [partial(the_event, event, True), partial(the_event, event, False)]

    def flip() -> None:
        for one in flips:
            one()

    with meanwhile(flip, run_due, run_due):
        together(
            *[
                partial(lambda part: [fired(event, dataFields={"n": n}) for n in part], range(k, 60, 3))
                for k in range(3)
            ]
        )
    switches.resume_event(BOSS, event.pk)
    run_all()
    assert rows() == [("completed", "")] * 60
    assert sorted(map(int, called(hook))) == list(range(60))
    assert not Pause.objects.filter(drained_at=None).exists()


def test_ending_a_pause_waits_for_whoever_holds_for_it_at_this_moment(hook: Receiver) -> None:
    event = a_calling_event(hook)
    fired(event, dataFields={"n": 1})
    switches.pause_event(BOSS, event.pk)
    claims = queue.claim(10, 30)
    switches.resume_event(BOSS, event.pk)
    paused = f"event:{event.pk}"
    assert holding.hold([(claim, paused) for claim in claims]) == claims, "the pause has ended: nothing is held"
    with transaction.atomic():
        assert Invocation.objects.filter(pause=paused).count() == 0


def test_a_hundred_thousand_held_cost_a_claim_nothing(hook: Receiver) -> None:
    event = a_calling_event(hook)
    switches.pause_event(BOSS, event.pk)
    fired(event, dataFields={"n": 1})
    run_all()
    with connection.cursor() as cursor:
        cursor.execute("""
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_id, version_id, scenario_name, start, status, reason, detail, logged, created_at,
   state, due_at, claims, pause, place_at)
SELECT occurrence_id, event_id, scenario_id, version_id, scenario_name, start, status, reason, detail, logged,
  created_at, state, due_at, 0, pause, place_at + n * interval '1 ms'
FROM saleor_custom_events_invocation, generate_series(1, 100000) n""")
        cursor.execute("ANALYZE saleor_custom_events_invocation")
        claim = queue.CLAIM.replace("%s", "{}").format(100, "'00000000-0000-0000-0000-000000000000'", 30)
        assert read_rows(cursor, claim) == 0, "no held row is looked at"
        let_go = holding.LET_GO.replace("%s", "{}").format(f"'event:{event.pk}'", 50)
        assert read_rows(cursor, let_go) <= 50
    assert held()[:2] == [f"event:{event.pk}"] * 2


def read_rows(cursor: Any, statement: str) -> int:
    """Run a statement, undo it, and give how many rows its scans of invocations read at most."""
    with transaction.atomic():
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (plans,) = cursor.fetchone()
        transaction.set_rollback(True)
    found: list[int] = []

    def walk(node: dict[str, Any], inner: bool = False) -> None:
        if node.get("Relation Name") == "saleor_custom_events_invocation" and "Scan" in node["Node Type"]:
            assert node["Node Type"] != "Seq Scan", "an index is used"
            found.append(int(node["Actual Rows"] * node["Actual Loops"]) + int(node.get("Rows Removed by Filter", 0)))
        for child in node.get("Plans", ()):
            walk(child)

    walk(plans[0]["Plan"])
    return max(found)
