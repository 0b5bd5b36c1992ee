"""The merchant's switch of the plugin."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.host_contract.store import Store

SET_ACTIVE = """
mutation ($active: Boolean!) {
  pluginUpdate(id: "custom-events", input: {active: $active}) { errors { field message } }
}
"""
#: Seconds after which every process of the store must know what the merchant has switched.
KNOWN_EVERYWHERE = 1.5


def set_active(store: Store, *, active: bool) -> None:
    """Switch the plugin, and wait until everybody knows."""
    done = store.ask(SET_ACTIVE, {"active": active}, by="staff_all")
    assert done["pluginUpdate"]["errors"] == []
    time.sleep(KNOWN_EVERYWHERE)


@pytest.fixture
def switched_off(store: Store) -> Iterator[None]:
    """The merchant switches the plugin off, and on again after the test."""
    set_active(store, active=False)
    yield
    set_active(store, active=True)
