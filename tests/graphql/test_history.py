"""What was done to a scenario and what differs between its versions, over GraphQL."""

from __future__ import annotations

import pytest

from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario, update_scenario
from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from tests.defining.people import BOSS
from tests.defining.test_scenarios import END, draft
from tests.graphql.conftest import Asker
from tests.shop import an_event

pytestmark = pytest.mark.django_db

DIFF = """
query ($id: ID!, $from: Int!, $to: Int) { customEventScenarioDiff(id: $id, from: $from, to: $to) {
  before after isEmpty members { place before after } exits { id }
  starts { id kind type members { place before after } }
  steps { id kind type label moved before after members { place before after } } } }"""
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
    assert ask(DIFF, {"id": node, "from": 1, "to": 1}, by=definer).data["customEventScenarioDiff"]["isEmpty"]

    saved, published, created = ask(HISTORY, {"id": node}, by=definer).data["customEventScenario"]["history"]
    assert (saved["deed"], saved["by"], saved["revision"]) == ("SAVED", "boss@example.com", 2)
    assert saved["changes"] == [{"kind": "CHANGED", "id": "s0"}, {"kind": "CHANGED", "id": "end"}]
    assert (published["deed"], published["version"], created["deed"]) == ("PUBLISHED", 1, "CREATED")


def test_a_version_that_is_not_there(ask: Asker, definer: str) -> None:
    scenario = create_scenario(BOSS, "Welcome", draft(an_event()))

    answer = ask(DIFF, {"id": global_id(SCENARIO, scenario.pk), "from": 3}, by=definer)

    assert answer.body["errors"][0]["message"] == "This scenario has no such version."
