"""The log over GraphQL: whole in one request, at the same cost for one row and for twenty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.scenarios import create_scenario
from saleor_custom_events.doors.graphql.ids import EVENT, INVOCATION, OCCURRENCE, SCENARIO, global_id
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.models import Invocation, Occurrence, Scenario, ScenarioStatus
from saleor_custom_events.scenarios.outcomes import Status
from tests.defining.people import BOSS
from tests.graphql.conftest import Asker
from tests.log.making import NOON, a_step, at, ended, fired
from tests.shop import a_scenario, all_is_alive, an_event

pytestmark = pytest.mark.django_db

EVERYTHING = """
query ($first: Int, $after: String, $last: Int, $before: String, $filter: CustomEventInvocationFilterInput) {
  customEventInvocations(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node {
      id number createdAt endedAt dueAt customerEmail scenarioId scenarioNumber scenarioName version status reason
      detail isMasked definition
      event { id number slug name lastFiredAt firedInLastDay refusedCount dataFields { name type required }
              scenarios { name underWay } refusals { code } }
      scenario { id number name status hasUnpublishedChanges published { number definition }
                 versions { number definition } startEvents { number name } underWay
                 check { problems { field } warnings { code subject } } }
      occurrence { id occurrenceId registeredAt occurredAt callerKind callerName identity customerEmail customerId
                   channel url isMasked dataFields { name type value } dataFieldsRemovedAt violations { code }
                   invocations { number scenarioName status reason } }
      steps { visit step kind status reason detail attempts effect input result startedAt endedAt milliseconds }
    } }
  }
}
"""
PAGE = """
query ($first: Int, $after: String, $last: Int, $before: String, $filter: CustomEventInvocationFilterInput) {
  customEventInvocations(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { number } } } }
"""


def numbers(answer: Any) -> list[int]:
    return [int(edge["node"]["number"]) for edge in answer.data["customEventInvocations"]["edges"]]


def test_a_row_with_everything_that_belongs_to_it(ask: Asker, boss: str) -> None:
    event = an_event(name="Size quiz")
    scenario = a_scenario(event, name="Welcome", steps=[{"id": "end", "type": "exit"}])
    (invocation,) = fired(event, url="https://shop.example/quiz")
    a_step(invocation)
    all_is_alive()

    (edge,) = ask(EVERYTHING, {"first": 1}, by=boss).data["customEventInvocations"]["edges"]

    row = edge["node"]
    assert row["id"] == global_id(INVOCATION, invocation.pk)
    assert row["number"] == str(invocation.pk)
    assert row["customerEmail"] == "anna@example.com"
    assert (row["status"], row["reason"], row["detail"], row["isMasked"]) == ("RUNNING", None, None, False)
    assert row["event"]["id"] == global_id(EVENT, event.pk)
    assert row["event"]["scenarios"] == [{"name": "Welcome", "underWay": 1}]
    assert (row["event"]["firedInLastDay"], row["event"]["refusedCount"]) == (1, 0)
    assert row["definition"] == scenario.draft
    assert row["scenario"]["startEvents"] == [{"number": event.pk, "name": "Size quiz"}]
    assert row["scenario"]["underWay"] == 1
    assert row["scenarioId"] == row["scenario"]["id"] == global_id(SCENARIO, scenario.pk)
    assert row["scenario"]["check"] == {"problems": [], "warnings": []}
    assert row["scenario"]["versions"] == [{"number": 1, "definition": scenario.draft}]
    occurrence = row["occurrence"]
    assert occurrence["id"] == global_id(OCCURRENCE, occurrence["occurrenceId"])
    assert (occurrence["identity"], occurrence["callerKind"]) == ("TRUSTED", "SERVER_KEY")
    assert occurrence["dataFieldsRemovedAt"] is None
    assert occurrence["dataFields"] == [
        {"name": "score", "type": "NUMBER", "value": "31337.25"},
        {"name": "url", "type": "STRING", "value": "https://shop.example/quiz"},
    ]
    assert [other["number"] for other in occurrence["invocations"]] == [str(invocation.pk)]
    (step,) = row["steps"]
    assert (step["status"], step["effect"], step["milliseconds"]) == ("DONE", "AT_LEAST_ONCE", 250)


def test_without_the_permission_to_see_customers_the_same_is_masked(ask: Asker, definer: str) -> None:
    event = an_event()
    a_scenario(event)
    (invocation,) = fired(event, url="https://shop.example/quiz")
    a_step(invocation)

    answer = ask(EVERYTHING, {"first": 1}, by=definer)

    row = answer.data["customEventInvocations"]["edges"][0]["node"]
    assert (row["customerEmail"], row["isMasked"]) == ("a•••@e•••.com", True)
    assert row["occurrence"]["dataFields"] == [
        {"name": "score", "type": "NUMBER", "value": None},
        {"name": "url", "type": "STRING", "value": None},
    ]
    for secret in ("anna@", "shop.example", "31337", "Hello, you!"):
        assert secret not in str(answer.body)


def test_twenty_rows_cost_as_many_queries_as_one(ask: Asker, boss: str) -> None:
    """Of twenty events, scenarios and occurrences, with everything that hangs on them."""
    for _ in range(20):
        event = an_event()
        a_scenario(event, steps=[{"id": "end", "type": "exit"}])
        (invocation,) = fired(event)
        a_step(invocation, 1)
        a_step(invocation, 2)

    with CaptureQueriesContext(connection) as one:
        assert len(numbers(ask(EVERYTHING, {"first": 1}, by=boss))) == 1
    with CaptureQueriesContext(connection) as twenty:
        assert len(numbers(ask(EVERYTHING, {"first": 20}, by=boss))) == 20

    assert len(twenty) == len(one) <= 20


def test_nothing_is_asked_for_that_nobody_wants(ask: Asker, boss: str) -> None:
    fired(an_event())

    with CaptureQueriesContext(connection) as captured:
        ask(PAGE, {"first": 10}, by=boss)

    tables = [query["sql"] for query in captured if "saleor_custom_events_" in query["sql"]]
    assert [table for table in tables if "saleor_custom_events_reveal" not in table] == tables[:1]
    assert len(tables) == 2, "the page, and that somebody saw it"


def test_pages_are_stable_while_rows_arrive(ask: Asker, boss: str) -> None:
    event = an_event()
    before = [at(fired(event)[0], minute).pk for minute in range(5)]
    first = ask(PAGE, {"first": 2}, by=boss)
    info = first.data["customEventInvocations"]["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)

    at(fired(event)[0], 99)
    second = ask(PAGE, {"first": 3, "after": info["endCursor"]}, by=boss)

    assert numbers(first) + numbers(second) == before[::-1]
    back = {"last": 2, "before": second.data["customEventInvocations"]["pageInfo"]["startCursor"]}
    assert numbers(ask(PAGE, back, by=boss)) == numbers(first)


def test_every_filter_arrives(ask: Asker, boss: str) -> None:
    one, two = an_event(), an_event()
    scenario = a_scenario(one)
    first = ended(at(fired(one)[0], 0), Status.FAILED, "FAILED_ACTION")
    second = at(fired(one, "ewa@example.com")[0], 10)
    third = at(fired(two)[0], 20)

    def found(**wanted: Any) -> list[int]:
        return numbers(ask(PAGE, {"first": 10, "filter": wanted}, by=boss))

    assert found(event=global_id(EVENT, one.pk)) == [second.pk, first.pk]
    assert found(scenario=global_id(SCENARIO, scenario.pk)) == [second.pk, first.pk]
    assert found(email="ewa@example.com") == [second.pk]
    assert found(ids=[global_id(INVOCATION, row.pk) for row in (first, third)]) == [third.pk, first.pk]
    assert found(ids=[]) == []
    assert found(status=["FAILED", "SKIPPED"]) == [third.pk, first.pk]
    assert found(reason=["SKIPPED_NO_SCENARIO"]) == [third.pk]
    assert found(created={"gte": "2026-03-01T12:05:00Z", "lte": "2026-03-01T13:15:00+01:00"}) == [second.pk]
    assert found(event=None, status=None, created={"gte": None}) == [third.pk, second.pk, first.pk]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"first": 101},
        {"first": 1, "last": 1},
        {"first": 1, "after": "nonsense"},
        {"first": 1, "filter": {"event": "nonsense"}},
        {"first": 1, "filter": {"event": "Q3VzdG9tRXZlbnQ6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk="}},
        {"first": 1, "filter": {"scenario": "Q3VzdG9tRXZlbnQ6MQ=="}},
        {"first": 1, "filter": {"email": "nobody"}},
        {"first": 1, "filter": {"ids": ["Q3VzdG9tRXZlbnQ6MQ=="]}},
        {"first": 1, "filter": {"ids": [global_id(INVOCATION, number) for number in range(101)]}},
        {"first": 1, "filter": {"created": {"gte": "0001-01-01T00:00:00+14:00"}}},
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(ask: Asker, boss: str, variables: dict[str, Any]) -> None:
    answer = ask(PAGE, variables, by=boss)

    assert answer.codes == ["RefusedQuery"]
    assert answer.body["errors"][0]["extensions"]["code"].startswith("INVALID")


def test_filtering_by_email_without_the_permission_is_refused(ask: Asker, definer: str) -> None:
    fired(an_event())

    assert ask(PAGE, {"first": 1, "filter": {"email": "anna@example.com"}}, by=definer).codes == ["PermissionDenied"]


def test_the_log_does_not_count_itself(ask: Asker, boss: str) -> None:
    answer = ask("{ customEventInvocations(first: 1) { totalCount } }", by=boss)

    assert (answer.status, answer.codes) == (400, ["GraphQLError"])


def test_one_row_by_either_of_its_names(ask: Asker, boss: str) -> None:
    (invocation,) = fired(an_event())
    query = "query ($id: ID, $number: String) { customEventInvocation(id: $id, number: $number) { number } }"

    for variables in ({"id": global_id(INVOCATION, invocation.pk)}, {"number": str(invocation.pk)}):
        assert ask(query, variables, by=boss).data["customEventInvocation"] == {"number": str(invocation.pk)}
    assert ask(query, {"number": "987654321"}, by=boss).data["customEventInvocation"] is None
    for wrong in ({}, {"id": "x", "number": "1"}, {"number": "-1"}, {"number": "1" * 40}, {"number": "٣"}):
        assert ask(query, wrong, by=boss).codes == ["RefusedQuery"]


def test_why_nothing_happened(ask: Asker, boss: str) -> None:
    event = an_event()
    fired(event)
    query = """
    query ($event: Int) {
      customEventExplain(email: "anna@example.com", customEventId: $event,
                         from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") {
        event { number }
        findings { code message at count reason scenarioNumber scenarioName version invocationNumber occurrenceId }
      } }"""

    explained = ask(query, {"event": event.pk}, by=boss).data["customEventExplain"]

    assert explained["event"] == {"number": event.pk}
    assert [finding["code"] for finding in explained["findings"]] == ["OCCURRENCES_FOUND", "NO_SCENARIO"]
    assert explained["findings"][1]["invocationNumber"] == str(Invocation.objects.get().pk)


def test_the_chain_names_scenarios_and_versions_as_values(ask: Asker, boss: str) -> None:
    event = an_event()
    (row,) = (a_scenario(event, name="Welcome"), *fired(event))[1:]
    ended(row, Status.COMPLETED)
    Scenario.objects.update(name="Renamed", status=ScenarioStatus.PAUSED)
    create_scenario(BOSS, "Sketch", {"spec": 1, "starts": [{"event": event.pk}], "steps": []})
    a_scenario(event, name="Late")
    query = """
    query ($event: Int) {
      customEventExplain(email: "anna@example.com", customEventId: $event,
                         from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") {
        findings { code scenarioName version } } }"""

    findings = ask(query, {"event": event.pk}, by=boss).data["customEventExplain"]["findings"]

    assert [tuple(finding.values()) for finding in findings] == [
        ("OCCURRENCES_FOUND", None, None),
        ("INVOCATION_COMPLETED", "Welcome", 1),
        ("SCENARIO_NOT_PUBLISHED", "Sketch", None),
        ("SCENARIO_PAUSED", "Renamed", None),
        ("SCENARIO_PUBLISHED_LATER", "Late", 1),
    ]


def test_where_no_scenario_listened_there_is_no_definition(ask: Asker, boss: str) -> None:
    fired(an_event())

    (edge,) = ask("{ customEventInvocations(first: 1) { edges { node { version definition } } } }", by=boss).data[
        "customEventInvocations"
    ]["edges"]

    assert edge["node"] == {"version": None, "definition": None}


def test_after_retention_the_log_says_that_data_fields_were_removed_and_when(ask: Asker, definer: str) -> None:
    (invocation,) = fired(an_event())
    remove_data_fields(datetime.now(UTC) + timedelta(days=1), 60)
    query = """query ($number: String) { customEventInvocation(number: $number) {
      occurrence { dataFieldsRemovedAt dataFields { name } } } }"""

    occurrence = ask(query, {"number": str(invocation.pk)}, by=definer).data["customEventInvocation"]["occurrence"]

    removed_at = Occurrence.objects.get().data_fields_removed_at
    assert removed_at is not None
    assert datetime.fromisoformat(occurrence["dataFieldsRemovedAt"]) == removed_at
    assert occurrence["dataFields"] == []


CSV = """
query ($filter: CustomEventInvocationFilterInput, $language: CustomEventLanguageEnum!, $after: String) {
  customEventLogCsv(filter: $filter, language: $language, after: $after) { text rows hasNextPage endCursor } }"""


def test_the_log_as_csv(ask: Asker, boss: str) -> None:
    event, other = an_event(), an_event()
    (invocation,) = fired(event, "ewa@example.com")
    fired(other)
    wanted = {"event": global_id(EVENT, event.pk), "email": "ewa@example.com"}

    part = ask(CSV, {"filter": wanted, "language": "PL"}, by=boss).data["customEventLogCsv"]

    head, row, end = part["text"].split("\r\n")
    assert head.startswith("ID;Utworzono (UTC);E-mail klienta;")
    assert row.startswith(f"{invocation.pk};")
    assert row.endswith(";Pominięte;Żaden scenariusz nie nasłuchiwał tego zdarzenia.;SKIPPED_NO_SCENARIO")
    assert (end, part["rows"], part["hasNextPage"]) == ("", 1, False)
    nothing = ask(CSV, {"language": "EN", "after": part["endCursor"]}, by=boss).data["customEventLogCsv"]
    assert nothing == {"text": "", "rows": 0, "hasNextPage": False, "endCursor": None}


def test_cancelling_ends_what_is_under_way_and_nothing_else(ask: Asker, boss: str) -> None:
    event = an_event()
    a_scenario(event)
    (running,) = fired(event)
    (over,) = fired(event)
    ended(over, Status.COMPLETED)
    cancel = """mutation ($id: ID!) { customEventInvocationCancel(id: $id) {
      errors { field code } invocation { status reason } } }"""

    done = ask(cancel, {"id": global_id(INVOCATION, running.pk)}, by=boss).done
    assert done["invocation"] == {"status": "CANCELLED", "reason": "CANCELLED_BY_STAFF"}
    running.refresh_from_db()
    assert (running.due_at, running.lease) == (None, None)

    assert ask(cancel, {"id": global_id(INVOCATION, running.pk)}, by=boss).refusals == [("id", "WRONG_STATUS")]
    assert ask(cancel, {"id": global_id(INVOCATION, over.pk)}, by=boss).refusals == [("id", "WRONG_STATUS")]
    over.refresh_from_db()
    assert (over.status, over.ended_at) == ("completed", NOON)


def test_what_the_log_does_not_show_cannot_be_cancelled(ask: Asker, boss: str) -> None:
    event = an_event(logging=False)
    a_scenario(event)
    (unlogged,) = fired(event)
    cancel = "mutation ($id: ID!) { customEventInvocationCancel(id: $id) { errors { field code } } }"

    assert ask(cancel, {"id": global_id(INVOCATION, unlogged.pk)}, by=boss).refusals == [("id", "NOT_FOUND")]
    unlogged.refresh_from_db()
    assert unlogged.status == "running"
