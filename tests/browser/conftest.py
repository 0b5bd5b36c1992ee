"""A real Chromium at the real sandbox store: web process, worker, database."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from saleor_custom_events.hosts.sandbox.embedded import Servers
from tests.browser.axe import violations
from tests.browser.chromium import chromium
from tests.browser.merchant import Merchant
from tests.browser.shown import Shown, fill
from tests.live.store import LiveStore, running

#: Where a failed test leaves a screenshot and a trace (`playwright show-trace`).
KEPT = Path(__file__).parents[2] / ".test" / "browser"
FAILED = pytest.StashKey[bool]()
WINDOW = {"width": 1440, "height": 900}

NewMerchant = Callable[..., Merchant]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember what failed, for the fixtures that end after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium. Ends with this folder: Django refuses its ORM beside Playwright's event loop."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def new_merchant(browser: Browser, live_store: LiveStore, request: pytest.FixtureRequest) -> Iterator[NewMerchant]:
    """Give a function that makes merchants, each with a browser of their own; two people at one scenario.

    `store` is another store than the one that all tests share. Whatever went wrong in a page fails the test.
    """
    with merchants(browser, request, Merchant, live_store) as new:
        yield new


@contextmanager
def merchants(
    browser: Browser, request: pytest.FixtureRequest, kind: type[Merchant], usual: Any
) -> Iterator[NewMerchant]:
    """Give what `new_merchant` gives: merchants of a kind, which says in whose dashboard they are."""
    made: list[Merchant] = []
    with ExitStack() as ending:

        def new(store: Any = usual) -> Merchant:
            context = browser.new_context(viewport=WINDOW, locale="en-GB", timezone_id="Europe/Warsaw")
            context.tracing.start(screenshots=True, snapshots=True)
            ending.callback(context.close)
            merchant = kind(context.new_page(), store)
            made.append(merchant)
            return merchant

        yield new
        problems = [problem for merchant in made for problem in merchant.problems]
        if problems or request.node.stash.get(FAILED, False):
            for number, merchant in enumerate(made, 1):
                _keep(merchant.page, merchant.page.context, f"{_name(request.node.nodeid)}-{number}")
    assert problems == [], "the page complained"


@pytest.fixture
def merchant(new_merchant: NewMerchant) -> Merchant:
    """Give one merchant, who is not logged in yet."""
    return new_merchant()


@pytest.fixture(scope="package")
def shown_store(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveStore, Shown]]:
    """Give a store with the demo's events, scenarios and firings, and their numbers. Tests only look at it."""
    folder = tmp_path_factory.mktemp("shown")
    with running(servers, folder) as live:
        yield live, fill(live, folder)


@pytest.fixture(scope="package")
def empty_store(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStore]:
    """Give a store in which nothing was ever defined. Tests only look at it: `fresh_store` is one's own."""
    with running(servers, tmp_path_factory.mktemp("empty")) as live:
        yield live


@pytest.fixture
def fresh_store(servers: Servers, tmp_path: Path) -> Iterator[LiveStore]:
    """Give a store of this test alone, in which nothing was ever defined. Takes some seconds."""
    with running(servers, tmp_path) as live:
        yield live


@pytest.fixture
def axe() -> Callable[[Page | Frame], None]:
    """Give the check that axe finds nothing in a document: `axe(merchant.document)`."""

    def check(document: Page | Frame) -> None:
        assert violations(document) == []

    return check


def _name(nodeid: str) -> str:
    return re.sub(r"[^\w-]+", "-", nodeid.removeprefix("tests/").removeprefix("browser/")).strip("-")


def _keep(page: Page, context: BrowserContext, name: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}.png")
    context.tracing.stop(path=KEPT / f"{name}.zip")
