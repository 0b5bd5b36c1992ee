"""What actions do to a store, seen through the store's own API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from standardwebhooks import Webhook

from saleor_custom_events.hosts.sandbox.receivers import Receiver, http_receiver, until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

SOON = 30.0
NOTE = "query ($id: ID!) { user(id: $id) { note } }"
CODES = "query ($id: ID!) { voucher(id: $id) { codes(first: 100) { edges { node { code isActive } } } } }"
GROUPS = "query ($id: ID!) { user(id: $id) { privateMetadata { key value } } }"
INPUTS = """
query ($event: ID!) {
  customEventInvocations(first: 1, filter: {event: $event}) { edges { node { steps { step input } } } }
}
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with http_receiver() as running:
        yield running


@pytest.fixture
def ended(store: Store, make: Maker, event: Event, server_key: str) -> Any:
    """Publish steps, fire for the customer, and give the row at its end."""

    def run(steps: Sequence[dict[str, Any]], **members: Any) -> dict[str, Any]:
        make.scenario(event, steps)
        body = {"customEventId": event.number, "customerEmail": store.cast["customer"]["email"], **members}
        assert store.fire(body, credential=server_key).status_code == 202
        rows = until(lambda: [r for r in make.log(event) if r["status"] not in ("RUNNING", "WAITING")], SOON)
        assert rows, make.log(event)
        return dict(rows[0])

    return run


def act(name: str, step: str = "act", after: str | None = None, **config: Any) -> dict[str, Any]:
    return {"id": step, "type": "action", "action": name, "config": config, "next": after}


def codes(store: Store) -> dict[str, bool]:
    found = store.ask(CODES, {"id": store.cast["voucher"]}, by="staff_all")["voucher"]["codes"]["edges"]
    return {edge["node"]["code"]: edge["node"]["isActive"] for edge in found}


def test_a_voucher_code_that_a_later_step_used_is_the_stores_own(store: Store, ended: Any, receiver: Receiver) -> None:
    tell = act("send_webhook", "tell", url=f"{receiver.url}/code", body='{"code": {{ steps.issue.code | json }}}')

    row = ended([act("issue_voucher_code", "issue", "tell", voucher=store.cast["voucher"], expiresAfter="P7D"), tell])

    assert row["status"] == "COMPLETED", row
    (told,) = receiver.at("/code")
    assert codes(store)[json.loads(told.body)["code"]] is True


def test_a_voucher_that_the_store_has_not_fails_the_step(ended: Any) -> None:
    row = ended([act("issue_voucher_code", voucher="Vm91Y2hlcjo5OTk5OTk5")])

    assert (row["status"], row["steps"][0]["reason"]) == ("FAILED", "VOUCHER_GONE")


def test_notes_are_added_to_what_the_staff_has_noted(store: Store, ended: Any) -> None:
    row = ended(
        [
            act("add_customer_note", "one", "two", text="First: {{ dataFields.size }}"),
            act("add_customer_note", "two", text="Second, for {{ customer.firstName }}"),
        ],
        dataFields={"size": "M"},
    )

    assert row["status"] == "COMPLETED", row
    note = store.ask(NOTE, {"id": store.cast["customer"]["id"]}, by="staff_customers")["user"]["note"]
    assert note.endswith("First: M\n\nSecond, for Anna")


def test_groups_are_a_list_in_the_customers_private_metadata(store: Store, ended: Any) -> None:
    row = ended(
        [
            act("add_to_customer_group", "one", "two", group="VIP"),
            act("add_to_customer_group", "two", "three", group="Size {{ dataFields.size }}"),
            act("remove_from_customer_group", "three", "ask", group="vip"),
            {
                "id": "ask",
                "type": "condition",
                "branches": [
                    {"when": {"left": "customer.groups", "operator": "contains", "right": "size m"}, "next": "out"}
                ],
                "otherwise": None,
            },
            {"id": "out", "type": "exit"},
        ],
        dataFields={"size": "M"},
    )

    assert (row["status"], row["reason"]) == ("COMPLETED", "EXITED"), row
    user = store.ask(GROUPS, {"id": store.cast["customer"]["id"]}, by="staff_customers")["user"]
    kept = {item["key"]: item["value"] for item in user["privateMetadata"]}
    assert json.loads(kept["customer_groups"]) == ["Size M"]


def test_a_webhook_of_ones_own_making(store: Store, make: Maker, event: Event, ended: Any, receiver: Receiver) -> None:
    config = {
        "url": f"{receiver.url}/own",
        "method": "PUT",
        "headers": {"Authorization": "Bearer s3cret", "X-Size": "{{ dataFields.size }}"},
        "body": '{"size": {{ dataFields.size | json }}}',
    }
    row = ended([act("send_webhook", **config)], dataFields={"size": 'M "slim"'})

    assert row["status"] == "COMPLETED", row
    (received,) = receiver.at("/own")
    assert received.method == "PUT"
    assert (received.headers["authorization"], received.headers["x-size"]) == ("Bearer s3cret", 'M "slim"')
    assert Webhook(store.webhook_secret).verify(received.body, received.headers) == {"size": 'M "slim"'}
    url = store.plugin_url + "graphql/"
    shown = store.ask(INPUTS, {"event": event.id}, by="staff_all", url=url)["customEventInvocations"]["edges"]
    assert "s3cret" not in json.dumps(shown)
    assert json.dumps("•••") in json.dumps(shown)
