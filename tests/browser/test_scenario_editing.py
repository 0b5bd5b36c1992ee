"""Editing a scenario: problems at their places, colleagues, permissions, keys alone, and what may go wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.building import (
    UPDATE,
    Axe,
    Drafted,
    ask,
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
    webhook_step,
    window,
)
from tests.browser.conftest import NewMerchant
from tests.browser.merchant import SCENARIOS, Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

#: Milliseconds until it is known that no better token will come, or until one has come.
SETTLED = 60_000


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=[{"name": "score", "type": "NUMBER"}, {"name": "size", "type": "STRING"}])


def rename_step(merchant: Merchant, number: int, name: str) -> None:
    step(merchant, number).get_by_role("button", name=re.compile("^Edit step")).click()
    fill(step(merchant, number), "Name of this step", name)


def test_problems_stand_at_their_steps_and_the_list_leads_to_them(
    merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe
):
    broken = {"id": "s2", "type": "condition", "branches": [{"when": {"left": "", "operator": "equals", "right": ""}}]}
    scenario = drafted(live_store, event, wait_step("s0", "s1"), wait_step("s1", "s2"), broken)
    open_scenario(merchant.log_in(), scenario)
    choose_in_menu(merchant, "Add a step at the end of “Otherwise”", "Send webhook")
    fill(step(merchant, 4), "Address (URL)", "ftp://example.com")
    press(step(merchant, 4), "Done")
    press(merchant.app, "Publish")

    mend = merchant.app.get_by_role("region", name="2 things to mend before publishing")
    expect(mend).to_be_focused()
    axe(merchant.document)
    mend.get_by_role("button", name="Step 4: Send webhook").click()
    address = step(merchant, 4).get_by_role("textbox", name="Address (URL)")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(step(merchant, 4)).to_contain_text("Enter an address that begins with https:// or http://")
    address.fill("https://example.com/hook")
    expect(merchant.app.get_by_role("region", name="1 thing to mend before publishing")).to_be_visible()

    press(merchant.app, "Step 3: Condition")
    expect(step(merchant, 3)).to_contain_text("Choose what is compared.")
    choose(step(merchant, 3), "What is compared", "score")
    choose(step(merchant, 3), "Comparison", "has a value")
    publish(merchant)
    assert stored(live_store, scenario)["status"] == "ACTIVE"


def test_steps_are_moved_duplicated_removed_and_joined(merchant: Merchant, live_store: LiveStore, event: Event):
    first, second = wait_step("s1", "s2", "PT1M"), wait_step("s2", None, "PT2M")
    open_scenario(merchant.log_in(), drafted(live_store, event, first, second))
    press(merchant.app, "Move step 1 down")
    assert titles(merchant) == ["Wait: 2 minutes", "Wait: 1 minute"]
    expect(merchant.app.get_by_role("button", name="Move step 2 up")).to_be_focused()
    choose_in_menu(merchant, "Actions for step 2: Wait: 1 minute", "Duplicate")
    assert titles(merchant) == ["Wait: 2 minutes", "Wait: 1 minute", "Wait: 1 minute"]
    choose_in_menu(merchant, "Add a step before step 2", "Condition")
    assert titles(merchant) == ["Wait: 2 minutes", "Condition", "Wait: 1 minute", "Wait: 1 minute"]
    choose_in_menu(merchant, "Add a step at the end of “Otherwise”", "Exit")
    assert titles(merchant) == ["Wait: 2 minutes", "Condition", "Wait: 1 minute", "Wait: 1 minute", "Exit"]
    choose_in_menu(merchant, "Actions for step 2: Condition", "Remove")
    expect(window(merchant)).to_contain_text("3 steps in its branches go with it.")
    press(window(merchant), "Cancel")
    choose_in_menu(merchant, "Actions for step 5: Exit", "Remove")
    ends = merchant.app.get_by_role("combobox", name="What comes after “Otherwise”")
    ends.select_option(label="Goes on with step 3: Wait: 1 minute")
    choose_in_menu(merchant, "Actions for step 2: Condition", "Remove")
    assert titles(merchant) == ["Wait: 2 minutes", "Wait: 1 minute", "Wait: 1 minute"]


def test_start_points_are_added_filtered_and_removed(
    merchant: Merchant, live_store: LiveStore, event: Event, make: Maker
):
    other, scenario = make.event(), drafted(live_store, event, wait_step("s1"))
    open_scenario(merchant.log_in(), scenario)
    press(merchant.app, "Add a start point")
    second = merchant.app.get_by_role("article", name="Start point 2: Custom event")
    chosen = second.get_by_role("combobox", name="Event", exact=True)
    expect(chosen).to_be_focused()
    chosen.fill(other.slug)
    second.get_by_role("option").filter(has_text=other.slug).click()
    expect(second).to_contain_text(other.slug)
    first = merchant.app.get_by_role("article", name="Start point 1: Custom event")
    press(first, "Add a filter")
    choose(first, "What is compared", "score")
    choose(first, "Comparison", "is more than")
    fill(first, "Value", "10,5")
    choose(first, "How often a customer may enter", "Once only")
    second.get_by_role("checkbox", name=re.compile("^Also for unverified")).check()
    save(merchant)
    one, two = stored(live_store, scenario)["draft"]["starts"]
    assert one["filter"] == {"left": "dataFields.score", "operator": "greaterThan", "right": 10.5}
    assert (one["event"], one["reentry"]) == (event.number, "once")
    assert (two["event"], two["allowUnverified"]) == (other.number, True)
    press(merchant.app, "Remove start point 1")
    save(merchant)
    assert [start["event"] for start in stored(live_store, scenario)["draft"]["starts"]] == [other.number]


def test_two_people_at_one_scenario_overwrite_nothing_unseen(
    new_merchant: NewMerchant, live_store: LiveStore, event: Event
):
    scenario = drafted(live_store, event, wait_step("s1"))
    anna, ben = new_merchant().log_in("staff_all"), new_merchant().log_in("staff_customers")
    for merchant in (anna, ben):
        open_scenario(merchant, scenario)
    rename_step(anna, 1, "By Anna")
    save(anna)
    rename_step(ben, 1, "By Ben")
    press(ben.app, "Save draft")
    expect(window(ben)).to_contain_text("A colleague has saved this scenario")
    expect(window(ben)).to_contain_text(live_store.cast["staff_all"]["email"])
    press(window(ben), "Go on editing")
    assert titles(ben) == ["By Ben"]

    press(ben.app, "Save draft")
    press(window(ben), "Look at theirs")
    expect(step(ben, 1)).to_contain_text("By Anna")
    expect(ben.app.get_by_role("region", name="Your draft as JSON")).to_contain_text("By Ben")
    assert stored(live_store, scenario)["draft"]["steps"][0]["label"] == "By Anna"
    press(ben.app, "Keep mine as a new scenario")
    press(window(ben), "Create")
    expect(heading(ben, f"{scenario.name} (my draft)")).to_be_visible()
    assert titles(ben) == ["By Ben"]


def test_a_colleagues_draft_is_overwritten_only_by_saying_so(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, wait_step("s1"))
    open_scenario(merchant.log_in(), scenario)
    rename_step(merchant, 1, "Mine")
    now = stored(live_store, scenario)
    theirs = {**now["draft"], "steps": [{**wait_step("s1"), "label": "Theirs"}]}
    saved = ask(live_store, UPDATE, "staff_define", id=now["id"], input={"draft": theirs}, revision=now["revision"])
    assert saved["customEventScenarioUpdate"]["errors"] == []
    press(merchant.app, "Save draft")
    expect(window(merchant)).to_contain_text(live_store.cast["staff_define"]["email"])
    press(window(merchant), "Save mine over theirs")
    expect(merchant.app.get_by_role("dialog")).to_have_count(0)
    expect(merchant.app.get_by_text("Saved", exact=True)).to_be_visible()
    assert stored(live_store, scenario)["draft"]["steps"][0]["label"] == "Mine"


def test_whoever_may_not_publish_is_told_which_permission_is_missing(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    scenario = drafted(live_store, event, webhook_step("s1", "https://example.com/hook"))
    open_scenario(merchant.log_in("staff_define"), scenario)
    expect(merchant.app.get_by_text("To publish this, you also need: MANAGE_USERS.")).to_be_visible()
    button = merchant.app.get_by_role("button", name="Publish", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("MANAGE_USERS"))
    expect(merchant.app.get_by_role("checkbox", name=re.compile("^Also for unverified"))).to_be_disabled()
    choose_in_menu(merchant, "Actions for step 1: Send webhook", "Remove")
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_a_small_scenario_is_built_by_keyboard_alone(merchant: Merchant, live_store: LiveStore, event: Event):
    keys = merchant.log_in().go_to(SCENARIOS).page.keyboard
    merchant.app.get_by_role("button", name="Create new scenario").first.focus()
    keys.press("Enter")
    name = "By keys " + event.slug
    expect(window(merchant).get_by_role("textbox", name="Scenario name")).to_be_focused()
    keys.type(name)
    keys.press("Enter")
    expect(heading(merchant, name)).to_be_visible()
    merchant.app.get_by_role("combobox", name="Event", exact=True).focus()
    keys.type(event.slug)
    expect(merchant.app.get_by_role("option").first).to_contain_text(event.slug)
    keys.press("ArrowDown")
    keys.press("Enter")
    merchant.app.get_by_role("button", name="Add the first step").focus()
    keys.press("Enter")
    items = merchant.app.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    wait = items.filter(has_text="Wait")
    while not wait.evaluate("(item) => item === document.activeElement"):
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(step(merchant, 1).get_by_role("combobox", name="What it waits for")).to_be_focused()
    keys.press("Tab")
    expect(step(merchant, 1).get_by_role("textbox", name="Days")).to_be_focused()
    keys.type("2")
    merchant.app.get_by_role("button", name="Publish", exact=True).focus()
    keys.press("Enter")
    expect(window(merchant).get_by_role("button", name="Publish", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(merchant.app.get_by_text("Active", exact=True)).to_be_visible()
    assert titles(merchant) == ["Wait: 2 days 1 hour"]


def test_a_new_token_while_somebody_edits_loses_nothing(merchant: Merchant, live_store: LiveStore, event: Event):
    with merchant.served_with(THIRDPARTY_TOKEN_SECONDS="10"):
        scenario = drafted(live_store, event, wait_step("s1"))
        with merchant.page.expect_request("**/custom-events/graphql/") as first:
            open_scenario(merchant.log_in(), scenario)
        token = first.value.headers["authorization"]
        rename_step(merchant, 1, "Typed before")
        with merchant.page.expect_request(
            lambda sent: sent.headers.get("authorization", token) != token, timeout=SETTLED
        ):
            pass
        fill(step(merchant, 1), "Name of this step", "Typed before and after")
        save(merchant)
    assert stored(live_store, scenario)["draft"]["steps"][0]["label"] == "Typed before and after"


def test_what_is_edited_stays_where_the_network_is_lost_and_where_somebody_would_leave(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    scenario: Drafted = drafted(live_store, event, wait_step("s1"))
    open_scenario(merchant.log_in(), scenario)
    rename_step(merchant, 1, "Still here")

    def lost(route: Route) -> None:
        if "customEventScenarioUpdate" in (route.request.post_data or ""):
            route.abort()
        else:
            route.continue_()

    merchant.expect_problem("ERR_FAILED")
    merchant.page.route("**/custom-events/graphql/", lost)
    press(merchant.app, "Save draft")
    expect(merchant.app.get_by_text("The store did not answer")).to_be_visible()
    press(merchant.app, "Back")
    press(window(merchant), "Stay here")
    expect(step(merchant, 1)).to_contain_text("Still here")
    merchant.page.unroute("**/custom-events/graphql/")
    save(merchant)
    assert stored(live_store, scenario)["draft"]["steps"][0]["label"] == "Still here"


def test_the_browsers_back_asks_before_what_is_edited_is_left(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario: Drafted = drafted(live_store, event, wait_step("s1"))
    merchant.log_in().go_to(SCENARIOS)
    merchant.app.get_by_role("link", name=scenario.name).first.click()
    rename_step(merchant, 1, "Still here")

    merchant.page.evaluate("() => history.back()")
    press(window(merchant), "Stay here")
    expect(step(merchant, 1)).to_contain_text("Still here")
    merchant.page.evaluate("() => history.back()")
    press(window(merchant), "Leave without saving")
    expect(heading(merchant, "Scenarios")).to_be_visible()


def test_what_a_newer_release_wrote_is_shown_and_kept(merchant: Merchant, live_store: LiveStore, event: Event):
    later = {"id": "s2", "type": "waitForStock", "event": event.number, "patience": {"days": 2}, "next": None}
    scenario = drafted(live_store, event, wait_step("s1", "s2"), later)
    open_scenario(merchant.log_in(), scenario)
    assert titles(merchant) == ["Wait: 1 second", "Step of a newer release: waitForStock"]
    rename_step(merchant, 1, "Changed")
    save(merchant)
    assert stored(live_store, scenario)["draft"]["steps"][1] == later


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("pl", "dark")])
def test_axe_finds_nothing_in_any_form_or_window_of_a_scenario(
    merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe, language, theme
):
    scenario = drafted(live_store, event, *every_kind_of_step(event))
    merchant.log_in().switch_language(language).switch_theme(theme)
    open_scenario(merchant, scenario)
    say, app = merchant.say, merchant.app
    press(app, say("Add a filter", "Dodaj filtr"))
    edit = app.get_by_role("button", name=re.compile(say("^Edit step", "^Edytuj krok")))
    for _ in range(edit.count()):
        edit.first.click()
    save(merchant)
    axe(merchant.document)

    press(app, say("Add a step before step 1", "Dodaj krok przed krokiem 1"))
    expect(app.get_by_role("menuitem").first).to_be_focused()
    axe(merchant.document)
    merchant.page.keyboard.press("Escape")
    app.get_by_role("combobox", name=say("Event", "Zdarzenie"), exact=True).first.click()
    expect(app.get_by_role("option").first).to_be_visible()
    axe(merchant.document)
    merchant.page.keyboard.press("Escape")

    press(app, say("Remove the filter", "Usuń filtr"))
    press(app, say("Publish", "Opublikuj"))
    expect(window(merchant)).to_be_visible()
    axe(merchant.document)


def every_kind_of_step(event: Event) -> tuple[dict[str, Any], ...]:
    """A condition of several branches and groups, and every action, each on its way."""
    score = {"left": "dataFields.score", "operator": "greaterThan", "right": 5}
    size = {"left": "dataFields.size", "operator": "oneOf", "right": ["S", "M"]}
    since = {"left": "customer.joinedAt", "operator": "lessThan", "right": {"date": "2026-01-01"}}
    status = {"left": "steps.s1.status", "operator": "equals", "right": 200}
    grouped = {"all": [score, {"any": [size, since]}, {"not": status}]}
    branches = [{"when": grouped, "next": "s3", "label": "Good"}, {"when": score, "next": "s4"}]
    mail = {"subject": "Hello", "text": "{{ customer.firstName }}"}

    def action(id: str, name: str, config: dict[str, Any], next: str | None) -> dict[str, Any]:
        return {"id": id, "type": "action", "action": name, "config": config, "next": next}

    return (
        webhook_step("s1", "https://example.com/hook", "s2"),
        {"id": "s2", "type": "condition", "branches": branches, "otherwise": "s5"},
        action("s3", "set_customer_metadata", {"entries": {"size": "{{ dataFields.size }}"}, "private": True}, "s6"),
        action("s4", "send_email", mail, "s6"),
        {"id": "s5", "type": "exit"},
        action("s6", "fire_event", {"event": event.number, "fields": {"from": "scenario"}}, "s7"),
        wait_step("s7"),
    )
