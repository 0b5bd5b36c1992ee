"""A customer is exported and erased, in any store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_happenings import CUSTOMER, do

#: Seconds; a sweep is due every two, on a machine that does other things too.
SOON = 60.0
WAIT = {"id": "wait", "type": "wait", "duration": "P9D"}
ERASE = """
mutation ($whom: CustomEventCustomerInput!, $preview: Boolean!) {
  done: customEventCustomerErase(input: $whom, preview: $preview) {
    plan { emails customerIds occurrences underWay }
    erasure { id status } errors { field code message } } }
"""
EXPORT = """
mutation ($whom: CustomEventCustomerInput!) {
  done: customEventCustomerExport(input: $whom) { head occurrences endCursor errors { field code message } } }
"""
ERASURES = """
query ($ids: [ID!]) { customEventErasures(ids: $ids) { id status cause askedBy counts { name count } } }
"""
REVEALS = "query ($email: String) { customEventReveals(first: 20, email: $email) { edges { node { kind by } } } }"


@pytest.fixture
def email() -> str:
    return f"erased-{token_hex(4)}@example.com"


def asked(store: Store, query: str, **variables: Any) -> Any:
    return store.ask(query, variables, by="staff_all", url=store.plugin_url + "graphql/")


def performed(store: Store, mutation: str, **variables: Any) -> dict[str, Any]:
    done = asked(store, mutation, **variables)["done"]
    assert done["errors"] == []
    return dict(done)


def certificate(store: Store, number: str) -> dict[str, Any]:
    """Wait for the end of an erasure, and give it with its counts by name."""

    def found() -> dict[str, Any]:
        (one,) = asked(store, ERASURES, ids=[number])["customEventErasures"]
        return dict(one)

    assert until(lambda: found()["status"] == "DONE", SOON)
    return found() | {"counts": {one["name"]: one["count"] for one in found()["counts"]}}


def fire(store: Store, key: str, event: Event, **members: Any) -> Any:
    answer = store.fire({"customEventId": event.number, **members}, credential=key)
    assert answer.status_code == 202, answer.text
    return answer.json()


def test_a_customer_is_exported_and_erased(store: Store, make: Maker, server_key: str, email: str) -> None:
    event = make.event()
    make.scenario(event, [WAIT])
    user = do(store, CUSTOMER, input={"email": email, "firstName": "Ada"})["user"]["id"]
    fire(store, server_key, event, customerEmail=email, dataFields={"street": "Kings Street 7"})
    fire(store, server_key, event, customerId=user)

    exported = performed(store, EXPORT, whom={"customerId": user})
    assert exported["head"]["customer"]["emails"] == [email]
    assert [one["dataFields"] for one in exported["occurrences"]] == [
        [{"name": "street", "type": "String", "value": "Kings Street 7"}],
        [],
    ]
    plan = performed(store, ERASE, whom={"email": email}, preview=True)["plan"]
    assert (plan["emails"], plan["customerIds"], plan["occurrences"], plan["underWay"]) == ([email], [user], 2, 2)

    number = performed(store, ERASE, whom={"email": email}, preview=False)["erasure"]["id"]

    done = certificate(store, number)
    assert (done["cause"], done["counts"]["occurrences"], done["counts"]["runsCancelled"]) == ("STAFF", 2, 2)
    rows = make.log(event)
    assert [(row["status"], row["reason"], row["customerEmail"]) for row in rows] == [
        ("CANCELLED", "CANCELLED_ERASED", None)
    ] * 2
    assert [row["occurrence"]["dataFields"] for row in rows] == [[], []]
    assert performed(store, EXPORT, whom={"email": email})["occurrences"] == []
    seen = asked(store, REVEALS, email=email)["customEventReveals"]["edges"]
    assert {edge["node"]["kind"] for edge in seen} == {"EXPORT", "ERASURE"}


def test_what_is_sent_late_is_accepted_and_names_nobody(store: Store, make: Maker, server_key: str, email: str) -> None:
    event = make.event()
    make.scenario(event, [WAIT])
    number = performed(store, ERASE, whom={"email": email}, preview=False)["erasure"]["id"]
    certificate(store, number)

    before = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    sent = fire(store, server_key, event, customerEmail=email, occurredAt=before, dataFields={"street": "Kings"})

    assert sent["invocations"][0]["reason"] == "SKIPPED_ERASED"
    (row,) = make.log(event)
    assert (row["customerEmail"], row["occurrence"]["dataFields"]) == (None, [])
