"""What visitors of a storefront do, in a real browser at a real Saleor with its own CORS layer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import HOW, find_chromium
from tests.browser.storefront import Storefront, between
from tests.browser.storefront import storefront as served
from tests.browser.visits import Visits
from tests.host_contract.store import Store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip(f"No Chromium was found: {HOW}")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def storefront(browser: Browser, store: Store) -> Iterator[Storefront]:
    context = browser.new_context()
    with between(store) as api, served(context, api) as shop:
        yield shop
        context.close()
    assert shop.problems == [], "the page complained"


class TestAtSaleor(Visits):
    """All of them."""
