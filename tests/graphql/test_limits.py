"""What a query may cost, and what an answer may tell."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest
from django.test import Client
from graphql.utils.introspection_query import introspection_query

from saleor_custom_events.doors.graphql import loading
from tests.graphql.conftest import URL, Asker
from tests.log.making import fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

LEVELS = "{ customEventInvocations(first: 1) { edges { node { event { scenarios { versions { number } } } } } } }"


def test_a_number_that_nothing_can_hold_is_no_fault_of_ours(ask: Asker) -> None:
    endless = "1e9999999999999999999999"
    answer = ask(
        f'mutation {{ customEventFire(input: {{customEvent: "x", dataFields: {endless}}}) {{ occurrenceId }} }}'
    )

    assert answer.status == 400


def test_introspection_is_answered(ask: Asker) -> None:
    answer = ask(introspection_query)

    assert answer.data["__schema"]["queryType"]["name"] == "Query"


def _exploding(depth: int, width: int) -> str:
    """Fragments that spread the next one several times: small as text, endless as fields."""
    parts = [f"fragment F{n} on Query {{ {f'...F{n + 1} ' * width} }}" for n in range(depth)]
    return f"{{ ...F0 }} {' '.join(parts)} fragment F{depth} on Query {{ __typename }}"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ " + "a { " * 13 + "b" + " }" * 14, "nested too deeply"),
        ("{ " + " ".join(f"a{i}: customEventActions {{ name }}" for i in range(21)) + " }", "things at once"),
        ("{ customEventActions { " + "name " * 600 + "} }", "over 500 fields"),
        (_exploding(10, 10), "over"),
        ("{ ...F } fragment F on Query { customEventActions { name } ...F }", "spreads itself"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "spreads itself"),
        ("{ a: __typename } fragment F on Query { " + "a " * 600 + "}", "its fragments"),
        (
            "{ __schema { types { " + "fields { type { " * 5 + "name" + " } }" * 5 + " } } }",
            "goes round",
        ),
        ("query(" + "$a: X\n" * 2000 + ") { __typename }", "variable_definitions"),
        ("{ customEvent(" + "id: 1 " * 4000 + ") { name } }", "arguments"),
        ("{ __typename " + "@skip(if: true) " * 4000 + "}", "directives"),
        ("{" * 5000, "Syntax Error"),
        ("{ a(x: " + "[" * 20_000 + "]" * 20_000 + ") }", "nested too deeply"),
    ],
)
def test_a_query_that_would_cost_too_much_is_refused_quickly(ask: Asker, query: str, said: str) -> None:
    before = time.perf_counter()

    answer = ask(query)

    assert answer.status == 400
    assert said in answer.body["errors"][0]["message"]
    assert "data" not in answer.body
    assert time.perf_counter() - before < 2


def test_of_two_operations_the_named_one_is_executed_with_its_own_variables(ask: Asker) -> None:
    two = "query A ($n: Int!) { customEvent(number: $n) { name } } query B { __typename }"

    assert ask.post(json.dumps({"query": two, "operationName": "B"})).data == {"__typename": "Query"}


def test_a_query_within_the_limits_is_answered(ask: Asker, boss: str) -> None:
    assert ask(LEVELS, by=boss).data == {"customEventInvocations": {"edges": []}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("5", 400),
        ("{}", 400),
        ('{"query": 5}', 400),
        ('{"query": "{ a }", "variables": []}', 400),
        ('{"query": "{ __typename }", "operationName": "Other"}', 400),
        ('{"query": "query A { __typename } query B { __typename }"}', 400),
        ('{"query": "{ __typename }", "query": "{ __typename }"}', 400),
        ("[" * 100_000, 400),
        ('{"query": "\\u0000"}', 400),
        (json.dumps([{"query": "{ __typename }"}]), 400),
        (" " * (256 * 1024 + 1), 413),
    ],
)
def test_a_body_that_is_no_query_is_refused(ask: Asker, body: str, status: int) -> None:
    assert ask.post(body).status == status


@pytest.mark.parametrize("wrong", ["x", [], {}, 2**40])
def test_variables_of_the_wrong_type_are_the_callers_fault(
    ask: Asker, boss: str, caplog: pytest.LogCaptureFixture, wrong: object
) -> None:
    query = """query ($n: Int, $from: DateTime!) { customEvent(number: $n) { name }
      customEventExplain(email: "", from: $from, to: $from) { findings { code } } }"""

    answer = ask(query, {"n": wrong, "from": wrong}, by=boss)

    assert answer.status == 400
    assert answer.body["errors"][0]["message"] != "Internal Server Error"
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    "body",
    [
        '{"query": "query ($n: Int) { customEvent(number: $n) { name } }", "variables": {"n": 1e999999999}}',
        '{"query": "query ($n: Int) { customEvent(number: $n) { name } }", "variables": {"n": %s}}' % ("9" * 5000),
        '{"query": "{ customEvent(number: %s) { name } }"}' % ("9" * 5000),
        '{"query": "mutation { customEventFire(input: {dataFields: {a: %s}}) { duplicate } }"}' % ("9" * 5000),
        '{"query": "mutation ($d: CustomEventJSON) { customEventFire(input: {dataFields: $d}) { duplicate } }",'
        ' "variables": {"d": {"a": [1e999999999]}}}',
    ],
    ids=["exponent", "variable", "literal", "JSON literal", "JSON variable"],
)
def test_an_endless_number_is_refused_quickly(
    ask: Asker, boss: str, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    before = time.perf_counter()

    assert ask.post(body, by=boss).status == 400
    assert time.perf_counter() - before < 1
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours, deep in a resolver."""

    def fail(*given: Any) -> Any:
        raise ValueError("secret text of a fault")

    monkeypatch.setitem(loading._ASKS, "last_fired", fail)  # type: ignore[arg-type]


def test_a_fault_of_ours_is_logged_and_not_told(
    ask: Asker, boss: str, broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    an_event()
    with caplog.at_level(logging.ERROR):
        answer = ask("{ customEvents(first: 1) { edges { node { lastFiredAt } } } }", by=boss)

    assert [error["message"] for error in answer.body["errors"]] == ["Internal Server Error"]
    assert "secret" not in str(answer.body)
    assert "secret text of a fault" in caplog.text


def test_a_refusal_is_no_fault_of_ours(ask: Asker, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        ask("{ customEvents(first: 1) { totalCount } }")

    assert [record for record in caplog.records if record.name.startswith("saleor_custom_events")] == []


def test_a_request_is_not_answered_from_anothers_memory(ask: Asker, boss: str, definer: str) -> None:
    """Loaders and the caller belong to one request."""
    event = an_event()
    query = f"{{ customEvent(number: {event.pk}) {{ name scenarios {{ name }} }} }}"

    assert ask(query, by=boss).data["customEvent"]["name"] == event.name
    assert ask(query).codes == ["PermissionDenied"]
    event.name = "Renamed"
    event.save()
    assert ask(query, by=definer).data["customEvent"]["name"] == "Renamed"


def test_only_post_is_taken() -> None:
    assert Client().get(URL).status_code == 405


ROUNDS = [
    "customEvents(first: 1) { edges { node { scenarios { around: startEvents { name } } } } }",
    "customEventScenarios(first: 1) { edges { node { startEvents { around: scenarios { name } } } } }",
    "customEventScenarios(first: 1) { edges { node { startEvents { around: refusals { code } } } } }",
    "customEventInvocations(first: 1) { edges { node { event { scenarios { startEvents { name } } } } } }",
    "customEventInvocations(first: 1) { edges { node { scenario { startEvents { scenarios { name } } } } } }",
]


@pytest.mark.parametrize("query", ROUNDS)
def test_no_query_goes_round_between_events_and_scenarios(ask: Asker, boss: str, query: str) -> None:
    """Not in a host's own schema either: it is the resolvers that refuse."""
    event = an_event()
    a_scenario(event)
    fired(event)

    answer = ask(f"{{ {query} }}", by=boss)

    assert [error["extensions"]["code"] for error in answer.body["errors"]] == ["GOES_ROUND"]


def test_one_part_of_the_log_as_csv_a_request(ask: Asker, boss: str) -> None:
    twice = "{ a: customEventLogCsv(language: EN) { rows } b: customEventLogCsv(language: PL) { rows } }"

    answer = ask(twice, by=boss)

    assert [error["extensions"]["code"] for error in answer.body["errors"]] == ["ONE_PART"]


ONCE = {
    "customEventScenarioTest": "(id: $id, input: {})",
    "customEventScenarioTestMany": "(id: $id, input: {last: 1})",
    "customEventReplay": "(filter: {status: [FAILED], created: {}}, preview: true, version: ORIGINAL)",
}


@pytest.mark.parametrize("name", ONCE)
def test_what_takes_long_is_done_once_a_request(ask: Asker, boss: str, name: str) -> None:
    called = f"{name}{ONCE[name]} {{ errors {{ code }} }}"
    head = "mutation ($id: ID!)" if "$id" in called else "mutation"
    id = {"id": "Q3VzdG9tRXZlbnRTY2VuYXJpbzo5OTk="} if "$id" in called else {}

    answer = ask(f"{head} {{ a: {called} b: {called} }}", id, by=boss)

    assert [error["code"] for error in answer.body["data"]["b"]["errors"]] == ["ONCE"]
    assert [error["code"] for error in answer.body["data"]["a"]["errors"]] != ["ONCE"]
