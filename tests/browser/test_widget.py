"""The card on a customer's page of the dashboard: what happened for this customer, and the ways on from there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import fired, listening, rows, until_status
from tests.browser.merchant import PATIENCE, Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

END = {"id": "end", "type": "exit"}
ALLOW = "UPDATE sandbox_user SET permissions = %s WHERE email = %s"


@pytest.fixture
def event(live_store: LiveStore) -> Event:
    return listening(Maker(live_store), END)


@pytest.fixture
def email(live_store: LiveStore) -> str:
    return str(live_store.cast["customer"]["email"])


def shown_rows(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("list", name="Latest invocations").get_by_role("listitem")


def by_id(live: LiveStore, event: Event) -> str:
    """Fire as a server that knows nothing of the customer but the store's id; gives the row's number."""
    body = {"customEventId": event.number, "customerId": live.cast["customer"]["id"]}
    answer = live.fire(body, credential=live.token("app_all"))
    assert answer.status_code == 202, answer.text
    return str(answer.json()["invocations"][0]["id"])


def test_it_shows_the_newest_rows_by_address_and_by_id_and_nobody_elses(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    other = Maker(live_store).event(name="Nobody listens to this")
    until_status(live_store, fired(live_store, event, email), "completed")
    until_status(live_store, by_id(live_store, event), "completed")
    fired(live_store, other, email)
    fired(live_store, event, "somebody.else@example.com")
    merchant.log_in().open_customer()

    expect(shown_rows(merchant).nth(2)).to_be_visible()
    first, second, third = (shown_rows(merchant).nth(place) for place in range(3))
    expect(first).to_contain_text("Nobody listens to this")
    expect(first).to_contain_text("No scenario")
    expect(first).to_contain_text("SKIPPED_NO_SCENARIO")
    for row in (second, third):
        expect(row).to_contain_text("Logged ")
        expect(row).to_contain_text("Completed")


def test_at_most_five_and_as_high_as_they_need(merchant: Merchant, live_store: LiveStore, event: Event, email: str):
    for _ in range(6):
        fired(live_store, event, email)
    merchant.log_in().open_customer()

    expect(shown_rows(merchant)).to_have_count(5)
    frame = merchant.page.locator(merchant.FRAME)
    merchant.page.wait_for_function(
        "([frame, inside]) => frame.clientHeight >= inside", arg=[frame.element_handle(), _height(merchant)]
    )


def _height(merchant: Merchant) -> int:
    return int(merchant.document.evaluate("() => document.querySelector('main').scrollHeight"))


def test_a_row_leads_to_its_details_in_the_dashboard_and_back_to_the_customer(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    number = fired(live_store, event, email)
    merchant.log_in().open_customer()
    shown_rows(merchant).first.get_by_role("link", name=f"Details of invocation {number}").click()

    merchant.page.wait_for_url(f"**/extensions/app/*/log/invocation/{number}")
    expect(merchant.app.get_by_role("dialog", name=f"Invocation {number}")).to_be_visible()
    merchant.page.go_back()
    merchant.page.wait_for_url("**/dashboard/customers/*")
    expect(shown_rows(merchant).first).to_be_visible()


def test_by_keyboard_all_of_the_customer_is_the_log_with_a_filter_that_can_be_taken_off(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    by_id(live_store, event)
    fired(live_store, event, email)
    fired(live_store, event, "somebody.else@example.com")
    merchant.log_in().open_customer()
    shown_rows(merchant).first.get_by_role("link").focus()
    for _ in range(20):
        if merchant.document.evaluate("() => document.activeElement.textContent") == "All of this customer":
            break
        merchant.page.keyboard.press("Tab")
    merchant.page.keyboard.press("Enter")

    merchant.page.wait_for_url("**/log/customer/*")
    merchant.await_frame()
    chip = merchant.app.get_by_role("button", name=f"Remove the filter: Customer: {email}")
    expect(chip).to_be_visible()
    expect(rows(merchant).first).to_be_visible()
    expect(rows(merchant).filter(has_text="somebody.else@example.com")).to_have_count(0)
    merchant.page.reload()
    expect(chip).to_be_visible()
    chip.press("Enter")
    expect(rows(merchant).filter(has_text="somebody.else@example.com").first).to_be_visible()


def test_the_question_why_is_asked_about_the_customer(merchant: Merchant, email: str):
    merchant.log_in().open_customer()
    merchant.app.get_by_role("link", name="Why did nothing happen?").click()

    merchant.page.wait_for_url("**/why/customer/*")
    merchant.await_frame()
    expect(merchant.app.get_by_label("Customer e-mail")).to_have_value(email)


def test_of_somebody_for_whom_nothing_happened_it_says_so(new_merchant: NewMerchant, empty_store: LiveStore):
    merchant = new_merchant(empty_store).log_in().open_customer()

    expect(merchant.app.get_by_text("Nothing has happened for this customer yet")).to_be_visible()
    expect(merchant.app.get_by_role("link", name="Why did nothing happen?")).to_be_visible()
    expect(merchant.app.get_by_role("link", name="All of this customer")).to_have_count(0)


def test_without_a_permission_it_names_what_it_needs(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    fired(live_store, event, email)
    somebody = live_store.cast["staff_none"]["email"]
    live_store.sql(ALLOW, ["MANAGE_USERS"], somebody)
    try:
        merchant.log_in("staff_none").open_customer()
        said = merchant.app.get_by_role("status")
        expect(said).to_contain_text("MANAGE_DISCOUNTS, MANAGE_USERS")
        expect(merchant.app.get_by_role("link")).to_have_count(0)
        merchant.switch_language("pl")
        expect(said).to_contain_text("potrzebujesz wszystkich tych uprawnień")
    finally:
        live_store.sql(ALLOW, [], somebody)


def test_it_follows_the_language_and_the_theme_and_stays(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    fired(live_store, event, email)
    merchant.log_in().open_customer()
    expect(shown_rows(merchant).first).to_be_visible()
    born = merchant.document.evaluate("() => performance.timeOrigin")
    merchant.switch_language("pl").switch_theme("dark")

    expect(merchant.app.get_by_role("link", name="Wszystkie tego klienta")).to_be_visible()
    expect(merchant.app.locator("html[lang=pl][data-theme=dark]")).to_have_count(1)
    assert merchant.document.evaluate("() => performance.timeOrigin") == born


def test_a_new_row_appears_and_a_store_that_is_away_is_told_of(
    merchant: Merchant, live_store: LiveStore, event: Event, email: str
):
    merchant.log_in().open_customer()
    expect(merchant.app.get_by_role("link").first).to_be_visible()
    number = fired(live_store, event, email)
    expect(merchant.app.get_by_role("link", name=f"Details of invocation {number}")).to_be_visible(timeout=PATIENCE * 2)

    merchant.expect_problem("Failed to load resource|net::ERR_FAILED")
    merchant.page.route("**/custom-events/graphql/", lambda route: route.abort())
    expect(merchant.app.get_by_role("alert")).to_be_visible(timeout=PATIENCE * 2)
    expect(merchant.app.get_by_role("link", name=f"Details of invocation {number}")).to_be_visible()
