"""A new scenario: empty, or one of the ready ones, with what it does, takes and needs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.building import Axe, a_name, ask, fill, heading, press, titles, window
from tests.browser.merchant import SCENARIOS, Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

EVENTS = """query ($after: String) {
  customEvents(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { slug number name } }
  }
}"""
DRAFT = """query ($number: Int!) { customEventScenario(number: $number) { name draft status } }"""


def begin(merchant: Merchant) -> Locator:
    """Open the window of a new scenario, from the navigation."""
    merchant.go_to(SCENARIOS)
    return begin_here(merchant)


def begin_here(merchant: Merchant) -> Locator:
    merchant.app.get_by_role("button", name=merchant.say("Create new scenario", "Stwórz nowy scenariusz")).first.click()
    expect(merchant.app.get_by_role("radio").first).to_be_attached()
    return window(merchant)


def card(merchant: Merchant, name: str) -> Locator:
    return window(merchant).get_by_role("radio", name=name, exact=True)


def choose(merchant: Merchant, name: str) -> Locator:
    """Choose a ready scenario by mouse: its card is pressed. Gives what is told of it."""
    window(merchant).locator("label").filter(has=merchant.app.get_by_role("radio", name=name, exact=True)).click()
    about = window(merchant).get_by_role("region", name=re.compile(re.escape(name)))
    expect(about).to_be_visible()
    return about


def events(live: LiveStore) -> dict[str, int]:
    """All of them, by their slugs: the store is shared with tests that make more than a page."""
    found: dict[str, int] = {}
    after, has_next = None, True
    while has_next:
        page = ask(live, EVENTS, after=after)["customEvents"]
        found |= {edge["node"]["slug"]: edge["node"]["number"] for edge in page["edges"]}
        after, has_next = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    return found


def drafted_here(merchant: Merchant, live: LiveStore, name: str) -> dict[str, Any]:
    """The draft of the scenario whose page is open."""
    expect(heading(merchant, name)).to_be_visible()
    number = int(merchant.document.evaluate("location.pathname.split('/').at(-1)"))
    found: dict[str, Any] = ask(live, DRAFT, number=number)["customEventScenario"]
    return found


def test_an_empty_one_is_made_with_its_name_and_enter(merchant: Merchant, live_store: LiveStore):
    begin(merchant.log_in())
    expect(card(merchant, "Empty scenario")).to_be_checked()
    name = a_name("From nothing")
    fill(window(merchant), "Scenario name", name)
    merchant.page.keyboard.press("Enter")
    draft = drafted_here(merchant, live_store, name)["draft"]
    assert draft == {"spec": 1, "starts": [{"id": "start", "type": "customEvent"}], "steps": []}


def test_a_ready_one_says_what_it_does_and_needs_and_opens_with_what_is_to_be_mended(
    merchant: Merchant, fresh_store: LiveStore, new_merchant: Any, axe: Axe
):
    merchant = new_merchant(fresh_store).log_in()
    begin(merchant)
    expect(window(merchant).get_by_role("radio")).to_have_count(7)
    assert window(merchant).locator("label svg").count() > 7
    about = choose(merchant, "Quiz to voucher")
    expect(window(merchant).get_by_role("textbox", name="Scenario name")).to_have_value("Quiz to voucher")
    expect(about.get_by_role("group", name="What it does, step by step").get_by_role("listitem")).to_have_text(
        [
            re.compile("^Keep the result"),
            re.compile("^A code of their own"),
            re.compile("^Send the code"),
            "Done · Exit",
        ]
    )
    expect(about.get_by_role("combobox", name="Event for “Quiz finished”")).to_have_value("own")
    expect(about).to_contain_text("Fire it from the storefront when somebody finishes the quiz.")
    expect(about.get_by_role("group", name="What it needs to run")).to_contain_text("MANAGE_USERS: you have that.")
    expect(about.get_by_role("group", name="What it needs to run")).to_contain_text("Mail is set up.")
    axe(merchant.document)
    press(window(merchant), "Create")

    made = drafted_here(merchant, fresh_store, "Quiz to voucher")
    assert made["status"] == "DRAFT"
    assert made["draft"]["starts"][0]["event"] == events(fresh_store)["quiz-finished"]
    assert titles(merchant) == ["Keep the result", "A code of their own", "Send the code", "Done"]
    mend = merchant.app.get_by_role("complementary")
    expect(mend.get_by_role("button", name="Step 2: A code of their own")).to_be_visible()


def test_by_keys_alone_in_polish_with_an_answer(merchant: Merchant, live_store: LiveStore, axe: Axe):
    merchant.log_in().switch_language("pl").switch_theme("dark")
    begin(merchant)
    expect(window(merchant).get_by_role("textbox", name="Nazwa scenariusza")).to_be_focused()
    keys = merchant.page.keyboard
    keys.press("Tab")
    expect(card(merchant, "Pusty scenariusz")).to_be_focused()
    wanted = card(merchant, "Kupon za quiz")
    for _ in range(7):
        keys.press("ArrowDown")
        if wanted.is_checked():
            break
    expect(wanted).to_be_checked()
    axe(merchant.document)
    answer = window(merchant).get_by_role("textbox", name=re.compile("^Kupon"))
    for _ in range(12):
        keys.press("Tab")
        if answer.evaluate("(element) => element === document.activeElement"):
            break
    keys.type("Vm91Y2hlcjox")
    keys.press("Enter")
    draft = drafted_here(merchant, live_store, "Kupon za quiz")["draft"]
    assert [step["label"] for step in draft["steps"]] == ["Zapisz wynik", "Własny kod", "Wyślij kod", "Gotowe"]
    assert draft["steps"][1]["config"]["voucher"] == "Vm91Y2hlcjox"
    assert draft["steps"][2]["config"]["language"] == "pl"


def test_an_event_of_the_store_takes_the_place_of_one_that_would_be_made(merchant: Merchant, live_store: LiveStore):
    mine = Maker(live_store).event(name=a_name("Asked for help"))
    begin(merchant.log_in())
    about = choose(merchant, "Alert to the staff")
    before = events(live_store)
    which = about.get_by_role("combobox", name=re.compile("^Event for"))
    which.select_option(label="Another event of your store…")
    press(window(merchant), "Create")
    expect(about).to_contain_text("Choose the event.")
    assert events(live_store) == before
    other = about.get_by_role("combobox", name="Which event")
    other.fill(mine.slug)
    about.get_by_role("option").filter(has_text=mine.slug).click()
    name = a_name("Help")
    fill(window(merchant), "Scenario name", name)
    about.get_by_role("combobox", name="Language of its texts").select_option(label="Polish")
    press(window(merchant), "Create")
    draft = drafted_here(merchant, live_store, name)["draft"]
    assert draft["starts"][0]["event"] == mine.number
    assert events(live_store) == before
    assert draft["steps"][0]["label"] == "Co napisać"


def test_an_event_that_the_store_has_is_taken(merchant: Merchant, live_store: LiveStore):
    begin(merchant.log_in())
    for _ in range(2):
        about = choose(merchant, "Win-back")
        expect(about).to_contain_text("The store fires it by itself; no code is needed.")
        name = a_name("Back")
        fill(window(merchant), "Scenario name", name)
        press(window(merchant), "Create")
        draft = drafted_here(merchant, live_store, name)["draft"]
        assert draft["starts"][0]["event"] == events(live_store)["order-placed"]
        press(merchant.app, "Back")
        begin_here(merchant)
    choose(merchant, "Win-back")
    which = window(merchant).get_by_role("combobox", name=re.compile("^Event for"))
    expect(which.locator("option:checked")).to_have_text("“Order placed”, which your store has")


def test_whoever_lacks_a_permission_is_told_before_creating(merchant: Merchant):
    begin(merchant.log_in("staff_define"))
    about = choose(merchant, "Quiz to voucher")
    expect(about).to_contain_text("To publish it you also need MANAGE_USERS.")
    expect(window(merchant).get_by_role("button", name="Create")).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("asked", ["", "x" * 251])
def test_a_name_that_will_not_do_is_told_at_the_field(merchant: Merchant, asked: str):
    begin(merchant.log_in())
    name = window(merchant).get_by_role("textbox", name="Scenario name")
    name.evaluate("(field) => field.removeAttribute('maxlength')")
    name.fill(asked)
    press(window(merchant), "Create")
    expect(name).to_have_attribute("aria-invalid", "true")
