"""Our card on a customer's page of Saleor's own dashboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewMerchant
from tests.host_contract.making import Event, Maker
from tests.saleor.browser.merchant import STARTING, SaleorStore

MAKE_GROUP = """mutation ($user: ID!) { permissionGroupCreate(input: {
  name: "Sees customers alone", addPermissions: [MANAGE_USERS], addUsers: [$user]
}) { errors { field code } group { id } } }"""
DELETE_GROUP = "mutation ($id: ID!) { permissionGroupDelete(id: $id) { errors { field code } } }"
END = {"id": "end", "type": "exit"}


@pytest.fixture
def event(seen_store: SaleorStore, making: Maker) -> Event:
    """Give an event that has just been fired for the customer, by address and by id."""
    event = making.event(name="Seen on the customer's page")
    making.scenario(event, [END])
    customer, token = seen_store.cast["customer"], seen_store.token("app_all")
    for who in ({"customerEmail": customer["email"]}, {"customerId": customer["id"]}):
        answer = seen_store.fire({"customEventId": event.number, **who}, credential=token)
        assert answer.status_code == 202, answer.text
    return event


@pytest.fixture
def sees_customers_alone(seen_store: SaleorStore) -> Iterator[str]:
    """Give one of the staff who may see customers in the dashboard, and none of our events."""
    variables = {"user": seen_store.cast["staff_none"]["id"]}
    made = seen_store.ask(MAKE_GROUP, variables, by="superuser")["permissionGroupCreate"]
    assert made["errors"] == []
    yield "staff_none"
    seen_store.ask(DELETE_GROUP, {"id": made["group"]["id"]}, by="superuser")


def test_what_happened_for_the_customer_stands_on_their_page_and_leads_on(new_merchant: NewMerchant, event: Event):
    merchant = new_merchant().log_in().open_customer()
    rows = merchant.app.get_by_role("list", name="Latest invocations").get_by_role("listitem")
    of_event = rows.filter(has_text="Seen on the customer's page")
    expect(of_event).to_have_count(2, timeout=STARTING)
    card = merchant.page.locator(merchant.FRAME)
    inside = merchant.document.evaluate("() => document.querySelector('main').scrollHeight")
    merchant.page.wait_for_function(
        "([card, height]) => card.clientHeight >= height", arg=[card.element_handle(), inside]
    )

    of_event.first.get_by_role("link").click()
    merchant.page.wait_for_url("**/extensions/app/*/log/invocation/*")
    expect(merchant.app.get_by_role("dialog")).to_contain_text("Seen on the customer's page", timeout=STARTING)
    expect(merchant.app.get_by_role("tablist")).to_be_visible()

    merchant.page.go_back()
    merchant.page.wait_for_url("**/customers/*")
    merchant.app.get_by_role("link", name="All of this customer").click()
    merchant.page.wait_for_url("**/log/customer/*")
    chip = _chip(merchant.app.get_by_role("list", name="Filters in force"), "Customer: ")
    expect(chip).to_be_visible(timeout=STARTING)
    merchant.page.reload()
    expect(chip).to_be_visible(timeout=STARTING)

    merchant.open_customer()
    merchant.app.get_by_role("link", name="Why did nothing happen?").click(timeout=STARTING)
    merchant.page.wait_for_url("**/why/customer/*")
    address = merchant.app.get_by_label("Customer e-mail")
    expect(address).to_have_value(merchant.store.cast["customer"]["email"], timeout=STARTING)


def _chip(filters: Locator, text: str) -> Locator:
    return filters.get_by_role("button").filter(has_text=text)


def test_in_polish_and_dark(new_merchant: NewMerchant, event: Event):
    merchant = new_merchant().log_in().switch_language("pl").switch_theme("dark").open_customer()

    expect(merchant.app.get_by_role("link", name="Wszystkie tego klienta")).to_be_visible(timeout=STARTING)
    expect(merchant.app.locator("html[lang=pl][data-theme=dark]")).to_have_count(1)


def test_whoever_lacks_a_permission_is_told_which_it_takes(
    new_merchant: NewMerchant, event: Event, sees_customers_alone: str
):
    merchant = new_merchant().log_in(sees_customers_alone).open_customer()

    said = merchant.app.get_by_role("status")
    expect(said).to_contain_text("MANAGE_DISCOUNTS, MANAGE_USERS", timeout=STARTING)
    expect(merchant.app.get_by_role("link")).to_have_count(0)
