"""Exit rules that go by what the customer does in the store, through the store's own API and our door."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import pytest
import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_live_state import ordered

#: Until an invocation waits, on a machine that does other things as well.
SOON = 40.0
#: An exit rule lets go within five seconds; the rest is what a loaded machine takes.
LET_GO = 20.0
MONTH = {"id": "wait", "type": "wait", "duration": "P30D", "next": None}


@pytest.fixture
def guest() -> str:
    return f"guest-{token_hex(4)}@example.com"


def waiting(store: Store, make: Maker, event: Event, key: str, kind: str, **who: str) -> None:
    """Let an invocation wait for a month, unless an exit rule of this kind lets go of it."""
    make.scenario(event, [MONTH], exits=[{"type": kind}])
    assert store.fire({"customEventId": event.number, **who}, credential=key).ok
    assert until(lambda: [row for row in make.log(event) if row["status"] == "WAITING"], SOON), make.log(event)


def left(make: Maker, event: Event) -> dict[str, Any]:
    """Give the row once it was let go of."""
    rows = until(lambda: [row for row in make.log(event) if row["status"] != "WAITING"], LET_GO)
    assert rows, make.log(event)
    assert (rows[0]["status"], rows[0]["reason"]) == ("COMPLETED", "EXITED_EARLY"), rows
    return dict(rows[0])


def test_an_order_of_a_guest_ends_the_wait(
    store: Store, make: Maker, event: Event, server_key: str, guest: str
) -> None:
    waiting(store, make, event, server_key, "orderPlaced", customerEmail=guest)

    order = ordered(store, 1, userEmail=guest)

    (step,) = left(make, event)["steps"]
    assert step["result"]["order"]["id"] == order
    assert step["result"]["order"]["number"]


def test_an_order_of_the_account_ends_the_wait(store: Store, make: Maker, event: Event, server_key: str) -> None:
    customer = store.cast["customer"]
    waiting(store, make, event, server_key, "orderPlaced", customerEmail=customer["email"])

    order = ordered(store, user=customer["id"])

    (step,) = left(make, event)["steps"]
    assert step["result"]["order"]["id"] == order


def test_somebody_elses_order_ends_nothing(
    store: Store, make: Maker, event: Event, server_key: str, guest: str
) -> None:
    waiting(store, make, event, server_key, "orderPlaced", customerEmail=guest)
    other = make.event()
    stranger = f"stranger-{guest}"
    waiting(store, make, other, server_key, "orderPlaced", customerEmail=stranger)

    ordered(store, 1, userEmail=stranger)

    left(make, other)
    assert [row["status"] for row in make.log(event)] == ["WAITING"]


def test_unsubscribing_ends_the_wait(store: Store, make: Maker, event: Event, server_key: str, guest: str) -> None:
    waiting(store, make, event, server_key, "consentWithdrawn", customerEmail=guest)
    url = f"{store.plugin_url}unsubscribe/{store.unsubscribe_token(guest)}"

    assert requests.get(url, timeout=30).ok
    assert [row["status"] for row in make.log(event)] == ["WAITING"], "looking at the link unsubscribes nobody"
    assert requests.post(url, data={"List-Unsubscribe": "One-Click"}, timeout=30).ok

    (step,) = left(make, event)["steps"]
    assert step["result"]["exit"] == "consentWithdrawn"
