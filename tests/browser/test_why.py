"""The page "Why did nothing happen?": e-mail and event in, the chain of decisions out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import fired, listening, open_invocation, open_log, press, until_status, window
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

END = {"id": "end", "type": "exit"}


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def asker(merchant: Merchant) -> Merchant:
    """Somebody with all permissions, who has the page before them."""
    merchant.log_in().open("/why")
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text("Why did nothing happen?")
    return merchant


def ask(merchant: Merchant, email: str, event: Event) -> None:
    merchant.app.get_by_role("textbox", name="Customer e-mail").fill(email)
    merchant.app.get_by_role("combobox", name="Event").fill(event.slug)
    merchant.app.get_by_role("option", name=re.compile(f"^{event.number} ")).click()
    press(merchant.app, "Find out")


def findings(merchant: Merchant) -> list[str]:
    items = merchant.app.locator("ol > li")
    expect(items.first).to_be_visible()
    return items.locator("p").all_text_contents()


def test_the_chain_of_decisions_in_its_order(asker: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, END, reentry="once")
    first = fired(live_store, event, "ewa@example.com")
    until_status(live_store, first, "completed")
    second = fired(live_store, event, "ewa@example.com")

    ask(asker, "ewa@example.com", event)
    told = [text for text in findings(asker) if "no existing event" not in text]
    assert told[0].startswith("2 firings of this event for this e-mail were registered")
    assert re.match(
        r"Scenario “.+” did not start\. The scenario's re-entry rule kept this customer out\.",
        told[1],
    )
    assert re.match(r"Scenario “.+” ran to its end\. It ended at an exit step\.", told[2])
    expect(asker.app.locator("ol > li").filter(has_text="SKIPPED_REENTRY")).to_be_visible()
    asker.app.get_by_role("link", name=f"Invocation {second}").click()
    expect(window(asker, f"Invocation {second}")).to_be_visible()


def test_who_was_never_there_is_said(asker: Merchant, make: Maker):
    event = make.event()
    ask(asker, "nobody@example.com", event)
    told = findings(asker)
    assert "The event has never been fired." in told
    assert "No firing of this event for this e-mail was registered in this time." in told


def test_an_event_may_be_one_that_does_not_exist(asker: Merchant):
    asker.app.get_by_role("textbox", name="Customer e-mail").fill("ewa@example.com")
    asker.app.get_by_role("combobox", name="Event").fill("misspelt-event")
    asker.app.get_by_role("option", name="“misspelt-event”, as typed").click()
    press(asker.app, "Find out")
    assert findings(asker)[0] == "There is no such event."


def test_what_is_missing_is_said_at_its_field(asker: Merchant):
    asker.app.get_by_label(re.compile("^To ")).fill("2020-01-01T00:00")
    press(asker.app, "Find out")
    expect(asker.app.get_by_role("alert")).to_have_text(
        [
            "Give an e-mail address.",
            "Choose an event, or type its ID or slug.",
            "This must not be before the beginning.",
        ]
    )


def test_a_row_leads_there_with_its_customer_and_event(merchant: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    number = fired(live_store, event, "ewa@example.com")
    shown = open_invocation(merchant.log_in(), number)
    shown.get_by_role("link", name="Why did nothing happen?").click()
    expect(merchant.app.get_by_role("textbox", name="Customer e-mail")).to_have_value("ewa@example.com")
    expect(merchant.app.get_by_role("combobox", name="Event")).to_have_value(re.compile(f"^{event.number} "))
    press(merchant.app, "Find out")
    assert "No scenario listened to this firing." in findings(merchant)


def test_the_log_leads_there_and_back(merchant: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    fired(live_store, event)
    open_log(merchant.log_in(), event)
    press(merchant.app, "Why did nothing happen?")
    expect(merchant.app.get_by_role("combobox", name="Event")).to_have_value(re.compile(f"^{event.number} "))
    press(merchant.app, "Back")
    expect(merchant.page).to_have_url(re.compile(f"/log/event/{event.number}$"))


def test_without_the_permission_the_question_cannot_be_asked(new_merchant: NewMerchant):
    merchant = new_merchant().log_in("staff_define")
    merchant.open("/why")
    button = merchant.app.get_by_role("button", name="Find out")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", re.compile("MANAGE_USERS"))


@pytest.mark.parametrize(("language", "theme", "button"), [("en", "light", "Find out"), ("pl", "dark", "Sprawdź")])
def test_axe_finds_nothing_in_an_answer(
    asker: Merchant, live_store: LiveStore, make: Maker, axe: Callable[[Page | Frame], None], language, theme, button
):
    event = listening(make, END)
    until_status(live_store, fired(live_store, event, "ewa@example.com"), "completed")
    asker.switch_language(language).switch_theme(theme)
    asker.app.locator("input[type=email]").fill("ewa@example.com")
    asker.app.get_by_role("combobox").fill(event.slug)
    asker.app.get_by_role("option").first.click()
    press(asker.app, button)
    expect(asker.app.locator("ol > li").first).to_be_visible()
    asker.settle()
    axe(asker.document)
