"""Defining over GraphQL: events, scenarios, keys, actions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.actions.registry import actions
from saleor_custom_events.doors.graphql.ids import EVENT, KEY, SCENARIO, global_id
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.models import CustomEvent, Key, Scenario
from tests.graphql.conftest import Asker
from tests.log.making import fired
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db

CREATE = """
mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) { errors { field code message }
    customEvent { id number slug slugFixed name description logging public violations createdBy archivedAt lastFiredAt
                  dataFields { name type required } } } }
"""
UPDATE = """
mutation ($id: ID!, $input: CustomEventUpdateInput!) {
  customEventUpdate(id: $id, input: $input) { errors { field code } customEvent { name slug description logging } } }
"""
EVENTS = """
query ($filter: CustomEventFilterInput, $sort: CustomEventSortingInput, $first: Int = 100, $after: String) {
  customEvents(first: $first, after: $after, filter: $filter, sortBy: $sort) {
    totalCount pageInfo { endCursor } edges {
      node { number lastFiredAt firedInLastDay refusedCount
             scenarios { name underWay } refusals { code count } } } } }
"""


def numbers(answer: Any) -> list[int]:
    return [edge["node"]["number"] for edge in answer.data["customEvents"]["edges"]]


def test_an_event_is_made_with_everything(ask: Asker, definer: str) -> None:
    fields = [{"name": "score", "type": "NUMBER", "required": True}, {"name": "page", "type": "URL"}]
    given = {"name": "Zakończono quiz", "number": 777, "public": True, "dataFields": fields, "violations": "REJECT"}

    event = ask(CREATE, {"input": given}, by=definer).done["customEvent"]

    assert event["id"] == global_id(EVENT, 777)
    assert (event["number"], event["slug"], event["slugFixed"]) == (777, "zakonczono-quiz", False)
    assert (event["logging"], event["public"], event["violations"]) == (True, True, "REJECT")
    assert event["dataFields"] == [{**fields[0]}, {**fields[1], "required": False}]
    assert event["createdBy"].startswith("staff")


def test_a_refused_event_names_the_inputs_members(ask: Asker, definer: str) -> None:
    given = {"name": " ", "slug": "Ups!", "number": 0}

    assert sorted(ask(CREATE, {"input": given}, by=definer).refusals) == [
        ("name", "REQUIRED"),
        ("number", "INVALID"),
        ("slug", "INVALID"),
    ]


def test_null_in_an_update_leaves_a_member_as_it_is(ask: Asker, definer: str) -> None:
    event = an_event(description="Old")
    given = {"name": "New", "description": None, "logging": None, "slug": None}

    changed = ask(UPDATE, {"id": global_id(EVENT, event.pk), "input": given}, by=definer).done["customEvent"]

    assert changed == {"name": "New", "slug": event.slug, "description": "Old", "logging": True}


def test_variables_that_were_left_out_leave_members_as_they_are(ask: Asker, definer: str) -> None:
    event = an_event(description="Old", logging=False)
    mutation = """mutation ($id: ID!, $name: String, $description: String, $logging: Boolean) {
      customEventUpdate(id: $id, input: {name: $name, description: $description, logging: $logging}) {
        errors { code } customEvent { name description logging } } }"""

    changed = ask(mutation, {"id": global_id(EVENT, event.pk), "name": "New"}, by=definer).done["customEvent"]

    assert changed == {"name": "New", "description": "Old", "logging": False}


@pytest.mark.parametrize("wrong", ["", "x", "7", "U2NlbmFyaW86MQ==", "Q3VzdG9tRXZlbnQ6LTE=", "Q3VzdG9tRXZlbnQ6MS4w"])
def test_an_id_of_something_else_is_refused(ask: Asker, definer: str, wrong: str) -> None:
    assert ask(UPDATE, {"id": wrong, "input": {"name": "New"}}, by=definer).refusals == [("id", "INVALID_ID")]


def test_events_are_found_by_name_slug_and_number(ask: Asker, definer: str) -> None:
    quiz, alert = an_event(name="Size quiz"), an_event(name="Stock alert")
    old = an_event(name="Old quiz", archived_at="2026-01-01T00:00:00Z")

    def found(**wanted: Any) -> list[int]:
        return numbers(ask(EVENTS, {"filter": wanted}, by=definer))

    assert found(search="QUIZ") == [quiz.pk, old.pk]
    assert found(search=alert.slug) == [alert.pk]
    assert alert.pk in found(search=str(alert.pk))
    assert found(search="a\u2028b") == []
    assert found(archived=True) == [old.pk]
    assert found(archived=False) == [quiz.pk, alert.pk]
    assert found(ids=[global_id(EVENT, old.pk), global_id(EVENT, quiz.pk)]) == [quiz.pk, old.pk]
    assert found(ids=[]) == []
    assert found(search=None) == [quiz.pk, alert.pk, old.pk]


def test_events_are_sorted_and_paged_by_whatever_is_asked(ask: Asker, definer: str) -> None:
    b, a, never = an_event(name="B"), an_event(name="A"), an_event(name="C")
    fired(b)
    fired(a)

    def order(field: str, direction: str) -> list[int]:
        found: list[int] = []
        after = None
        for _ in range(3):
            sort = {"field": field, "direction": direction}
            page = ask(EVENTS, {"sort": sort, "first": 1, "after": after}, by=definer)
            after = page.data["customEvents"]["pageInfo"]["endCursor"]
            found += numbers(page)
        return found

    assert order("NAME", "ASC") == [a.pk, b.pk, never.pk]
    assert order("NUMBER", "DESC") == [never.pk, a.pk, b.pk]
    assert order("CREATED", "ASC") == [b.pk, a.pk, never.pk]
    assert order("LAST_FIRED", "DESC") == [a.pk, b.pk, never.pk]


def test_twenty_events_cost_as_many_queries_as_one(ask: Asker, definer: str) -> None:
    for number in range(20):
        event = an_event()
        a_scenario(event, name=f"Scenario of {number}")
        fired(event)
        count_refusal(Refused(422, "FIELDS_REJECTED", "No."), event=event.pk, key=None)

    with CaptureQueriesContext(connection) as one:
        ask(EVENTS, {"first": 1}, by=definer)
    with CaptureQueriesContext(connection) as twenty:
        answer = ask(EVENTS, {"first": 20}, by=definer)

    connected = answer.data["customEvents"]
    assert connected["totalCount"] == 20
    fifth = connected["edges"][4]["node"]
    assert fifth["scenarios"] == [{"name": "Scenario of 4", "underWay": 1}]
    assert fifth["refusals"] == [{"code": "FIELDS_REJECTED", "count": 1}]
    assert (fifth["firedInLastDay"], fifth["refusedCount"]) == (1, 1)
    assert all(edge["node"]["lastFiredAt"] for edge in connected["edges"])
    assert len(twenty) == len(one)


def test_an_event_by_each_of_its_names(ask: Asker, definer: str) -> None:
    event = an_event()
    query = (
        "query ($id: ID, $number: Int, $slug: String) { customEvent(id: $id, number: $number, slug: $slug) { number } }"
    )

    for variables in ({"id": global_id(EVENT, event.pk)}, {"number": event.pk}, {"slug": event.slug}):
        assert ask(query, variables, by=definer).data["customEvent"] == {"number": event.pk}
    assert ask(query, {"slug": "no-such"}, by=definer).data["customEvent"] is None
    assert ask(query, {}, by=definer).codes == ["RefusedQuery"]


SAVE = """
mutation ($id: ID!, $revision: Int!, $input: CustomEventScenarioUpdateInput!) {
  customEventScenarioUpdate(id: $id, revision: $revision, input: $input) {
    errors { field code message } scenario { name revision draft } } }
"""
PUBLISH = """
mutation ($id: ID!) { customEventScenarioPublish(id: $id) { errors { field code }
  warnings { code step subject } scenario { status published { number publishedBy } hasUnpublishedChanges } } }
"""


def test_a_scenario_from_draft_to_active(ask: Asker, boss: str) -> None:
    event = an_event(public=True)
    mail = {"id": "m", "type": "action", "action": "send_email", "config": {"subject": "Hi", "text": "Hello"}}
    starts = [{"id": "s", "type": "customEvent", "event": event.pk}]
    draft = {"spec": 1, "starts": starts, "steps": [{**mail, "next": None}]}
    create = (
        'mutation { customEventScenarioCreate(input: {name: "Welcome"}) { errors { code } scenario { id revision } } }'
    )
    made = ask(create, by=boss).done["scenario"]

    saved = ask(SAVE, {"id": made["id"], "revision": 1, "input": {"draft": draft}}, by=boss).done["scenario"]
    assert saved == {"name": "Welcome", "revision": 2, "draft": draft}
    conflict = ask(SAVE, {"id": made["id"], "revision": 1, "input": {"name": "Late"}}, by=boss)
    assert conflict.refusals == [("revision", "CONFLICT")]

    published = ask(PUBLISH, {"id": made["id"]}, by=boss).done
    assert published["scenario"]["status"] == "ACTIVE"
    assert published["scenario"]["published"]["number"] == 1
    assert published["scenario"]["hasUnpublishedChanges"] is False
    assert {"code": "UNVERIFIED_NEEDS_SWITCH", "step": "s", "subject": event.name} in published["warnings"]
    assert {"code": "NO_BEAT", "step": None, "subject": None} in published["warnings"]


def test_the_problems_of_a_draft_are_the_errors_of_publishing_it(ask: Asker, boss: str) -> None:
    step = {"id": "w", "type": "action", "action": "send_webhook", "config": {"url": "nonsense"}, "next": None}
    scenario = Scenario.objects.create(name="Welcome", draft={"spec": 1, "starts": [], "steps": [step]})
    check = "query ($id: ID) { customEventScenario(id: $id) { check { problems { field code } } } }"
    own = global_id(SCENARIO, scenario.pk)

    problems = ask(check, {"id": own}, by=boss).data["customEventScenario"]["check"]["problems"]
    refused = ask(PUBLISH, {"id": own}, by=boss)

    assert "steps[0].config.url" in {problem["field"] for problem in problems}
    assert {(problem["field"], problem["code"]) for problem in problems} == set(refused.refusals)


def test_numbers_of_a_draft_stay_as_they_were_written(ask: Asker, boss: str) -> None:
    scenario = Scenario.objects.create(name="Welcome")
    body = """{"query": %s, "variables": {"id": "%s", "revision": 1, "input": {"draft":
      {"a": 0.1, "b": 10000000000000000000001, "c": 0.10000000000000000000000001, "d": null, "e": 1.5e3}}}}"""
    answer = ask.post(body % (json.dumps(SAVE), global_id(SCENARIO, scenario.pk)), by=boss)

    assert answer.done["scenario"]["draft"] == {
        "a": 0.1,
        "b": 10000000000000000000001,
        "c": "0.10000000000000000000000001",
        "d": None,
        "e": 1500.0,
    }


SCENARIOS = """
{ customEventScenarios(first: 100) { edges { node {
  name underWay startEvents { number name archivedAt firedInLastDay refusedCount lastFiredAt }
  check { problems { code } warnings { code } } } } } }"""


def test_the_events_that_a_draft_starts_from_come_in_its_order(ask: Asker, definer: str) -> None:
    b, a = an_event(name="B"), an_event(name="A", archived_at="2026-01-01T00:00:00Z")
    named: list[Any] = [a.pk, b.pk, a.pk, 987_654, None, "7", True, -1, 2**70]
    Scenario.objects.create(name="Welcome", draft={"starts": [{"event": number} for number in named]})
    Scenario.objects.create(name="Broken", draft={"starts": {"event": 1}})
    many = [an_event() for _ in range(11)]
    Scenario.objects.create(name="Many", draft={"starts": [{"event": event.pk} for event in many]})

    rows = [edge["node"] for edge in ask(SCENARIOS, by=definer).data["customEventScenarios"]["edges"]]

    assert [[event["name"] for event in row["startEvents"]] for row in rows] == [
        ["A", "B"],
        [],
        [event.name for event in many[:10]],
    ]
    assert rows[0]["startEvents"][0]["archivedAt"] is not None


def test_twenty_scenarios_cost_as_many_queries_as_one(ask: Asker, definer: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(SCENARIOS, by=definer)
        return len(captured)

    def one_more() -> None:
        event = an_event()
        a_scenario(event, an_event())
        fired(event)

    one_more()
    with_one = queries()
    for _ in range(19):
        one_more()

    rows = [edge["node"] for edge in ask(SCENARIOS, by=definer).data["customEventScenarios"]["edges"]]
    assert [(row["underWay"], len(row["startEvents"])) for row in rows] == [(1, 2)] * 20
    assert queries() == with_one


def test_scenarios_are_found_by_event_and_status(ask: Asker, definer: str) -> None:
    event = an_event()
    one, two = a_scenario(event), a_scenario(an_event(), paused=True)
    query = """query ($filter: CustomEventScenarioFilterInput) {
      customEventScenarios(first: 10, filter: $filter) { totalCount edges { node { number } } } }"""

    def found(**wanted: Any) -> list[int]:
        page = ask(query, {"filter": wanted}, by=definer).data["customEventScenarios"]
        return [edge["node"]["number"] for edge in page["edges"]]

    assert found(event=global_id(EVENT, event.pk)) == [one.pk]
    assert found(statuses=["PAUSED", "DRAFT"]) == [two.pk]
    assert found(archived=False) == [one.pk, two.pk]
    assert found(archived=True) == []


def test_a_keys_secret_is_answered_once_and_never_again(ask: Asker, boss: str) -> None:
    create = """mutation { customEventKeyCreate(input: {name: "Shop", type: STOREFRONT, channels: ["pl"],
      origins: ["https://shop.example"]}) { errors { code } secret key { id prefix type channels origins } } }"""
    done = ask(create, by=boss).done
    key = Key.objects.get()
    assert done["secret"].startswith(done["key"]["prefix"])
    assert done["key"]["id"] == global_id(KEY, key.pk)
    assert (done["key"]["type"], done["key"]["channels"]) == ("STOREFRONT", ["pl"])

    listed = ask("{ customEventKeys(first: 5) { edges { node { name prefix refusals { code } } } } }", by=boss)
    assert len(listed.data["customEventKeys"]["edges"]) == 1
    assert done["secret"] not in str(listed.body)


def test_a_key_is_changed_and_revoked(ask: Asker, boss: str) -> None:
    a_key()
    own = {"id": global_id(KEY, Key.objects.get().pk)}
    update = """mutation ($id: ID!) { customEventKeyUpdate(id: $id, input: {channels: ["de"]}) {
      errors { field code } key { name channels } } }"""
    revoke = "mutation ($id: ID!) { customEventKeyRevoke(id: $id) { errors { code } key { revokedAt } } }"

    assert ask(update, own, by=boss).done["key"] == {"name": "A key", "channels": ["de"]}
    assert ask(revoke, own, by=boss).done["key"]["revokedAt"]
    assert ask(update, own, by=boss).refusals == [("id", "REVOKED")]


def test_every_action_has_a_form_in_both_languages(ask: Asker, definer: str) -> None:
    query = """{ customEventActions { name label { en pl } help { en pl } effect permissions needsVerified
      settings { name input label { en pl } help { en } required default maxLength isTemplate isHtml
                 choices { value label { en pl } } } } }"""

    listed = ask(query, by=definer).data["customEventActions"]

    assert [action["name"] for action in listed] == [action.name for action in actions()]
    webhook = next(action for action in listed if action["name"] == "send_webhook")
    assert (webhook["effect"], webhook["permissions"]) == ("AT_LEAST_ONCE", ["MANAGE_USERS"])
    url = next(setting for setting in webhook["settings"] if setting["name"] == "url")
    assert (url["input"], url["required"], url["default"]) == ("URL", True, None)
    assert all(setting["label"]["pl"] for action in listed for setting in action["settings"])


def test_an_archived_event_is_restored(ask: Asker, definer: str) -> None:
    event = an_event()
    own = {"id": global_id(EVENT, event.pk)}
    archive = "mutation ($id: ID!) { customEventArchive(id: $id) { errors { code } customEvent { archivedAt } } }"

    assert ask(archive, own, by=definer).done["customEvent"]["archivedAt"]
    restored = ask(archive.replace("Archive(", "Restore("), own, by=definer).done["customEvent"]
    assert restored["archivedAt"] is None
    assert CustomEvent.objects.get().archived_at is None
