"""The store that the tests talk to: the one that `STORE_JSON` describes, else a sandbox started here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.switching import switched_off

__all__ = ["switched_off"]


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> Store:
    described = os.environ.get("STORE_JSON")
    if described:
        return Store.read(Path(described))
    running: Store = request.getfixturevalue("running_store")
    return running


@pytest.fixture(scope="session")
def make(store: Store) -> Maker:
    return Maker(store)


@pytest.fixture(scope="session")
def server_key(make: Maker) -> str:
    return make.key("SERVER")


@pytest.fixture(scope="session")
def storefront_key(make: Maker) -> str:
    return make.key("STOREFRONT")


@pytest.fixture
def event(make: Maker) -> Event:
    """Give an event of this test alone, which a storefront may not fire."""
    return make.event()


@pytest.fixture
def public_event(make: Maker) -> Event:
    """Give an event of this test alone, which a storefront may fire."""
    return make.event(public=True)
