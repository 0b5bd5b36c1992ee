"""Who asks, whether anything runs, the log as CSV, and lists that lead to each other: at both doors."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import GraphQLFailed, Store
from tests.host_contract.test_end_to_end import SOON

VIEWER = "{ customEventViewer { name permissions operations { operation missing } } }"
HEALTH = "{ customEventHealth { beatSilent workerSilent beatSeenAt mailProblem publicUrl } }"
CSV = """query ($filter: CustomEventInvocationFilterInput) {
  customEventLogCsv(filter: $filter, language: PL) { text rows hasNextPage } }"""
LISTS = """query ($event: ID!) {
  customEvent(id: $event) { firedInLastDay refusedCount scenarios { underWay } }
  customEventScenarios(first: 1, filter: {event: $event}) {
    edges { node { underWay startEvents { number firedInLastDay } check { warnings { code subject } } } } } }"""
WAIT = {"id": "wait", "type": "wait", "duration": "P1D", "next": None}

pytestmark = pytest.mark.parametrize("where", ["store", "plugin"])


def _door(store: Store, where: str) -> str:
    return {"store": store.graphql_url, "plugin": store.plugin_url + "graphql/"}[where]


def _code(failed: pytest.ExceptionInfo[GraphQLFailed]) -> str:
    (error,) = failed.value.errors
    return str(error["extensions"]["exception"]["code"])


@pytest.mark.parametrize(
    ("caller", "may_not"),
    [("staff_all", set()), ("app_all", set()), ("staff_customers", {"KEYS"}), ("staff_none", {"DEFINE", "FIRE"})],
)
def test_everybody_learns_what_they_may_do(store: Store, where: str, caller: str, may_not: set[str]) -> None:
    viewer = store.ask(VIEWER, by=caller, url=_door(store, where))["customEventViewer"]

    missing = {permit["operation"] for permit in viewer["operations"] if permit["missing"]}
    assert missing >= may_not
    assert may_not or not missing
    assert viewer["name"]
    assert ("MANAGE_DISCOUNTS" in viewer["permissions"]) == (caller != "staff_none")


def test_a_stranger_learns_nothing(store: Store, where: str) -> None:
    for query in (VIEWER, HEALTH):
        with pytest.raises(GraphQLFailed) as failed:
            store.ask(query, url=_door(store, where))
        assert _code(failed) == "PermissionDenied"


def test_where_beat_and_a_worker_run_they_are_seen(store: Store, where: str) -> None:
    def health() -> dict[str, Any]:
        found: dict[str, Any] = store.ask(HEALTH, by="staff_define", url=_door(store, where))["customEventHealth"]
        return found

    seen = until(lambda: not (now := health())["beatSilent"] and not now["workerSilent"] and now, SOON)

    assert seen["beatSeenAt"]
    assert seen["publicUrl"].startswith("http")
    assert not seen["publicUrl"].endswith("/")


def test_the_log_as_csv(store: Store, event: Event, server_key: str, where: str) -> None:
    store.fire({"customEventId": event.number, "customerEmail": "ada@example.com"}, credential=server_key)
    wanted = {"filter": {"event": event.id}}

    part = store.ask(CSV, wanted, by="staff_customers", url=_door(store, where))["customEventLogCsv"]

    head, row, end = part["text"].split("\r\n")
    assert head.startswith("ID;Utworzono (UTC);E-mail klienta;Scenariusz (ID i nazwa);")
    assert ";ada@example.com;" in row
    assert row.endswith(";SKIPPED_NO_SCENARIO")
    assert (end, part["rows"], part["hasNextPage"]) == ("", 1, False)
    with pytest.raises(GraphQLFailed) as failed:
        store.ask(CSV, wanted, by="staff_define", url=_door(store, where))
    assert _code(failed) == "PermissionDenied"


def test_lists_count_what_there_is(store: Store, make: Maker, event: Event, server_key: str, where: str) -> None:
    make.scenario(event, [WAIT])
    store.fire({"customEventId": event.number, "customerEmail": "ada@example.com"}, credential=server_key)
    store.fire({"customEventId": event.number}, credential=server_key)

    answer = store.ask(LISTS, {"event": event.id}, by="staff_define", url=_door(store, where))

    assert answer["customEvent"] == {"firedInLastDay": 1, "refusedCount": 1, "scenarios": [{"underWay": 1}]}
    (edge,) = answer["customEventScenarios"]["edges"]
    assert edge["node"]["startEvents"] == [{"number": event.number, "firedInLastDay": 1}]
    assert edge["node"]["underWay"] == 1


def test_no_query_goes_round_between_events_and_scenarios(store: Store, make: Maker, event: Event, where: str) -> None:
    make.scenario(event, [WAIT])
    query = "query ($event: ID!) { customEvent(id: $event) { scenarios { startEvents { name } } } }"

    with pytest.raises(GraphQLFailed) as failed:
        store.ask(query, {"event": event.id}, by="staff_define", url=_door(store, where))

    assert _code(failed) == "RefusedQuery"
