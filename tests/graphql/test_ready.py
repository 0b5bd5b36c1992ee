"""Ready scenarios over GraphQL."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.doors.graphql.ids import EVENT, global_id
from saleor_custom_events.models import CustomEvent, Scenario
from tests.graphql.conftest import Asker
from tests.shop import an_event

pytestmark = pytest.mark.django_db

READY = """{ customEventReadyScenarios { name label { en pl } help { en pl }
  asks { name input label { en } help { pl } } events { slug label { pl } help { en } isFiredByStore existing { name } }
  definition(language: PL) } }"""
CREATE = """
mutation ($input: CustomEventScenarioCreateInput!) { customEventScenarioCreate(input: $input) {
  errors { field code } scenario { name draft check { problems { field code } } } } }"""


def test_which_there_are(ask: Asker, definer: str) -> None:
    found = {one["name"]: one for one in ask(READY, by=definer).data["customEventReadyScenarios"]}

    assert len(found) == 6
    quiz = found["quiz_to_voucher"]
    assert quiz["label"] == {"en": "Quiz to voucher", "pl": "Kupon za quiz"}
    assert [(one["name"], one["input"]) for one in quiz["asks"]] == [("voucher", "VOUCHER")]
    assert [(one["slug"], one["label"]["pl"]) for one in quiz["events"]] == [("quiz-finished", "Ukończono quiz")]


def test_what_it_does_can_be_looked_at_and_which_of_its_events_the_store_has(ask: Asker, definer: str) -> None:
    before = {one["name"]: one for one in ask(READY, by=definer).data["customEventReadyScenarios"]}
    assert [one["existing"] for one in before["win_back"]["events"]] == [None]
    assert before["win_back"]["events"][0]["isFiredByStore"]
    assert not before["quiz_to_voucher"]["events"][0]["isFiredByStore"]
    definition = before["quiz_to_voucher"]["definition"]
    assert definition["starts"][0]["event"] == "quiz-finished"
    assert [step["label"] for step in definition["steps"]] == ["Zapisz wynik", "Własny kod", "Wyślij kod", "Gotowe"]
    assert definition["steps"][1]["config"]["voucher"] == ""

    ask(CREATE, {"input": {"ready": "win_back", "language": "PL"}}, by=definer)

    after = {one["name"]: one for one in ask(READY, by=definer).data["customEventReadyScenarios"]}
    assert [one["existing"] for one in after["win_back"]["events"]] == [{"name": "Złożono zamówienie"}]


def test_one_is_made(ask: Asker, definer: str) -> None:
    given = {"ready": "quiz_to_voucher", "language": "PL", "answers": {"voucher": "Vm91Y2hlcjox"}}

    scenario = ask(CREATE, {"input": given}, by=definer).done["scenario"]

    assert scenario["name"] == "Kupon za quiz"
    assert scenario["check"]["problems"] == []
    assert scenario["draft"]["steps"][1]["config"]["voucher"] == "Vm91Y2hlcjox"


def test_with_an_event_and_a_name_of_ones_own(ask: Asker, definer: str) -> None:
    event = an_event()
    taken = [{"slug": "order-placed", "event": global_id(EVENT, event.pk)}]
    given = {"ready": "win_back", "language": "EN", "name": "Come back", "events": taken}

    scenario = ask(CREATE, {"input": given}, by=definer).done["scenario"]

    assert (scenario["name"], scenario["draft"]["starts"][0]["event"]) == ("Come back", event.pk)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, ("name", "REQUIRED")),
        ({"name": "A", "language": "PL"}, ("language", "INVALID")),
        ({"ready": "win_back"}, ("language", "REQUIRED")),
        ({"ready": "win_back", "language": "PL", "draft": {}}, ("draft", "INVALID")),
        ({"ready": "win_back", "language": "PL", "answers": {"a": 1}}, ("answers", "INVALID")),
        ({"ready": "win_back", "language": "PL", "answers": []}, ("answers", "INVALID")),
        ({"ready": "pigeon", "language": "PL"}, ("ready", "NOT_FOUND")),
        (
            {"ready": "win_back", "language": "PL", "events": [{"slug": "order-placed", "event": "x"}]},
            ("events.order-placed", "INVALID_ID"),
        ),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(
    ask: Asker, definer: str, given: dict[str, Any], refusal: tuple[str, str]
) -> None:
    assert ask(CREATE, {"input": given}, by=definer).refusals == [refusal]
    assert not Scenario.objects.exists()
    assert not CustomEvent.objects.exists()
