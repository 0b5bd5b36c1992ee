"""What was done to a scenario and what differs between its versions, over GraphQL."""

from __future__ import annotations

import pytest

from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario, update_scenario
from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from tests.defining.people import BOSS
from tests.defining.test_scenarios import END, draft
from tests.graphql.conftest import Asker
from tests.log.making import fired
from tests.shop import an_event

pytestmark = pytest.mark.django_db

DIFF = """
query ($id: ID!, $from: Int!, $to: Int) { customEventScenarioDiff(id: $id, from: $from, to: $to) {
  before after isEmpty definitionBefore definitionAfter members { place before after } exits { id }
  starts { id kind type members { place before after } }
  steps { id kind told type label moved before after members { place before after follows } } } }"""
VERSIONS = """
query ($number: Int!) { customEventScenario(number: $number) {
  versions { number underWay changes { added changed moved removed starts exits } }
  first: version(number: 1) { number definition underWay } none: version(number: 9) { number } } }"""
HISTORY = """
query ($id: ID!) { customEventScenario(id: $id) {
  history { deed at by revision version changes { kind id } } } }"""


def test_differences_and_history(ask: Asker, definer: str) -> None:
    event = an_event()
    scenario = create_scenario(BOSS, "Welcome", draft(event))
    publish_scenario(BOSS, scenario.pk)
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(event, steps=[{**END, "label": "Done"}], reentry="once"))
    node = global_id(SCENARIO, scenario.pk)

    found = ask(DIFF, {"id": node, "from": 1}, by=definer).data["customEventScenarioDiff"]

    assert (found["before"], found["after"], found["isEmpty"]) == (1, None, False)
    assert (found["exits"], found["members"]) == ([], [])
    (start,), (step,) = found["starts"], found["steps"]
    assert (start["kind"], start["members"]) == ("CHANGED", [{"place": "reentry", "before": None, "after": "once"}])
    assert (step["id"], step["kind"], step["type"], step["label"], step["moved"]) == (
        "end", "CHANGED", "exit", "Done", False,
    )  # fmt: skip
    assert (step["before"], step["after"]) == (END, {**END, "label": "Done"})
    assert (step["told"], step["members"][0]["follows"]) == ("CHANGED", False)
    assert (found["definitionBefore"]["steps"], found["definitionAfter"]["steps"]) == (
        [step["before"]],
        [step["after"]],
    )
    assert ask(DIFF, {"id": node, "from": 1, "to": 1}, by=definer).data["customEventScenarioDiff"]["isEmpty"]

    saved, published, created = ask(HISTORY, {"id": node}, by=definer).data["customEventScenario"]["history"]
    assert (saved["deed"], saved["by"], saved["revision"]) == ("SAVED", "boss@example.com", 2)
    assert saved["changes"] == [{"kind": "CHANGED", "id": "s0"}, {"kind": "CHANGED", "id": "end"}]
    assert (published["deed"], published["version"], created["deed"]) == ("PUBLISHED", 1, "CREATED")


def test_a_version_that_is_not_there(ask: Asker, definer: str) -> None:
    scenario = create_scenario(BOSS, "Welcome", draft(an_event()))

    answer = ask(DIFF, {"id": global_id(SCENARIO, scenario.pk), "from": 3}, by=definer)

    assert answer.body["errors"][0]["message"] == "This scenario has no such version."


def test_versions_say_what_they_changed_and_what_is_under_way_in_them(ask: Asker, definer: str) -> None:
    event = an_event()
    scenario = create_scenario(BOSS, "Welcome", draft(event))
    publish_scenario(BOSS, scenario.pk)
    fired(event)
    wait = {"id": "wait", "type": "wait", "duration": "PT1H", "next": "end"}
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(event, steps=[wait, END]))
    publish_scenario(BOSS, scenario.pk)

    found = ask(VERSIONS, {"number": scenario.pk}, by=definer).data["customEventScenario"]

    second, first = found["versions"]
    assert (second["number"], second["underWay"], first["underWay"]) == (2, 0, 1)
    assert second["changes"] == {"added": 1, "changed": 0, "moved": 0, "removed": 0, "starts": 0, "exits": 0}
    assert first["changes"] is None
    assert found["first"] == {"number": 1, "definition": draft(event), "underWay": 1}
    assert found["none"] is None
