"""What visitors of a storefront do, in a real browser at a real Saleor with its own CORS layer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import storefront as storefronts
from tests.browser.chromium import chromium
from tests.browser.storefront import Storefront
from tests.browser.visits import Visits
from tests.host_contract.store import Store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium, until this file ends: Playwright runs once at a time, and others have their own."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def storefront(browser: Browser, store: Store) -> Iterator[Storefront]:
    with storefronts.storefront(browser, store) as shop:
        yield shop


class TestAtSaleor(Visits):
    """All of them."""
