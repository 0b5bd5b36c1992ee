"""The event log as support reads it: thousands of rows, more arriving, and nothing that moves below one's eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Download, Frame, Page, Route, expect

from tests.browser.conftest import NewMerchant
from tests.browser.logged import (
    LOOKED,
    fired,
    ids,
    listening,
    many_rows,
    open_details,
    open_log,
    press,
    row,
    rows,
    rows_arriving,
    until_status,
    window,
)
from tests.browser.merchant import LOG, Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

NEW_ROWS = re.compile(r"^Show [\d,]+ new rows?")
END = {"id": "end", "type": "exit"}


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def reader(merchant: Merchant) -> Merchant:
    """Somebody with all permissions."""
    return merchant.log_in()


def expect_heads(merchant: Merchant, *names: str) -> None:
    """The columns are these; the zone's name depends on the season."""
    heads = [re.compile(r"^Created \((GMT\+[12]|CES?T)\)$") if name == "Created" else name for name in names]
    expect(merchant.app.get_by_role("columnheader")).to_have_text(heads)


def filters(merchant: Merchant) -> None:
    press(merchant.app, "Filters")
    expect(merchant.app.get_by_label("Status", exact=True)).to_be_visible()


def chip(merchant: Merchant, text: str) -> None:
    expect(merchant.app.get_by_role("button", name=f"Remove the filter: {text}", exact=True)).to_be_visible()


def test_the_columns_are_the_models_own(reader: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, END)
    number = fired(live_store, event)
    until_status(live_store, number, "completed")

    open_log(reader, event)
    expect(reader.app.get_by_role("heading", level=1)).to_have_text("Event log – triggered actions")
    expect_heads(reader, "ID", "Created", "Customer e-mail", "Scenario", "Status", "Details")
    cells = row(reader, number).locator("th, td")
    expect(cells.nth(0)).to_have_text(number)
    expect(cells.nth(1)).to_have_text(re.compile(r"^\d+ \w+ \d{4}, \d\d:\d\d:\d\d$|^\w+ \d+, \d{4}, [\d:]{8} [AP]M$"))
    expect(cells.nth(2)).to_have_text("anna@example.com")
    expect(cells.nth(3)).to_have_text(re.compile(r"^\d+ Contract"))
    expect(cells.nth(4)).to_have_text("CompletedIt ended at an exit step. EXITED")

    reader.go_to(LOG)
    expect_heads(reader, "ID", "Created", "Customer e-mail", "Event", "Scenario", "Status", "Details")
    expect(row(reader, number)).to_be_visible()


def test_a_page_of_5000_rows_stays_where_it_is_while_more_arrive(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 5000, ago=60)
    open_log(reader, event)
    newest = ids(reader)
    assert len(newest) == 50
    place = rows(reader).first.bounding_box()

    with rows_arriving(live_store, event):
        expect(reader.app.get_by_role("button", name=NEW_ROWS)).to_be_visible(timeout=LOOKED)
        assert ids(reader) == newest
        assert rows(reader).first.bounding_box() == place

        press(reader.app, "Next page")
        expect(row(reader, str(newest[0]))).to_have_count(0)
        second = ids(reader)
        assert second == list(range(newest[-1] - 1, newest[-1] - 51, -1)), "no row twice, none left out"
        press(reader.app, "Previous page")
        expect(row(reader, str(second[0]))).to_have_count(0)
        assert ids(reader) == newest

        press(reader.app, "Go to the newest")
        expect(row(reader, str(newest[-1]))).to_have_count(0)
        # Seen while rows arrive: none may come any more between the newest page and the end of this.
        expect(reader.app.get_by_role("button", name=NEW_ROWS)).to_be_visible(timeout=LOOKED)
    reader.app.get_by_role("button", name=NEW_ROWS).click()
    last = live_store.sql("SELECT max(id) FROM saleor_custom_events_invocation WHERE event_id = %s", event.number)[0][0]
    expect(rows(reader).first.locator("th")).to_have_text(str(last))
    expect(reader.app.get_by_role("button", name=NEW_ROWS)).to_have_count(0)


def test_filters_find_the_few_among_5000(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 5000, ago=3 * 3600)
    many_rows(live_store, event, 100)
    open_log(reader, event)

    reader.app.get_by_role("searchbox", name="Customer e-mail").fill("customer20@example.com")
    reader.page.keyboard.press("Enter")
    chip(reader, "E-mail: customer20@example.com")
    expect(rows(reader).filter(has_text="customer20@example.com")).to_have_count(50)

    filters(reader)
    reader.app.get_by_role("button", name="Last hour").click()
    expect(rows(reader)).to_have_count(1)
    reader.app.get_by_role("button", name=re.compile("^Remove the filter: E-mail")).click()
    expect(rows(reader)).to_have_count(50)

    reader.app.get_by_label("Status", exact=True).select_option(label="Failed")
    expect(rows(reader)).to_have_count(10)
    expect(rows(reader).filter(has_text="FAILED_RETRIES")).to_have_count(10)
    reader.app.get_by_label("Reason", exact=True).select_option(value="SKIPPED_NO_SCENARIO")
    expect(reader.app.get_by_role("heading", name="No row matches these filters")).to_be_visible()
    press(reader.app.get_by_role("search"), "Clear all filters")
    expect(rows(reader)).to_have_count(50)
    expect(reader.app.get_by_role("button", name=re.compile("^Remove the filter"))).to_have_count(0)


def test_rows_are_found_by_local_times(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 3, ago=7200)
    many_rows(live_store, event, 2)
    open_log(reader, event)
    filters(reader)
    an_hour_ago = datetime.now(ZoneInfo("Europe/Warsaw")) - timedelta(hours=1)
    reader.app.get_by_label(re.compile("^Created to")).fill(f"{an_hour_ago:%Y-%m-%dT%H:%M}")
    expect(rows(reader)).to_have_count(3)


def test_all_events_are_filtered_by_one_that_is_searched_for(reader: Merchant, live_store: LiveStore, make: Maker):
    event, other = make.event(), make.event()
    number = fired(live_store, event)
    fired(live_store, other)
    reader.go_to(LOG)
    filters(reader)
    choice = reader.app.get_by_role("combobox", name="Event", exact=True)
    choice.fill(event.slug)
    reader.app.get_by_role("option", name=re.compile(f"^{event.number} ")).click()
    expect(rows(reader)).to_have_count(1)
    expect(row(reader, number)).to_be_visible()
    choice.fill("")
    expect(rows(reader).nth(1)).to_be_visible()


@pytest.mark.parametrize("typed", ["anna", "anna@shop@example.com"])
def test_an_address_that_is_none_is_said_at_its_field(reader: Merchant, live_store: LiveStore, make: Maker, typed: str):
    """The first is not even asked for, the second one the server refuses."""
    event = make.event()
    fired(live_store, event)
    open_log(reader, event)
    reader.expect_problem("400")
    reader.app.get_by_role("searchbox", name="Customer e-mail").fill(typed)
    reader.page.keyboard.press("Enter")
    expect(reader.app.get_by_role("alert")).to_have_text("This is not an e-mail address.")
    expect(reader.app.get_by_role("searchbox", name="Customer e-mail")).to_have_value(typed)


def test_a_status_changes_where_the_row_stands(reader: Merchant, live_store: LiveStore, make: Maker):
    wait = {"id": "sleep", "type": "wait", "duration": "PT6S", "next": None}
    event = listening(make, wait)
    number = fired(live_store, event)
    open_log(reader, event)
    expect(row(reader, number)).to_contain_text(re.compile("Running|Waiting"))
    expect(row(reader, number)).to_contain_text("Completed", timeout=2 * LOOKED)
    assert ids(reader) == [int(number)]


def test_an_empty_log_fills_by_itself(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    reader.open(f"/log/event/{event.number}")
    expect(reader.app.get_by_role("heading", name="Nothing in the log yet")).to_be_visible()
    number = fired(live_store, event)
    expect(row(reader, number)).to_be_visible(timeout=LOOKED)


def test_where_logging_is_off_the_log_says_so_and_switches_it_on(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event(logging=False)
    reader.open(f"/log/event/{event.number}")
    expect(reader.app.get_by_text("Logging is switched off for this event")).to_be_visible()
    expect(reader.app.get_by_text("rows from before do not appear")).to_be_visible()
    press(reader.app, "Switch logging on")
    expect(reader.app.get_by_text("Logging is switched off for this event")).to_have_count(0)
    number = fired(live_store, event)
    expect(row(reader, number)).to_be_visible(timeout=LOOKED)


def test_closing_a_window_leads_back_to_the_filters_and_the_eye(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 100)
    open_log(reader, event)
    filters(reader)
    reader.app.get_by_label("Status", exact=True).select_option(label="Failed")
    expect(rows(reader)).to_have_count(10)
    number = str(ids(reader)[3])

    shown = open_details(reader, number)
    expect(reader.page).to_have_url(re.compile(rf"/log/invocation/{number}$"))
    reader.page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(reader.page).to_have_url(re.compile(rf"/log/event/{event.number}$"))
    chip(reader, "Status: Failed")
    expect(rows(reader)).to_have_count(10)
    expect(reader.app.get_by_role("link", name=f"Details of invocation {number}")).to_be_focused()


def test_a_page_that_does_not_come_is_said_and_tried_again(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 60)
    open_log(reader, event)
    reader.expect_problem("ERR_FAILED|Failed to fetch")
    reader.page.route("**/graphql/", lambda route: route.abort())
    press(reader.app, "Next page")
    expect(reader.app.get_by_text("The store did not answer")).to_be_visible()
    expect(rows(reader)).to_have_count(50)
    reader.page.unroute("**/graphql/")
    press(reader.app, "Try again")
    expect(rows(reader)).to_have_count(10)


@pytest.mark.parametrize(
    ("language", "button", "name", "head", "row_text"),
    [
        ("en", "Download CSV", "event-log-", "ID,Created (UTC),Customer e-mail", "No scenario listened"),
        ("pl", "Pobierz CSV", "log-zdarzen-", "ID;Utworzono (UTC);E-mail klienta", "Żaden scenariusz nie nasłuchiwał"),
    ],
)
def test_the_log_as_csv(
    reader: Merchant, live_store: LiveStore, make: Maker, tmp_path: Path, language, button, name, head, row_text
):
    event = make.event()
    many_rows(live_store, event, 5100)
    open_log(reader.switch_language(language), event)
    with reader.page.expect_download() as download:
        press(reader.app, button)
    assert download.value.suggested_filename.startswith(f"{name}{event.slug}-20")
    file = tmp_path / "log.csv"
    download.value.save_as(file)
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith(head)
    assert len(lines) == 1 + 5100 + 1, "one head, all rows of two parts, a line end"
    assert row_text in lines[1] + lines[2]
    expect(window(reader)).to_have_count(0)


def test_collecting_a_csv_can_be_stopped(reader: Merchant, live_store: LiveStore, make: Maker):
    event = make.event()
    many_rows(live_store, event, 5100)
    open_log(reader, event)
    downloads: list[Download] = []
    reader.page.on("download", lambda download: downloads.append(download))
    held: list[Route] = []

    def hold_the_second(route: Route) -> None:
        if '"after":"' in (route.request.post_data or "") and "customEventLogCsv" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    reader.page.route("**/graphql/", hold_the_second)
    press(reader.app, "Download CSV")
    progress = window(reader, "Downloading the log as CSV")
    expect(progress.get_by_role("status")).to_have_text("5,000 rows so far")
    press(progress.locator("footer"), "Cancel")
    expect(progress).to_have_count(0)
    assert held, "the second part was under way"
    reader.page.unroute("**/graphql/")
    with reader.page.expect_download():
        press(reader.app, "Download CSV")
    assert len(downloads) == 1, "nothing came of the first"


def test_before_it_is_known_whose_log_it_is_no_csv_is_made_of_everybodys(reader: Merchant, make: Maker):
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "query LogEvent(" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    event = make.event()
    reader.page.route("**/graphql/", hold)
    reader.open(f"/log/event/{event.number}")
    download = reader.app.get_by_role("button", name="Download CSV")
    expect(download).to_be_disabled()
    expect(reader.app.get_by_role("status").first).to_be_visible()
    assert held, "the event was asked for"
    for route in held:
        route.continue_()
    expect(download).to_be_enabled()


def test_the_log_of_a_scenario_names_the_events(reader: Merchant, live_store: LiveStore, make: Maker):
    event = listening(make, END)
    number = fired(live_store, event)
    query = "SELECT scenario_id FROM saleor_custom_events_invocation WHERE id = %s"
    scenario = live_store.sql(query, int(number))[0][0]
    reader.open(f"/log/scenario/{scenario}")
    expect(reader.app.get_by_role("link", name=re.compile(f"^Scenario {scenario}: "))).to_be_visible()
    expect_heads(reader, "ID", "Created", "Customer e-mail", "Event", "Scenario", "Status", "Details")
    expect(rows(reader)).to_have_count(1)
    expect(row(reader, number)).to_contain_text(f"{event.number} Logged")


def test_the_log_of_what_does_not_exist_says_so(reader: Merchant):
    reader.open("/log/event/999999")
    expect(reader.app.get_by_role("heading", name="There is no such event")).to_be_visible()


def test_without_the_permission_customers_are_masked_and_it_is_named(
    new_merchant: NewMerchant, live_store: LiveStore, make: Maker
):
    event = make.event()
    number = fired(live_store, event, dataFields={"size": "M"})
    merchant = new_merchant().log_in("staff_define")
    open_log(merchant, event)
    expect(row(merchant, number)).to_contain_text("a•••@e•••.com")
    expect(
        merchant.app.get_by_text("data fields are masked. You also need the permission MANAGE_USERS")
    ).to_be_visible()
    for name in ("Download CSV", "Find this e-mail"):
        button = merchant.app.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_attribute("title", re.compile("MANAGE_USERS"))
    shown = open_details(merchant, number)
    shown.get_by_role("tab", name="Data fields").click()
    expect(shown.get_by_role("row", name="size")).to_have_text("sizeStringmasked")
    expect(shown).to_contain_text("MANAGE_USERS")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_log(
    reader: Merchant, live_store: LiveStore, make: Maker, axe: Callable[[Page | Frame], None], theme
):
    event = make.event()
    many_rows(live_store, event, 60)
    open_log(reader.switch_theme(theme), event)
    axe(reader.document)
    filters(reader)
    reader.app.get_by_label("Status", exact=True).select_option(label="Failed")
    expect(rows(reader)).to_have_count(6)
    reader.app.get_by_role("combobox", name="Scenario").click()
    expect(reader.app.get_by_role("option").first).to_be_visible()
    reader.settle()
    axe(reader.document)
