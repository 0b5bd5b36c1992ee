"""Building a scenario in its page, as a merchant does, and making drafts for it beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from tests.browser.merchant import Merchant
from tests.host_contract.making import CREATE_SCENARIO, Event
from tests.live.store import LiveStore

Axe = Callable[[Page | Frame], None]
Within = Locator | FrameLocator

SCENARIO = """
query ($number: Int!) {
  customEventScenario(number: $number) { id number name status revision draft published { number } updatedBy }
}
"""
UPDATE = """
mutation ($id: ID!, $input: CustomEventScenarioUpdateInput!, $revision: Int!) {
  customEventScenarioUpdate(id: $id, input: $input, revision: $revision) { errors { code } scenario { revision } }
}
"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A scenario that a test made over GraphQL."""

    number: int
    name: str


def a_name(about: str) -> str:
    return f"{about} {token_hex(3)}"


def drafted(live: LiveStore, event: Event | None, *steps: Mapping[str, Any], name: str = "", **start: Any) -> Drafted:
    """Make a scenario with a draft that starts from `event`; it is not published. `start`: more of its start point."""
    name = name or a_name("Drafted")
    starts = [{"id": "start", "type": "customEvent", "event": event.number, **start}] if event else []
    draft = {"spec": 1, "starts": starts, "steps": [dict(step) for step in steps]}
    made = ask(live, CREATE_SCENARIO, input={"name": name, "draft": draft})["customEventScenarioCreate"]
    assert made["errors"] == []
    return Drafted(made["scenario"]["number"], name)


def ask(live: LiveStore, query: str, by: str = "staff_all", **variables: Any) -> dict[str, Any]:
    return live.ask(query, variables, by=by, url=live.plugin_url + "graphql/")


def stored(live: LiveStore, scenario: Drafted | int) -> dict[str, Any]:
    """Give the scenario as the API has it now."""
    number = scenario if isinstance(scenario, int) else scenario.number
    found: dict[str, Any] = ask(live, SCENARIO, number=number)["customEventScenario"]
    return found


def wait_step(id: str, next: str | None = None, duration: str = "PT1S") -> dict[str, Any]:
    return {"id": id, "type": "wait", "duration": duration, "next": next}


def webhook_step(id: str, url: str, next: str | None = None) -> dict[str, Any]:
    return {"id": id, "type": "action", "action": "send_webhook", "config": {"url": url}, "next": next}


def open_scenario(merchant: Merchant, scenario: Drafted) -> Merchant:
    merchant.open(f"/scenarios/{scenario.number}")
    expect(heading(merchant, scenario.name)).to_be_visible()
    return merchant


def heading(merchant: Merchant, name: str) -> Locator:
    return merchant.app.get_by_role("heading", level=1, name=name, exact=True)


def window(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("dialog").last


def press(within: Within, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()


def fill(within: Within, label: str, text: str) -> None:
    field(within, label).fill(text)


def field(within: Within, label: str) -> Locator:
    """A text field by its label, which may say that it is optional."""
    return within.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}( ?\((optional|opcjonalne)\))?$"))


def choose(within: Within, label: str, option: str) -> None:
    """Choose in a list of the platform's, or in one of ours that is found in."""
    box = within.get_by_role("combobox", name=label, exact=True)
    if box.evaluate("field => field.tagName") == "SELECT":
        box.select_option(label=option)
        return
    box.click()
    take(within, option)


def take(within: Within, option: str) -> None:
    """Take what is called so from an open list; a sample may stand behind its name."""
    named = re.compile(rf"^{re.escape(option)}(\s|$)")
    within.get_by_role("listbox").get_by_role("option", name=named).first.click()


def choose_in_menu(merchant: Merchant, button: str, item: str) -> None:
    """Open a menu by its button and take an item, which may have a line of help behind its name."""
    press(merchant.app, button)
    merchant.app.get_by_role("menuitem", name=re.compile(f"^{re.escape(item)}")).click()


def step(merchant: Merchant, number: int) -> Locator:
    """The card of a step, by the number that it has on the page."""
    return merchant.app.get_by_role("article", name=re.compile(f"^(Step|Krok) {number}: "))


def titles(merchant: Merchant) -> list[str]:
    """The steps' titles, from above to below."""
    cards = merchant.app.get_by_role("article", name=re.compile("^(Step|Krok) "))
    names = [card.get_attribute("aria-label") or "" for card in cards.all()]
    return [name.partition(": ")[2] for name in names]


def save(merchant: Merchant) -> None:
    press(merchant.app, merchant.say("Save draft", "Zapisz szkic"))
    expect(merchant.app.get_by_text(merchant.say("Saved", "Zapisano"), exact=True)).to_be_visible()


def publish(merchant: Merchant) -> None:
    """Publish, and say yes."""
    publishing = merchant.say("Publish", "Opublikuj")
    press(merchant.app, publishing)
    press(window(merchant), publishing)
    expect(merchant.app.get_by_role("dialog")).to_have_count(0)
