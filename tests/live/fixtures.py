"""Fixtures of the store that really runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers
from tests.live.store import LiveStore, running


@pytest.fixture(scope="session")
def running_store(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStore]:
    """Give one store for the whole session; most tests want `live_store`."""
    with running(servers, tmp_path_factory.mktemp("live")) as live:
        yield live


@pytest.fixture
def live_store(running_store: LiveStore) -> Iterator[LiveStore]:
    """Give the running store, and bring it back to itself afterwards."""
    yield running_store
    running_store.restore()
