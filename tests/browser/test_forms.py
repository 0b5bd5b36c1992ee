"""Forms of steps: values found by words, conditions in plain language, a mail while it is written, a webhook tried."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from tests.browser.building import (
    Axe,
    choose,
    drafted,
    field,
    fill,
    open_scenario,
    press,
    save,
    step,
    stored,
    take,
    webhook_step,
)
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore
from tests.receiver import Receiver, receiver

FIELDS = [
    {"name": "size", "type": "STRING"},
    {"name": "score", "type": "NUMBER"},
    {"name": "delivery", "type": "DATE"},
    {"name": "cart", "type": "CHECKOUT"},
]
LETTER = {"subject": "Hi", "text": "Your size.", "layout": "letter"}


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def event(make: Maker) -> Event:
    return make.event(dataFields=FIELDS)


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as state:
        yield state


def mail_step(**config: Any) -> dict[str, Any]:
    return {"id": "mail", "type": "action", "action": "send_email", "config": {**LETTER, **config}, "next": None}


def edit(merchant: Merchant, number: int = 1) -> Locator:
    card = step(merchant, number)
    card.get_by_role("button", name=re.compile("^(Edit step|Edytuj krok)")).click()
    return card


def fire(live_store: LiveStore, make: Maker, event: Event, **fields: Any) -> None:
    body = {"customEventId": event.number, "customerEmail": "anna@example.com", "dataFields": fields}
    assert live_store.fire(body, credential=make.key("SERVER")).status_code == 202


def page_of(card: Locator) -> FrameLocator:
    return card.frame_locator("iframe")


def put_caret(text: Locator, at: int) -> None:
    text.evaluate("(field, at) => { field.focus(); field.setSelectionRange(at, at); }", at)


# Values that can be named


def test_a_value_is_found_by_its_words_and_comes_where_the_caret_is(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event, axe: Axe
):
    fire(live_store, make, event, size="XXL", score=82)
    open_scenario(merchant.log_in(), drafted(live_store, event, mail_step()))
    card = edit(merchant)
    text = field(card, "Text")
    put_caret(text, len("Your size"))
    press(card, "Insert a value into “Text”")
    found = card.get_by_role("dialog", name="Insert a value into “Text”")
    expect(found.get_by_role("group", name="Data fields of the event")).to_contain_text("e.g. XXL")
    expect(found.get_by_role("option", name=re.compile("^customer's e-mail"))).to_contain_text("anna@example.com")
    axe(merchant.document)
    found.get_by_role("combobox").fill("first name")
    expect(found.get_by_role("option")).to_have_count(1)
    found.get_by_role("combobox").fill("siz")
    take(found, "size")
    expect(text).to_have_value("Your size{{ dataFields.size }}.")
    expect(text).to_be_focused()


def test_a_value_is_found_by_keys_alone(merchant: Merchant, live_store: LiveStore, event: Event):
    open_scenario(merchant.log_in(), drafted(live_store, event, mail_step()))
    card = edit(merchant)
    opener = card.get_by_role("button", name="Insert a value into “Subject”")
    opener.focus()
    keys = merchant.page.keyboard
    keys.press("Enter")
    keys.type("cart total")
    expect(card.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    keys.press("Escape")
    expect(opener).to_be_focused()
    expect(card.get_by_role("listbox")).to_have_count(0)
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.type("score")
    keys.press("Enter")
    expect(field(card, "Subject")).to_have_value("Hi{{ dataFields.score }}")
    expect(field(card, "Subject")).to_be_focused()


def test_whoever_may_not_see_customers_sees_what_each_type_looks_like(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event
):
    fire(live_store, make, event, size="XXL")
    open_scenario(merchant.log_in("staff_define"), drafted(live_store, event, mail_step()))
    card = edit(merchant)
    press(card, "Insert a value into “Text”")
    group = card.get_by_role("group", name="Data fields of the event")
    expect(group).to_contain_text("e.g. example")
    expect(card).not_to_contain_text("XXL")
    expect(card).not_to_contain_text("anna@example.com")


# Conditions


def test_a_condition_says_in_a_sentence_what_it_asks(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event, axe: Axe
):
    fire(live_store, make, event, size="XXL")
    empty = {"id": "c", "type": "condition", "branches": [{"when": {"left": "", "operator": "equals", "right": ""}}]}
    scenario = drafted(live_store, event, empty)
    open_scenario(merchant.log_in(), scenario)
    card = edit(merchant)
    choose(card, "What is compared", "the customer's last order")
    choose(card, "Comparison", "was not in the last…")
    fill(card, "How many", "30")
    press(card, "Add a comparison")
    second = card.get_by_role("combobox", name="What is compared").last
    second.focus()
    merchant.page.keyboard.press("Enter")
    merchant.page.keyboard.type("size")
    merchant.page.keyboard.press("Enter")
    expect(second).to_have_text("size")
    value = card.get_by_label("Value", exact=True)
    expect(card.locator("datalist option")).to_have_attribute("value", "XXL")
    value.fill("XXL")
    axe(merchant.document)
    press(card, "Done")
    expect(card).to_contain_text("the customer's last order was not in the last 30 days and size is “XXL”")
    save(merchant)
    when = stored(live_store, scenario)["draft"]["steps"][0]["branches"][0]["when"]
    assert when["all"][0] == {"left": "orders.lastAt", "operator": "notWithinLast", "right": {"duration": "P30D"}}
    merchant.switch_language("pl")
    expect(card).to_contain_text("ostatnie zamówienie klienta nie przypada w ciągu ostatnich 30 dni i size to „XXL”")


def test_the_unit_of_the_last_days_can_be_hours(merchant: Merchant, live_store: LiveStore, event: Event):
    asked = {"left": "customer.joinedAt", "operator": "withinLast", "right": {"duration": "P7D"}}
    scenario = drafted(live_store, event, {"id": "c", "type": "condition", "branches": [{"when": asked}]})
    open_scenario(merchant.log_in(), scenario)
    card = edit(merchant)
    expect(field(card, "How many")).to_have_value("7")
    choose(card, "Unit of time", "hours")
    fill(card, "How many", "1")
    press(card, "Done")
    expect(card).to_contain_text("the day the customer joined was in the last hour")
    merchant.switch_language("pl")
    expect(card).to_contain_text("dzień dołączenia klienta przypada w ciągu ostatniej godziny")


# A mail while it is written


def test_a_mail_is_seen_while_it_is_written(merchant: Merchant, live_store: LiveStore, event: Event, axe: Axe):
    open_scenario(merchant.log_in(), drafted(live_store, event, mail_step(heading="Hello")))
    card = edit(merchant)
    expect(page_of(card).get_by_role("heading", name="Hello")).to_be_visible()
    fill(card, "Heading", "Good morning")
    expect(page_of(card).get_by_role("heading", name="Good morning")).to_be_visible()
    fill(card, "Subject", "For {{ dataFields.size }}")
    expect(card).to_contain_text("Subject: For size")
    frame = card.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "")
    press(card, "Phone")
    expect(card.get_by_role("button", name="Phone")).to_have_attribute("aria-pressed", "true")
    assert frame.evaluate("frame => frame.offsetWidth") == 375
    press(card, "Dark")
    expect(frame).to_have_attribute("srcdoc", re.compile("invert"))
    axe(merchant.document)
    press(card, "Enlarge")
    large = merchant.app.get_by_role("dialog", name="The mail as a customer gets it")
    expect(page_of(large).get_by_role("heading", name="Good morning")).to_be_visible()
    merchant.page.keyboard.press("Escape")
    expect(large).to_have_count(0)


def test_half_a_word_leaves_the_last_mail_and_says_what_is_wrong(
    merchant: Merchant, live_store: LiveStore, event: Event
):
    open_scenario(merchant.log_in(), drafted(live_store, event, mail_step(heading="Hello")))
    card = edit(merchant)
    expect(page_of(card).get_by_role("heading", name="Hello")).to_be_visible()
    fill(card, "Heading", "Hello {{ dataFields.si")
    expect(card).to_contain_text("It cannot be shown as it stands")
    expect(page_of(card).get_by_role("heading", name="Hello")).to_be_visible()
    fill(card, "Heading", "Hello {{ dataFields.size }}")
    expect(page_of(card).get_by_role("heading", name="Hello size")).to_be_visible()
    expect(card).not_to_contain_text("It cannot be shown as it stands")


def test_a_mail_shows_what_a_logged_occurrence_brought_and_runs_nothing_of_it(
    merchant: Merchant, live_store: LiveStore, make: Maker, event: Event
):
    fire(live_store, make, event, size="XXL")
    html = "<p onclick='1'>Size {{ dataFields.size }}</p><script>document.body.innerHTML = 'run'</script>"
    letter = mail_step(layout="none", text="", html=html + '<img src="https://pixel.invalid/x.png" alt="A picture">')
    open_scenario(merchant.log_in(), drafted(live_store, event, letter))
    merchant.expect_problem("violates the following Content Security Policy directive")
    card = edit(merchant)
    choose(card, "Filled in with", "An occurrence from the log")
    card.get_by_role("combobox", name="Occurrence").select_option(index=1)
    expect(page_of(card).get_by_text("Size XXL")).to_be_visible()
    expect(card.get_by_role("checkbox", name="Load pictures")).not_to_be_checked()
    expect(card.locator("iframe")).to_have_attribute("srcdoc", re.compile("img-src data:;"))


# A webhook tried


def test_a_webhook_is_tried_and_its_answer_shown(
    merchant: Merchant, live_store: LiveStore, event: Event, there: Receiver, axe: Axe
):
    there.body = b'{"queued": true}'
    there.answers = [(202, {"Content-Type": "application/json"})]
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("hook", there.url)))
    card = edit(merchant)
    fill(card, "Message", "Size {{ dataFields.size }}")
    press(card, "Send a test call")
    expect(card).to_contain_text("Status 202")
    expect(card).to_contain_text("The receiver took it.")
    expect(card).to_contain_text('{"queued": true}')
    (request,) = there.requests
    assert json.loads(request.body)["message"] == "Size size"
    assert request.headers["webhook-id"].startswith("test_")
    card.get_by_text("What was sent").click()
    expect(card).to_contain_text(request.headers["webhook-id"])
    axe(merchant.document)


def test_a_receiver_that_refuses_and_one_that_is_not_there_are_told_apart(
    merchant: Merchant, live_store: LiveStore, event: Event, there: Receiver
):
    there.answers = [(404, {})]
    open_scenario(merchant.log_in(), drafted(live_store, event, webhook_step("hook", there.url)))
    card = edit(merchant)
    call = card.get_by_role("button", name="Send a test call")
    call.focus()
    merchant.page.keyboard.press("Enter")
    expect(card).to_contain_text("the receiver does not take this call")
    fill(card, "Address (URL)", "http://127.0.0.1:9/")
    call.focus()
    merchant.page.keyboard.press("Enter")
    expect(card).to_contain_text("Nobody answered in time")
    merchant.switch_language("pl")
    press(card, "Wyślij wywołanie testowe")
    expect(card).to_contain_text("Nikt nie odpowiedział na czas")


def test_whoever_may_not_publish_it_may_not_call_either(
    merchant: Merchant, live_store: LiveStore, event: Event, there: Receiver
):
    open_scenario(merchant.log_in("staff_define"), drafted(live_store, event, webhook_step("hook", there.url)))
    card = edit(merchant)
    call = card.get_by_role("button", name="Send a test call")
    expect(call).to_have_attribute("aria-disabled", "true")
    expect(call).to_have_attribute("title", re.compile("MANAGE_USERS"))
    call.focus()
    merchant.page.keyboard.press("Enter")
    merchant.settle()
    assert there.requests == []
