"""Over GraphQL: what was superseded names the one that runs, a scenario says why it paused itself, a dry run when."""

from __future__ import annotations

import pytest

from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from saleor_custom_events.models import Invocation, Scenario
from tests.firing.flows import fired
from tests.graphql.conftest import Asker
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

DEBOUNCE = {"type": "debounce", "quiet": "PT10M", "atMost": "PT1H", "key": "customer"}
ROWS = "{ customEventInvocations(first: 5) { edges { node { number reason supersededBy } } } }"
PAUSED = "query ($id: ID!) { customEventScenario(id: $id) { status pausedBecause } }"
TEST = """mutation ($id: ID!, $input: CustomEventScenarioTestInput!) {
  customEventScenarioTest(id: $id, input: $input) { outcome beginsAt steps { at } errors { field code } } }"""


def test_what_was_debounced_names_the_one_that_runs(ask: Asker, boss: str) -> None:
    event = an_event()
    a_scenario(event, flow=DEBOUNCE)
    for _ in range(3):
        fired(event)
    newest, *others = [edge["node"] for edge in ask(ROWS, by=boss).data["customEventInvocations"]["edges"]]
    runs = str(Invocation.objects.get(status="waiting").pk)
    assert newest == {"number": runs, "reason": None, "supersededBy": None}
    assert {(row["reason"], row["supersededBy"]) for row in others} == {("SKIPPED_DEBOUNCED", runs)}


def test_a_scenario_says_why_it_paused_itself(ask: Asker, boss: str) -> None:
    scenario = a_scenario(an_event())
    given = {"id": global_id(SCENARIO, scenario.pk)}
    assert ask(PAUSED, given, by=boss).data["customEventScenario"] == {"status": "ACTIVE", "pausedBecause": None}
    because = "11 of its last 20 runs failed within 10 minutes."
    Scenario.objects.update(status="paused", paused_because=because)
    assert ask(PAUSED, given, by=boss).data["customEventScenario"] == {"status": "PAUSED", "pausedBecause": because}


def test_a_dry_run_says_when_it_would_begin(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, flow=DEBOUNCE, steps=[{"id": "end", "type": "exit"}])
    typed = {"customEventId": event.pk, "customerEmail": "anna@example.com"}
    given = {"id": global_id(SCENARIO, scenario.pk), "input": {"occurrence": typed}}
    done = ask(TEST, given, by=boss).done
    assert done["outcome"] == "STARTED"
    assert done["beginsAt"] == done["steps"][0]["at"]
