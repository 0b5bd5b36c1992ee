"""A merchant's way by the picture, from an empty scenario to a mail in somebody's box: for every dashboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from saleor_custom_events.hosts.sandbox.receivers import Mailbox, until
from tests.browser.building import choose, field, press, publish, window
from tests.browser.journey import PATIENCE, create_scenario
from tests.browser.logged import LOOKED, row
from tests.browser.merchant import SCENARIOS, Merchant
from tests.host_contract.making import Maker
from tests.host_contract.store import Store

SUBJECT = "Your size is M"


def walk(merchant: Merchant, store: Store, mailbox: Mailbox, *, event: str, scenario: str) -> str:
    """Go the whole way in English; gives the number of the row that completed.

    The merchant is logged in, and mail of the store goes to `mailbox`.
    """
    merchant.go_to(SCENARIOS)
    create_scenario(merchant, scenario)
    merchant.app.get_by_text("Picture", exact=True).click()
    number = create_event(merchant, event)
    drag(merchant, "Condition", onto="Add the first step")
    ask_for_a_score(merchant)
    drag(merchant, "Send e-mail", onto="Add a step at the end of “score is at least 50”")
    write_mail(merchant)
    expect(spot(merchant, 2)).to_contain_text(SUBJECT)
    press(panel(merchant), "Close")
    before = merchant.app.get_by_role("region", name="Before publishing", exact=True)
    expect(before).to_contain_text("Nothing stands in the way of publishing.")
    publish(merchant)
    expect(merchant.app.get_by_text("Version 1 is published")).to_be_visible()

    customer = store.cast["customer"]["email"]
    invocation = fire(store, Maker(store).key("SERVER"), number, customer)
    assert until(lambda: mailbox.of(customer) != [], PATIENCE)
    assert mailbox.of(customer)[-1]["Subject"] == SUBJECT
    press(merchant.app, "Log")
    expect(row(merchant, invocation)).to_contain_text("Completed", timeout=LOOKED)
    return invocation


def spot(merchant: Merchant, number: int) -> Locator:
    """A step in the picture, by its number."""
    return merchant.app.locator(".react-flow__node").get_by_role("button", name=re.compile(rf"^{number}\. "))


def panel(merchant: Merchant) -> Locator:
    """What stands beside the picture."""
    return merchant.app.get_by_role("complementary")


def create_event(merchant: Merchant, name: str) -> int:
    """Make the event in the start point's form, beside the picture; gives its ID."""
    merchant.app.locator(".react-flow__node-start").get_by_role("button").click()
    chosen = panel(merchant).get_by_role("combobox", name="Event", exact=True)
    chosen.click()
    panel(merchant).get_by_role("option", name="Create new").click()
    field(window(merchant), "Event name").fill(name)
    press(window(merchant), "Save")
    expect(window(merchant).get_by_role("tab").first).to_be_visible()
    number = int(window(merchant).locator("dd").first.inner_text().split()[0])
    window(merchant).get_by_role("button", name="Close", exact=True).last.click()
    expect(chosen).to_have_value(name)
    expect(merchant.app.locator(".react-flow__node-start")).to_contain_text(name)
    return number


def ask_for_a_score(merchant: Merchant) -> None:
    choose(panel(merchant), "What is compared", "Another data field…")
    field(panel(merchant), "Name of the data field").fill("score")
    choose(panel(merchant), "Type of the value", "Number")
    choose(panel(merchant), "Comparison", "is at least")
    field(panel(merchant), "Value").fill("50")
    expect(spot(merchant, 1)).to_contain_text("score is at least 50")


def write_mail(merchant: Merchant) -> None:
    field(panel(merchant), "Subject").fill(SUBJECT)
    field(panel(merchant), "Text").fill("Hello {{ customer.firstName }}, you scored {{ dataFields.score }}.")


def drag(merchant: Merchant, kind: str, *, onto: str) -> None:
    """Drag a kind of step from the palette onto a place, with the mouse, as a hand does."""
    item = merchant.app.get_by_role("button", name=re.compile(f"^{kind}: add behind"))
    place = merchant.app.get_by_role("button", name=onto, exact=True)
    here, there = item.bounding_box(), place.bounding_box()
    assert here is not None
    assert there is not None
    mouse = merchant.page.mouse
    mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    mouse.down()
    mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2 + 4, steps=12)
    mouse.up()
    expect(panel(merchant).get_by_role("heading", name=re.compile(rf"^Step \d+: {kind}"))).to_be_visible()


def fire(store: Store, key: str, event: int, email: str) -> str:
    """Fire over HTTP as a server does; gives the number of the one row that it makes."""
    body = {
        "customEventId": event,
        "customerEmail": email,
        "channel": store.cast["channel"],
        "dataFields": {"score": 82},
    }
    answer = store.fire(body, credential=key)
    assert answer.status_code == 202, answer.text
    (invocation,) = answer.json()["invocations"]
    return str(invocation["id"])
