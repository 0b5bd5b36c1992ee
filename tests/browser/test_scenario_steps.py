"""A scenario of the engine's other steps, from its making to what its timeline says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import (
    Axe,
    choose,
    choose_in_menu,
    drafted,
    field,
    fill,
    open_scenario,
    press,
    publish,
    step,
    stored,
    titles,
)
from tests.browser.logged import fired, open_invocation, until_status
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

HAPPENED, TIMED_OUT = "It happened", "It did not happen in time"


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=[{"name": "score", "type": "NUMBER"}])


def await_event(merchant: Merchant, number: int, event: Event, *, seconds: str) -> None:
    """Make a wait one for an event, for at most so many seconds."""
    card = step(merchant, number)
    choose(card, "What it waits for", "For an event")
    chosen = card.get_by_role("combobox", name="Event", exact=True)
    chosen.fill(event.slug)
    card.get_by_role("option").filter(has_text=event.slug).click()
    fill(card, "Days", "")
    fill(card, "Seconds", seconds)


def steps_of(shown: Locator) -> Locator:
    return shown.locator("ol > li")


def open_steps(merchant: Merchant, number: str) -> Locator:
    shown = open_invocation(merchant, number)
    return steps_of(shown)


def test_a_split_a_wait_for_an_event_and_a_variable_are_built_run_and_told(
    merchant: Merchant, live_store: LiveStore, event: Event, make: Maker
):
    awaited, scenario = make.event(), drafted(live_store, event)
    open_scenario(merchant.log_in(), scenario)
    choose_in_menu(merchant, "Add the first step", "Random split")
    field(step(merchant, 1), "Weight").first.fill("100")
    field(step(merchant, 1), "Weight").last.fill("300")
    expect(step(merchant, 1)).to_contain_text("25% of customers")
    choose_in_menu(merchant, "Add a step at the end of “25%”", "Comment")
    merchant.app.get_by_role("combobox", name="What comes after “75%”").select_option(index=1)
    choose_in_menu(merchant, "Add a step at the end", "Wait")
    await_event(merchant, 3, awaited, seconds="2")
    choose_in_menu(merchant, f"Add a step at the end of “{TIMED_OUT}”", "Set a variable")
    fill(step(merchant, 4), "Name of the variable", "tier")
    fill(step(merchant, 4), "Text", "late {{ dataFields.score }}")
    assert titles(merchant) == ["Random split", "Comment", "Wait for an event", "Set variable: tier"]
    publish(merchant)

    number = fired(live_store, event, dataFields={"score": 7})
    until_status(live_store, number, "completed")
    shown = open_steps(merchant, number)
    expect(shown.filter(has_text="Random split")).to_contain_text("This way")
    expect(shown.filter(has_text="Wait for an event")).to_contain_text("did not happen in time")
    expect(shown.filter(has_text="Set variable: tier")).to_contain_text("late 7")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("pl", "dark")])
def test_axe_finds_nothing_in_the_forms_of_the_engines_steps(
    merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe, language, theme
):
    scenario = drafted(live_store, event, *every_other_step(event))
    merchant.log_in().switch_language(language).switch_theme(theme)
    open_scenario(merchant, scenario)
    edit = merchant.app.get_by_role("button", name=re.compile(merchant.say("^Edit step", "^Edytuj krok")))
    for _ in range(edit.count()):
        edit.first.click()
    often = merchant.app.get_by_role("combobox", name=merchant.say("How often a customer", "Jak często klient"))
    often.select_option("oncePerPeriod")
    merchant.app.get_by_role("combobox", name=merchant.say("How many begin", "Ile się zaczyna")).select_option(
        "throttle"
    )
    press(merchant.app, merchant.say("Add a customer filter", "Dodaj filtr klienta"))
    merchant.settle()
    axe(merchant.document)


def every_other_step(event: Event) -> tuple[dict[str, object], ...]:
    """One of each, one after the other."""
    ways = [{"weight": 30, "next": "s2", "label": "Offer"}, {"weight": 70, "next": "s2"}]
    offset = {"date": "dataFields.delivery", "offset": "-P1D", "past": "exit"}
    clock = {"time": "09:00", "weekdays": ["mon", "fri"], "zone": {"from": "dataFields.zone"}}
    awaits = {"event": event.number, "timeout": "P3D", "happened": "s5", "timedOut": "s5"}
    asked = {"left": "dataFields.score", "operator": "greaterThan", "right": 5}
    return (
        {"id": "s1", "type": "split", "branches": ways},
        {"id": "s2", "type": "waitUntil", **offset, "next": "s3"},
        {"id": "s3", "type": "waitForTime", **clock, "next": "s4"},
        {"id": "s4", "type": "waitForEvent", **awaits, "filter": asked},
        {"id": "s5", "type": "setVariable", "name": "tier", "value": "{{ steps.s4.score }}", "next": "s6"},
        {"id": "s6", "type": "comment", "text": "Said.", "next": None},
    )


def exit_rule(merchant: Merchant, number: int) -> Locator:
    return merchant.app.get_by_role("article", name=merchant.say(f"Exit rule {number}", f"Reguła wyjścia {number}"))


def test_exit_rules_are_added_changed_published_and_told_by_the_log(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event, axe: Axe
):
    ending = make.event(name="Left the quiz", dataFields=[{"name": "score", "type": "NUMBER"}])
    scenario = drafted(live_store, event, {"id": "wait", "type": "wait", "duration": "P30D", "next": None})
    open_scenario(merchant.log_in(), scenario)
    press(merchant.app, "Add an exit rule")
    first = exit_rule(merchant, 1)
    expect(first.get_by_role("combobox", name="It ends when", exact=True)).to_be_focused()
    choose(first, "It ends when", "The customer places an order")
    press(merchant.app, "Add an exit rule")
    second = exit_rule(merchant, 2)
    press(merchant.app, "Publish")
    expect(second).to_contain_text("Choose an event.")
    mend = merchant.app.get_by_role("region", name="1 thing to mend before publishing")
    mend.get_by_role("button", name="Exit rule 2", exact=True).click()
    chosen = second.get_by_role("combobox", name="Event that ends it", exact=True)
    chosen.fill(ending.slug)
    second.get_by_role("option").filter(has_text=ending.slug).click()
    press(second, "Add a filter")
    choose(second, "What is compared", "score")
    choose(second, "Comparison", "is more than")
    fill(second, "Value", "10")
    press(merchant.app, "Add an exit rule")
    choose(exit_rule(merchant, 3), "It ends when", "The customer withdraws consent to marketing")
    press(merchant.app, "Remove exit rule 1")
    expect(exit_rule(merchant, 3)).to_have_count(0)
    axe(merchant.document)
    publish(merchant)
    assert stored(live_store, scenario)["draft"]["exits"] == [
        {
            "type": "event",
            "event": ending.number,
            "filter": {"left": "dataFields.score", "operator": "greaterThan", "right": 10},
        },
        {"type": "consentWithdrawn"},
    ]

    number = fired(live_store, event)
    until_status(live_store, number, "waiting")
    live_store.fire(
        {"customEventId": ending.number, "customerEmail": "anna@example.com", "dataFields": {"score": 11}},
        credential=live_store.token("app_all"),
    )
    until_status(live_store, number, "completed")
    shown = open_steps(merchant, number)
    expect(shown.filter(has_text="Wait")).to_contain_text("an exit rule ended the invocation")


def test_a_test_of_a_mail_goes_to_whoever_writes_it(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    letter = {"subject": "Hi {{ customer.firstName }}", "text": "Score: {{ dataFields.score }}"}
    mail = {"id": "mail", "type": "action", "action": "send_email", "config": letter, "next": None}
    open_scenario(merchant.log_in(), drafted(live_store, event, mail))
    card = step(merchant, 1)
    card.get_by_role("button", name=re.compile("^Edit step")).click()
    fill(card, "Subject", "Not saved yet")
    press(card, "Send a test to me")
    expect(card).to_contain_text("Sent to staff-all@example.com.")
    (sent,) = live_store.mailbox.of("staff-all@example.com")
    assert sent["Subject"] == "[Test] Not saved yet"
    assert "Score: 42" in sent.get_content()
    axe(merchant.document)
    merchant.switch_language("pl")
    fill(card, "Temat", "{{")
    press(card, "Wyślij test do mnie")
    expect(card).to_contain_text("Tego szablonu nie da się odczytać.")
