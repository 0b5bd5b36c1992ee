"""Scenarios as files: what leaves a store comes back the same, in it or in another one."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from saleor_custom_events.actions.registry import actions
from saleor_custom_events.defining.events import archive_event
from saleor_custom_events.defining.exporting import export_scenario
from saleor_custom_events.defining.files import check_file, file_schema
from saleor_custom_events.defining.importing import Target, apply_import, plan_import
from saleor_custom_events.defining.scenarios import (
    archive_scenario,
    create_scenario,
    publish_scenario,
    update_scenario,
)
from saleor_custom_events.errors import Refused
from saleor_custom_events.models import CustomEvent, Scenario, ScenarioStart, ScenarioVersion
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.shop import an_event

pytestmark = pytest.mark.django_db

VOUCHER = "Vm91Y2hlcjox"
FIELDS = [
    {"name": "score", "type": "Number", "required": True},
    {"name": "size", "type": "String", "required": False, "privacy": "mask"},
]


def a_draft(start: Any, fired: Any, awaited: Any, ending: Any) -> dict[str, Any]:
    """Give a definition that names events at every place where one can be named."""
    fire = {"event": fired, "copyFields": True}
    return {
        "spec": 1,
        "starts": [{"id": "start", "type": "customEvent", "event": start}],
        "steps": [
            {"id": "wait", "type": "waitForEvent", "event": awaited, "timeout": "P1D", "happened": "fire"},
            {"id": "fire", "type": "action", "action": "fire_event", "config": fire, "next": "code"},
            {"id": "code", "type": "action", "action": "issue_voucher_code", "config": {"voucher": VOUCHER}},
        ],
        "exits": [{"type": "event", "event": ending}, {"type": "orderPlaced"}, {"type": "consentWithdrawn"}],
    }


def four_events() -> list[CustomEvent]:
    first = an_event("Size quiz", declared_fields=FIELDS, description="Finished", public=True, violations="warn")
    return [first, an_event(), an_event(logging=False), an_event()]


def a_file(**more: Any) -> dict[str, Any]:
    """Give a file whose event no store has yet."""
    definition = {
        "spec": 1,
        "starts": [{"id": "start", "type": "customEvent", "event": "new-one"}],
        "steps": [{"id": "end", "type": "exit"}],
    }
    events = [{"slug": "new-one", "name": "A new one", "public": True, "dataFields": FIELDS}]
    return {"scenarioFile": 1, "name": "Welcome", "events": events, "definition": definition, **more}


def refused(caught: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in caught.value.problems]


def test_every_name_of_an_event_is_its_slug() -> None:
    events = four_events()
    scenario = create_scenario(BOSS, "Welcome", a_draft(*(event.pk for event in events)))

    file = export_scenario(MARKETER, scenario.pk)

    slugs = [event.slug for event in events]
    assert file["definition"] == a_draft(*slugs)
    assert [event["slug"] for event in file["events"]] == [slugs[0], slugs[2], slugs[1], slugs[3]]  # type: ignore[index, call-overload, union-attr]
    assert file["events"][0] == {  # type: ignore[index]
        "slug": slugs[0],
        "name": "Size quiz",
        "description": "Finished",
        "logging": True,
        "public": True,
        "dataFields": FIELDS,
        "violations": "warn",
        "happenings": [],
    }


def test_what_leaves_one_store_is_the_same_in_another() -> None:
    events = four_events()
    scenario = create_scenario(BOSS, "Welcome", a_draft(*(event.pk for event in events)))
    file = json.loads(json.dumps(export_scenario(BOSS, scenario.pk)))
    # The other store: nothing of this is there, and numbers are other ones.
    ScenarioStart.objects.all().delete()
    Scenario.objects.all().delete()
    CustomEvent.objects.all().delete()
    an_event()

    imported = apply_import(BOSS, file, Target(), publish=True)

    assert imported.scenario.status == "active"
    assert imported.scenario.draft["starts"][0]["event"] not in {event.pk for event in events}
    assert export_scenario(BOSS, imported.scenario.pk) == file


def test_a_published_version_can_be_exported_and_the_draft_is_what_is_otherwise() -> None:
    event = an_event()
    start = {"id": "start", "type": "customEvent", "event": event.pk}
    scenario = create_scenario(BOSS, "Welcome", {"spec": 1, "starts": [start], "steps": []})
    publish_scenario(BOSS, scenario.pk)
    draft = {"spec": 1, "starts": [start], "steps": [{"id": "end", "type": "exit"}]}
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft)

    assert export_scenario(BOSS, scenario.pk, version=1)["definition"]["steps"] == []  # type: ignore[index, call-overload]
    assert export_scenario(BOSS, scenario.pk)["definition"]["steps"] == draft["steps"]  # type: ignore[index, call-overload]
    with pytest.raises(Refused) as caught:
        export_scenario(BOSS, scenario.pk, version=2)
    assert refused(caught) == [("version", "NOT_FOUND")]


def test_a_draft_that_names_no_event_of_the_store_is_not_exported() -> None:
    scenario = create_scenario(BOSS, "Welcome", {"spec": 1, "starts": [{"event": 999}, {"event": "x"}], "steps": []})

    with pytest.raises(Refused) as caught:
        export_scenario(BOSS, scenario.pk)

    assert refused(caught) == [("starts[0].event", "NOT_FOUND"), ("starts[1].event", "NOT_FOUND")]


def test_an_unfinished_draft_is_exported_as_it_is() -> None:
    scenario = create_scenario(BOSS, "Welcome", {"spec": 1, "starts": None, "steps": [{"id": "x"}, 5]})

    assert export_scenario(BOSS, scenario.pk)["definition"] == scenario.draft


# Importing.


def test_a_plan_says_what_would_be_made_and_makes_nothing() -> None:
    plan = plan_import(MARKETER, a_file(), Target())

    assert (plan.scenario, plan.name) == (None, "Welcome")
    assert [(event.slug, event.number, event.differs) for event in plan.events] == [("new-one", None, ())]
    assert [(change.kind, change.id) for change in plan.difference.steps] == [("added", "end")]
    assert not Scenario.objects.exists()
    assert not CustomEvent.objects.exists()


def test_events_are_made_with_all_that_the_file_says_of_them() -> None:
    apply_import(MARKETER, a_file(), Target())

    event = CustomEvent.objects.get()
    assert (event.slug, event.name, event.public, event.declared_fields) == ("new-one", "A new one", True, FIELDS)
    scenario = Scenario.objects.get()
    assert scenario.draft["starts"][0]["event"] == event.pk
    assert scenario.status == "draft"


def test_an_event_that_is_there_stays_as_it_is_and_the_plan_says_what_differs() -> None:
    event = CustomEvent.objects.create(slug="new-one", name="Mine", declared_fields=FIELDS)

    (planned,) = plan_import(BOSS, a_file(), Target()).events
    apply_import(BOSS, a_file(), Target())

    assert (planned.number, planned.name, planned.differs) == (event.pk, "Mine", ("name", "public"))
    event.refresh_from_db()
    assert (event.name, event.public) == ("Mine", False)


def test_the_scenario_of_the_same_name_gets_the_files_draft_and_its_versions_stay() -> None:
    first = apply_import(BOSS, a_file(), Target(), publish=True).scenario
    changed = a_file()
    changed["definition"]["steps"] = []

    plan = plan_import(BOSS, changed, Target())
    second = apply_import(BOSS, changed, Target(), revision=1).scenario

    assert plan.scenario == first
    assert [(change.kind, change.id) for change in plan.difference.steps] == [("removed", "end")]
    assert plan.difference.starts == ()
    assert (second.pk, second.revision, second.draft["steps"]) == (first.pk, 2, [])
    assert ScenarioVersion.objects.get().definition["steps"] != []


def test_the_same_file_again_changes_nothing() -> None:
    first = apply_import(BOSS, a_file(), Target(), publish=True).scenario
    again = apply_import(BOSS, a_file(), Target(), publish=True).scenario

    assert (again.pk, again.revision) == (first.pk, 1)
    assert ScenarioVersion.objects.count() == CustomEvent.objects.count() == Scenario.objects.count() == 1


def test_somebody_who_saved_since_the_plan_is_not_overwritten() -> None:
    scenario = apply_import(BOSS, a_file(), Target()).scenario
    update_scenario(MARKETER, scenario.pk, revision=1, draft={**scenario.draft, "steps": []})

    with pytest.raises(Refused) as caught:
        apply_import(BOSS, a_file(), Target(), revision=1)

    assert caught.value.code == "CONFLICT"


def test_where_the_planned_scenario_is_gone_no_other_is_made_in_its_place() -> None:
    scenario = apply_import(BOSS, a_file(), Target()).scenario
    archive_scenario(BOSS, scenario.pk)

    with pytest.raises(Refused) as caught:
        apply_import(BOSS, a_file(), Target(), revision=1)

    assert (caught.value.status, refused(caught)) == (409, [("revision", "CONFLICT")])
    assert Scenario.objects.count() == 1


def test_which_scenario_is_meant_can_be_said() -> None:
    one = apply_import(BOSS, a_file(), Target()).scenario
    other = apply_import(BOSS, a_file(), Target(as_new=True)).scenario
    assert one.pk != other.pk

    with pytest.raises(Refused) as caught:
        plan_import(BOSS, a_file(), Target())
    assert refused(caught) == [("name", "AMBIGUOUS")]
    assert plan_import(BOSS, a_file(), Target(scenario=other.pk)).scenario == other

    archive_scenario(BOSS, one.pk)
    assert plan_import(BOSS, a_file(), Target()).scenario == other
    with pytest.raises(Refused) as caught:
        plan_import(BOSS, a_file(), Target(scenario=one.pk))
    assert refused(caught) == [("id", "NOT_FOUND")]


def test_what_is_refused_leaves_nothing_behind() -> None:
    mail = {"id": "mail", "type": "action", "action": "send_email", "config": {"subject": "Hi", "text": "Hello"}}
    file = a_file()
    file["definition"]["steps"] = [mail]

    # A marketer may not let scenarios send mail, and finds that out at the very last.
    with pytest.raises(Refused) as caught:
        apply_import(MARKETER, file, Target(), publish=True)

    assert caught.value.code == "PERMISSION_DENIED"
    assert not CustomEvent.objects.exists()
    assert not Scenario.objects.exists()


def test_a_voucher_is_pointed_at_since_it_is_another_stores() -> None:
    file = a_file()
    code = {"id": "code", "type": "action", "action": "issue_voucher_code", "config": {"voucher": VOUCHER}}
    file["definition"]["steps"] = [code]

    assert plan_import(BOSS, file, Target()).store_own == ("steps[0].config.voucher",)


def test_importing_needs_what_defining_needs() -> None:
    for work in (plan_import, apply_import):
        with pytest.raises(Refused) as caught:
            work(NOBODY, a_file(), Target())  # type: ignore[operator]
        assert caught.value.code == "PERMISSION_DENIED"


def test_events_that_nobody_knows_and_archived_ones_are_named() -> None:
    event = CustomEvent.objects.create(slug="old", name="Old")
    archive_event(BOSS, event.pk)
    file = a_file(events=[])
    starts = [
        {"id": "a", "type": "customEvent", "event": "old"},
        {"id": "b", "type": "customEvent", "event": "unknown"},
    ]
    file["definition"]["starts"] = starts

    with pytest.raises(Refused) as caught:
        plan_import(BOSS, file, Target())

    assert refused(caught) == [
        ("definition.starts[0].event", "ARCHIVED"),
        ("definition.starts[1].event", "UNKNOWN_EVENT"),
    ]


# What a file may be: checked without a store.


def wrong(file: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in check_file(file).problems]


def changed(*path: Any, to: Any) -> dict[str, Any]:
    file = copy.deepcopy(a_file())
    inner: Any = file
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return file


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ([], ("", "INVALID")),
        (changed("scenarioFile", to=2), ("scenarioFile", "INVALID")),
        (changed("scenarioFile", to=True), ("scenarioFile", "INVALID")),
        (changed("surprise", to=1), ("surprise", "UNKNOWN_MEMBER")),
        (changed("name", to=" "), ("name", "REQUIRED")),
        (changed("definition", to=[]), ("definition", "INVALID")),
        (changed("events", 0, "slug", to="Ups!"), ("events[0].slug", "INVALID")),
        (changed("events", 0, "public", to="yes"), ("events[0].public", "INVALID")),
        (changed("events", 0, "dataFields", 0, "type", to="Size"), ("events[0].dataFields[0].type", "INVALID")),
        (changed("events", 0, "dataFields", 1, "name", to="score"), ("events[0].dataFields[1].name", "UNIQUE")),
        (changed("events", to=a_file()["events"] * 2), ("events[1].slug", "DUPLICATE")),
        (changed("definition", "starts", 0, "event", to=7), ("definition.starts[0].event", "INVALID")),
        (changed("definition", "starts", 0, "id", to=""), ("definition.starts[0].id", "INVALID")),
        (changed("definition", "steps", 0, "type", to="dance"), ("definition.steps[0].type", "INVALID")),
        (changed("definition", "spec", to=99), ("definition.spec", "INVALID")),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_with_its_place(file: Any, problem: tuple[str, str]) -> None:
    assert wrong(file) == [problem]


def test_the_settings_of_actions_are_checked_and_everything_is_named_at_once() -> None:
    file = a_file()
    file["definition"]["steps"] = [
        {"id": "hook", "type": "action", "action": "send_webhook", "config": {"url": "nonsense"}, "next": "nowhere"},
        {"id": "fire", "type": "action", "action": "fire_event", "config": {"event": 5}},
    ]

    found = dict(wrong(file))

    assert found["definition.steps[0].config.url"] == "INVALID_URL"
    assert found["definition.steps[0].next"] == "UNKNOWN_STEP"
    assert found["definition.steps[1].config.event"] == "INVALID"


def test_files_are_what_the_json_schema_says() -> None:
    events = four_events()
    scenario = create_scenario(BOSS, "Welcome", a_draft(*(event.pk for event in events)))
    validator = jsonschema.Draft202012Validator(file_schema(actions()))

    validator.validate(export_scenario(BOSS, scenario.pk))
    validator.validate({"$schema": "scenario.schema.json", **a_file()})
    assert not validator.is_valid(changed("definition", "starts", 0, "event", to=7))
    assert not validator.is_valid(changed("surprise", to=1))
