"""Markup and code in everything that somebody may name or send: a page shows it as the text it is."""

from __future__ import annotations

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.building import drafted, step, wait_step
from tests.browser.logged import fired, listening
from tests.browser.merchant import EVENTS, LOG, SCENARIOS, Merchant
from tests.host_contract.making import CREATE_KEY, Event, Maker
from tests.live.store import LiveStore

RAN = "() => 'hostile' in window || document.querySelector('[data-hostile]') !== null"


def hostile() -> str:
    """A text that runs where it is taken for markup, for a script, for a template or for an attribute."""
    marked = f"<b data-hostile>{token_hex(3)}</b>"
    runs = "<img src=x onerror='window.hostile=1'><svg onload=window.hostile=1>"
    return f"""{marked}{runs}</script><script>window.hostile=1</script>"><a href='javascript:hostile'>{{{{7*7}}}}"""


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    fields = [{"name": "<b data-hostile>size", "type": "STRING"}]
    return make.event(name=hostile(), description=hostile(), dataFields=fields)


def expect_text_alone(merchant: Merchant) -> None:
    """Nothing of it is an element, and nothing of it ran, in our frame and in the dashboard around it."""
    merchant.settle()
    assert not merchant.document.evaluate(RAN)
    assert not merchant.page.evaluate(RAN)


def test_names_and_descriptions_are_texts(merchant: Merchant, live_store: LiveStore, make: Maker, event: Event):
    name = hostile()
    scenario = drafted(live_store, event, {**wait_step("s1"), "label": hostile()}, name=name)
    live_store.ask(
        CREATE_KEY,
        {"input": {"name": hostile(), "type": "SERVER"}},
        by="staff_all",
        url=live_store.plugin_url + "graphql/",
    )
    merchant.log_in()
    for entry in (EVENTS, SCENARIOS, LOG):
        merchant.go_to(entry)
        expect(merchant.app.get_by_role("heading", level=1)).to_be_visible()
        expect_text_alone(merchant)
    merchant.open("/keys")
    expect(merchant.app.get_by_text("data-hostile").first).to_be_visible()
    expect_text_alone(merchant)
    merchant.open(f"/scenarios/{scenario.number}")
    expect(merchant.app.get_by_text(name).first).to_be_visible()
    expect(step(merchant, 1)).to_be_visible()
    expect_text_alone(merchant)
    merchant.app.get_by_text("Picture", exact=True).click()
    expect(merchant.app.locator(".react-flow__node").first).to_be_visible()
    expect_text_alone(merchant)
    merchant.open(f"/events/{event.number}")
    for at in range(merchant.app.get_by_role("tab").count()):
        merchant.app.get_by_role("tab").nth(at).click()
        expect_text_alone(merchant)


def test_what_an_occurrence_brings_is_text(merchant: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, {"id": "end", "type": "exit"})
    sent = {"<b data-hostile>name": hostile(), "long": hostile() * 3, "link": "https://example.com/?q=" + hostile()}
    url = "https://example.com/<b data-hostile>?<script>window.hostile=1</script>"
    number = fired(live_store, event, "'onerror=hostile'@example.com", url=url, dataFields=sent)
    merchant.log_in().open(f"/log/event/{event.number}")
    expect(merchant.app.get_by_role("row").nth(1)).to_be_visible()
    expect_text_alone(merchant)
    merchant.open(f"/log/invocation/{number}")
    expect(merchant.app.get_by_role("tab").first).to_be_visible()
    for at in range(2):
        merchant.app.get_by_role("tab").nth(at).click()
        expect_text_alone(merchant)
    expect(merchant.app.get_by_text("window.hostile=1").first).to_be_visible()
