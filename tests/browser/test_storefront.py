"""A storefront of another origin at the real sandbox, with Saleor's CORS layer in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import Browser, expect
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser import storefront as storefronts
from tests.browser.storefront import SECONDS, Storefront
from tests.browser.visits import Visits
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@pytest.fixture
def storefront(browser: Browser, live_store: LiveStore) -> Iterator[Storefront]:
    with storefronts.storefront(browser, live_store) as shop:
        yield shop


class TestAtTheSandbox(Visits):
    """All of them."""


@contextmanager
def no_database(live: LiveStore) -> Iterator[None]:
    """Let nobody into the store's database: it answers 503 to everything that is fired."""
    name = str(conninfo_to_dict(live.database_url)["dbname"])
    with psycopg.connect(live.database_url, dbname="postgres", autocommit=True) as connection:
        lock = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        connection.execute(lock.format(sql.Identifier(name), sql.Literal(False)))
        try:
            connection.execute(END_ALL, (name,))
            yield
        finally:
            connection.execute(lock.format(sql.Identifier(name), sql.Literal(True)))


@pytest.mark.parametrize("customer", ["", "customer"])
def test_where_the_store_is_busy_at_first_it_is_sent_again_and_is_once(
    storefront: Storefront, live_store: LiveStore, customer: str
) -> None:
    page = storefront.visit(customer=customer)
    with no_database(live_store):
        assert storefront.fire(page) == {"queued": True}
    storefront.wait_for_rows(1)
    assert len(storefront.api.firings) > 1
    assert len({firing["idempotencyKey"] for firing in storefront.api.firings}) == 1
    storefront.fire(page)
    assert len(storefront.rows()) == 2, "each of them once"


def test_the_sandboxs_own_page_fires_for_a_guest_and_for_a_customer(browser: Browser, live_store: LiveStore) -> None:
    make = Maker(live_store)
    event = make.event(public=True)
    config = {"key": make.key("STOREFRONT"), "event": event.slug}
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/storefront.json", lambda route: route.fulfill(json=config))
        page.goto(f"{live_store.base_url}/")
        page.get_by_label("E-mail, as a guest").fill("guest@example.com")
        page.get_by_role("button", name="Finish the quiz").click()
        expect(page.locator("#answer")).to_contain_text("Accepted: ")
        customer = live_store.cast["customer"]
        page.get_by_label("E-mail", exact=True).fill(customer["email"])
        page.get_by_label("Password").fill(customer["password"])
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("#who")).to_have_text(f"You are {customer['email']}.")
        page.get_by_role("button", name="Finish the quiz").click()
        assert until(lambda: len(make.log(event)) == 2, SECONDS)
    assert [row["customerEmail"] for row in make.log(event)] == [customer["email"], "guest@example.com"]
