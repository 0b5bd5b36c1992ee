"""Settings and kill switches, by mouse and by keyboard: what is paused is held, seen on every page, and resumed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.merchant import EVENTS, Merchant
from tests.host_contract.making import Event, Maker
from tests.host_contract.test_end_to_end import SOON
from tests.live.store import LiveStore

Axe = Callable[[Page | Frame], None]
RESUME = "mutation { customEventResumeAll { errors { code } } %s }"
PUT_BACK = """mutation { customEventSettingsUpdate(input: {publicUrl: "", senderName: "", senderAddress: ""}) {
  errors { code } } }"""


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def at_settings(merchant: Merchant) -> Iterator[Merchant]:
    """Somebody with all permissions, who came to the settings from the event list; all is put back afterwards."""
    merchant.log_in().go_to(EVENTS)
    merchant.app.get_by_role("button", name="Settings", exact=True).click()
    expect(merchant.app.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    yield merchant
    action = 'customEventActionResume(name: "send_webhook") { errors { code } }'
    merchant.store.ask(RESUME % action, by="staff_all")
    merchant.store.ask(PUT_BACK, by="staff_all")


def window(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("dialog")


def button(merchant: Merchant, name: str) -> Locator:
    return merchant.app.get_by_role("button", name=name, exact=True)


def press(merchant: Merchant, name: str) -> None:
    window(merchant).get_by_role("button", name=name, exact=True).click()


def paused(merchant: Merchant, name: str) -> Locator:
    table = merchant.app.get_by_role("table", name="What is paused")
    return table.get_by_role("row").filter(has=merchant.app.get_by_role("rowheader", name=re.compile(name)))


def banner(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("status").filter(has_text=re.compile("paused", re.IGNORECASE)).first


def a_listened_event(make: Maker) -> Event:
    event = make.event()
    make.scenario(event, [{"id": "end", "type": "exit"}])
    return event


def fire(merchant: Merchant, make: Maker, event: Event) -> None:
    body = {"customEventId": event.number, "customerEmail": "ewa@example.com"}
    assert merchant.store.fire(body, credential=make.key("SERVER")).status_code == 202


def has_completed(make: Maker, event: Event) -> bool:
    return [row["status"] for row in make.log(event)] == ["COMPLETED"]


def test_everything_is_paused_held_seen_on_every_page_and_resumed(at_settings: Merchant, make: Maker, axe: Axe) -> None:
    merchant, event = at_settings, a_listened_event(make)
    button(merchant, "Pause everything").click()
    expect(window(merchant)).to_contain_text("Firings are accepted and kept.")
    axe(merchant.document)
    press(merchant, "Pause everything")
    expect(banner(merchant)).to_contain_text("Everything is paused since")
    expect(button(merchant, "Pause everything")).to_have_count(0)
    fire(merchant, make, event)
    expect(paused(merchant, "Everything").get_by_role("cell", name="1", exact=True)).to_be_visible()
    axe(merchant.document)

    merchant.open(f"/log/event/{event.number}")
    expect(merchant.app.get_by_role("row").filter(has_text="HELD_ALL")).to_be_visible()
    banner(merchant).get_by_role("link", name="To the kill switches").click()
    paused(merchant, "Everything").get_by_role("button", name="Resume").click()
    expect(window(merchant)).to_contain_text("1 invocation is due and begins at once")
    press(merchant, "Resume")
    expect(merchant.app.get_by_text("Nothing is paused.")).to_be_visible()
    expect(banner(merchant)).to_have_count(0)
    assert until(lambda: has_completed(make, event), SOON)
    merchant.app.get_by_text("Resumed lately").click()
    expect(
        merchant.app.get_by_role("listitem").filter(has_text=re.compile("^Everything: paused")).first
    ).to_be_visible()


def test_an_event_and_an_action_are_paused_with_the_keyboard_alone(at_settings: Merchant, make: Maker) -> None:
    merchant, event = at_settings, a_listened_event(make)
    keyboard = merchant.page.keyboard
    merchant.app.get_by_role("combobox", name="Event").focus()
    keyboard.type(event.slug)
    expect(merchant.app.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(button(merchant, "Pause event")).to_be_focused()
    keyboard.press("Enter")
    expect(window(merchant)).to_be_visible()
    window(merchant).get_by_role("button", name="Pause", exact=True).focus()
    keyboard.press("Enter")
    row = paused(merchant, f"Event {event.number} ")
    expect(row).to_be_visible()
    expect(banner(merchant)).to_contain_text(f"Event {event.number} ")

    choice = merchant.app.get_by_role("combobox", name="Action")
    choice.focus()
    choice.select_option("send_webhook")
    keyboard.press("Tab")
    expect(button(merchant, "Pause action")).to_be_focused()
    keyboard.press("Enter")
    window(merchant).get_by_role("button", name="Pause", exact=True).focus()
    keyboard.press("Enter")
    expect(paused(merchant, "Send webhook")).to_be_visible()

    fire(merchant, make, event)
    expect(row.get_by_role("cell", name="1", exact=True)).to_be_visible(timeout=SOON * 1000)
    row.get_by_role("button", name="Resume").focus()
    keyboard.press("Enter")
    expect(row).to_have_count(0, timeout=SOON * 1000)
    assert until(lambda: has_completed(make, event), SOON)


def test_settings_are_saved_and_what_could_not_work_stands_at_its_field(at_settings: Merchant, axe: Axe) -> None:
    merchant = at_settings
    address = merchant.app.get_by_label("Sender e-mail of scenarios’ mail")
    merchant.app.get_by_label("Sender name of scenarios’ mail").fill("Anna’s shoes")
    button(merchant, "Save").click()
    expect(merchant.app.get_by_text("A sender name needs the sender e-mail as well.")).to_be_visible()
    address.fill("nobody")
    button(merchant, "Save").click()
    expect(merchant.app.get_by_text("This is no e-mail address.")).to_be_visible()
    axe(merchant.document)
    address.fill("anna@example.com")
    address.press("Enter")
    expect(merchant.app.get_by_text("This is no e-mail address.")).to_have_count(0)
    merchant.open("/settings")
    expect(address).to_have_value("anna@example.com")
    expect(merchant.app.get_by_label("Sender name of scenarios’ mail")).to_have_value("Anna’s shoes")


def test_the_operators_settings_are_said_in_words_and_no_secret_is_told(at_settings: Merchant) -> None:
    table = at_settings.app.get_by_role("table", name="Settings of the operator")
    retention = table.get_by_role("row").filter(has_text="SALEOR_CUSTOM_EVENTS_RETENTION_DATA_DAYS")
    expect(retention).to_contain_text("Days after which data fields are removed")
    expect(retention.get_by_role("cell")).to_have_text("30")
    secret = table.get_by_role("row").filter(has_text="SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET")
    expect(secret.get_by_role("cell")).to_have_text(re.compile("^(Set|Not set)$"))


def test_who_may_not_change_them_sees_everything_and_which_permission_is_missing(merchant: Merchant) -> None:
    merchant.log_in("staff_define").open("/settings")
    expect(merchant.app.get_by_role("table", name="Settings of the operator")).to_be_visible()
    for name in ("Pause everything", "Pause action", "Save", "Switch off"):
        expect(button(merchant, name)).to_have_attribute("aria-disabled", "true")
        expect(button(merchant, name)).to_have_attribute("title", "You also need the permission MANAGE_PLUGINS.")
    expect(merchant.app.get_by_label("Sender name of scenarios’ mail")).not_to_be_editable()


def test_switching_the_plugin_off_is_asked_about_and_can_be_left(at_settings: Merchant) -> None:
    button(at_settings, "Switch off").click()
    expect(window(at_settings)).to_contain_text("under Plugins")
    press(at_settings, "Cancel")
    expect(window(at_settings)).to_have_count(0)
    assert at_settings.store.ask("{ customEventSettings { active } }", by="staff_all")["customEventSettings"]["active"]
