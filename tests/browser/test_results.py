"""Results over a published flow: counts that lead to their rows in the log, by the mouse and by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import Axe, Drafted, a_name, ask, drafted, open_scenario, press, wait_step
from tests.browser.logged import fired
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

PUBLISH = "mutation ($id: ID!) { customEventScenarioPublish(id: $id) { errors { code } } }"
IDS = "query ($number: Int!) { customEventScenario(number: $number) { id revision draft } }"
SAVE = """
mutation ($id: ID!, $revision: Int!, $draft: CustomEventJSON!) {
  customEventScenarioUpdate(id: $id, revision: $revision, input: {draft: $draft}) { errors { code } }
}"""
SCORES = (90, 80, 10)


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


def published(live: LiveStore, scenario: Drafted, **draft: object) -> None:
    found = ask(live, IDS, number=scenario.number)["customEventScenario"]
    if draft:
        changed = {"id": found["id"], "revision": found["revision"], "draft": {**found["draft"], **draft}}
        assert ask(live, SAVE, **changed)["customEventScenarioUpdate"]["errors"] == []
    assert ask(live, PUBLISH, id=found["id"])["customEventScenarioPublish"]["errors"] == []


def back(merchant: Merchant) -> None:
    merchant.page.evaluate("() => history.back()")


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=[{"name": "score", "type": "NUMBER"}])


@pytest.fixture
def ran(live_store: LiveStore, event: Event) -> Drafted:
    """Run a scenario: two wait a day, one went the other way to the end, one came again and was kept out."""
    asked = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    scenario = drafted(
        live_store,
        event,
        {
            "id": "c",
            "type": "condition",
            "label": "High score?",
            "branches": [{"when": asked, "next": "w", "label": "Yes"}],
            "otherwise": "x",
        },
        wait_step("w", "x", "P1D"),
        {"id": "x", "type": "exit"},
        name=a_name("Counted"),
    )
    start = {"id": "start", "type": "customEvent", "event": event.number, "reentry": "once"}
    published(live_store, scenario, starts=[start])
    for number, score in enumerate(SCORES):
        fired(live_store, event, f"visitor{number}@example.com", dataFields={"score": score})
    fired(live_store, event, "visitor0@example.com", dataFields={"score": 10})
    return scenario


def results(merchant: Merchant, scenario: Drafted) -> Merchant:
    open_scenario(merchant, scenario)
    merchant.app.get_by_text(merchant.say("Results", "Wyniki"), exact=True).click()
    expect(side(merchant).get_by_role("button", name=re.compile("Began, 3$|Rozpoczęte, 3$"))).to_be_visible()
    return merchant


def side(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("complementary", name=merchant.say("Results", "Wyniki"))


def count(merchant: Merchant, name: str) -> Locator:
    """The button of a count over the flow, by what its sentence says."""
    return merchant.app.get_by_role("button", name=re.compile(f"{re.escape(name)}. Show in the log"))


def rows(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("table").locator("tbody").get_by_role("row")


def chips(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("list", name="Filters in force").get_by_role("button")


def test_the_flow_says_how_many_went_where_and_each_count_leads_to_its_rows(
    merchant: Merchant, ran: Drafted, axe: Axe
) -> None:
    results(merchant.log_in(), ran)
    expect(count(merchant, "Waiting now: 2")).to_be_visible()
    expect(merchant.app.get_by_text("Yes · 2 (67%)")).to_be_visible()
    expect(count(merchant, "Did not begin: 1").first).to_be_visible()
    expect(side(merchant)).to_contain_text("SKIPPED_REENTRY")
    axe(merchant.document)

    count(merchant, "Waiting now: 2").click()
    expect(rows(merchant)).to_have_count(2)
    expect(chips(merchant).first).to_have_text(re.compile("Version 1: Step 2: Wait.* – Waiting now"))
    axe(merchant.document)
    chips(merchant).first.click()
    expect(rows(merchant)).to_have_count(4)

    back(merchant)
    back(merchant)
    expect(count(merchant, "Waiting now: 2")).to_be_visible()


def test_the_chosen_step_tells_each_way_and_reason(merchant: Merchant, ran: Drafted, axe: Axe) -> None:
    results(merchant.log_in(), ran)
    merchant.app.get_by_text("Picture", exact=True).click()
    merchant.app.locator(".react-flow__node").get_by_role("button", name=re.compile(r"^1\. ")).click()
    chosen = side(merchant).get_by_role("region", name=re.compile("^Step 1: High score"))
    expect(chosen).to_contain_text("66.7%")
    axe(merchant.document)
    chosen.get_by_role("button", name="Show in the log: Otherwise, 1").click()
    expect(rows(merchant)).to_have_count(1)
    expect(chips(merchant).first).to_contain_text("Otherwise")
    back(merchant)
    expect(side(merchant).get_by_role("region", name=re.compile("^Step 1: High score"))).to_be_visible()


def test_totals_lead_to_their_rows(merchant: Merchant, ran: Drafted) -> None:
    results(merchant.log_in(), ran)
    for name, number in (("Began, 3", 3), ("Under way, 2", 2), ("Completed, 1", 1)):
        side(merchant).get_by_role("button", name=f"Show in the log: {name}").click()
        expect(rows(merchant)).to_have_count(number)
        back(merchant)
    side(merchant).get_by_role("button", name=re.compile("^Show in the log: Did not begin: .*, 1$")).click()
    expect(rows(merchant)).to_have_count(1)
    expect(rows(merchant)).to_contain_text("SKIPPED_REENTRY")


def test_results_by_keys_alone(merchant: Merchant, ran: Drafted) -> None:
    open_scenario(merchant.log_in(), ran)
    mode = merchant.app.get_by_role("radio", name="Build", exact=True)
    mode.focus()
    merchant.page.keyboard.press("ArrowRight")
    merchant.page.keyboard.press("ArrowRight")
    waiting = count(merchant, "Waiting now: 2")
    expect(waiting).to_be_visible()
    expect(merchant.app.get_by_role("radio", name="Results", exact=True)).to_be_focused()
    for _ in range(60):
        if waiting.evaluate("button => button === document.activeElement"):
            break
        merchant.page.keyboard.press("Tab")
    expect(waiting).to_be_focused()
    merchant.page.keyboard.press("Enter")
    expect(rows(merchant)).to_have_count(2)


def test_counts_come_by_themselves_while_one_looks(
    merchant: Merchant, ran: Drafted, live_store: LiveStore, event: Event
) -> None:
    results(merchant.log_in(), ran)
    fired(live_store, event, "late@example.com", dataFields={"score": 99})
    expect(count(merchant, "Waiting now: 3")).to_be_visible(timeout=30_000)


def test_another_version_and_another_time_can_be_chosen(
    merchant: Merchant, ran: Drafted, live_store: LiveStore
) -> None:
    published(live_store, ran, steps=[{"id": "only", "type": "exit"}])
    open_scenario(merchant.log_in(), ran)
    merchant.app.get_by_text("Results", exact=True).click()
    expect(side(merchant)).to_contain_text("Nobody came by in this time.")
    merchant.app.get_by_label("Version", exact=True).select_option("1")
    expect(count(merchant, "Waiting now: 2")).to_be_visible()
    merchant.app.get_by_text("Dates", exact=True).click()
    expect(count(merchant, "Waiting now: 2")).to_be_visible()
    merchant.app.get_by_label("From", exact=True).fill("2026-01-02")
    merchant.app.get_by_label("To", exact=True).fill("2026-01-01")
    expect(side(merchant)).to_contain_text("Choose up to 366 days")
    merchant.app.get_by_label("To", exact=True).fill("2026-01-03")
    expect(merchant.app.get_by_role("button", name=re.compile("Waiting now"))).to_have_count(0)
    expect(side(merchant)).to_contain_text("Nobody came by in this time.")


def test_without_logging_it_is_counted_and_leads_nowhere(
    merchant: Merchant, make: Maker, live_store: LiveStore
) -> None:
    silent = make.event(logging=False)
    scenario = drafted(live_store, silent, wait_step("w", None, "P1D"))
    published(live_store, scenario)
    fired(live_store, silent, "a@example.com", dataFields={"score": 1})
    open_scenario(merchant.log_in(), scenario)
    merchant.app.get_by_text("Results", exact=True).click()
    expect(side(merchant)).to_contain_text("1 run is of an event without logging")
    expect(merchant.app.get_by_role("button", name=re.compile("Show in the log"))).to_have_count(0)


def test_before_anything_is_published_there_are_no_results(
    merchant: Merchant, event: Event, live_store: LiveStore, axe: Axe
) -> None:
    open_scenario(merchant.log_in(), drafted(live_store, event, wait_step("w")))
    merchant.app.get_by_text("Results", exact=True).click()
    expect(merchant.app.get_by_text("Nothing was published yet")).to_be_visible()
    axe(merchant.document)
    press(merchant.app, "Publish")
    expect(merchant.app.get_by_role("dialog")).to_be_visible()
