"""The log of one customer leads to their data as a file, and to erasing them."""

from __future__ import annotations

import json
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.logged import PATIENCE, fired, listening, open_log, press, rows, window
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

WAIT = {"id": "wait", "type": "wait", "duration": "P9D"}
MENU = "Customer's data"


@pytest.fixture
def email() -> str:
    return f"erased-{token_hex(3)}@example.com"


@pytest.fixture
def event(live_store: LiveStore, email: str) -> Event:
    event = listening(Maker(live_store), WAIT)
    for address in (email, email, "ben@example.com"):
        fired(live_store, event, address, dataFields={"street": "Kings Street 7"})
    return event


def of_customer(merchant: Merchant, event: Event, email: str) -> None:
    open_log(merchant, event)
    expect(merchant.app.get_by_role("button", name=MENU)).to_have_count(0)
    merchant.app.get_by_role("searchbox", name="Customer e-mail").fill(email)
    merchant.page.keyboard.press("Enter")
    expect(rows(merchant)).to_have_count(2)


def choose(merchant: Merchant, item: str) -> None:
    merchant.app.get_by_role("button", name=MENU).click()
    merchant.app.get_by_role("menuitem", name=item).click()


def test_a_customers_data_is_a_file(merchant: Merchant, event: Event, email: str) -> None:
    of_customer(merchant.log_in(), event, email)
    with merchant.page.expect_download() as downloading:
        choose(merchant, "Export this customer's data")
    document = json.loads(downloading.value.path().read_text())
    assert downloading.value.suggested_filename == "customer-data.json"
    assert document["customer"]["emails"] == [email]
    assert [one["dataFields"][0]["value"] for one in document["occurrences"]] == ["Kings Street 7"] * 2


def shown_window(merchant: Merchant, event: Event, email: str) -> Locator:
    of_customer(merchant.log_in(), event, email)
    choose(merchant, "Erase this customer…")
    return window(merchant, f"Erase {email}")


def fact(shown: Locator, label: str) -> Locator:
    return shown.locator("div", has=shown.page.locator("dt", has_text=label)).locator("dd").last


def test_a_customer_is_erased_once_the_address_is_typed(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str, axe
):
    shown = shown_window(merchant, event, email)
    expect(shown).to_contain_text("Runs under way, which will be cancelled")
    yes = shown.get_by_role("button", name="Erase for good")
    field = shown.get_by_label("Type the address to confirm")
    expect(yes).to_be_disabled()
    field.fill("ben@example.com")
    expect(yes).to_be_disabled()
    axe(merchant.document)

    field.fill(email.upper())
    press(shown, "Erase for good")

    expect(shown).to_contain_text("The customer is erased", timeout=PATIENCE * 1000)
    expect(shown).to_contain_text("Certificate")
    axe(merchant.document)
    left = "SELECT count(*) FROM saleor_custom_events_occurrence WHERE customer_email = %s"
    assert live_store.sql(left, email) == [(0,)]
    assert live_store.sql(left + " AND event_id = %s", "ben@example.com", event.number) == [(1,)]


def test_by_the_keyboard_alone(merchant: Merchant, live_store: LiveStore, event: Event, email: str):
    of_customer(merchant.log_in(), event, email)
    merchant.app.get_by_role("button", name=MENU).focus()
    merchant.page.keyboard.press("Enter")
    merchant.page.keyboard.press("ArrowDown")
    merchant.page.keyboard.press("Enter")
    shown = window(merchant, f"Erase {email}")
    expect(shown.get_by_text("Runs under way")).to_be_visible()
    shown.get_by_label("Type the address to confirm").focus()
    merchant.page.keyboard.type(email)
    merchant.page.keyboard.press("Tab")
    merchant.page.keyboard.press("Tab")
    expect(shown.get_by_role("button", name="Erase for good")).to_be_focused()
    merchant.page.keyboard.press("Enter")
    expect(shown).to_contain_text("The customer is erased", timeout=PATIENCE * 1000)


def test_without_the_permission_no_log_is_of_one_customer(merchant: Merchant, event: Event) -> None:
    open_log(merchant.log_in("staff_define"), event)
    expect(merchant.app.get_by_role("button", name=MENU)).to_have_count(0)
