"""A scenario from its making to its row in the log, and the scenario list, as a merchant uses them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.building import (
    a_name,
    choose,
    choose_in_menu,
    drafted,
    fill,
    heading,
    open_scenario,
    press,
    publish,
    save,
    step,
    stored,
    titles,
    wait_step,
    window,
)
from tests.browser.merchant import SCENARIOS, Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

PATIENCE = 30.0
EVENT_NUMBER = "SELECT id FROM saleor_custom_events_customevent WHERE name = %s"
NUMBER = "SELECT id FROM saleor_custom_events_scenario WHERE name = %s"


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


def create_scenario(merchant: Merchant, name: str) -> None:
    # An empty list offers it a second time.
    merchant.app.get_by_role("button", name=merchant.say("Create new scenario", "Stwórz nowy scenariusz")).first.click()
    fill(window(merchant), merchant.say("Scenario name", "Nazwa scenariusza"), name)
    press(window(merchant), merchant.say("Create", "Utwórz"))
    expect(heading(merchant, name)).to_be_visible()


def create_event_in_start_point(merchant: Merchant, name: str) -> None:
    """The last entry of the start point's dropdown makes an event; nothing else has to be done to choose it."""
    merchant.app.get_by_role("combobox", name=merchant.say("Event", "Zdarzenie"), exact=True).click()
    merchant.app.get_by_role("option", name=merchant.say("Create new", "Utwórz nowy")).click()
    fill(window(merchant), merchant.say("Event name", "Nazwa zdarzenia"), name)
    press(window(merchant), merchant.say("Save", "Zapisz"))
    expect(window(merchant).get_by_role("tab").first).to_be_visible()
    window(merchant).get_by_role("button", name=merchant.say("Close", "Zamknij"), exact=True).last.click()


def test_built_with_a_new_event_tried_out_published_fired_and_seen_in_the_log(
    merchant: Merchant, live_store: LiveStore
):
    name, event, path = a_name("Follow up"), a_name("Quiz done"), "/" + a_name("hook").replace(" ", "-")
    merchant.log_in().go_to(SCENARIOS)
    create_scenario(merchant, name)
    expect(merchant.app.get_by_role("article", name="Start point: Custom event")).to_be_visible()
    create_event_in_start_point(merchant, event)
    expect(merchant.app.get_by_role("combobox", name="Event", exact=True)).to_have_value(event)

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
    fill(step(merchant, 3), "Address (URL)", live_store.receiver.url + path)
    step(merchant, 3).get_by_role("textbox", name="Message").fill("Of ")
    press(step(merchant, 3), "Insert a value into “Message”")
    step(merchant, 3).get_by_role("menuitem", name="customer.email", exact=True).click()
    expect(step(merchant, 3).get_by_role("textbox", name="Message")).to_have_value("Of {{ customer.email }}")
    assert titles(merchant) == ["Condition", "Wait: 1 second", "Send webhook"]

    press(merchant.app, "Test")
    fill(window(merchant), "Customer e-mail", "anna@example.com")
    press(window(merchant), "Add a data field")
    fill(window(merchant), "Name", "score")
    choose(window(merchant), "Type", "Number")
    fill(window(merchant), "Value", "82")
    press(window(merchant), "Test")
    outcome = window(merchant).get_by_role("region", name="What would happen")
    expect(outcome).to_contain_text("It would complete.")
    expect(outcome.get_by_role("listitem").filter(has_text="1. Condition")).to_contain_text("it was 82")
    expect(outcome).to_contain_text("Of anna@example.com")
    fill(window(merchant), "Value", "31")
    press(window(merchant), "Test again")
    expect(outcome).not_to_contain_text("Send webhook")
    assert live_store.receiver.at(path) == [], "a dry run sends nothing"
    window(merchant).get_by_role("button", name="Close", exact=True).last.click()

    publish(merchant)
    expect(merchant.app.get_by_text("Active", exact=True)).to_be_visible()
    expect(merchant.app.get_by_text("Version 1 is published")).to_be_visible()
    ((number,),) = live_store.sql(EVENT_NUMBER, event)
    body = {"customEventId": number, "customerEmail": "anna@example.com", "dataFields": {"score": 82}}
    assert live_store.fire(body, credential=live_store.token("app_all")).status_code == 202
    assert until(lambda: live_store.receiver.at(path) != [], PATIENCE)
    press(merchant.app, "Log")
    row = merchant.app.get_by_role("row").filter(has_text="anna@example.com")
    expect(row).to_contain_text("Completed", timeout=20_000)
    expect(row).to_contain_text(name)


def test_the_same_in_polish_and_dark(merchant: Merchant, axe):
    name, event = a_name("Po quizie"), a_name("Ukończono quiz")
    merchant.log_in().go_to(SCENARIOS).switch_language("pl").switch_theme("dark")
    create_scenario(merchant, name)
    expect(merchant.app.get_by_role("article", name="Punkt startowy: Zdarzenie niestandardowe")).to_be_visible()
    create_event_in_start_point(merchant, event)
    expect(merchant.app.get_by_role("combobox", name="Zdarzenie", exact=True)).to_have_value(event)
    choose_in_menu(merchant, "Dodaj pierwszy krok", "Warunek")
    choose(step(merchant, 1), "Co jest porównywane", "kanał")
    choose(step(merchant, 1), "Porównanie", "zaczyna się od")
    fill(step(merchant, 1), "Wartość", "pl")
    choose_in_menu(merchant, "Dodaj krok na końcu gałęzi „kanał zaczyna się od „pl””", "Oczekiwanie")
    save(merchant)
    axe(merchant.document)
    assert titles(merchant) == ["Warunek", "Oczekiwanie: 1 godzina"]
    publish(merchant)
    expect(merchant.app.get_by_text("Aktywny", exact=True)).to_be_visible()


def test_a_scenario_is_paused_resumed_renamed_duplicated_and_archived(
    merchant: Merchant, live_store: LiveStore, make: Maker
):
    scenario = drafted(live_store, make.event(), wait_step("s1"))
    open_scenario(merchant.log_in(), scenario)
    publish(merchant)
    actions = f"Actions for {scenario.name}"

    choose_in_menu(merchant, actions, "Pause")
    expect(window(merchant)).to_contain_text("No invocation is under way.")
    press(window(merchant), "Pause")
    expect(merchant.app.get_by_text("Paused", exact=True)).to_be_visible()
    choose_in_menu(merchant, actions, "Resume")
    expect(merchant.app.get_by_text("Active", exact=True)).to_be_visible()

    press(merchant.app, "Rename")
    fill(window(merchant), "Scenario name", scenario.name + " renamed")
    press(window(merchant), "Rename")
    expect(heading(merchant, scenario.name + " renamed")).to_be_visible()

    choose_in_menu(merchant, f"Actions for {scenario.name} renamed", "Duplicate")
    press(window(merchant), "Duplicate")
    expect(heading(merchant, scenario.name + " renamed (2)")).to_be_visible()
    assert titles(merchant) == ["Wait: 1 second"]

    choose_in_menu(merchant, f"Actions for {scenario.name} renamed (2)", "Archive")
    press(window(merchant), "Archive")
    expect(merchant.app.get_by_text("it cannot be changed and nothing starts it")).to_be_visible()
    expect(merchant.app.get_by_role("button", name="Save draft")).to_have_count(0)


def test_the_list_finds_sorts_pages_and_keeps_that_on_the_way_back(
    merchant: Merchant, live_store: LiveStore, make: Maker
):
    shared, event = a_name("Listed"), make.event()
    made = [drafted(live_store, event, name=f"{shared} {number:02}") for number in range(22)]
    merchant.log_in().go_to(SCENARIOS)
    merchant.app.get_by_role("searchbox", name="Search by name or ID").fill(shared)
    expect(merchant.app.get_by_text("22 scenarios")).to_be_visible()
    rows = merchant.app.get_by_role("rowheader")
    press(merchant.app, "Name")
    expect(rows.first).to_have_text(made[0].name)
    merchant.app.get_by_role("button", name="Next page").click()
    expect(rows).to_have_count(2)
    rows.first.get_by_role("link").click()
    expect(heading(merchant, made[20].name)).to_be_visible()
    merchant.document.evaluate("() => history.back()")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_text(made[20].name)
    choose(merchant.app, "Status", "Paused")
    expect(merchant.app.get_by_role("heading", name="No scenario matches")).to_be_visible()
    press(merchant.app, "Clear search and filters")
    expect(rows.nth(2)).to_be_visible()


def test_the_list_says_where_a_scenario_starts_and_how_many_are_under_way(
    merchant: Merchant, live_store: LiveStore, make: Maker
):
    event = make.event(name=a_name("Listened to"))
    scenario = drafted(live_store, event, wait_step("s1", duration="P1D"))
    open_scenario(merchant.log_in(), scenario)
    publish(merchant)
    fired = {"customEventId": event.number, "customerEmail": "anna@example.com"}
    assert live_store.fire(fired, credential=live_store.token("app_all")).status_code == 202
    merchant.go_to(SCENARIOS)
    row = merchant.app.get_by_role("row").filter(has_text=scenario.name)
    expect(row).to_contain_text("Active")
    expect(row).to_contain_text("Version 1")
    expect(row.get_by_role("link", name=re.compile("^Listened to"))).to_be_visible()
    expect(row.get_by_role("cell").nth(3)).to_have_text("1")
    row.get_by_role("button", name=f"Actions for {scenario.name}").click()
    row.get_by_role("menuitem", name="Archive").click()
    expect(window(merchant)).to_contain_text("1 invocation is under way and goes on.")
    press(window(merchant), "Archive")
    expect(row).to_have_count(0)
    assert stored(live_store, scenario)["status"] == "ARCHIVED"
