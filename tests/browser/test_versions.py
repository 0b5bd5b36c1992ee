"""A scenario's versions: what each changed, looked at, compared, made the draft again; and its history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import (
    UPDATE,
    Axe,
    Drafted,
    a_name,
    ask,
    drafted,
    fill,
    open_scenario,
    press,
    save,
    step,
    stored,
    titles,
    wait_step,
    window,
)
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

PUBLISH = """
mutation ($id: ID!) { customEventScenarioPublish(id: $id) { errors { code field } scenario { published { number } } } }
"""


@pytest.fixture
def event(live_store: LiveStore) -> Event:
    return Maker(live_store).event(name=a_name("Quiz done"), dataFields=[{"name": "score", "type": "NUMBER"}])


def mail(subject: str, next: str | None = None, text: str = "Hello {{ customer.firstName }}") -> dict[str, Any]:
    config = {"subject": subject, "text": text}
    return {"id": "mail", "type": "action", "action": "send_email", "config": config, "next": next}


def publish(live: LiveStore, scenario: Drafted, draft: Mapping[str, Any] | None = None) -> None:
    now = stored(live, scenario)
    if draft is not None:
        saved = ask(live, UPDATE, id=now["id"], input={"draft": draft}, revision=now["revision"])
        assert saved["customEventScenarioUpdate"]["errors"] == []
    assert ask(live, PUBLISH, id=now["id"])["customEventScenarioPublish"]["errors"] == []


@dataclass(frozen=True)
class Story:
    """A scenario with three versions, the second of which somebody is in, and a draft behind them."""

    scenario: Drafted
    event: Event


@pytest.fixture
def story(live_store: LiveStore, event: Event) -> Story:
    scenario = drafted(live_store, event, mail("Your result is here"))
    draft = stored(live_store, scenario)["draft"]
    publish(live_store, scenario)
    score = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    look = {"id": "look", "type": "condition", "branches": [{"when": score, "next": "mail"}], "otherwise": None}
    second = [wait_step("wait", "look", "P1D"), look, mail("Your result is here")]
    publish(live_store, scenario, {**draft, "steps": second})
    fired = {"customEventId": event.number, "customerEmail": "anna@example.com"}
    assert live_store.fire(fired, credential=live_store.token("app_all")).status_code == 202
    higher = {**look, "branches": [{"when": {**score, "right": 80}, "next": "mail"}]}
    third = [wait_step("wait", "look", "P2D"), higher, mail("Your great result is here", "end", "Hello!"), EXIT]
    starts = [{**draft["starts"][0], "reentry": "once"}]
    publish(live_store, scenario, {**draft, "starts": starts, "steps": third, "exits": [{"type": "orderPlaced"}]})
    now = stored(live_store, scenario)
    saved = ask(live_store, UPDATE, id=now["id"], input={"draft": {**draft, "steps": third[2:]}}, revision=3)
    assert saved["customEventScenarioUpdate"]["errors"] == []
    return Story(scenario, event)


EXIT = {"id": "end", "type": "exit", "label": "Done"}


def open_versions(merchant: Merchant, story: Story) -> None:
    open_scenario(merchant, story.scenario)
    press(merchant.app, merchant.say("Versions", "Wersje"))
    expect(merchant.app.get_by_role("tab", name=merchant.say("Versions", "Wersje"), exact=True)).to_be_focused()


def row(merchant: Merchant, text: str) -> Locator:
    return merchant.app.get_by_role("row").filter(has=merchant.app.get_by_role("rowheader", name=re.compile(text)))


def group(merchant: Merchant, text: str) -> Locator:
    """What is told of one step, start point or exit rule."""
    return merchant.app.locator("tbody[data-told]").filter(has_text=text)


def test_the_list_says_who_when_how_many_and_what_changed(merchant: Merchant, story: Story, axe: Axe):
    open_versions(merchant.log_in(), story)
    expect(row(merchant, "^3")).to_contain_text("Published now")
    expect(row(merchant, "^3")).to_contain_text("1 step added, 3 changed, 1 start point differs, 1 exit rule differs")
    expect(row(merchant, "^2").get_by_role("cell").nth(2)).to_have_text("1")
    expect(row(merchant, "^2")).to_contain_text("2 steps added")
    expect(row(merchant, "^1")).to_contain_text("The first version")
    expect(row(merchant, "^1").get_by_role("cell").nth(2)).to_have_text("0")
    expect(row(merchant, "^Draft")).to_contain_text("2 steps removed, 1 start point differs, 1 exit rule differs")
    axe(merchant.document)


def test_two_versions_are_compared_side_by_side_in_words(merchant: Merchant, story: Story, axe: Axe):
    open_versions(merchant.log_in(), story)
    press(merchant.app, "Compare version 3 with the one before")
    expect(merchant.app.get_by_role("heading", name="What differs")).to_be_focused()
    expect(merchant.app.get_by_role("status").filter(has_text="From Version 2 to Version 3")).to_be_visible()
    condition = group(merchant, "2. Condition").get_by_role("row").nth(1)
    expect(condition.get_by_role("cell")).to_have_text(
        [re.compile("^score is more than .*50$"), re.compile("^score is more than .*80$")]
    )
    expect(group(merchant, "Wait: 1 day").get_by_role("row").nth(1).get_by_role("cell")).to_have_text(
        ["1 day", "2 days"]
    )
    subject = group(merchant, "3. Send e-mail")
    expect(subject.locator("ins").first).to_have_text("added: great ")
    expect(subject.locator("del").first).to_contain_text("removed: ")
    expect(group(merchant, "4. Done")).to_contain_text("Added")
    expect(group(merchant, "4. Done")).to_contain_text("Not there")
    expect(group(merchant, "An order is placed")).to_contain_text("Added")
    expect(group(merchant, "Start point 1").get_by_role("row").nth(1).get_by_role("cell")).to_have_text(
        ["Every time", "Once only"]
    )
    axe(merchant.document)

    before = merchant.app.get_by_role("combobox", name="Before")
    after = merchant.app.get_by_role("combobox", name="After")
    press(merchant.app, "Swap the two")
    expect(before).to_have_value("3")
    expect(group(merchant, "4. Done")).to_contain_text("Removed")
    before.select_option(label="Version 1")
    after.select_option(label="Version 2")
    expect(group(merchant, "Wait: 1 day")).to_contain_text("Added")
    expect(merchant.app.get_by_text("1 step is the same")).to_be_visible()
    merchant.app.get_by_role("checkbox", name="Show what is the same as well").check()
    expect(group(merchant, "3. Send e-mail")).to_contain_text("1. Send e-mail")
    after.select_option(label="Draft")
    expect(merchant.app.get_by_role("status").filter(has_text="From Version 1 to Draft")).to_be_visible()
    after.select_option(label="Version 1")
    expect(merchant.app.get_by_role("status").filter(has_text="Both are the same.")).to_be_visible()


def test_a_version_is_looked_at_as_a_list_and_as_a_picture_and_cannot_be_changed(
    merchant: Merchant, story: Story, axe: Axe
):
    open_versions(merchant.log_in(), story)
    press(merchant.app, "Look at version 3")
    expect(merchant.app.get_by_role("heading", name="Version 3", exact=True)).to_be_focused()
    assert titles(merchant) == ["Wait: 2 days", "Condition", "Send e-mail", "Done"]
    expect(step(merchant, 1)).to_contain_text("Changed in this version")
    expect(step(merchant, 4)).to_contain_text("New in this version")
    expect(merchant.app.get_by_role("button", name=re.compile("^(Add a step|Move|Save|Publish)"))).to_have_count(0)
    step(merchant, 1).get_by_role("button").click()
    expect(step(merchant, 1).get_by_role("textbox", name="Days")).to_be_disabled()
    axe(merchant.document)
    merchant.app.get_by_role("checkbox", name="Mark what it changed in version 2").uncheck()
    expect(step(merchant, 4)).not_to_contain_text("New in this version")

    merchant.app.get_by_text("Picture", exact=True).click()
    nodes = merchant.app.locator(".react-flow__node")
    expect(nodes.filter(has_text="Wait: 2 days")).to_be_visible()
    merchant.settle()
    axe(merchant.document)
    merchant.app.get_by_text("List", exact=True).click()
    press(merchant.app, "To the versions")
    press(merchant.app, "Look at version 1")
    expect(merchant.app.get_by_role("heading", name="Version 1", exact=True)).to_be_focused()
    assert titles(merchant) == ["Send e-mail"]


def test_by_keys_alone_a_version_becomes_the_draft_again(merchant: Merchant, live_store: LiveStore, story: Story):
    open_scenario(merchant.log_in(), story.scenario)
    merchant.app.get_by_role("button", name="Versions").focus()
    keys = merchant.page.keyboard
    keys.press("Enter")
    expect(merchant.app.get_by_role("tab", name="Versions")).to_be_focused()
    back = merchant.app.get_by_role("button", name="Make version 1 the draft again")
    for _ in range(40):
        keys.press("Tab")
        if back.evaluate("(element) => element === document.activeElement"):
            break
    keys.press("Enter")
    expect(window(merchant)).to_contain_text("1 step changed, 1 removed")
    expect(window(merchant)).to_contain_text("1 invocation is under way. Making this the draft changes nothing for it.")
    expect(window(merchant)).to_contain_text("Version 2: 1")
    expect(window(merchant).get_by_role("button", name="Make this the draft again")).to_be_focused()
    keys.press("Enter")
    expect(merchant.app.get_by_role("dialog")).to_have_count(0)
    expect(merchant.app.get_by_role("button", name="Versions")).to_be_focused()
    assert titles(merchant) == ["Send e-mail"]
    assert stored(live_store, story.scenario)["draft"]["steps"] == [mail("Your result is here")]


def test_what_is_not_saved_stays_while_one_looks_and_is_named_before_it_is_lost(merchant: Merchant, story: Story):
    open_scenario(merchant.log_in(), story.scenario)
    step(merchant, 1).get_by_role("button", name=re.compile("^Edit step")).click()
    fill(step(merchant, 1), "Name of this step", "Mine")
    press(merchant.app, "Versions")
    expect(row(merchant, "^Draft")).to_contain_text("without what you have changed since")
    press(merchant.app, "Make version 2 the draft again")
    expect(window(merchant)).to_contain_text("What you have changed and not saved is lost.")
    press(window(merchant), "Cancel")
    press(merchant.app, "Back")
    assert titles(merchant)[0] == "Mine"


def test_the_history_says_who_did_what(merchant: Merchant, live_store: LiveStore, story: Story, axe: Axe):
    open_versions(merchant.log_in(), story)
    merchant.page.keyboard.press("ArrowRight")
    expect(merchant.app.get_by_role("tab", name="History")).to_be_focused()
    rows = merchant.app.get_by_role("tabpanel").get_by_role("row")
    expect(rows).to_have_count(8)
    expect(rows.nth(1)).to_contain_text("Draft saved")
    expect(rows.nth(1)).to_contain_text("2 steps removed")
    expect(rows.nth(2)).to_contain_text("Version 3 published")
    expect(rows.nth(2)).to_contain_text(live_store.cast["staff_all"]["email"])
    expect(rows.nth(7)).to_contain_text("Created")
    axe(merchant.document)


def test_before_publishing_one_sees_what_differs_from_what_runs(merchant: Merchant, story: Story, axe: Axe):
    open_scenario(merchant.log_in(), story.scenario)
    step(merchant, 1).get_by_role("button", name=re.compile("^Edit step")).click()
    fill(step(merchant, 1), "Name of this step", "The mail")
    save(merchant)
    press(merchant.app, "Publish")
    differs = window(merchant).get_by_role("region", name="What differs from version 3, which runs now")
    expect(differs).to_contain_text("1 step changed, 2 removed, 1 start point differs, 1 exit rule differs")
    expect(differs.locator("tbody[data-told='CHANGED']").filter(has_text="The mail")).to_be_visible()
    axe(merchant.document)
    press(window(merchant), "Publish")
    expect(merchant.app.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("language", "theme"), [("pl", "dark")])
def test_in_polish_and_dark(merchant: Merchant, story: Story, axe: Axe, language: Any, theme: Any):
    merchant.log_in().switch_language(language).switch_theme(theme)
    open_versions(merchant, story)
    expect(row(merchant, "^3")).to_contain_text("dodano 1 krok, zmieniono 3")
    axe(merchant.document)
    press(merchant.app, "Porównaj wersję 3 z poprzednią")
    expect(group(merchant, "2. Warunek")).to_contain_text("score to więcej niż")
    axe(merchant.document)
    press(merchant.app, "Do wersji")
    press(merchant.app, "Przywróć wersję 1 jako szkic")
    expect(window(merchant)).to_contain_text("1 wywołanie jest w toku")
    merchant.settle()
    axe(merchant.document)


def test_who_may_not_bring_a_version_back_is_told_which_permission_is_missing(merchant: Merchant, story: Story):
    open_versions(merchant.log_in("staff_define"), story)
    press(merchant.app, "Make version 1 the draft again")
    expect(window(merchant)).to_contain_text("To bring this version back, you also need: MANAGE_USERS.")
    button = window(merchant).get_by_role("button", name="Make this the draft again")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("MANAGE_USERS"))
