"""Scenarios as files over GraphQL and HTTP."""

from __future__ import annotations

import json

import jsonschema
import pytest
from django.test import Client

from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from saleor_custom_events.models import CustomEvent, Scenario
from tests.defining.test_files import a_file
from tests.graphql.conftest import Asker

pytestmark = pytest.mark.django_db

IMPORT = """
mutation ($input: CustomEventScenarioImportInput!) { customEventScenarioImport(input: $input) {
  errors { field code message } scenario { number status revision } warnings { code }
  plan { name number revision storeOwn events { slug name number differs } members { place }
    starts { id kind } exits { id } steps { id kind members { place before after } } } } }"""
EXPORT = "query ($id: ID!, $version: Int) { customEventScenarioExport(id: $id, version: $version) }"
SCHEMA = "/plugins/global/custom-events/scenario.schema.json"


def test_first_the_plan_then_the_deed(ask: Asker, boss: str) -> None:
    planned = ask(IMPORT, {"input": {"file": a_file()}}, by=boss).done

    assert (planned["scenario"], planned["warnings"]) == (None, [])
    plan = planned["plan"]
    assert (plan["name"], plan["number"], plan["storeOwn"]) == ("Welcome", None, [])
    assert plan["events"] == [{"slug": "new-one", "name": "A new one", "number": None, "differs": []}]
    assert [(step["id"], step["kind"]) for step in plan["steps"]] == [("end", "ADDED")]
    assert not Scenario.objects.exists()

    done = ask(IMPORT, {"input": {"file": a_file(), "apply": True, "publish": True}}, by=boss).done
    scenario = Scenario.objects.get()
    assert done["scenario"] == {"number": scenario.pk, "status": "ACTIVE", "revision": 1}
    assert "NO_WORKER" in [warning["code"] for warning in done["warnings"]]

    exported = ask(EXPORT, {"id": global_id(SCENARIO, scenario.pk), "version": 1}, by=boss).data
    assert exported["customEventScenarioExport"]["definition"] == a_file()["definition"]


def test_a_scenario_that_is_changed(ask: Asker, boss: str) -> None:
    number = ask(IMPORT, {"input": {"file": a_file(), "apply": True}}, by=boss).done["scenario"]["number"]
    file = a_file(name="Hello")
    file["definition"]["steps"] = [{"id": "end", "type": "exit", "label": "Done"}]
    chosen = {"file": file, "scenario": global_id(SCENARIO, number)}

    plan = ask(IMPORT, {"input": chosen}, by=boss).done["plan"]

    assert (plan["number"], plan["revision"]) == (number, 1)
    (step,) = plan["steps"]
    assert step["members"] == [{"place": "label", "before": None, "after": "Done"}]
    assert ask(IMPORT, {"input": {**chosen, "apply": True, "revision": 9}}, by=boss).refusals == [
        ("revision", "CONFLICT")
    ]
    assert ask(IMPORT, {"input": {**chosen, "apply": True, "revision": 1}}, by=boss).done["scenario"]["revision"] == 2


def test_what_is_wrong_with_a_file_has_its_place(ask: Asker, boss: str) -> None:
    file = a_file()
    file["definition"]["steps"][0]["type"] = "dance"

    assert ask(IMPORT, {"input": {"file": file, "apply": True}}, by=boss).refusals == [
        ("definition.steps[0].type", "INVALID")
    ]
    assert not CustomEvent.objects.exists()


def test_numbers_of_a_file_keep_their_decimals(ask: Asker, boss: str) -> None:
    file = a_file()
    condition = {"left": "dataFields.score", "operator": "equals", "right": 0.1}
    file["definition"]["starts"][0]["filter"] = condition

    ask(IMPORT, {"input": {"file": file, "apply": True}}, by=boss)

    assert Scenario.objects.get().draft["starts"][0]["filter"] == condition


def test_the_json_schema_is_there_for_everybody() -> None:
    response = Client().get(SCHEMA)

    assert (response.status_code, response["Content-Type"]) == (200, "application/schema+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    schema = json.loads(response.content)
    jsonschema.Draft202012Validator(schema).validate(a_file())
    assert Client().post(SCHEMA).status_code == 405
