"""Kill switches over GraphQL: thrown by those who may, told to everybody who defines, and recorded."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.doors.graphql.ids import EVENT, global_id
from saleor_custom_events.models import Invocation
from saleor_custom_events.running.status import checks_of_running
from saleor_custom_events.running.worker import run_due
from tests.firing.flows import fired
from tests.graphql.conftest import Asker, staff
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

PAUSE = "kind action pausedBy resumedBy heldCount customEvent { name isPaused }"
HEALTH = f"{{ customEventHealth {{ oldestDueAt pauses {{ {PAUSE} }} }} }}"
PAST = f"{{ customEventSettings {{ pauses {{ kind }} pastPauses {{ {PAUSE} pausedAt resumedAt }} }} }}"
ROWS = """query ($reason: [String!]) { customEventInvocations(first: 10, filter: {reason: $reason}) { edges { node {
  status reason detail dueAt } } } }"""
DEFINE, OPERATE = "MANAGE_DISCOUNTS", "MANAGE_PLUGINS"


def throw(ask: Asker, mutation: str, by: str, given: str = "") -> None:
    assert ask(f"mutation {{ {mutation}{given} {{ errors {{ field code message }} }} }}", by=by).done


def pauses(ask: Asker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(HEALTH, by=staff(DEFINE)).data["customEventHealth"]["pauses"]
    return found


def rows(ask: Asker, *reasons: str) -> list[tuple[str, str | None, str | None, str | None]]:
    answer = ask(ROWS, {"reason": list(reasons) or None}, by=staff(DEFINE, "MANAGE_USERS"))
    nodes = [edge["node"] for edge in answer.data["customEventInvocations"]["edges"]]
    return [(node["status"], node["reason"], node["detail"], node["dueAt"]) for node in nodes]


def test_everything_is_paused_and_resumed_and_both_are_recorded(ask: Asker, boss: str) -> None:
    event = an_event()
    a_scenario(event)
    throw(ask, "customEventPauseAll", boss)
    fired(event)
    assert not run_due()
    (pause,) = pauses(ask)
    assert (pause["kind"], pause["heldCount"], pause["resumedBy"]) == ("ALL", 1, None)
    assert pause["pausedBy"].startswith("staff")
    assert ask(HEALTH, by=boss).data["customEventHealth"]["oldestDueAt"]
    assert rows(ask) == [("RUNNING", "HELD_ALL", "Everything is paused.", None)]
    assert len(rows(ask, "HELD_ALL")) == 1
    assert rows(ask, "HELD_EVENT", "HELD_ACTION", "EXITED") == []

    throw(ask, "customEventResumeAll", boss)
    run_due()
    assert pauses(ask) == []
    assert rows(ask) == [("COMPLETED", None, None, None)]
    (past,) = ask(PAST, by=boss).data["customEventSettings"]["pastPauses"]
    assert past["resumedBy"].startswith("staff")
    assert past["pausedAt"] < past["resumedAt"]


def test_an_event_is_paused_by_whoever_defines(ask: Asker) -> None:
    event, marketer = an_event(name="Quiz"), staff(DEFINE)
    a_scenario(event)
    given = f'(id: "{global_id(EVENT, event.pk)}")'
    throw(ask, "customEventPause", marketer, given)
    fired(event)
    run_due()
    (pause,) = pauses(ask)
    assert (pause["kind"], pause["heldCount"], pause["customEvent"]) == ("EVENT", 1, {"name": "Quiz", "isPaused": True})
    assert rows(ask, "HELD_EVENT", "EXITED") == [("WAITING", "HELD_EVENT", "Its event is paused.", None)]
    throw(ask, "customEventResume", marketer, given)
    run_due()
    assert rows(ask) == [("COMPLETED", None, None, None)]


def test_an_action_is_paused_by_its_name(ask: Asker, boss: str) -> None:
    event, next_event = an_event(), an_event()
    a_scenario(
        event,
        steps=[
            {"id": "fire", "type": "action", "action": "fire_event", "config": {"event": next_event.pk}, "next": None}
        ],
    )
    throw(ask, "customEventActionPause", boss, '(name: "fire_event")')
    fired(event)
    run_due()
    assert [pause["action"] for pause in pauses(ask)] == ["fire_event"]
    assert rows(ask, "HELD_ACTION") == [("WAITING", "HELD_ACTION", "The action fire_event is paused.", None)]
    throw(ask, "customEventActionResume", boss, '(name: "fire_event")')
    run_due()
    assert Invocation.objects.filter(event=next_event).count() == 1
    unknown = ask('mutation { customEventActionPause(name: "nothing") { errors { field code message } } }', by=boss)
    assert unknown.refusals == [("name", "NOT_FOUND")]


@pytest.mark.parametrize("mutation", ["PauseAll", "ResumeAll", 'ActionPause(name: "x")', 'ActionResume(name: "x")'])
def test_whoever_only_defines_throws_none_of_the_large_ones(ask: Asker, mutation: str) -> None:
    answer = ask(f"mutation {{ customEvent{mutation} {{ errors {{ field code message }} }} }}", by=staff(DEFINE))
    assert answer.refusals == [(None, "PERMISSION_DENIED")]


def test_paused_twice_the_first_one_stands(ask: Asker, boss: str) -> None:
    throw(ask, "customEventPauseAll", boss)
    (first,) = pauses(ask)
    throw(ask, "customEventPauseAll", staff(DEFINE, OPERATE))
    assert pauses(ask) == [first]


def test_an_operator_is_told_what_is_paused_and_that_this_is_no_fault(ask: Asker, boss: str) -> None:
    throw(ask, "customEventPauseAll", boss)
    checks = {check.name: check for check in checks_of_running()}
    assert checks["pauses"].ok
    assert checks["pauses"].state.startswith("all since ")
