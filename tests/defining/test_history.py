"""The history of a scenario, and what differs between its versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from saleor_custom_events.defining import history
from saleor_custom_events.defining.history import Told, changes_of, compare, histories_of
from saleor_custom_events.defining.scenarios import (
    archive_scenario,
    create_scenario,
    pause_scenario,
    publish_scenario,
    resume_scenario,
    revert_scenario,
    update_scenario,
)
from saleor_custom_events.errors import Refused
from saleor_custom_events.models import Scenario, ScenarioChange, ScenarioVersion
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.defining.test_scenarios import END, draft
from tests.shop import an_event

pytestmark = pytest.mark.django_db


def done_to(scenario: Scenario) -> list[tuple[str, int, int | None, str]]:
    rows = reversed(histories_of([scenario.pk])[scenario.pk])
    return [(row.deed, row.revision, row.version, row.by.partition(" ")[2]) for row in rows]


def test_it_says_who_did_what_and_when() -> None:
    event = an_event()
    scenario = create_scenario(MARKETER, "Welcome", draft(event))
    wait = {"id": "wait", "type": "wait", "duration": "PT1H", "next": "end"}
    publish_scenario(MARKETER, scenario.pk)
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(event, steps=[wait, END]))
    update_scenario(BOSS, scenario.pk, revision=2, name="Hello")
    publish_scenario(BOSS, scenario.pk)
    revert_scenario(MARKETER, scenario.pk, version=1, revision=3)
    pause_scenario(BOSS, scenario.pk)
    resume_scenario(MARKETER, scenario.pk)
    archive_scenario(BOSS, scenario.pk)

    marketer, boss = "marketer@example.com", "boss@example.com"
    assert done_to(scenario) == [
        ("created", 1, None, marketer),
        ("published", 1, 1, marketer),
        ("saved", 2, None, boss),
        ("saved", 3, None, boss),
        ("published", 3, 2, boss),
        ("reverted", 4, 1, marketer),
        ("paused", 4, None, boss),
        ("resumed", 4, None, marketer),
        ("archived", 4, None, boss),
    ]
    steps = [row.steps for row in reversed(histories_of([scenario.pk])[scenario.pk])]
    assert steps[2] == [["added", "wait"]]
    assert steps[3] == []
    assert steps[5] == [["removed", "wait"]]


def test_what_was_refused_is_not_in_it() -> None:
    scenario = create_scenario(BOSS, "Welcome")

    for refused in (
        lambda: update_scenario(BOSS, scenario.pk, revision=9, name="Late"),
        lambda: publish_scenario(BOSS, scenario.pk),
        lambda: pause_scenario(BOSS, scenario.pk),
    ):
        with pytest.raises(Refused):
            refused()

    assert [deed for deed, *_ in done_to(scenario)] == ["created"]


def test_pausing_what_is_paused_is_no_deed() -> None:
    scenario = create_scenario(BOSS, "Welcome", draft(an_event()))
    publish_scenario(BOSS, scenario.pk)
    pause_scenario(BOSS, scenario.pk)
    pause_scenario(BOSS, scenario.pk)

    assert [deed for deed, *_ in done_to(scenario)] == ["created", "published", "paused"]


def test_the_newest_are_kept_of_each_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    other = create_scenario(BOSS, "Other")
    scenario = create_scenario(BOSS, "Welcome")
    for revision in range(1, 6):
        update_scenario(BOSS, scenario.pk, revision=revision, name=f"Name {revision}")

    assert [revision for _, revision, *_ in done_to(scenario)] == [4, 5, 6]
    assert len(done_to(other)) == 1
    assert ScenarioChange.objects.count() == 4


def _compared(scenario: Scenario, before: int, after: int | None, by: Any = MARKETER) -> list[tuple[str, str]]:
    found = compare(by, scenario.pk, before, after).difference
    return [(change.id, change.kind.value) for change in (*found.starts, *found.steps)]


def test_versions_are_compared_with_each_other_and_with_the_draft() -> None:
    event = an_event()
    scenario = create_scenario(BOSS, "Welcome", draft(event))
    publish_scenario(BOSS, scenario.pk)
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(event, steps=[]))
    publish_scenario(BOSS, scenario.pk)
    update_scenario(BOSS, scenario.pk, revision=2, draft=draft(event, reentry="once"))

    assert _compared(scenario, 1, 2) == [("end", "removed")]
    assert _compared(scenario, 2, 1) == [("end", "added")]
    assert _compared(scenario, 2, None) == [("s0", "changed"), ("end", "added")]
    assert _compared(scenario, 1, 1) == []


@pytest.mark.parametrize(("before", "after", "field"), [(9, 1, "from"), (1, 9, "to"), (9, None, "from")])
def test_a_version_that_is_not_there_is_refused(before: int, after: int | None, field: str) -> None:
    scenario = create_scenario(BOSS, "Welcome", draft(an_event()))
    publish_scenario(BOSS, scenario.pk)

    with pytest.raises(Refused) as refused:
        compare(BOSS, scenario.pk, before, after)

    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, "NOT_FOUND")]


def test_whoever_may_not_see_definitions_compares_none() -> None:
    scenario = create_scenario(BOSS, "Welcome")

    with pytest.raises(Refused) as refused:
        compare(NOBODY, scenario.pk, 1, None)

    assert refused.value.code == "PERMISSION_DENIED"


def test_each_version_says_what_it_changed_in_the_one_before() -> None:
    event = an_event()
    wait = {"id": "wait", "type": "wait", "duration": "PT1H", "next": "end"}
    drafts = [
        draft(event),
        draft(event, steps=[wait, END], reentry="once"),
        draft(event, steps=[{**wait, "duration": "PT2H"}, {"id": "end", "type": "exit", "label": "Done"}]),
        {**draft(event, steps=[END]), "exits": [{"type": "orderPlaced"}]},
    ]
    scenario = create_scenario(BOSS, "Welcome", drafts[0])
    publish_scenario(BOSS, scenario.pk)
    for revision, new in enumerate(drafts[1:], 1):
        update_scenario(BOSS, scenario.pk, revision=revision, draft=new)
        publish_scenario(BOSS, scenario.pk)
    versions = dict(ScenarioVersion.objects.values_list("number", "pk"))

    found = changes_of(versions.values())

    nothing = Told(added=0, changed=0, moved=0, removed=0, starts=0, exits=0)
    assert found == {
        versions[2]: replace(nothing, added=1, starts=1),
        versions[3]: replace(nothing, changed=2, starts=1),
        versions[4]: replace(nothing, changed=1, removed=1, exits=1),
    }
    # The one before is found where it was not asked for.
    assert changes_of([versions[3]]) == {versions[3]: found[versions[3]]}


def test_a_step_that_is_put_in_is_all_that_a_save_is_said_to_have_changed() -> None:
    event = an_event()
    first, second = ({"id": name, "type": "wait", "duration": "PT1H", "next": "end"} for name in ("first", "second"))
    scenario = create_scenario(BOSS, "Welcome", draft(event, steps=[first, END]))
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(event, steps=[{**first, "next": "second"}, second, END]))

    assert histories_of([scenario.pk])[scenario.pk][0].steps == [["added", "second"]]
