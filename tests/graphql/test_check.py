"""The check of a draft that nobody has saved: what publishing it would say."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from saleor_custom_events.models import Scenario
from tests.graphql.conftest import Asker
from tests.shop import all_is_alive, an_event

pytestmark = pytest.mark.django_db

FOUND = """{ problems { field code } warnings { code step } needs { part permissions missing } }"""
CHECK = f"""
query ($id: ID!, $draft: CustomEventJSON!) {{ customEventScenarioCheck(id: $id, draft: $draft) {FOUND} }}"""
SAVED = f"""query ($id: ID!) {{ customEventScenario(id: $id) {{ revision check {FOUND} }} }}"""
PUBLISH = """
mutation ($id: ID!) { customEventScenarioPublish(id: $id) { errors { field code } scenario { number } } }"""


@pytest.fixture(autouse=True)
def alive() -> None:
    all_is_alive()


def action(name: str, **config: Any) -> dict[str, Any]:
    return {"id": name, "type": "action", "action": name, "config": config, "next": None}


def draft(*steps: dict[str, Any], event: int | None = None, **start: Any) -> dict[str, Any]:
    return {"spec": 1, "starts": [{"id": "start", "type": "customEvent", "event": event, **start}], "steps": [*steps]}


def drafts() -> list[dict[str, Any]]:
    event, archived = an_event().pk, an_event(archived_at="2026-01-01T00:00:00Z").pk
    hook = action("send_webhook", url="nonsense")
    return [
        draft(event=event),
        draft(),
        draft(event=archived),
        draft(hook, event=event),
        draft(hook, event=event, allowUnverified=True),
        draft({"id": "w", "type": "wait", "duration": "soon", "next": "nowhere"}, event=event),
        {"spec": 1, "starts": [], "steps": []},
        {"spec": 99},
        {},
    ]


def test_it_finds_what_saving_and_publishing_the_same_draft_would(ask: Asker, boss: str) -> None:
    for written in drafts():
        own = global_id(SCENARIO, Scenario.objects.create(name="Unsaved").pk)
        saved = global_id(SCENARIO, Scenario.objects.create(name="Saved", draft=written).pk)

        found = ask(CHECK, {"id": own, "draft": written}, by=boss).data["customEventScenarioCheck"]

        assert found == ask(SAVED, {"id": saved}, by=boss).data["customEventScenario"]["check"], written
        refusals = ask(PUBLISH, {"id": saved}, by=boss).refusals
        assert {(one["field"] or None, one["code"]) for one in found["problems"]} == set(refusals), written


def test_nothing_is_saved(ask: Asker, definer: str) -> None:
    scenario = Scenario.objects.create(name="Welcome", draft=draft())
    own = {"id": global_id(SCENARIO, scenario.pk)}

    ask(CHECK, {**own, "draft": draft(event=an_event().pk)}, by=definer)

    assert ask(SAVED, own, by=definer).data["customEventScenario"]["revision"] == scenario.revision
    scenario.refresh_from_db()
    assert scenario.draft == draft()


def test_what_publishing_would_need_is_told_by_part_while_there_are_problems(ask: Asker, definer: str) -> None:
    own = global_id(SCENARIO, Scenario.objects.create(name="Welcome").pk)
    written = draft(action("send_webhook"), action("unknown"), {"id": 1, "type": "action"}, allowUnverified=True)

    found = ask(CHECK, {"id": own, "draft": written}, by=definer).data["customEventScenarioCheck"]

    assert found["problems"]
    assert found["needs"] == [
        {"part": part, "permissions": ["MANAGE_USERS"], "missing": ["MANAGE_USERS"]}
        for part in ("send_webhook", "start")
    ]


def test_whoever_has_the_permissions_misses_none(ask: Asker, boss: str) -> None:
    own = global_id(SCENARIO, Scenario.objects.create(name="Welcome").pk)
    written = draft(action("send_webhook", url="https://example.com/"), event=an_event().pk)

    found = ask(CHECK, {"id": own, "draft": written}, by=boss).data["customEventScenarioCheck"]

    assert found == {
        "problems": [],
        "warnings": [],
        "needs": [{"part": "send_webhook", "permissions": ["MANAGE_USERS"], "missing": []}],
    }


def test_that_mail_is_not_set_up_is_told_before_the_mail_is_written(ask: Asker, boss: str, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    own = global_id(SCENARIO, Scenario.objects.create(name="Welcome").pk)

    found = ask(CHECK, {"id": own, "draft": draft(action("send_email"))}, by=boss).data["customEventScenarioCheck"]

    assert found["problems"]
    assert {"code": "MAIL_NOT_CONFIGURED", "step": "send_email"} in found["warnings"]


def test_what_could_not_be_saved_is_not_checked(ask: Asker, definer: str) -> None:
    own = global_id(SCENARIO, Scenario.objects.create(name="Welcome").pk)
    deep: Any = {}
    for _ in range(61):
        deep = {"a": deep}

    def told(written: Any) -> Any:
        body = ask(CHECK, {"id": own, "draft": written}, by=definer).body
        return body["code"] if "code" in body else body["errors"][0]["extensions"]["code"]

    assert told([]) == "INVALID"
    assert told(deep) == "TOO_DEEP"
    assert told({"spec": "x" * 300_000}) == "BODY_TOO_LARGE"


def test_a_scenario_that_is_not_there_is_not_found(ask: Asker, definer: str) -> None:
    answer = ask(CHECK, {"id": global_id(SCENARIO, 999_999), "draft": {}}, by=definer)

    assert answer.body["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_one_draft_a_request(ask: Asker, definer: str) -> None:
    own = global_id(SCENARIO, Scenario.objects.create(name="Welcome").pk)
    twice = (
        "query ($id: ID!) { a: customEventScenarioCheck(id: $id, draft: {}) { needs { part } } "
        "b: customEventScenarioCheck(id: $id, draft: {}) { needs { part } } }"
    )

    answer = ask(twice, {"id": own}, by=definer)

    assert answer.body["errors"][0]["extensions"]["code"] == "ONE_DRAFT"
