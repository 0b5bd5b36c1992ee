"""What a browser did before its owner logged in, in the log of the event and under the customer's address."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import fired, listening, open_details, open_invocation, open_log, row, rows
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

ANNA = "anna.merged@example.com"
END = {"id": "end", "type": "exit"}


@pytest.fixture
def event(live_store: LiveStore) -> Event:
    return listening(Maker(live_store), END)


def visit_and_login(live_store: LiveStore, event: Event) -> tuple[str, str]:
    """Fire without a name, then with one, from one browser; gives the rows' numbers."""
    body = {"customEventId": event.number, "anonymousId": f"browser-{event.number}"}
    answer = live_store.fire(body, credential=live_store.token("app_all"))
    assert answer.status_code == 202, answer.text
    return str(answer.json()["invocations"][0]["id"]), fired(live_store, event, ANNA, anonymousId=body["anonymousId"])


def test_a_row_from_before_the_login_has_the_customers_address_and_says_so(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    before, login = visit_and_login(live_store, event)
    open_log(merchant.log_in(), event)

    expect(row(merchant, before)).to_contain_text(ANNA)
    expect(row(merchant, before)).to_contain_text("not logged in")
    expect(row(merchant, login)).not_to_contain_text("not logged in")
    shown = open_details(merchant, before)
    expect(shown.get_by_text("(not logged in, known by the browser)")).to_be_visible()

    open_log(merchant, event)
    fired(live_store, event, "somebody.else@example.com")
    merchant.app.get_by_role("searchbox", name="Customer e-mail").fill(ANNA)
    merchant.page.keyboard.press("Enter")
    expect(rows(merchant)).to_have_count(2)
    expect(row(merchant, before)).to_be_visible()


def test_in_polish_and_masked_for_whoever_may_not_see_customers(
    new_merchant: NewMerchant, live_store: LiveStore, event: Event
):
    before, _ = visit_and_login(live_store, event)
    marketing = new_merchant().log_in("staff_define")
    marketing.switch_language("pl")
    open_log(marketing, event)

    expect(row(marketing, before)).to_contain_text("a•••@e•••.com")
    expect(row(marketing, before)).to_contain_text("bez zalogowania")
    assert ANNA not in marketing.app.locator("body").inner_text()


def test_a_customer_who_was_named_by_a_hash_or_a_phone_number_is_shown_with_it(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    key = Maker(live_store).key("SERVER")
    body = {"customEventId": event.number, "customerPhone": "+48 600 100 299"}
    answer = live_store.post("scenariocustomevents", body, headers={"x-api-key": key})
    assert answer.status_code == 201, answer.text
    number = str(answer.json()["invocations"][0]["id"])

    shown = open_invocation(merchant.log_in(), number)
    expect(shown.get_by_text("+48600100299")).to_be_visible()
    expect(shown.get_by_text("the store knows no customer, or several")).to_be_visible()
