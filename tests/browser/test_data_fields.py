"""What is kept of a data field, what names something of the store, and what broke the declarations."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.merchant import Merchant
from tests.browser.test_events import open_event, press, window
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

FIELDS = [{"name": "phone", "type": "STRING", "privacy": "MASK"}, {"name": "cart", "type": "CHECKOUT"}]


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


def test_a_merchant_says_what_is_kept_of_a_data_field(merchant: Merchant, make: Maker) -> None:
    event = make.event(dataFields=[{"name": "phone", "type": "STRING"}])
    shown = open_event(merchant.log_in(), event)
    shown.get_by_label("What is kept of data field 1").select_option(label="Masked")
    press(shown, "Save")
    expect(shown.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    merchant.open("/events")

    kept = open_event(merchant, event).get_by_label("What is kept of data field 1")

    expect(kept).to_have_value("MASK")


def test_what_names_something_of_the_store_is_kept_as_it_is(merchant: Merchant, make: Maker) -> None:
    shown = open_event(merchant.log_in(), make.event(dataFields=FIELDS[:1]))
    shown.get_by_label("Type of data field 1").select_option(label="Order")

    kept = shown.get_by_label("What is kept of data field 1")

    expect(kept).to_have_value("STORE")
    expect(kept.locator("option")).to_have_count(1)


def test_problems_with_fields_are_counted_and_lead_to_the_log(
    merchant: Merchant, make: Maker, live_store: LiveStore
) -> None:
    event = make.event(dataFields=FIELDS, violations="WARN", public=True)
    key = make.key("STOREFRONT")
    for _ in range(2):
        fields = {"phone": "+48 600 100 200", "cart": "no cart", "size": "M"}
        body = {"customEventId": event.number, "customerEmail": "anna@example.com", "dataFields": fields}
        assert live_store.fire(body, credential=key).ok

    problems = open_event(merchant.log_in(), event).get_by_role("region", name="Field problems in the last 30 days")
    rows = problems.get_by_role("row")
    expect(rows.filter(has_text="cart")).to_contain_text("It was of another type")
    expect(rows.filter(has_text="size")).to_contain_text("It is not declared")
    problems.get_by_role("link", name="Invocation").first.click()

    details = window(merchant)
    details.get_by_role("tab", name="Data fields").click()
    expect(details).to_contain_text("Sent by the browser")
    expect(details.get_by_role("row").filter(has_text="phone")).to_contain_text("•••• 200")
