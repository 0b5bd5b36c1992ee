"""Our fields stand in the store's own schema and at the plugin's own path; neither shows the other's."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import PATIENCE, GraphQLFailed, Store

ROOTS = "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }"
TYPES = "{ __schema { types { name } } }"
EVENTS = (
    "{ customEvents(first: 100, sortBy: {field: NUMBER, direction: DESC}) { edges { node { number slug name } } } }"
)
#: What every Saleor and the sandbox have, and we have not.
THEIRS = {"me", "user", "customers", "shop"}
OURS = {"customEvents", "customEvent", "customEventInvocations", "customEventScenarios", "customEventKeys"}


def _names(answer: dict[str, Any], root: str) -> set[str]:
    return {field["name"] for field in answer["__schema"][root]["fields"]}


def test_the_stores_schema_has_both(store: Store) -> None:
    answer = store.ask(ROOTS)

    assert _names(answer, "queryType") >= THEIRS | OURS
    assert {"tokenCreate", "customEventCreate", "customEventFire"} <= _names(answer, "mutationType")


def test_our_own_schema_has_ours_alone(store: Store) -> None:
    answer = store.ask(ROOTS, url=store.plugin_url + "graphql/")

    queries, mutations = _names(answer, "queryType"), _names(answer, "mutationType")
    assert queries >= OURS
    assert not queries & (THEIRS | {"products"})
    assert all(name.startswith("customEvent") for name in queries - {"node"})
    assert all(name.startswith("customEvent") for name in mutations)


def test_introspection_of_one_is_never_answered_with_the_others(store: Store) -> None:
    """The very same text is asked again and again: an answer that is kept must be kept by schema."""
    own = store.plugin_url + "graphql/"
    for query in (ROOTS, TYPES):
        first = store.ask(query, url=own), store.ask(query)
        again = store.ask(query, url=own), store.ask(query)
        assert first == again
        assert first[0] != first[1]


@pytest.mark.parametrize("where", ["store", "plugin", "channel"])
@pytest.mark.parametrize("caller", ["staff_define", "app_all"])
def test_custom_events_answer_at_both_doors(store: Store, event: Event, where: str, caller: str) -> None:
    page = store.ask(EVENTS, by=caller, url=_door(store, where))

    known = {edge["node"]["number"] for edge in page["customEvents"]["edges"]}
    assert event.number in known


@pytest.mark.parametrize("where", ["store", "plugin"])
@pytest.mark.parametrize("caller", [None, "customer", "staff_none", "app_none"])
def test_without_permission_neither_door_tells(store: Store, where: str, caller: str | None) -> None:
    with pytest.raises(GraphQLFailed) as failed:
        store.ask(EVENTS, by=caller, url=_door(store, where))

    (error,) = failed.value.errors
    assert error["extensions"]["exception"]["code"] == "PermissionDenied"


@pytest.mark.parametrize("where", ["store", "plugin"])
def test_a_mutation_without_permission_changes_nothing(store: Store, make: Maker, where: str) -> None:
    mutation = """mutation { customEventCreate(input: {name: "Nobody may"}) { errors { code } } }"""

    answer = store.ask(mutation, by="staff_none", url=_door(store, where))

    assert [error["code"] for error in answer["customEventCreate"]["errors"]] == ["PERMISSION_DENIED"]
    page = store.ask(EVENTS, by="staff_define", url=store.plugin_url + "graphql/")
    assert "Nobody may" not in {edge["node"]["name"] for edge in page["customEvents"]["edges"]}


@pytest.mark.parametrize("where", ["store", "plugin"])
def test_a_customers_email_is_masked_without_the_permission_to_see_customers(
    store: Store, event: Event, server_key: str, where: str
) -> None:
    store.fire({"customEventId": event.number, "customerEmail": "ada@example.com"}, credential=server_key)
    query = """query ($event: ID!) { customEventInvocations(first: 1, filter: {event: $event}) {
      edges { node { customerEmail isMasked } } } }"""

    def seen_by(caller: str) -> dict[str, Any]:
        page = store.ask(query, {"event": event.id}, by=caller, url=_door(store, where))
        node: dict[str, Any] = page["customEventInvocations"]["edges"][0]["node"]
        return node

    assert seen_by("staff_customers") == {"customerEmail": "ada@example.com", "isMasked": False}
    masked = seen_by("staff_define")
    assert masked["isMasked"] is True
    assert "ada@" not in masked["customerEmail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b'{"query": 1}', 400), (b'{"query": "{ nonsense }"}', 400)],
)
def test_what_is_no_query_is_refused(store: Store, body: bytes, status: int) -> None:
    assert store.post("graphql/", body).status_code == status


def test_the_own_door_takes_no_get(store: Store) -> None:
    assert requests.get(store.plugin_url + "graphql/", timeout=PATIENCE).status_code == 405


def _door(store: Store, where: str) -> str:
    doors = {
        "store": store.graphql_url,
        "plugin": store.plugin_url + "graphql/",
        "channel": store.channel_url + "graphql/",
    }
    return doors[where]
