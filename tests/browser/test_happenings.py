"""What happens in the store and fires an event, chosen in the event's window."""

from __future__ import annotations

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.merchant import EVENTS, Merchant
from tests.browser.test_events import field, look_for, open_event, press, row
from tests.host_contract.making import Maker
from tests.live.store import LiveStore


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def at_events(merchant: Merchant) -> Merchant:
    return merchant.log_in().go_to(EVENTS)


def choice(window: Locator, name: str) -> Locator:
    return window.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}"))


def test_an_event_is_fired_by_carts_that_are_left_alone(at_events: Merchant, make: Maker) -> None:
    name = f"Left a cart {token_hex(3)}"
    event = make.event(name=name)
    shown = open_event(at_events, event)
    shown.get_by_text("Choose what fires it").click()

    choice(shown, "Checkout abandoned").check()
    field(shown, "Abandoned after").fill("2")
    expect(shown.get_by_text(re.compile("^The store fills these data fields: checkout, total"))).to_be_visible()
    press(shown, "Declare them")
    expect(field(shown, "Name of data field 1")).to_have_value("checkout")
    press(shown, "Save")

    expect(at_events.toasts).to_have_text(re.compile(f"{name} was saved"))
    shown.get_by_role("tab", name="Code", exact=True).click()
    expect(shown.get_by_text(re.compile(r"fires this event by itself: Checkout abandoned \(2 hours\)"))).to_be_visible()
    press(shown.locator("footer"), "Close")
    look_for(at_events, name)
    expect(row(at_events, name)).to_contain_text("Fired by the store: Checkout abandoned (2 hours)")


def test_what_cannot_be_is_said_at_its_place_and_nothing_is_saved(at_events: Merchant, make: Maker) -> None:
    shown = open_event(at_events, make.event())
    shown.get_by_text("Choose what fires it").click()

    choice(shown, "Checkout abandoned").check()
    field(shown, "Abandoned after").fill("31")
    shown.get_by_role("combobox", name="Unit of time").select_option("days")
    choice(shown, "Order's metadata changed").check()
    press(shown, "Save")

    expect(field(shown, "Abandoned after")).to_have_attribute("aria-invalid", "true")
    expect(field(shown, "Keys of the metadata")).to_have_attribute("aria-invalid", "true")
    expect(shown.get_by_text("Name at least one key.")).to_be_visible()
    field(shown, "Abandoned after").fill("30")
    field(shown, "Keys of the metadata").fill("parcel, carrier")
    press(shown, "Save")
    expect(at_events.toasts).to_have_text(re.compile("was saved"))


def test_the_choice_stays_open_when_the_last_is_taken_away(at_events: Merchant, make: Maker) -> None:
    shown = open_event(at_events, make.event(happenings=[{"kind": "ORDER_CREATED"}]))
    placed = choice(shown, "Order placed")
    placed.press("Space")
    expect(placed).not_to_be_checked()
    expect(placed).to_be_visible()
    expect(placed).to_be_focused()


def test_what_fires_an_event_is_told_in_polish(at_events: Merchant, make: Maker) -> None:
    name = f"Porzucony koszyk {token_hex(3)}"
    make.event(name=name, happenings=[{"kind": "CHECKOUT_ABANDONED", "minutes": 300}, {"kind": "ORDER_CREATED"}])
    at_events.switch_language("pl")
    at_events.open("/events")

    look_for(at_events, name)

    told = "Wysyłane przez sklep: Porzucono koszyk (5 godzin), Złożono zamówienie"
    expect(row(at_events, name)).to_contain_text(told)
