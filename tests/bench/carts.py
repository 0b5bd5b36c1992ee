"""What the hooks cost whoever changes a cart: the store with the plugin switched on, against the same with it off.

By the store's own API, so that it is asked of a real Saleor in the same way (`make bench STORE=saleor`). Switched on
means the worst that can be: two events are fired by carts, so each change writes two rows.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import psycopg
import requests

from tests.bench.figures import show
from tests.host_contract.making import Maker
from tests.host_contract.store import PATIENCE, Store

LINES = """
mutation ($id: ID!, $lines: [CheckoutLineUpdateInput!]!) {
  checkoutLinesUpdate(id: $id, lines: $lines) { errors { field message } } }
"""
CART = """
mutation ($input: CheckoutCreateInput!) { checkoutCreate(input: $input) { checkout { id } errors { field message } } }
"""
SWITCH = """
mutation ($id: ID!, $input: PluginUpdateInput!) { pluginUpdate(id: $id, input: $input) { errors { field message } } }
"""
NOTED = "SELECT revision FROM saleor_custom_events_storehappening WHERE kind LIKE 'checkout%'"
#: Pairs of blocks, and changes in a block. Short blocks by turns: what disturbs the machine disturbs both.
BLOCKS, CHANGES = 60, 10
#: Notes that are timed by themselves.
NOTES = 1000
BASELINE = "the same with the plugin switched off"


def measure_carts(store: Store, database_url: str) -> None:
    """Print the median time of a change of a cart, with the plugin off and on.

    AssertionError where changes were not noted, or were while it was off.
    """
    make = Maker(store)
    make.event(happenings=[{"kind": "CHECKOUT_UPDATED"}])
    make.event(happenings=[{"kind": "CHECKOUT_ABANDONED", "minutes": 60}])
    change = _changes(store)
    off: list[float] = []
    on: list[float] = []
    try:
        for block in range(BLOCKS + 1):
            # By turns also which comes first.
            for active in (False, True) if block % 2 else (True, False):
                _switch(store, active)
                change()  # Warms up what the switch has made cold.
                taken = [change() for _ in range(CHANGES)]
                if block:
                    (on if active else off).append(statistics.median(taken) * 1000)
    finally:
        _switch(store, True)
    with psycopg.connect(database_url) as connection:
        noted = [revision for (revision,) in connection.execute(NOTED).fetchall()]
    # One row for each event, which every further change moved on; switched off, none did.
    assert len(noted) == 2, noted
    assert all(BLOCKS * CHANGES < one <= (BLOCKS + 1) * (CHANGES + 1) + 1 for one in noted), noted
    show("cart_change_plugin_off", off, "ms")
    show("cart_change_plugin_on", on, "ms", BASELINE, off)


def measure_notes() -> None:
    """Print the median time of what a hook does by itself, in this process and over one connection."""
    from saleor_custom_events.firing.store_happenings import forget, happened
    from saleor_custom_events.models import StoreHappening
    from saleor_custom_events.store.happenings import HappeningKind
    from tests.shop import an_event

    an_event(happenings=[{"kind": "checkoutUpdated"}, {"kind": "checkoutAbandoned", "minutes": 60}])
    forget()
    taken = []
    for number in range(NOTES):
        began = time.perf_counter()
        happened(HappeningKind.CHECKOUT_UPDATED, f"cart {number % 50}")
        taken.append((time.perf_counter() - began) * 1000)
    assert StoreHappening.objects.filter(object_id__startswith="cart ").count() == 100
    show("hook_note", taken, "ms")


def _changes(store: Store) -> Callable[[], float]:
    """Give what changes a cart once, over one connection, and says how long it took."""
    line = requests.Session()
    variant, quantities = store.cast["variant"], count(1)
    sent = {"channel": store.cast["channel"], "email": "cart@example.com"}
    made = store.ask(CART, {"input": {**sent, "lines": [{"variantId": variant, "quantity": 1}]}})["checkoutCreate"]
    assert made["errors"] == [], made
    cart = made["checkout"]["id"]

    def change() -> float:
        lines = [{"variantId": variant, "quantity": next(quantities) % 9 + 1}]
        body = {"query": LINES, "variables": {"id": cart, "lines": lines}}
        began = time.perf_counter()
        answer: dict[str, Any] = line.post(store.graphql_url, json=body, timeout=PATIENCE).json()
        taken = time.perf_counter() - began
        assert answer["data"]["checkoutLinesUpdate"]["errors"] == [], answer
        return taken

    return change


def _switch(store: Store, active: bool) -> None:
    done = store.ask(SWITCH, {"id": "custom-events", "input": {"active": active}}, by="app_all")["pluginUpdate"]
    assert done["errors"] == [], done
