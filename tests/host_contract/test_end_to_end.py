"""From a firing to its effects, by the store's own workers: conditions, waits, webhooks, metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from saleor_custom_events.hosts.sandbox.receivers import Receiver, http_receiver, until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

#: Seconds in which a worker must have done what is due: a sweep every two, and a machine that is busy.
SOON = 30.0
CUSTOMER = """query ($id: ID!) { user(id: $id) { email metadata { key value } privateMetadata { key value } } }"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Run a real HTTP server that takes webhooks."""
    with http_receiver() as running:
        yield running


def _ended(make: Maker, event: Event, count: int = 1) -> list[dict[str, Any]]:
    """Wait until the event has `count` rows, all of them at their end."""

    def rows() -> list[dict[str, Any]]:
        found = make.log(event)
        under_way = [row for row in found if row["status"] in ("RUNNING", "WAITING")]
        return found if len(found) >= count and not under_way else []

    found = until(rows, SOON)
    assert found, make.log(event)
    return found


def _webhook(step: str, url: str, next: str | None = None) -> dict[str, Any]:
    return {"id": step, "type": "action", "action": "send_webhook", "config": {"url": url}, "next": next}


def test_a_condition_decides_by_what_was_sent(
    store: Store, make: Maker, event: Event, server_key: str, receiver: Receiver
) -> None:
    high = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    choose = {
        "id": "choose",
        "type": "condition",
        "branches": [{"when": high, "next": "high"}],
        "otherwise": "low",
    }
    steps = [choose, _webhook("high", f"{receiver.url}/high"), _webhook("low", f"{receiver.url}/low")]
    make.scenario(event, steps)

    for score in (80, 20):
        body = {"customEventId": event.number, "customerEmail": "a@example.com", "dataFields": {"score": score}}
        assert store.fire(body, credential=server_key).status_code == 202

    rows = _ended(make, event, 2)
    assert [row["status"] for row in rows] == ["COMPLETED", "COMPLETED"]
    went = {row["occurrence"]["dataFields"][0]["value"]: [s["step"] for s in row["steps"]] for row in rows}
    assert went == {"80": ["choose", "high"], "20": ["choose", "low"]}
    assert (len(receiver.at("/high")), len(receiver.at("/low"))) == (1, 1)


def test_a_webhook_is_signed_so_that_the_receiver_can_tell(
    store: Store, make: Maker, event: Event, server_key: str, receiver: Receiver
) -> None:
    make.scenario(event, [_webhook("tell", f"{receiver.url}/tell")])

    store.fire({"customEventId": event.number, "customerEmail": "a@example.com"}, credential=server_key)

    _ended(make, event)
    (received,) = receiver.at("/tell")
    Webhook(store.webhook_secret).verify(received.body, received.headers)
    assert json.loads(received.body)["type"] == "custom_event.invocation"


def test_a_wait_goes_on_when_its_time_has_come(
    store: Store, make: Maker, event: Event, server_key: str, receiver: Receiver
) -> None:
    wait = {"id": "wait", "type": "wait", "duration": "PT3S", "next": "then"}
    make.scenario(event, [wait, _webhook("then", f"{receiver.url}/then")])

    store.fire({"customEventId": event.number, "customerEmail": "a@example.com"}, credential=server_key)

    waiting = until(lambda: [row for row in make.log(event) if row["status"] == "WAITING"], SOON)
    assert waiting, make.log(event)
    assert receiver.received == []
    (row,) = _ended(make, event)
    assert [step["status"] for step in row["steps"]] == ["DONE", "DONE"]
    assert len(receiver.at("/then")) == 1


@pytest.mark.parametrize(("private", "member"), [(False, "metadata"), (True, "privateMetadata")])
def test_metadata_that_a_scenario_sets_is_seen_through_the_stores_own_api(
    store: Store, make: Maker, event: Event, server_key: str, private: bool, member: str
) -> None:
    entries = {f"quiz_{member}": "{{ dataFields.result }}"}
    config = {"entries": entries, "private": private}
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": config, "next": None}
    make.scenario(event, [step])
    customer = store.cast["customer"]

    body = {"customEventId": event.number, "customerEmail": customer["email"], "dataFields": {"result": "size M"}}
    store.fire(body, credential=server_key)

    (row,) = _ended(make, event)
    assert row["status"] == "COMPLETED", row
    seen = store.ask(CUSTOMER, {"id": customer["id"]}, by="staff_customers")["user"]
    assert {"key": f"quiz_{member}", "value": "size M"} in seen[member]
    other = "privateMetadata" if member == "metadata" else "metadata"
    assert f"quiz_{member}" not in {entry["key"] for entry in seen[other]}


def test_nothing_is_set_for_a_customer_whom_the_store_does_not_know(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    config = {"entries": {"quiz": "done"}, "private": False}
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": config, "next": None}
    make.scenario(event, [step])

    store.fire({"customEventId": event.number, "customerEmail": "nobody@example.com"}, credential=server_key)

    (row,) = _ended(make, event)
    (run,) = row["steps"]
    assert (run["status"], run["reason"]) == ("SKIPPED", "SKIPPED_NO_CUSTOMER")


def test_a_condition_asks_the_store_for_the_customer(
    store: Store, make: Maker, event: Event, server_key: str, receiver: Receiver
) -> None:
    known = {"left": "customer.firstName", "operator": "equals", "right": "Anna"}
    ask = {"id": "ask", "type": "condition", "branches": [{"when": known, "next": "tell"}], "otherwise": None}
    make.scenario(event, [ask, _webhook("tell", f"{receiver.url}/known")])

    for email in (store.cast["customer"]["email"], "nobody@example.com"):
        store.fire({"customEventId": event.number, "customerEmail": email}, credential=server_key)

    rows = _ended(make, event, 2)
    assert {row["customerEmail"]: len(row["steps"]) for row in rows} == {
        store.cast["customer"]["email"]: 2,
        "nobody@example.com": 1,
    }
    assert len(receiver.at("/known")) == 1


def test_logging_off_runs_the_scenario_and_leaves_no_row(
    store: Store, make: Maker, server_key: str, receiver: Receiver
) -> None:
    quiet = make.event(logging=False)
    make.scenario(quiet, [_webhook("tell", f"{receiver.url}/quiet")])

    store.fire({"customEventId": quiet.number, "customerEmail": "a@example.com"}, credential=server_key)

    assert until(lambda: receiver.at("/quiet"), SOON)
    assert make.log(quiet) == []


def test_an_unverified_address_sets_no_metadata(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    config = {"entries": {"unverified": "yes"}, "private": False}
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": config, "next": None}
    make.scenario(public_event, [step])
    customer = store.cast["customer"]

    body = {"customEventId": public_event.number, "customerEmail": customer["email"]}
    store.fire(body, credential=storefront_key)

    (row,) = _ended(make, public_event)
    assert row["steps"][0]["reason"] == "SKIPPED_UNVERIFIED"
    seen = store.ask(CUSTOMER, {"id": customer["id"]}, by="staff_customers")["user"]
    assert "unverified" not in {entry["key"] for entry in seen["metadata"]}
