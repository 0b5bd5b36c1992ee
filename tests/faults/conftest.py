"""A store of its own, whose leases end soon: what a dead worker held is due again within seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers
from tests.faults.shop import Shop
from tests.faults.test_killed_workers import FORGET_ENDS, RECORD_ENDS
from tests.host_contract.making import Maker
from tests.live.store import LiveStore, running

#: Longer than the longest outside call and a task's budget together, as the system check demands.
LIMITS = {"LEASE": "6", "WEBHOOK_TIMEOUT": "3"}


@pytest.fixture(scope="package")
def frail_store(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStore]:
    """Give the store of all fault tests; most want `shop`."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in LIMITS.items():
            environment.setenv(f"SALEOR_CUSTOM_EVENTS_{name}", value)
        with running(servers, tmp_path_factory.mktemp("faults")) as live:
            yield live


@pytest.fixture
def shop(frail_store: LiveStore) -> Iterator[Shop]:
    """Give a shop whose parts may be broken, and mend it afterwards."""
    make = Maker(frail_store)
    try:
        yield Shop(live=frail_store, make=make, key=make.key("SERVER"))
    finally:
        frail_store.restore()


@pytest.fixture
def recorded(shop: Shop) -> Iterator[Shop]:
    """Give a shop whose database records every end, and whatever is done to what has ended."""
    shop.live.sql(RECORD_ENDS)
    yield shop
    shop.live.sql(FORGET_ENDS)
