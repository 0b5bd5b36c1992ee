"""Problems while typing: at their step and field, and in the list of what stands before publishing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import (
    Axe,
    choose_in_menu,
    drafted,
    field,
    fill,
    open_scenario,
    press,
    save,
    step,
    stored,
    wait_step,
    webhook_step,
)
from tests.browser.merchant import Merchant
from tests.browser.picture_journey import panel, spot
from tests.browser.test_picture import as_picture
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

NEEDS_ADDRESS = "Enter an address that begins with https:// or http://"


@pytest.fixture
def event(live_store: LiveStore) -> Event:
    return Maker(live_store).event(dataFields=[{"name": "score", "type": "NUMBER"}])


def list_of(merchant: Merchant, count: int) -> Locator:
    """What stands before publishing, once it has so many entries that are to be mended."""
    name = {0: "Before publishing", 1: "1 thing to mend before publishing"}.get(
        count, f"{count} things to mend before publishing"
    )
    found = merchant.app.get_by_role("region", name=name, exact=True)
    expect(found).to_be_visible()
    return found


def address(within: Locator) -> Locator:
    return field(within, "Address (URL)")


def test_what_is_wrong_is_said_while_it_is_typed_and_gone_once_it_is_right(
    merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe
):
    scenario = drafted(live_store, event, webhook_step("s1", "https://example.com/"))
    open_scenario(merchant.log_in(), scenario)
    press(step(merchant, 1), "Edit step 1: Send webhook")
    address(step(merchant, 1)).fill("nonsense")

    list_of(merchant, 1)
    expect(address(step(merchant, 1))).to_have_attribute("aria-invalid", "true")
    expect(step(merchant, 1)).to_contain_text(NEEDS_ADDRESS)
    expect(step(merchant, 1)).to_contain_text("1 thing to mend")
    axe(merchant.document)
    address(step(merchant, 1)).fill("https://example.com/right")
    expect(list_of(merchant, 0)).to_contain_text("Nothing stands in the way of publishing.")
    assert stored(live_store, scenario)["revision"] == 1


def test_in_the_picture_the_step_and_its_form_say_it(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in(), drafted(live_store, event, webhook_step("s1", "https://example.com/")))
    spot(merchant, 1).click()
    address(panel(merchant)).fill("nonsense")

    expect(spot(merchant, 1)).to_contain_text("1 thing to mend")
    expect(panel(merchant)).to_contain_text(NEEDS_ADDRESS)
    press(panel(merchant), "Close")
    list_of(merchant, 1)


def test_what_was_just_added_is_left_in_peace_until_its_field_is_left(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    open_scenario(merchant.log_in(), drafted(live_store, event, wait_step("s1")))
    choose_in_menu(merchant, "Add a step at the end", "Send webhook")
    new = step(merchant, 2)

    list_of(merchant, 1)
    expect(new).not_to_contain_text("to mend")
    expect(address(new)).not_to_have_attribute("aria-invalid", "true")
    address(new).focus()
    merchant.page.keyboard.press("Tab")
    expect(address(new)).to_have_attribute("aria-invalid", "true")
    press(new, "Done")
    expect(new).to_contain_text("1 thing to mend")


def test_who_empties_a_field_to_write_something_else_is_left_in_peace(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("s1", "https://example.com/")))
    press(step(merchant, 1), "Edit step 1: Send webhook")
    address(step(merchant, 1)).focus()
    merchant.page.keyboard.press("Control+a")
    merchant.page.keyboard.press("Delete")

    list_of(merchant, 1)
    expect(address(step(merchant, 1))).not_to_have_attribute("aria-invalid", "true")
    merchant.page.keyboard.press("Tab")
    expect(address(step(merchant, 1))).to_have_attribute("aria-invalid", "true")


def test_every_entry_leads_to_its_field_by_keys_alone(merchant: Merchant, live_store: LiveStore, event: Event):
    wrong = webhook_step("s2", "nonsense")
    wrong["config"]["headers"] = {"X-Shop": "{{ broken"}
    open_scenario(merchant.log_in(), drafted(live_store, event, wait_step("s1", "s2", "PT0S"), wrong))
    entries = list_of(merchant, 3).get_by_role("button")

    entries.nth(1).focus()
    merchant.page.keyboard.press("Enter")
    expect(address(step(merchant, 2))).to_be_focused()
    entries.nth(0).focus()
    merchant.page.keyboard.press("Enter")
    expect(step(merchant, 1).locator(":focus")).to_have_count(1)
    entries.nth(2).focus()
    merchant.page.keyboard.press("Enter")
    expect(step(merchant, 2).locator(":focus")).to_have_value("{{ broken")


def test_what_is_not_saved_yet_stands_in_the_list_and_leads_to_saving(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    scenario = drafted(live_store, event, wait_step("s1"))
    open_scenario(merchant.log_in(), scenario)
    expect(list_of(merchant, 0)).not_to_contain_text("Not saved yet")
    choose_in_menu(merchant, "Add a step at the end", "Send webhook")
    press(list_of(merchant, 1), "Not saved yet")
    expect(merchant.app.get_by_role("button", name="Save draft")).to_be_focused()

    save(merchant)
    expect(list_of(merchant, 1)).not_to_contain_text("Not saved yet")
    assert len(stored(live_store, scenario)["draft"]["steps"]) == 2


def test_a_missing_permission_is_an_entry_that_leads_to_what_needs_it(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    scenario = drafted(live_store, event, webhook_step("s1", "https://example.com/"))
    open_scenario(merchant.log_in("staff_define"), scenario)
    found = list_of(merchant, 1)
    expect(found).to_contain_text("MANAGE_USERS")
    press(found, "Step 1: Send webhook")
    expect(step(merchant, 1).locator("[data-form] :focus")).to_have_count(1)


def test_without_the_net_the_last_known_stays_with_a_sign(merchant: Merchant, live_store: LiveStore, event: Event):
    merchant.expect_problem("Failed to load resource")
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("s1", "nonsense")))
    list_of(merchant, 1)
    graphql = re.compile("/custom-events/graphql/")
    merchant.page.route(graphql, lambda route: route.abort())
    press(step(merchant, 1), "Edit step 1: Send webhook")
    fill(step(merchant, 1), "Name of this step", "Tell the warehouse")

    expect(list_of(merchant, 1)).to_contain_text("The store does not answer just now")
    expect(step(merchant, 1)).to_contain_text(NEEDS_ADDRESS)
    merchant.page.unroute(graphql)
    expect(list_of(merchant, 1)).to_contain_text("Checked as you type.")


def test_the_newest_answer_counts(merchant: Merchant, live_store: LiveStore, event: Event):
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("s1", "https://example.com/")))
    press(step(merchant, 1), "Edit step 1: Send webhook")
    held = []

    def hold_the_first(route):
        if "ScenarioCheck" in (route.request.post_data or "") and not held:
            held.append(route)
        else:
            route.continue_()

    merchant.page.route(re.compile("/custom-events/graphql/"), hold_the_first)
    address(step(merchant, 1)).fill("nonsense")
    expect(merchant.app.get_by_text("Being checked …")).to_be_visible()
    with merchant.page.expect_request_finished(lambda asked: "ScenarioCheck" in (asked.post_data or "")):
        while not held:
            merchant.page.wait_for_timeout(20)
        address(step(merchant, 1)).fill("https://example.com/right")
    held[0].abort()
    expect(list_of(merchant, 0)).to_contain_text("Nothing stands in the way of publishing.")


def test_the_count_is_told_politely(merchant: Merchant, live_store: LiveStore, event: Event):
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("s1", "https://example.com/")))
    press(step(merchant, 1), "Edit step 1: Send webhook")
    address(step(merchant, 1)).fill("nonsense")
    told = list_of(merchant, 1).get_by_role("status")
    expect(told).to_have_text("1 thing to mend before publishing")
    expect(step(merchant, 1).get_by_role("alert")).to_have_count(0)


def test_a_new_scenario_asks_for_its_event_without_shouting(merchant: Merchant, live_store: LiveStore, axe: Axe):
    merchant.log_in().switch_language("pl").switch_theme("dark")
    merchant.go_to("Scenarios")
    merchant.app.get_by_role("button", name="Stwórz nowy scenariusz").click()
    merchant.app.get_by_role("dialog").get_by_role("textbox").first.fill("Kupon za quiz")
    merchant.app.get_by_role("dialog").get_by_role("button", name="Utwórz", exact=True).click()

    expect(merchant.app.get_by_role("region", name="1 rzecz do poprawienia przed publikacją")).to_be_visible()
    expect(merchant.app.locator('[aria-invalid="true"]')).to_have_count(0)
    press(merchant.app, "Punkt startowy 1")
    expect(merchant.app.locator('[aria-invalid="true"]')).to_have_count(1)
    axe(merchant.document)
