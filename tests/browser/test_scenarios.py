"""A scenario from its making to its row in the log, and the scenario list, as a merchant uses them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import journey
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
    stored,
    titles,
    wait_step,
    window,
)
from tests.browser.merchant import SCENARIOS, Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


def test_built_with_a_new_event_tried_out_published_fired_seen_in_the_log_and_retried(
    merchant: Merchant, live_store: LiveStore
):
    name, event, path = a_name("Follow up"), a_name("Quiz done"), "/" + a_name("hook").replace(" ", "-")
    merchant.log_in()
    journey.walk(merchant, live_store, live_store.receiver, event=event, scenario=name, path=path)


def test_the_same_in_polish_and_dark(merchant: Merchant, axe):
    merchant.log_in().go_to(SCENARIOS).switch_language("pl").switch_theme("dark")
    journey.in_polish(merchant, event=a_name("Ukończono quiz"), scenario=a_name("Po quizie"))
    axe(merchant.document)


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
