"""A merchant's way from the first event to a repaired row of the log: one story, for every dashboard that frames us.

Parts follow each other as a merchant goes; each begins where the one before has ended. What is clicked is named in
both languages.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from saleor_custom_events.hosts.sandbox.receivers import Receiver, until
from tests.browser.building import (
    choose,
    choose_in_menu,
    fill,
    heading,
    press,
    publish,
    save,
    step,
    take,
    titles,
    window,
)
from tests.browser.logged import LOOKED, open_details, row
from tests.browser.merchant import EVENTS, SCENARIOS, Merchant
from tests.host_contract.making import Maker
from tests.host_contract.store import Store

#: Seconds until a worker has done what it was given, on a machine that does other things too.
PATIENCE = 60.0
EMAIL = "anna@example.com"


def walk(merchant: Merchant, store: Store, receiver: Receiver, *, event: str, scenario: str, path: str) -> str:
    """Go the whole way in English; gives the number of the row that failed and was retried.

    The merchant is logged in, the store has no event of these names, and nobody else uses the receiver's `path`.
    """
    server_key = Maker(store).key("SERVER")
    merchant.go_to(SCENARIOS)
    create_scenario(merchant, scenario)
    number = create_event_in_start_point(merchant, event)
    build_steps(merchant, receiver.url + path)
    try_out(merchant)
    assert receiver.at(path) == [], "a dry run sends nothing"
    publish(merchant)
    expect(merchant.app.get_by_text("Active", exact=True)).to_be_visible()
    expect(merchant.app.get_by_text("Version 1 is published")).to_be_visible()

    press(merchant.app, "Log")
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text("Event log – triggered actions")
    done = fire(store, server_key, number)
    assert until(lambda: receiver.at(path) != [], PATIENCE)
    expect(row(merchant, done)).to_contain_text("Completed", timeout=LOOKED)
    look_at_both_tabs(merchant, done)

    receiver.answer = lambda received: 400 if received.path == path else 200
    failed = fire(store, server_key, number)
    # Rows are on the screen now, and what somebody reads does not move.
    merchant.app.get_by_role("button", name="Show 1 new row").click(timeout=LOOKED)
    expect(row(merchant, failed)).to_contain_text("Failed", timeout=LOOKED)
    receiver.answer = lambda received: 200
    retry(merchant, failed)
    return failed


def create_first_event(merchant: Merchant, name: str) -> int:
    """From the empty list: its button, the window, and the code that fires the event. Gives the event's ID."""
    merchant.go_to(EVENTS)
    expect(merchant.app.get_by_role("heading", name="No custom events yet")).to_be_visible()
    merchant.app.get_by_role("button", name="Create new event").last.click()
    fill(window(merchant), "Event name", name)
    press(window(merchant), "Save")
    expect(merchant.toasts).to_contain_text(f"{name} was created")
    expect(window(merchant).get_by_role("tab", name="Code")).to_have_attribute("aria-selected", "true")
    number = _shown_id(merchant)
    code = window(merchant).get_by_role("region", name="Code in cURL")
    expect(code).to_contain_text(f'"customEventId": {number}')
    expect(code).to_contain_text(f"{merchant.store.plugin_url}fire")
    press(window(merchant).locator("footer"), "Close")
    expect(merchant.app.get_by_role("link", name=name, exact=True)).to_be_visible()
    return number


def create_scenario(merchant: Merchant, name: str) -> None:
    # An empty list offers it a second time.
    merchant.app.get_by_role("button", name=merchant.say("Create new scenario", "Stwórz nowy scenariusz")).first.click()
    fill(window(merchant), merchant.say("Scenario name", "Nazwa scenariusza"), name)
    press(window(merchant), merchant.say("Create", "Utwórz"))
    expect(heading(merchant, name)).to_be_visible()


def create_event_in_start_point(merchant: Merchant, name: str) -> int:
    """The last entry of the start point's dropdown makes an event, which is chosen at once. Gives its ID."""
    starts = merchant.say("Start point: Custom event", "Punkt startowy: Zdarzenie niestandardowe")
    expect(merchant.app.get_by_role("article", name=starts)).to_be_visible()
    chosen = merchant.app.get_by_role("combobox", name=merchant.say("Event", "Zdarzenie"), exact=True)
    chosen.click()
    merchant.app.get_by_role("option", name=merchant.say("Create new", "Utwórz nowy")).click()
    fill(window(merchant), merchant.say("Event name", "Nazwa zdarzenia"), name)
    press(window(merchant), merchant.say("Save", "Zapisz"))
    expect(window(merchant).get_by_role("tab").first).to_be_visible()
    number = _shown_id(merchant)
    window(merchant).get_by_role("button", name=merchant.say("Close", "Zamknij"), exact=True).last.click()
    expect(chosen).to_have_value(name)
    return number


def _shown_id(merchant: Merchant) -> int:
    return int(window(merchant).locator("dd").first.inner_text().split()[0])


def build_steps(merchant: Merchant, url: str) -> None:
    """A condition, a wait and a webhook, by their forms."""
    choose_in_menu(merchant, "Add the first step", "Condition")
    choose(step(merchant, 1), "What is compared", "Another data field…")
    fill(step(merchant, 1), "Name of the data field", "score")
    choose(step(merchant, 1), "Type of the value", "Number")
    choose(step(merchant, 1), "Comparison", "is at least")
    fill(step(merchant, 1), "Value", "50")
    branch = "score is at least 50"
    choose_in_menu(merchant, f"Add a step at the end of “{branch}”", "Wait")
    fill(step(merchant, 2), "Hours", "")
    fill(step(merchant, 2), "Seconds", "1")
    choose_in_menu(merchant, f"Add a step at the end of “{branch}”", "Send webhook")
    fill(step(merchant, 3), "Address (URL)", url)
    message = step(merchant, 3).get_by_role("textbox", name="Message")
    message.fill("Of ")
    press(step(merchant, 3), "Insert a value into “Message”")
    take(step(merchant, 3), "customer's e-mail")
    expect(message).to_have_value("Of {{ customer.email }}")
    assert titles(merchant) == ["Condition", "Wait: 1 second", "Send webhook"]


def try_out(merchant: Merchant) -> None:
    """A dry run with a typed occurrence, once each way."""
    press(merchant.app, "Test")
    panel = merchant.app.get_by_role("complementary", name="Test", exact=True)
    fill(panel, "Customer e-mail", EMAIL)
    press(panel, "Add a data field")
    fill(panel, "Name", "score")
    choose(panel, "Type", "Number")
    fill(panel, "Value", "82")
    press(panel, "Test")
    outcome = panel.get_by_role("region", name="What would happen")
    expect(outcome).to_contain_text("It would complete.")
    outcome.get_by_role("button", name="Step 1: Condition").click()
    expect(outcome).to_contain_text("it was 82")
    outcome.get_by_role("button", name="Step 3: Send webhook").click()
    expect(outcome).to_contain_text(f"Of {EMAIL}")
    panel.get_by_text("What it is tested with").click()
    fill(panel, "Value", "31")
    press(panel, "Test again")
    expect(outcome).not_to_contain_text("Send webhook")
    merchant.app.get_by_text("Build", exact=True).click()


def fire(store: Store, key: str, event: int) -> str:
    """Fire over HTTP as a server does; gives the number of the one row that it makes."""
    body = {"customEventId": event, "customerEmail": EMAIL, "dataFields": {"score": 82, "size": "M"}}
    answer = store.fire(body, credential=key)
    assert answer.status_code == 202, answer.text
    (invocation,) = answer.json()["invocations"]
    return str(invocation["id"])


def look_at_both_tabs(merchant: Merchant, number: str) -> None:
    """Information with its steps, then the data fields; the window is closed again."""
    shown = open_details(merchant, number)
    expect(shown.get_by_text(EMAIL).first).to_be_visible()
    expect(shown.locator("ol > li")).to_have_count(3)
    expect(shown.locator("ol > li").first).to_contain_text("score is at least 50 (it was 82")
    shown.get_by_role("tab", name="Data fields").click()
    expect(shown.get_by_role("row").filter(has_text="size")).to_contain_text("M")
    _close(shown)


def retry(merchant: Merchant, number: str) -> None:
    """A failed one goes on at its failed step and completes; its window stays open."""
    shown = open_details(merchant, number)
    press(shown, "Retry")
    asked = merchant.app.get_by_role("dialog", name=f"Retry invocation {number}")
    expect(asked.get_by_role("radio", name=re.compile("^From the failed step"))).to_be_checked()
    press(asked, "Retry")
    expect(merchant.toasts.last).to_contain_text(f"Invocation {number} goes on.")
    expect(shown.get_by_text("Completed", exact=True).first).to_be_visible(timeout=LOOKED)


def _close(shown: Locator) -> None:
    press(shown.locator("footer"), "Close")
    expect(shown).to_have_count(0)


def in_polish(merchant: Merchant, *, event: str, scenario: str) -> None:
    """Build and publish a small scenario in Polish; its page stays open."""
    merchant.go_to(SCENARIOS)
    create_scenario(merchant, scenario)
    create_event_in_start_point(merchant, event)
    choose_in_menu(merchant, "Dodaj pierwszy krok", "Warunek")
    choose(step(merchant, 1), "Co jest porównywane", "kanał")
    choose(step(merchant, 1), "Porównanie", "zaczyna się od")
    fill(step(merchant, 1), "Wartość", "pl")
    choose_in_menu(merchant, "Dodaj krok na końcu gałęzi „kanał zaczyna się od „pl””", "Oczekiwanie")
    save(merchant)
    assert titles(merchant) == ["Warunek", "Oczekiwanie: 1 godzina"]
    publish(merchant)
    expect(merchant.app.get_by_text("Aktywny", exact=True)).to_be_visible()
