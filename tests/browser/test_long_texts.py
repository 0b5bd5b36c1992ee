"""Names and texts as long as they may be, without a space to break them at, on a small laptop."""

from __future__ import annotations

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.building import (
    choose_in_menu,
    drafted,
    fill,
    open_scenario,
    press,
    publish,
    step,
    wait_step,
    window,
)
from tests.browser.logged import fired, listening
from tests.browser.merchant import EVENTS, LOG, SCENARIOS, Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

SMALL = {"width": 1366, "height": 768}
#: 250 characters, as many as a name may have.
UNBROKEN = "Konstantynopolitańczykowianeczka" * 7 + "KonstantynopolitańczykiewC"
WIDER_THAN_SEEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Controls and texts beyond the right end of a window that scrolls only down.
CUT = """() => [...document.querySelectorAll('dialog[open] *')].filter((element) => {
  const right = element.closest('dialog').getBoundingClientRect().right + 1
  return element.checkVisibility() && !element.closest('pre') && element.getBoundingClientRect().right > right
}).map((element) => element.outerHTML.slice(0, 120))"""

#: Pixels.
LINE = 16

#: Tables that scroll sideways: the eye in the last column is out of sight.
SIDEWAYS = """() => [...document.querySelectorAll('table')].map((table) => table.parentElement)
  .map((around) => around.scrollWidth - around.clientWidth)"""


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    fields = [{"name": "x" * 60, "type": "STRING"}, {"name": "y" * 60, "type": "MONEY", "required": True}]
    return make.event(name=UNBROKEN, description=UNBROKEN * 4, dataFields=fields)


@pytest.fixture
def reader(merchant: Merchant) -> Merchant:
    merchant.page.set_viewport_size(SMALL)
    return merchant.log_in().switch_language("pl")


def expect_nothing_cut(reader: Merchant) -> None:
    reader.settle()
    assert reader.document.evaluate(WIDER_THAN_SEEN) <= 0
    assert reader.document.evaluate(CUT) == []
    assert [beyond for beyond in reader.document.evaluate(SIDEWAYS) if beyond > 0] == []


def test_an_id_of_many_digits_stays_on_one_line(reader: Merchant, make: Maker):
    number = 100_000 + int(token_hex(2), 16)
    make.event(name=UNBROKEN, description=UNBROKEN * 4, number=number)
    reader.go_to(EVENTS)
    shown = reader.app.get_by_role("row").get_by_text(str(number), exact=True)
    expect(shown).to_be_visible()
    assert shown.evaluate("(element) => element.getBoundingClientRect().height") < 2 * LINE


def test_lists_and_pages_are_no_wider_than_the_screen(reader: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, {**wait_step("s1"), "label": UNBROKEN}, name=UNBROKEN)
    fired(live_store, event, "a" * 60 + "@" + "b" * 60 + ".example.com")
    for entry in (EVENTS, SCENARIOS, LOG):
        reader.go_to(entry)
        expect(reader.app.get_by_text(UNBROKEN).first).to_be_attached()
        expect_nothing_cut(reader)
    reader.open(f"/scenarios/{scenario.number}")
    expect(step(reader, 1)).to_be_visible()
    expect_nothing_cut(reader)
    reader.open(f"/log/event/{event.number}")
    expect(reader.app.get_by_role("row").nth(1)).to_be_visible()
    expect_nothing_cut(reader)


def test_windows_cut_nothing_off(reader: Merchant, live_store: LiveStore, event: Event, make: Maker):
    reader.open(f"/events/{event.number}")
    expect(reader.app.get_by_role("tab").first).to_be_visible()
    for at in range(3):
        reader.app.get_by_role("tab").nth(at).click()
        expect_nothing_cut(reader)
    url = "https://example.com/" + "z" * 900
    heard = listening(make, {"id": "end", "type": "exit"})
    number = fired(live_store, heard, url=url, dataFields={"x" * 60: "v" * 2000, "link": url})
    reader.open(f"/log/invocation/{number}")
    expect(reader.app.get_by_role("tab").first).to_be_visible()
    for at in range(2):
        reader.app.get_by_role("tab").nth(at).click()
        expect_nothing_cut(reader)


def test_versions_and_new_scenarios_are_no_wider_than_the_screen(reader: Merchant, live_store: LiveStore, event: Event):
    scenario = drafted(live_store, event, {**wait_step("s1"), "label": UNBROKEN}, name=UNBROKEN)
    open_scenario(reader, scenario)
    publish(reader)
    choose_in_menu(reader, "Dodaj krok na końcu", "Zakończenie")
    fill(step(reader, 2), "Nazwa tego kroku", UNBROKEN)
    press(reader.app, "Opublikuj")
    expect(window(reader).locator("tbody[data-told='ADDED']")).to_be_visible()
    expect_nothing_cut(reader)
    press(window(reader), "Opublikuj")
    expect(reader.app.get_by_role("dialog")).to_have_count(0)
    press(reader.app, "Wersje")
    expect(reader.app.get_by_role("row").nth(2)).to_be_visible()
    expect_nothing_cut(reader)
    press(reader.app, "Przywróć wersję 1 jako szkic")
    expect(window(reader)).to_contain_text("w zapisanym szkicu")
    expect_nothing_cut(reader)
    press(window(reader), "Anuluj")
    press(reader.app, "Porównaj wersję 2 z poprzednią")
    expect(reader.app.locator("tbody[data-told='ADDED']")).to_be_visible()
    expect_nothing_cut(reader)
    press(reader.app, "Do wersji")
    press(reader.app, "Zobacz wersję 2")
    expect(step(reader, 2)).to_be_visible()
    expect_nothing_cut(reader)
    reader.go_to(SCENARIOS)
    reader.app.get_by_role("button", name="Stwórz nowy scenariusz").first.click()
    window(reader).locator("label").filter(has_text="Powiadomienie").first.click()
    expect(window(reader).get_by_role("group", name="Co robi, krok po kroku")).to_be_attached()
    expect_nothing_cut(reader)
