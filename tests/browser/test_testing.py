"""Testing a draft beside its flow: the way lights up, the clock is moved, awaited events happen, many are counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import (
    Axe,
    Drafted,
    choose,
    drafted,
    field,
    fill,
    open_scenario,
    press,
    step,
    wait_step,
    webhook_step,
)
from tests.browser.merchant import Merchant
from tests.browser.test_long_texts import SMALL, UNBROKEN, expect_nothing_cut
from tests.browser.test_picture import as_picture, condition, spot
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=[{"name": "score", "type": "NUMBER"}, {"name": "size", "type": "STRING"}])


def action(id: str, name: str, config: dict[str, Any], next: str | None = None) -> dict[str, Any]:
    return {"id": id, "type": "action", "action": name, "config": config, "next": next}


def awaiting(id: str, event: Event, happened: str, timed_out: str) -> dict[str, Any]:
    ways = {"happened": happened, "timedOut": timed_out}
    return {"id": id, "type": "waitForEvent", "event": event.number, "timeout": "P2D", **ways}


def forked(live: LiveStore, event: Event) -> Drafted:
    """Above 50 a webhook after a week, else a mail; both end at the same webhook."""
    mail = {"subject": "Only {{ dataFields.score }}", "text": "Try again.", "html": "<p>Try <b>again</b>.</p>"}
    return drafted(
        live,
        event,
        condition("c", "w", "m"),
        wait_step("w", "a", "P7D"),
        webhook_step("a", "https://example.com/high", "z"),
        action("m", "send_email", mail, "z"),
        webhook_step("z", "https://example.com/all"),
    )


def send(live: LiveStore, event: Event, email: str, score: float | None = None) -> None:
    """Fire as a server does; nobody needs to listen."""
    values = {} if score is None else {"dataFields": {"score": score}}
    body = {"customEventId": event.number, "customerEmail": email, **values}
    assert live.fire(body, credential=live.token("app_all")).status_code == 202


def panel(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("complementary", name="Test", exact=True)


def outcome(merchant: Merchant) -> Locator:
    return panel(merchant).get_by_role("region", name=merchant.say("What would happen", "Co by się stało"))


def entries(merchant: Merchant) -> Locator:
    """What is told of each part, in the order of the test."""
    return outcome(merchant).get_by_role("listitem").filter(has=merchant.app.locator("button[aria-expanded]"))


def entry(merchant: Merchant, name: str) -> Locator:
    """The button that tells more of a part."""
    told = merchant.app.locator("[aria-expanded]")
    return outcome(merchant).get_by_role("button", name=re.compile(name)).and_(told)


def start_testing(merchant: Merchant) -> Locator:
    """By the bar's button."""
    press(merchant.app, merchant.say("Test", "Przetestuj"))
    expect(panel(merchant)).to_be_focused()
    return panel(merchant)


def run(merchant: Merchant) -> None:
    name = re.compile(merchant.say("^Test( again)?$", "^Przetestuj( ponownie)?$"))
    panel(merchant).get_by_role("button", name=name).click()


def taken(merchant: Merchant) -> Locator:
    return merchant.app.locator(".react-flow__edge[class*=taken]")


def expect_lit(merchant: Merchant, *numbers: int, of: int) -> None:
    """These steps of the picture are marked, the others stand back."""
    for number in range(1, of + 1):
        if number in numbers:
            expect(spot(merchant, number)).to_have_attribute("data-mark", re.compile("."))
        else:
            expect(spot(merchant, number)).to_have_attribute("data-back", "true")


def test_the_way_lights_up_in_the_picture(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    as_picture(merchant.log_in(), forked(live_store, event))
    fill(start_testing(merchant), "score", "82")
    run(merchant)

    expect(outcome(merchant)).to_contain_text("It would complete.")
    expect_lit(merchant, 1, 2, 3, 5, of=5)
    expect(taken(merchant).first).to_be_attached()
    lines = taken(merchant).count()
    assert 0 < lines < merchant.app.locator(".react-flow__edge").count()
    merchant.settle()
    axe(merchant.document)

    entry(merchant, "Step 3").click()
    told = entries(merchant).filter(has_text="Step 3")
    expect(told).to_contain_text("https://example.com/high")
    expect(told).to_contain_text("7 days after the beginning")
    expect(spot(merchant, 3)).to_have_attribute("aria-pressed", "true")
    expect(spot(merchant, 3)).to_be_in_viewport()

    spot(merchant, 1).click()
    expect(entry(merchant, "Step 1")).to_have_attribute("aria-expanded", "true")
    expect(entry(merchant, "Step 3")).to_have_attribute("aria-expanded", "false")
    expect(outcome(merchant)).to_contain_text("score is more than 50 (it was 82)")


def test_what_is_tested_stays_when_one_goes_to_build_and_is_out_of_date_after_a_change(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    as_picture(merchant.log_in(), forked(live_store, event))
    fill(start_testing(merchant), "score", "12")
    run(merchant)
    expect_lit(merchant, 1, 4, 5, of=5)

    merchant.app.get_by_role("radio", name="Build").check(force=True)
    expect(merchant.app.locator("[data-mark]")).to_have_count(0)
    spot(merchant, 1).click()
    merchant.app.get_by_role("complementary").get_by_role("textbox", name="Value").fill("5")
    merchant.app.get_by_role("radio", name="Test", exact=True).check(force=True)

    stale = panel(merchant).get_by_text("Something was changed since")
    expect(stale).to_be_visible()
    expect_lit(merchant, 1, 4, 5, of=5)
    run(merchant)
    expect(stale).to_have_count(0)
    expect_lit(merchant, 1, 2, 3, 5, of=5)


def test_a_test_runs_again_by_itself_while_a_step_is_edited_beside_it(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    as_picture(merchant.log_in(), forked(live_store, event))
    fill(start_testing(merchant), "score", "12")
    run(merchant)
    panel(merchant).get_by_role("checkbox", name=re.compile("^Test while editing")).check()
    entry(merchant, "Step 4").click()
    told = entries(merchant).filter(has_text="Step 4")
    expect(told).to_contain_text("Only 12")
    expect(told.locator("iframe").content_frame.get_by_text("Try again.")).to_be_visible()

    press(told, "Edit this step")
    fill(panel(merchant), "Subject", "No more than {{ dataFields.score }}")
    expect(told).to_contain_text("No more than 12")
    expect(panel(merchant).get_by_text("Something was changed since")).to_have_count(0)
    fill(panel(merchant), "Subject", "")
    expect(panel(merchant).get_by_text("Something was changed since")).to_be_visible()
    expect(told).to_contain_text("No more than 12")

    press(panel(merchant), "Close")
    expect(spot(merchant, 4)).to_be_focused()
    panel(merchant).get_by_role("button", name="Step 4: Send e-mail", exact=True).click()
    expect(merchant.app.get_by_role("radio", name="Build")).to_be_checked()
    expect(merchant.app.get_by_role("complementary").get_by_role("heading", name="Step 4: Send e-mail")).to_be_visible()


def test_the_clock_is_moved_and_what_is_waited_for_happens(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event
):
    awaited = make.event(dataFields=[{"name": "paid", "type": "NUMBER"}])
    wait = awaiting("w", awaited, "y", "n")
    paid = {"left": "steps.w.paid", "operator": "greaterThan", "right": 100}
    fork = {"id": "y", "type": "condition", "branches": [{"when": paid, "next": "b"}], "otherwise": None}
    hooks = [webhook_step(id, f"https://example.com/{id}") for id in ("b", "n")]
    scenario = drafted(live_store, event, wait, fork, *hooks)
    as_picture(merchant.log_in(), scenario)
    beside = start_testing(merchant)
    choose(beside, "When it comes", "At another time")
    clock = beside.get_by_label(re.compile("^Date and time"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT18:00", clock.input_value())
    clock.fill("2027-03-05T18:00")
    run(merchant)
    expect_lit(merchant, 1, 4, of=4)
    expect(entries(merchant).first).to_contain_text("Mar 5, 2027")
    expect(entries(merchant).last).to_contain_text("Mar 7, 2027")

    beside.get_by_text("What it is tested with").click()
    beside.get_by_role("combobox", name=re.compile("^Step 1: ")).select_option(label="It happens at once")
    fill(beside, "paid", "150")
    run(merchant)
    expect_lit(merchant, 1, 2, 3, of=4)
    expect(entries(merchant).last).to_contain_text("Mar 5, 2027")

    entry(merchant, "Step 1").click()
    press(outcome(merchant), "What if its time runs out?")
    expect_lit(merchant, 1, 4, of=4)


def test_what_does_not_start_says_why(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(
        live_store,
        event,
        wait_step("w"),
        filter={"left": "dataFields.score", "operator": "greaterThan", "right": 50},
    )
    as_picture(merchant.log_in(), scenario)
    fill(start_testing(merchant), "score", "12")
    run(merchant)
    expect(outcome(merchant)).to_contain_text("It would not start.")
    expect(outcome(merchant)).to_contain_text("The start point's filter did not hold.")
    expect(entries(merchant).first).to_contain_text("Would not start here")
    expect(merchant.app.locator(".react-flow__node [data-mark=warning]")).to_have_count(1)
    expect(taken(merchant)).to_have_count(0)


def test_everything_by_keys_in_the_list(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    open_scenario(merchant.log_in(), forked(live_store, event))
    keys = merchant.page.keyboard
    merchant.app.get_by_role("radio", name="Build").focus()
    keys.press("ArrowRight")
    expect(panel(merchant)).to_be_visible()
    expect(merchant.app.get_by_role("radio", name="Test", exact=True)).to_be_focused()
    field(panel(merchant), "score").focus()
    keys.type("60")
    panel(merchant).get_by_role("button", name="Test", exact=True).focus()
    keys.press("Enter")
    expect(step(merchant, 2)).to_have_attribute("data-mark", "info")
    expect(step(merchant, 4)).to_have_attribute("data-back", "true")
    expect(merchant.app.get_by_text("score is more than 50", exact=True).first).to_be_visible()

    entry(merchant, "Step 5").focus()
    keys.press("Enter")
    expect(step(merchant, 5)).to_have_attribute("data-current", "true")
    expect(step(merchant, 5)).to_be_in_viewport()
    step(merchant, 3).get_by_role("button", name=re.compile("^3 · is done")).focus()
    keys.press("Enter")
    expect(entry(merchant, "Step 3")).to_have_attribute("aria-expanded", "true")
    expect(entry(merchant, "Step 5")).to_have_attribute("aria-expanded", "false")
    expect(entry(merchant, "Step 3")).to_be_in_viewport()
    merchant.settle()
    axe(merchant.document)


def test_an_occurrence_of_the_log_is_found_by_its_customer(merchant: Merchant, live_store: LiveStore, event: Event):
    for email, score in (("anna@example.com", 82), ("ben@example.com", 7), ("anna@example.com", 12)):
        send(live_store, event, email, score)
    as_picture(merchant.log_in(), forked(live_store, event))
    beside = start_testing(merchant)
    beside.get_by_role("radio", name="An occurrence from the log").check()
    occurrence = beside.get_by_role("combobox", name="Occurrence")
    expect(occurrence.locator("option")).to_have_count(4)
    beside.get_by_role("searchbox").fill("ben@example.com")
    expect(occurrence.locator("option")).to_have_count(2)
    occurrence.select_option(index=1)
    run(merchant)
    expect_lit(merchant, 1, 4, 5, of=5)
    beside.get_by_text("What it is tested with").click()
    beside.get_by_role("searchbox").fill("nobody@example.com")
    expect(beside.get_by_text("No occurrence of this customer")).to_be_visible()


def test_the_last_of_the_log_are_counted_on_steps_and_ways(
    merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe
):
    for score in (10, 60, 70, 80):
        send(live_store, event, "anna@example.com", score)
    as_picture(merchant.log_in(), forked(live_store, event))
    beside = start_testing(merchant)
    beside.get_by_role("radio", name="The last of the log").check(force=True)
    choose(beside, "How many", "The last 10")
    run(merchant)

    expect(outcome(merchant)).to_contain_text("4 occurrences tried")
    expect(outcome(merchant)).to_contain_text("4 would start (100%)")
    effects = outcome(merchant).get_by_role("region", name="What would be done")
    expect(effects).to_contain_text("7 times")
    expect(effects).to_contain_text("1 time")
    picture = merchant.app.locator(".react-flow__edges")
    expect(picture).to_contain_text("3 (75%)")
    expect(picture).to_contain_text("Otherwise · 1 (25%)")
    merchant.app.get_by_role("button", name="Would be come to 3 times").first.click()
    told = entries(merchant).filter(has_text="Step 2")
    expect(entry(merchant, "Step 2")).to_have_attribute("aria-expanded", "true")
    expect(told).to_contain_text("3 (100%)")
    spot(merchant, 1).click()
    expect(entries(merchant).filter(has_text="Step 1")).to_contain_text("Otherwise: 1 (25%)")
    merchant.settle()
    axe(merchant.document)


def test_who_may_not_see_customers_is_told_what_is_missing(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in("staff_define"), forked(live_store, event))
    beside = start_testing(merchant)
    expect(beside.get_by_role("radio", name="An occurrence from the log")).to_be_disabled()
    beside.get_by_role("radio", name="The last of the log").check(force=True)
    button = beside.get_by_role("button", name="Test", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("MANAGE_USERS"))


@pytest.mark.parametrize("view", ["picture", "list"])
def test_long_polish_texts_are_not_cut(merchant: Merchant, live_store: LiveStore, make: Maker, view: str):
    fields = [{"name": "x" * 60, "type": "STRING"}, {"name": "y" * 60, "type": "MONEY"}]
    event = make.event(name=UNBROKEN, dataFields=fields)
    wait, hook = awaiting("w", event, "a", "a"), webhook_step("a", "https://example.com/" + "z" * 900)
    scenario = drafted(live_store, event, {**wait, "label": UNBROKEN}, {**hook, "label": UNBROKEN})
    send(live_store, event, "a" * 60 + "@" + "b" * 60 + ".example.com")
    merchant.page.set_viewport_size(SMALL)
    merchant.log_in().switch_language("pl")
    (as_picture if view == "picture" else open_scenario)(merchant, scenario)
    beside = start_testing(merchant)
    choose(beside, "Kiedy nadejdzie", "W innym czasie")
    beside.get_by_role("combobox", name=re.compile("^Krok 1: ")).select_option(label="Następuje od razu")
    expect_nothing_cut(merchant)
    run(merchant)
    entry(merchant, "^2").click()
    expect(outcome(merchant)).to_contain_text("https://example.com/")
    expect_nothing_cut(merchant)
    beside.get_by_role("radio", name="Ostatnie z logu").check(force=True)
    run(merchant)
    expect(outcome(merchant)).to_contain_text("Przetestowano 1 wystąpienie")
    entry(merchant, "Krok 1").click()
    expect_nothing_cut(merchant)
