"""`customEventScenarioTest`: a draft tried with an occurrence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from saleor_custom_events.models import CustomEvent, Scenario
from tests.graphql.conftest import Asker, staff
from tests.graphql.test_permissions import everything
from tests.log.making import fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

TRY = """
mutation ($id: ID!, $input: CustomEventScenarioTestInput!) {
  customEventScenarioTest(id: $id, input: $input) {
    errors { field code message } start outcome reason status
    steps { visit step kind status reason detail at input result way } } }"""
HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
STEPS: list[dict[str, Any]] = [
    {"id": "look", "type": "condition", "branches": [{"when": HIGH, "next": "wait"}], "otherwise": None},
    {"id": "wait", "type": "wait", "duration": "P1D", "next": "mail"},
    {
        "id": "mail",
        "type": "action",
        "action": "send_email",
        "config": {"subject": "Hi {{ customer.firstName }}", "text": "{{ dataFields.score }}"},
        "next": "end",
    },
    {"id": "end", "type": "exit"},
]


def tried(ask: Asker, scenario: Scenario, by: str, **given: Any) -> Any:
    return ask(TRY, {"id": global_id(SCENARIO, scenario.pk), "input": given}, by=by)


def a_typed_one(event: CustomEvent, score: Any = 82.5) -> dict[str, Any]:
    return {"customEventId": event.pk, "customerEmail": "anna@example.com", "dataFields": {"score": score}}


def test_every_step_with_what_it_would_do(ask: Asker, boss: str) -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)

    done = tried(ask, scenario, boss, occurrence=a_typed_one(event)).done

    assert (done["start"], done["outcome"], done["status"], done["reason"]) == (
        "start0",
        "STARTED",
        "COMPLETED",
        "EXITED",
    )
    look, wait, mail, end = done["steps"]
    assert (look["visit"], look["kind"], look["status"], look["result"]["branch"]) == (1, "condition", "DONE", 0)
    assert look["result"]["comparisons"][0]["actual"] == "82.5"
    assert (wait["kind"], wait["result"]["until"]) == ("wait", mail["at"])
    assert (mail["input"]["subject"], mail["input"]["text"]) == ("Hi Anna", "82.5")
    assert (mail["kind"], mail["status"], mail["reason"], mail["detail"]) == ("send_email", "DONE", None, None)
    assert [step["way"] for step in done["steps"]] == ["0", "next", "next", None]
    assert datetime.fromisoformat(end["at"]) > datetime.fromisoformat(look["at"])


def test_an_occurrence_of_the_log_and_a_draft_that_is_not_saved(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    (invocation,) = fired(event)
    draft = {**scenario.draft, "steps": [STEPS[3]]}

    done = tried(ask, scenario, boss, draft=draft, occurrenceId=str(invocation.occurrence_id)).done

    assert [step["step"] for step in done["steps"]] == ["end"]


def test_what_does_not_start_has_no_steps(ask: Asker, definer: str) -> None:
    event, other = an_event(), an_event()
    scenario = a_scenario(event, steps=STEPS)

    done = tried(ask, scenario, definer, occurrence=a_typed_one(other)).done

    assert (done["start"], done["outcome"], done["status"]) == (None, "SKIPPED", "SKIPPED")
    assert (done["reason"], done["steps"]) == ("SKIPPED_NO_SCENARIO", [])


@pytest.mark.parametrize(
    ("occurrence", "problem"),
    [
        ({"customerEmail": "nobody"}, ("customerEmail", "INVALID_EMAIL")),
        ({"customEventId": None}, ("customEventId", "REQUIRED")),
        ({"customerEmail": None}, ("customerEmail", "REQUIRED")),
        ({"dataFields": {"score": [1]}}, ("dataFields.score", "WRONG_TYPE")),
        ({"url": "ftp://shop.example"}, ("url", "INVALID_URL")),
    ],
)
def test_a_typed_occurrence_is_held_to_the_form_of_a_firing(
    ask: Asker, definer: str, occurrence: dict[str, Any], problem: tuple[str, str]
) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)

    answer = tried(ask, scenario, definer, occurrence=a_typed_one(event) | occurrence)

    assert answer.refusals == [problem]
    assert answer.payload["steps"] is None


def test_faults_of_the_draft_stand_at_their_places(ask: Asker, definer: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    broken = {**scenario.draft, "steps": [*STEPS[:3], {**STEPS[3], "id": "mail"}]}

    answer = tried(ask, scenario, definer, draft=broken, occurrence=a_typed_one(event))

    assert ("steps[3].id", "DUPLICATE") in answer.refusals
    assert tried(ask, scenario, definer, draft="no", occurrence=a_typed_one(event)).refusals == [("draft", "INVALID")]


def test_exactly_one_occurrence(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    both = {"occurrenceId": str(fired(event)[0].occurrence_id), "occurrence": a_typed_one(event)}

    for given in ({}, both):
        assert tried(ask, scenario, boss, **given).refusals == [("occurrenceId", "INVALID")]


def test_an_occurrence_of_the_log_needs_the_permission_to_see_customers(ask: Asker, definer: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    logged = {"occurrenceId": str(fired(event)[0].occurrence_id)}

    for by in (definer, staff("MANAGE_USERS"), ""):
        assert [code for _, code in tried(ask, scenario, by, **logged).refusals] == ["PERMISSION_DENIED"]


def test_nothing_at_all_is_written(ask: Asker, boss: str) -> None:
    """In every table: neither by what would do something, nor by what is refused."""
    event = an_event()
    scenario = a_scenario(event, steps=STEPS, reentry="once")
    (invocation,) = fired(event)
    person = get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    before = everything(), get_user_model().objects.values().get(pk=person.pk)

    assert tried(ask, scenario, boss, occurrence=a_typed_one(event) | {"idempotencyKey": "a"}).done["status"]
    assert tried(ask, scenario, boss, occurrenceId=str(invocation.occurrence_id)).done["status"]
    assert tried(ask, scenario, boss, occurrence=a_typed_one(event, [1])).refusals

    assert (everything(), get_user_model().objects.values().get(pk=person.pk)) == before


def test_what_a_step_waits_for_happens_where_it_is_said(ask: Asker, boss: str) -> None:
    event, ordered = an_event(), an_event(declared_fields=[{"name": "total", "type": "Number", "required": True}])
    big = {"left": "steps.order.total", "operator": "greaterThan", "right": 100}
    look = {"id": "look", "type": "condition", "branches": [{"when": big, "next": "end"}], "otherwise": None}
    order = {"id": "order", "type": "waitForEvent", "event": ordered.pk, "timeout": "P3D", "happened": "look"}
    scenario = a_scenario(event, steps=[order, look, {"id": "end", "type": "exit"}])
    occurrence = a_typed_one(event)

    alone = tried(ask, scenario, boss, occurrence=occurrence).done
    together = tried(
        ask, scenario, boss, occurrence=occurrence, happened=[{"step": "order", "dataFields": {"total": "120"}}]
    ).done

    assert [(step["step"], step["result"]["branch"]) for step in alone["steps"]] == [("order", "timedOut")]
    assert [step["step"] for step in together["steps"]] == ["order", "look", "end"]
    assert together["reason"] == "EXITED"


def test_what_is_to_happen_is_checked_where_it_stands(ask: Asker, boss: str) -> None:
    event = an_event()
    order = {"id": "order", "type": "waitForEvent", "event": event.pk, "timeout": "P3D"}
    scenario = a_scenario(event, steps=[order])
    happened = [{"step": "order", "dataFields": {"a": [1]}}, {"step": "end"}, {"step": "order"}]

    refused = tried(ask, scenario, boss, occurrence=a_typed_one(event), happened=happened)

    assert refused.refusals == [
        ("happened[0].dataFields.a", "WRONG_TYPE"),
        ("happened[1].step", "UNKNOWN_STEP"),
        ("happened[2].step", "UNKNOWN_STEP"),
    ]


MANY = """
mutation ($id: ID!, $input: CustomEventScenarioTestManyInput!) {
  customEventScenarioTestMany(id: $id, input: $input) {
    errors { field code } tried isComplete oldest newest started ended { status reason count } effects { name count }
    starts { start started skipped { status reason count } }
    steps { step kind count outcomes { status reason count } branches { name count } ways { name count } } } }"""


def test_the_last_occurrences_of_the_log_counted(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    fired(event)
    fired(event)

    done = ask(MANY, {"id": global_id(SCENARIO, scenario.pk), "input": {"last": 10}}, by=boss).done

    assert (done["tried"], done["isComplete"], done["started"], done["effects"]) == (
        2,
        True,
        2,
        [{"name": "send_email", "count": 2}],
    )
    assert done["ended"] == [{"status": "COMPLETED", "reason": "EXITED", "count": 2}]
    assert [step["step"] for step in done["steps"]] == ["look", "wait", "mail", "end"]
    look = done["steps"][0]
    assert look["outcomes"] == [{"status": "DONE", "reason": None, "count": 2}]
    assert look["branches"] == look["ways"] == [{"name": "0", "count": 2}]
    assert [step["ways"] for step in done["steps"][1:]] == [[{"name": "next", "count": 2}]] * 2 + [[]]
    assert done["starts"] == [{"start": "start0", "started": 2, "skipped": []}]
    assert done["oldest"] <= done["newest"]


def test_the_clock_can_be_moved(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)

    done = tried(ask, scenario, boss, occurrence=a_typed_one(event), beginAt="2027-03-01T10:00:00+01:00").done

    assert done["steps"][0]["at"] == "2027-03-01T09:00:00+00:00"
    assert done["steps"][-1]["at"] == "2027-03-02T09:00:00+00:00"
