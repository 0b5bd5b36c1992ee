"""A real Chromium at Saleor's own dashboard. Collected where `DASHBOARD_URL` names one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from saleor_custom_events.hosts.sandbox.receivers import Receiver, http_receiver
from tests.browser.conftest import NewMerchant, axe, browser, merchant, merchants, pytest_runtest_makereport
from tests.host_contract.making import Maker
from tests.host_contract.store import Store
from tests.saleor.browser.merchant import PATIENCE, SaleorMerchant, SaleorStore

__all__ = ["axe", "browser", "merchant", "pytest_runtest_makereport"]

collect_ignore_glob = [] if os.environ.get("STORE") == "saleor" and os.environ.get("DASHBOARD_URL") else ["test_*.py"]

# Of this process alone: the sandbox's dashboard, which is light, is looked at by others.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def receiver() -> Iterator[Receiver]:
    """Give a web server that webhooks go to."""
    with http_receiver() as receiver:
        yield receiver


@pytest.fixture(scope="package")
def seen_store(store: Store, described: dict[str, Any], receiver: Receiver) -> SaleorStore:
    """Give the Saleor that was started, and its dashboard."""
    return SaleorStore(
        name=store.name,
        base_url=store.base_url,
        secret_key=store.secret_key,
        webhook_secret=store.webhook_secret,
        cast=store.cast,
        dashboard_url=described["dashboard_url"],
        database_url=described["environment"]["DATABASE_URL"],
        receiver=receiver,
    )


@pytest.fixture
def new_merchant(browser: Browser, seen_store: SaleorStore, request: pytest.FixtureRequest) -> Iterator[NewMerchant]:
    """Give a function that makes merchants, each with a browser of their own."""
    with merchants(browser, request, SaleorMerchant, seen_store) as new:
        yield new
    seen_store.receiver.answer = lambda received: 200


@pytest.fixture
def making(seen_store: SaleorStore) -> Maker:
    """Make events, keys and scenarios over GraphQL."""
    return Maker(seen_store)
