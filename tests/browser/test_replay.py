"""Running many rows of the log again: chosen, seen beforehand in words, begun, watched, stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import PATIENCE, fired, listening, open_log, press, rows, until_status, window
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

AGAIN = "SELECT count(*) FROM saleor_custom_events_invocation WHERE retry_of IS NOT NULL AND event_id = %s"
END_ALL = "UPDATE saleor_custom_events_replay SET status = 'done' WHERE status = 'running'"


def refused_twice(live: LiveStore, **config: str) -> Event:
    """Two rows of one event whose receiver refused; it takes what comes later."""
    url = f"{live.receiver.url}/stylist"
    tell = {
        "id": "tell",
        "type": "action",
        "action": "send_webhook",
        "config": {"url": url, "body": "{}", **config},
        "next": None,
    }
    event = listening(Maker(live), tell)
    live.receiver.answer = lambda received: 400
    for email in ("anna@example.com", "ben@example.com"):
        until_status(live, fired(live, event, email), "failed")
    live.receiver.answer = lambda received: 200
    return event


@pytest.fixture
def event(live_store: LiveStore) -> Event:
    live_store.sql(END_ALL)
    return refused_twice(live_store)


def open_window(merchant: Merchant, event: Event) -> Locator:
    open_log(merchant, event)
    press(merchant.app, "Run again…")
    shown = window(merchant, "Run many invocations again")
    expect(shown.get_by_role("tab", name="What runs again")).to_be_visible()
    return shown


def foreseen(shown: Locator) -> Locator:
    return shown.get_by_role("region", name="What it would do")


def test_it_is_seen_in_words_and_only_then_begun_and_watched_to_its_end(
    merchant: Merchant, live_store: LiveStore, event: Event, axe
):
    shown = open_window(merchant.log_in(), event)
    expect(shown.get_by_role("combobox", name="Event", exact=True)).to_have_value(
        f"{event.number} Logged {event.slug[-6:]}"
    )
    expect(shown.get_by_role("checkbox", name="Failed")).to_be_checked()
    start = shown.get_by_role("button", name="Run again", exact=True)
    expect(start).to_be_disabled()

    press(shown, "See what it would do")
    expect(foreseen(shown)).to_contain_text("2 rows match. All of them were gone through; nothing was done.")
    expect(foreseen(shown)).to_contain_text("Send webhook: 2 times")
    axe(merchant.document)
    assert live_store.sql(AGAIN, event.number) == [(0,)]

    press(shown, "Run 2 rows again")
    expect(merchant.toasts).to_contain_text("2 rows are run again.")
    newest = shown.get_by_role("list", name="Last times").get_by_role("listitem").first
    expect(newest).to_contain_text(f"Event {event.number} Logged")
    expect(newest).to_contain_text("Begun by staff-all@example.com")
    expect(newest).to_contain_text("2 of 2 rows run again", timeout=PATIENCE * 1000)
    expect(newest).to_contain_text("Done", timeout=PATIENCE * 1000)
    axe(merchant.document)
    assert live_store.sql(AGAIN, event.number) == [(2,)]
    press(shown.locator("footer"), "Close")
    merchant.app.get_by_role("button", name="Show 2 new rows").click(timeout=PATIENCE * 1000)
    expect(rows(merchant)).to_have_count(4)


def test_what_was_seen_no_longer_counts_once_something_is_changed(merchant: Merchant, event: Event):
    shown = open_window(merchant.log_in(), event)
    press(shown, "See what it would do")
    expect(shown.get_by_role("button", name="Run 2 rows again")).to_be_enabled()

    shown.get_by_role("radio", name="The one that is published now").check()
    expect(foreseen(shown)).to_contain_text("You have changed something")
    expect(shown.get_by_role("button", name="Run again", exact=True)).to_be_disabled()
    press(shown, "See again")
    expect(shown.get_by_role("button", name="Run 2 rows again")).to_be_enabled()


def test_the_filters_of_the_log_are_taken_over_and_it_is_said_which_cannot_be(merchant: Merchant, event: Event):
    open_log(merchant.log_in(), event)
    merchant.app.get_by_role("searchbox", name="Customer e-mail").fill("anna@example.com")
    merchant.page.keyboard.press("Enter")
    expect(rows(merchant)).to_have_count(1)
    press(merchant.app, "Filters")
    merchant.app.get_by_label("Status", exact=True).select_option("FAILED")
    merchant.app.get_by_label("Reason", exact=True).select_option("FAILED_ACTION")
    press(merchant.app, "Run again…")
    shown = window(merchant, "Run many invocations again")

    expect(shown).to_contain_text("The log's filter by customer is not taken over")
    expect(shown.get_by_role("checkbox", name="Failed")).to_be_checked()
    reason = shown.get_by_role("list", name="Chosen reasons").get_by_role("button")
    expect(reason).to_have_count(1)
    reason.click()
    expect(reason).to_have_count(0)


def test_what_cannot_run_again_is_said_with_its_reason(merchant: Merchant, live_store: LiveStore, event: Event):
    removed = "UPDATE saleor_custom_events_occurrence SET data_fields_removed_at = now() WHERE event_id = %s"
    live_store.sql(removed, event.number)
    shown = open_window(merchant.log_in(), event)
    press(shown, "See what it would do")

    expect(foreseen(shown)).to_contain_text("None of them could run again.")
    expect(foreseen(shown)).to_contain_text("2 rows: The data fields of this occurrence were removed")
    expect(shown.get_by_role("button", name="Run again", exact=True)).to_be_disabled()


def test_by_keyboard_spread_over_days_and_stopped(merchant: Merchant, live_store: LiveStore, event: Event):
    open_log(merchant.log_in(), event)
    merchant.app.get_by_role("button", name="Run again…").focus()
    keys = merchant.page.keyboard
    keys.press("Enter")
    shown = window(merchant, "Run many invocations again")
    shown.get_by_role("radio", name="As fast as it goes").focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("ControlOrMeta+a")
    keys.type("40")
    keys.press("Tab")
    keys.type("days")
    shown.get_by_role("button", name="See what it would do").press("Enter")
    expect(shown.get_by_text("Between 1 minute and 30 days.")).to_be_visible()

    amount = shown.get_by_role("textbox", name="How long")
    amount.focus()
    keys.press("ControlOrMeta+a")
    keys.type("2")
    shown.get_by_role("button", name="See what it would do").press("Enter")
    shown.get_by_role("button", name="Run 2 rows again").press("Enter")
    newest = shown.get_by_role("list", name="Last times").get_by_role("listitem").first
    expect(newest).to_contain_text("Under way")
    newest.get_by_role("button").press("Enter")
    window(merchant, "Stop no.").get_by_role("button", name="Stop", exact=True).press("Enter")

    expect(newest).to_contain_text("Stopped")
    expect(newest).to_contain_text("stopped by staff-all@example.com")
    assert live_store.sql(AGAIN, event.number)[0][0] < 2
    keys.press("Escape")
    expect(merchant.app.get_by_role("button", name="Run again…")).to_be_focused()


def test_a_plan_that_says_too_little_is_told_at_its_field(merchant: Merchant, event: Event):
    merchant.log_in().open("/log")
    press(merchant.app, "Run again…")
    shown = window(merchant, "Run many invocations again")
    shown.get_by_role("checkbox", name="Failed").uncheck()
    press(shown, "See what it would do")

    expect(shown.get_by_text("Choose an event or a scenario.")).to_be_visible()
    expect(shown.get_by_text("Choose at least one.")).to_be_visible()
    expect(foreseen(shown)).to_have_count(0)


def test_whoever_may_not_run_rows_again_is_told_what_is_missing(merchant: Merchant, event: Event):
    open_log(merchant.log_in("staff_define"), event)

    button = merchant.app.get_by_role("button", name="Run again…")
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description("You also need the permission MANAGE_USERS.")


def test_in_polish_it_counts_as_polish_does(new_merchant: NewMerchant, event: Event):
    merchant = new_merchant().log_in("staff_customers").switch_language("pl")
    open_log(merchant, event)
    press(merchant.app, "Uruchom ponownie…")
    shown = window(merchant, "Ponowne uruchomienie wielu wywołań")
    press(shown, "Zobacz, co by to zrobiło")

    told = shown.get_by_role("region", name="Co by to zrobiło")
    expect(told).to_contain_text("Pasują 2 wiersze. Przejrzano wszystkie; nic nie zostało wykonane.")
    expect(told).to_contain_text(": 2 razy")
    expect(shown.get_by_role("button", name="Uruchom ponownie 2 wiersze")).to_be_enabled()
