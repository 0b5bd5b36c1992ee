"""The scenario as a picture: built with the mouse and by keys alone, moved, copied, taken back, found."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import picture_journey
from tests.browser.building import (
    Axe,
    Drafted,
    a_name,
    choose_in_menu,
    drafted,
    field,
    open_scenario,
    press,
    save,
    stored,
    wait_step,
    webhook_step,
)
from tests.browser.merchant import Merchant
from tests.browser.picture_journey import panel, spot
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=[{"name": "score", "type": "NUMBER"}, {"name": "size", "type": "STRING"}])


def as_picture(merchant: Merchant, scenario: Drafted) -> Merchant:
    open_scenario(merchant, scenario)
    merchant.app.get_by_text(merchant.say("Picture", "Schemat"), exact=True).click()
    expect(merchant.app.locator(".react-flow__node").first).to_be_visible()
    return merchant


def plus(merchant: Merchant, name: str) -> Locator:
    return merchant.app.get_by_role("button", name=name, exact=True)


def condition(id: str, first: str | None, otherwise: str | None) -> dict[str, Any]:
    asked = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    return {"id": id, "type": "condition", "branches": [{"when": asked, "next": first}], "otherwise": otherwise}


def forked(live: LiveStore, event: Event) -> Drafted:
    return drafted(
        live,
        event,
        condition("c", "a", "b"),
        webhook_step("a", "https://example.com/high", "z"),
        wait_step("b", "z", "PT2H"),
        webhook_step("z", "https://example.com/all"),
    )


def order(live: LiveStore, scenario: Drafted) -> list[str]:
    return [one["id"] for one in stored(live, scenario)["draft"]["steps"]]


def test_a_scenario_is_built_in_the_picture(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    scenario = drafted(live_store, event)
    as_picture(merchant.log_in(), scenario)
    choose_in_menu(merchant, "Add the first step", "Wait")
    expect(panel(merchant).get_by_role("heading", name=re.compile("^Step 1: Wait"))).to_be_visible()
    press(panel(merchant), "Close")
    expect(spot(merchant, 1)).to_be_focused()
    choose_in_menu(merchant, "Add a step at the end", "Send webhook")
    field(panel(merchant), "Address (URL)").fill("https://example.com/hook")
    axe(merchant.document)
    save(merchant)

    steps = stored(live_store, scenario)["draft"]["steps"]
    assert [one["type"] for one in steps] == ["wait", "action"]
    assert steps[1]["config"] == {"url": "https://example.com/hook"}


def test_the_whole_way_by_the_picture_to_a_mail(merchant: Merchant, live_store: LiveStore):
    merchant.log_in()
    names = {"event": a_name("Quiz seen"), "scenario": a_name("By the picture")}
    picture_journey.walk(merchant, live_store, live_store.mailbox, **names)


def test_a_step_is_dragged_from_the_list_of_steps_onto_a_place(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = forked(live_store, event)
    as_picture(merchant.log_in(), scenario)
    comment = merchant.app.get_by_role("button", name=re.compile("^Comment: add behind"))
    onto(merchant, comment, plus(merchant, "Add a step where the branches of step 1 meet"))
    expect(spot(merchant, 4)).to_contain_text("Comment")
    save(merchant)
    assert order(live_store, scenario)[-2:] == ["s1", "z"]


def test_a_step_is_dragged_to_another_place(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, wait_step("a", "b"), webhook_step("b", "https://example.com/"))
    as_picture(merchant.log_in(), scenario)
    onto(merchant, spot(merchant, 1), plus(merchant, "Add a step at the end"))
    expect(spot(merchant, 1)).to_contain_text("Send webhook")
    save(merchant)
    assert order(live_store, scenario) == ["b", "a"]


def onto(merchant: Merchant, step: Locator, place: Locator) -> None:
    """Drag something with the mouse as a hand does, over what lies between."""
    there, here = place.bounding_box(), step.bounding_box()
    assert there is not None
    assert here is not None
    x, y = here["x"] + here["width"] / 2, here["y"] + 6
    mouse = merchant.page.mouse
    mouse.move(x, y)
    mouse.down()
    for part in (0.3, 0.7, 1.0):
        to = there["y"] + there["height"] / 2 + 4
        mouse.move(x + (there["x"] + there["width"] / 2 - x) * part, y + (to - y) * part, steps=5)
    mouse.up()


def test_what_was_changed_is_taken_back_and_done_again(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, wait_step("a"))
    as_picture(merchant.log_in(), scenario)
    choose_in_menu(merchant, "Add a step at the end", "Comment")
    expect(spot(merchant, 2)).to_be_visible()
    press(panel(merchant), "Close")
    merchant.page.keyboard.press("Control+z")
    expect(spot(merchant, 2)).to_have_count(0)
    press(merchant.app, "Do again")
    expect(spot(merchant, 2)).to_be_visible()
    press(merchant.app, "Take back")
    expect(merchant.app.get_by_text("Saved", exact=True)).to_be_visible()


def test_steps_are_copied_into_another_scenario(merchant: Merchant, live_store: LiveStore, event: Event):
    source, target = forked(live_store, event), drafted(live_store, event, wait_step("a"))
    as_picture(merchant.log_in(), source)
    spot(merchant, 1).click()
    choose_in_menu(merchant, "Actions for step 1: Condition", "Copy")
    open_scenario(merchant, target)
    choose_in_menu(merchant, "Add a step at the end", "Paste “Condition”")
    save(merchant)
    steps = stored(live_store, target)["draft"]["steps"]
    assert [one["type"] for one in steps] == ["wait", "condition", "action", "wait"]


def test_a_step_is_found_by_what_it_says(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = forked(live_store, event)
    as_picture(merchant.log_in(), scenario)
    search = merchant.app.get_by_role("searchbox", name="Find a step")
    search.fill("example.com")
    expect(merchant.app.get_by_text("2 steps found", exact=True)).to_be_visible()
    search.press("Enter")
    expect(panel(merchant).get_by_role("heading", name=re.compile("^Step 2: "))).to_be_visible()
    search.press("Enter")
    expect(panel(merchant).get_by_role("heading", name=re.compile("^Step 4: "))).to_be_visible()
    expect(search).to_be_focused()


def test_by_keys_alone(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, wait_step("a"))
    as_picture(merchant.log_in(), scenario)
    plus(merchant, "Add a step at the end").focus()
    keys = merchant.page.keyboard
    keys.press("Enter")
    keys.press("End")
    expect(merchant.app.get_by_role("menuitem", name=re.compile("^Exit"))).to_be_focused()
    keys.press("Enter")
    expect(spot(merchant, 2)).to_contain_text("Exit")
    spot(merchant, 1).focus()
    keys.press("Enter")
    expect(panel(merchant).locator(":focus")).to_have_count(1)
    amount = panel(merchant).get_by_role("spinbutton").or_(panel(merchant).get_by_role("textbox")).first
    tab_to(merchant, amount)
    keys.press("Control+a")
    keys.type("3")
    expect(spot(merchant, 1)).to_contain_text("3")
    save(merchant)


def test_eighty_steps_are_all_there(merchant: Merchant, live_store: LiveStore, event: Event):
    name = a_name("Long")
    steps = [wait_step(f"s{at}", f"s{at + 1}" if at < 79 else None) for at in range(80)]
    as_picture(merchant.log_in(), drafted(live_store, event, *steps, name=name))
    expect(merchant.app.locator(".react-flow__node-step")).to_have_count(80)
    merchant.app.get_by_role("searchbox", name="Find a step").fill("wait")
    expect(merchant.app.get_by_text("80 steps found", exact=True)).to_be_visible()


def test_what_the_keys_come_to_is_in_view(merchant: Merchant, live_store: LiveStore, event: Event):
    steps = [wait_step(f"s{at}", f"s{at + 1}" if at < 19 else None) for at in range(20)]
    as_picture(merchant.log_in(), drafted(live_store, event, *steps))
    spot(merchant, 1).focus()
    for _ in range(24):
        merchant.page.keyboard.press("Tab")
    expect(spot(merchant, 13)).to_be_focused()
    expect(spot(merchant, 13)).to_be_in_viewport(ratio=1)
    last = plus(merchant, "Add a step at the end")
    last.focus()
    expect(last).to_be_in_viewport(ratio=1)


def test_what_is_typed_hides_nothing_of_the_picture(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in(), forked(live_store, event))
    spot(merchant, 2).click()
    paper = merchant.app.locator(".react-flow")
    paper.evaluate(WATCH_HIDING)
    field(panel(merchant), "Address (URL)").press_sequentially("/more")
    expect(spot(merchant, 2)).to_contain_text("/more")
    assert paper.evaluate("(paper) => paper.hidings") == 0


#: Counts how often a part of the picture is hidden.
WATCH_HIDING = """(paper) => {
    paper.hidings = 0;
    const look = (changes) => changes.forEach(({ target }) => {
        if (target.style?.visibility === "hidden") paper.hidings += 1;
    });
    new MutationObserver(look).observe(paper, { attributes: true, attributeFilter: ["style"], subtree: true });
}"""


def test_pressed_steps_come_before_what_ends_the_scenario(merchant: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, wait_step("a"))
    as_picture(merchant.log_in(), scenario)
    for name in ("Exit", "Comment"):
        merchant.app.get_by_role("button", name=re.compile(f"^{name}: add behind")).click()
        press(panel(merchant), "Close")
    expect(spot(merchant, 2)).to_contain_text("Comment")
    expect(spot(merchant, 3)).to_contain_text("Exit")


def test_who_takes_all_back_by_keys_stays_on_the_button(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in(), drafted(live_store, event, wait_step("a")))
    choose_in_menu(merchant, "Add a step at the end", "Comment")
    expect(spot(merchant, 2)).to_be_visible()
    back = merchant.app.get_by_role("button", name="Take back")
    back.press("Enter")
    expect(spot(merchant, 2)).to_have_count(0)
    expect(back).to_be_focused()


def test_taking_back_leaves_the_focus_with_the_part(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in(), forked(live_store, event))
    spot(merchant, 1).click()
    comparison = panel(merchant).get_by_label("Comparison").first
    comparison.select_option("equals")
    comparison.press("Control+z")
    expect(panel(merchant).locator(":focus")).to_have_count(1)
    expect(spot(merchant, 1)).to_contain_text("is more than")


def test_a_start_point_is_added_and_removed_beside_the_picture(merchant: Merchant, live_store: LiveStore, event: Event):
    as_picture(merchant.log_in(), drafted(live_store, event, wait_step("a")))
    press(merchant.app, "Add a start point")
    starts = merchant.app.locator(".react-flow__node-start").get_by_role("button")
    expect(starts).to_have_count(2)
    starts.nth(1).click()
    expect(panel(merchant).get_by_role("heading")).to_have_text("Start point 2: Custom event")
    press(panel(merchant), "Remove start point 2")
    expect(starts).to_have_count(1)
    expect(starts.first).to_be_focused()


def test_in_polish_and_in_the_dark(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    as_picture(merchant.log_in().switch_language("pl").switch_theme("dark"), forked(live_store, event))
    spot(merchant, 1).click()
    expect(panel(merchant).get_by_role("heading", name="Krok 1: Warunek")).to_be_visible()
    axe(merchant.document)


def tab_to(merchant: Merchant, field: Locator) -> None:
    for _ in range(10):
        if field.evaluate("(element) => element === document.activeElement"):
            return
        merchant.page.keyboard.press("Tab")
    raise AssertionError("the field cannot be reached with the Tab key")
