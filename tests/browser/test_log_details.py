"""One invocation in its window: what it was, what its steps did, and what can be done to it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import (
    LOOKED,
    fired,
    listening,
    open_invocation,
    open_log,
    press,
    row,
    until_status,
    window,
)
from tests.browser.merchant import Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

END = {"id": "end", "type": "exit"}
SLEEP = {"id": "sleep", "type": "wait", "duration": "P7D", "next": None}
SURE = {
    "id": "sure",
    "type": "condition",
    "label": "Is the quiz sure?",
    "branches": [
        {"label": "very", "when": {"left": "dataFields.score", "operator": "greaterThan", "right": 90}, "next": None},
        {
            "label": "enough",
            "when": {"left": "dataFields.score", "operator": "greaterThan", "right": 50},
            "next": "end",
        },
    ],
    "otherwise": None,
}
FIELDS = [
    {"name": "score", "type": "Number", "value": "82.50"},
    {"name": "size", "type": "String", "value": "M"},
    {"name": "note", "type": "Text", "value": "first line\nsecond line"},
    {"name": "total", "type": "Money", "value": {"amount": "1199.90", "currency": "PLN"}},
    {"name": "day", "type": "Date", "value": "2026-01-02"},
    {"name": "at", "type": "DateTime", "value": "2026-01-02T10:00:00Z"},
    {"name": "again", "type": "Boolean", "value": True},
    {"name": "page", "type": "URL", "value": "https://shop.example/quiz"},
]


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def reader(merchant: Merchant) -> Merchant:
    """Somebody with all permissions."""
    return merchant.log_in()


def fact(merchant: Merchant, label: str) -> Locator:
    """One line of the summary."""
    return merchant.app.locator("dl > div").filter(has=merchant.app.get_by_text(label, exact=True))


def webhook(live: LiveStore, path: str) -> dict[str, object]:
    config = {"url": live.receiver.url + path, "message": "Hello, {{ customer.email }}"}
    return {"id": "tell", "type": "action", "action": "send_webhook", "config": config, "next": None}


def a_failed_one(live: LiveStore, make: Maker, path: str) -> tuple[int, str]:
    """Give the event's number and that of an invocation whose receiver refused."""
    event = listening(make, webhook(live, path))
    live.receiver.answer = lambda received: 400
    number = fired(live, event)
    until_status(live, number, "failed")
    live.receiver.answer = lambda received: 200
    return event.number, number


def test_information_says_who_when_where_and_what_decided(reader: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, SURE, END)
    sent = {"dataFields": FIELDS, "url": "https://shop.example/quiz", "occurredAt": "2026-01-02T10:00:00Z"}
    number = fired(live_store, event, **sent)
    until_status(live_store, number, "completed")

    shown = open_invocation(reader, number)
    expect(shown.get_by_text("It ended at an exit step. EXITED")).to_be_visible()
    for label, text in {
        "Customer e-mail": "anna@example.com",
        "Identity": "Vouched for by a server, an app or staff",
        "Fired by": "App",
        "Page address": "https://shop.example/quiz",
        "Occurred": "Jan 2, 2026",
        "Scenario": "version 1",
    }.items():
        expect(fact(reader, label)).to_contain_text(text)
    steps = shown.locator("ol > li")
    expect(steps).to_have_count(2)
    expect(steps.first.get_by_role("heading")).to_have_text("Is the quiz sure?")
    expect(steps.first).to_contain_text("Branch 1: very")
    expect(steps.first).to_contain_text("score is more than 90 (it was 82.5")
    expect(steps.first).to_contain_text(re.compile("Branch 2: enoughThis way"))
    expect(steps.nth(1)).to_contain_text("Exit")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_page_address_opens_in_a_new_tab(reader: Merchant, live_store: LiveStore, make: Maker, host: str):
    """Another host's by the dashboard, which refuses to open its own."""
    address = live_store.base_url.replace("127.0.0.1", host) + "/dashboard/"
    shown = open_invocation(reader, fired(live_store, make.event(), url=address))
    with reader.page.context.expect_page() as opened:
        shown.get_by_role("link", name=address).click()
    assert opened.value.url == address
    opened.value.close()


def test_data_fields_are_read_by_their_types(reader: Merchant, live_store: LiveStore, make: Maker):
    number = fired(live_store, make.event(), dataFields=FIELDS)
    shown = open_invocation(reader, number)
    shown.get_by_role("tab", name="Data fields").click()
    for name, type, value in [
        ("score", "Number", "82.5"),
        ("size", "String", "M"),
        ("note", "Text", "first line\nsecond line"),
        ("total", "Money", "PLN\u00a01,199.90"),
        ("day", "Date", "Jan 2, 2026"),
        ("at", "Date and time", "Jan 2, 2026, 11:00:00 AM GMT+1"),
        ("again", "Boolean", "Yes"),
        ("page", "URL", "https://shop.example/quiz"),
    ]:
        named = reader.app.get_by_role("rowheader", name=name, exact=True)
        expect(shown.get_by_role("row").filter(has=named).locator("td")).to_have_text([type, value])
    expect(shown.get_by_role("link", name="https://shop.example/quiz")).to_have_attribute("rel", "noopener noreferrer")


def test_a_web_address_that_is_none_cannot_be_followed(reader: Merchant, live_store: LiveStore, make: Maker):
    number = fired(live_store, make.event(), dataFields={"page": "javascript:alert(1)"})
    shown = open_invocation(reader, number)
    shown.get_by_role("tab", name="Data fields").click()
    expect(shown.get_by_text("javascript:alert(1)")).to_be_visible()
    expect(shown.get_by_role("link")).to_have_count(0)


def test_what_breaks_the_declarations_is_shown(reader: Merchant, live_store: LiveStore, make: Maker):
    declared = [{"name": "score", "type": "NUMBER", "required": True}]
    event = make.event(dataFields=declared, violations="WARN")
    shown = open_invocation(reader, fired(live_store, event, dataFields={"size": "M"}))
    shown.get_by_role("tab", name="Data fields").click()
    expect(shown.get_by_text("score: The event requires this field, and it was missing. REQUIRED")).to_be_visible()
    expect(shown.get_by_text("size: The event does not declare this field. UNDECLARED")).to_be_visible()


def test_after_retention_it_says_when_the_fields_were_removed(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    number = fired(live_store, event, dataFields={"size": "M"})
    live_store.sql(
        "WITH gone AS (DELETE FROM saleor_custom_events_datafields USING saleor_custom_events_occurrence o"
        " WHERE occurrence_id = o.id AND o.event_id = %s RETURNING occurrence_id)"
        " UPDATE saleor_custom_events_occurrence SET data_fields_removed_at = '2026-05-04T10:00:00Z'"
        " WHERE id IN (SELECT occurrence_id FROM gone)",
        event.number,
    )
    shown = open_invocation(reader, number)
    shown.get_by_role("tab", name="Data fields").click()
    expect(
        shown.get_by_text(re.compile("The data fields were removed on May 4, 2026, .* by retention"))
    ).to_be_visible()


def test_a_failed_step_shows_what_it_sent_and_what_came_back(reader: Merchant, live_store: LiveStore, make: Maker):
    _, number = a_failed_one(live_store, make, "/refused")
    step = open_invocation(reader, number).locator("ol > li")
    expect(step).to_contain_text("The receiver answered 400. HTTP_400")
    expect(step).to_contain_text(re.compile(r"Attempts: 1"))
    expect(step.get_by_text("Status of the answer")).to_be_visible()
    step.get_by_text("What it was to do").click()
    expect(step.get_by_text("Hello, anna@example.com")).to_be_visible()


def test_a_failed_invocation_goes_on_at_its_failed_step(reader: Merchant, live_store: LiveStore, make: Maker):
    event, number = a_failed_one(live_store, make, "/resumed")
    shown = open_invocation(reader, number)
    press(shown, "Retry")
    asked = window(reader, f"Retry invocation {number}")
    expect(asked.get_by_role("radio", name=re.compile("^From the failed step"))).to_be_checked()
    press(asked, "Retry")
    expect(reader.toasts).to_contain_text(f"Invocation {number} goes on.")
    expect(shown.get_by_text("Completed", exact=True).first).to_be_visible(timeout=LOOKED)
    expect(shown.locator("ol > li")).to_have_count(2)
    expect(fact(reader, "Retried by")).to_contain_text("staff-all@example.com")
    rows = live_store.sql("SELECT count(*) FROM saleor_custom_events_invocation WHERE event_id = %s", event)
    assert rows == [(1,)]


def test_a_failed_invocation_begins_anew_as_a_new_row(reader: Merchant, live_store: LiveStore, make: Maker):
    event, number = a_failed_one(live_store, make, "/restarted")
    shown = open_invocation(reader, number)
    press(shown, "Retry")
    asked = window(reader, f"Retry invocation {number}")
    current = asked.get_by_role("radio", name=re.compile("^From the start, current version 1"))
    current.check()
    expect(asked.get_by_text("mails that were sent are sent again").last).to_be_visible()
    press(asked, "Retry")
    expect(reader.toasts).to_contain_text("has begun")
    made = live_store.sql("SELECT max(id) FROM saleor_custom_events_invocation WHERE event_id = %s", event)[0][0]
    new = window(reader, f"Invocation {made}")
    expect(new.get_by_text("Completed", exact=True).first).to_be_visible(timeout=LOOKED)
    assert str(made) != number
    new.get_by_role("link", name=f"invocation {number}").first.click()
    expect(window(reader, f"Invocation {number}")).to_be_visible()


def test_what_somebody_else_has_retried_meanwhile_is_said(reader: Merchant, live_store: LiveStore, make: Maker):
    event, number = a_failed_one(live_store, make, "/raced")
    press(open_invocation(reader, number), "Retry")
    live_store.sql(
        "UPDATE saleor_custom_events_scenario SET status = 'archived' WHERE id IN"
        " (SELECT scenario_id FROM saleor_custom_events_invocation WHERE event_id = %s)",
        event,
    )
    asked = window(reader, f"Retry invocation {number}")
    press(asked, "Retry")
    expect(asked.get_by_role("alert")).to_have_text("The scenario is archived.")


def test_a_waiting_invocation_is_cancelled(reader: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, SLEEP)
    number = fired(live_store, event)
    until_status(live_store, number, "waiting")
    open_log(reader, event)
    expect(row(reader, number)).to_contain_text("Waiting")
    shown = open_invocation(reader, number)
    expect(
        shown.get_by_text(re.compile("Goes on: .*in 7 days|Goes on: .*in 6 days|Goes on: .*next week"))
    ).to_be_visible()
    press(shown, "Cancel the invocation")
    press(window(reader, f"Cancel invocation {number}?"), "Let it go on")
    expect(shown.get_by_text("Waiting", exact=True).first).to_be_visible()
    press(shown, "Cancel the invocation")
    press(window(reader, f"Cancel invocation {number}?"), "Cancel the invocation")
    expect(shown.get_by_text("A member of staff cancelled it. CANCELLED_BY_STAFF").first).to_be_visible()
    expect(shown.get_by_role("button", name="Cancel the invocation")).to_have_count(0)
    expect(shown.get_by_role("button", name="Retry", exact=True)).to_be_visible()
    until_status(live_store, number, "cancelled")


def test_without_the_permission_retry_stays_visible_and_names_it(
    new_merchant: NewMerchant, live_store: LiveStore, make: Maker
):
    _, number = a_failed_one(live_store, make, "/masked")
    shown = open_invocation(new_merchant().log_in("staff_define"), number)
    retry = shown.get_by_role("button", name="Retry")
    expect(retry).to_have_attribute("aria-disabled", "true")
    expect(retry).to_have_attribute("title", re.compile("MANAGE_USERS"))
    expect(shown.get_by_text(re.compile("what steps did with them are masked.*MANAGE_USERS"))).to_be_visible()
    expect(shown.locator("ol > li")).to_contain_text("The receiver answered 400. HTTP_400")
    expect(shown.get_by_text("What came back")).to_have_count(0)


def test_an_address_leads_to_the_invocation_also_after_a_reload(reader: Merchant, live_store: LiveStore, make: Maker):
    number = fired(live_store, make.event())
    open_invocation(reader, number)
    reader.page.reload()
    shown = window(reader, f"Invocation {number}")
    expect(shown.get_by_text("Why nothing ran")).to_be_visible()
    expect(shown.get_by_text("No scenario listened to this event. SKIPPED_NO_SCENARIO")).to_be_visible()
    press(shown.locator("footer"), "Close")
    expect(reader.page).to_have_url(re.compile("/log$"))
    expect(row(reader, number)).to_be_visible()


@pytest.mark.parametrize("number", ["999999999", "nonsense"])
def test_an_address_that_leads_to_nothing_says_so(reader: Merchant, number: str):
    reader.open(f"/log/invocation/{number}")
    expect(window(reader).get_by_text("This invocation is not in the log")).to_be_visible()


def test_the_window_works_by_keyboard(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    number = fired(live_store, event, dataFields={"size": "M"})
    open_log(reader, event)
    reader.app.get_by_role("link", name=f"Details of invocation {number}").focus()
    reader.page.keyboard.press("Enter")
    shown = window(reader, f"Invocation {number}")
    information = shown.get_by_role("tab", name="Information")
    expect(information).to_be_visible()
    information.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(shown.get_by_role("tab", name="Data fields")).to_be_focused()
    expect(shown.get_by_role("rowheader", name="size")).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(shown).to_have_count(0)


def test_in_polish_and_dark(reader: Merchant, live_store: LiveStore, make: Maker, axe: Callable[[Page | Frame], None]):
    reader.switch_language("pl").switch_theme("dark")
    event = listening(make, SURE, END)
    number = fired(live_store, event, dataFields=FIELDS)
    until_status(live_store, number, "completed")
    reader.open(f"/log/invocation/{number}")
    shown = window(reader, f"Wywołanie {number}")
    expect(shown.get_by_text("Zakończono w kroku zakończenia. EXITED")).to_be_visible()
    expect(shown.locator("ol > li").first).to_contain_text("Gałąź 2: enoughTędy")
    axe(reader.document)
    shown.get_by_role("tab", name="Pola danych").click()
    expect(shown.get_by_role("row", name="total")).to_contain_text("1199,90\u00a0zł")
    axe(reader.document)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_what_failed_and_how_it_is_retried(
    reader: Merchant, live_store: LiveStore, make: Maker, axe: Callable[[Page | Frame], None], theme
):
    _, number = a_failed_one(live_store, make, f"/axe-{theme}")
    shown = open_invocation(reader.switch_theme(theme), number)
    expect(shown.get_by_text("What came back")).to_be_visible()
    axe(reader.document)
    press(shown, "Retry")
    expect(window(reader, f"Retry invocation {number}")).to_be_visible()
    axe(reader.document)
