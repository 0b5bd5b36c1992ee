"""The event list and the window of an event, as a merchant uses them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Frame, FrameLocator, Locator, Page, Route, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.merchant import EVENTS, Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

#: Milliseconds until figures in the list are renewed, and a little more.
RENEWED = 60_000

#: Milliseconds until it is known that no better token will come, or until one has come.
SETTLED = 60_000

Axe = Callable[[Page | Frame], None]


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def at_events(merchant: Merchant) -> Merchant:
    """A merchant with all permissions, at the event list."""
    return merchant.log_in().go_to(EVENTS)


def window(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("dialog")


def field(within: Locator | FrameLocator, label: str) -> Locator:
    return within.get_by_role("textbox", name=label, exact=True)


def press(within: Locator | FrameLocator, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()


def choose_tab(within: Locator, name: str) -> None:
    within.get_by_role("tab", name=name, exact=True).click()


def row(merchant: Merchant, name: str) -> Locator:
    return merchant.app.get_by_role("row").filter(has=merchant.app.get_by_role("link", name=name, exact=True))


def cell(merchant: Merchant, name: str, column: str) -> Locator:
    """The cell below a column's head, in the row of an event."""
    heads = merchant.app.get_by_role("columnheader")
    expect(heads.first).to_be_visible()
    at = [text.strip() for text in heads.all_text_contents()].index(column)
    return row(merchant, name).locator("th, td").nth(at)


def look_for(merchant: Merchant, text: str) -> None:
    merchant.app.get_by_role("searchbox").fill(text)


def open_event(merchant: Merchant, event: Event | int) -> Locator:
    number = event if isinstance(event, int) else event.number
    merchant.open(f"/events/{number}")
    shown = window(merchant)
    expect(shown.get_by_role("tablist").first).to_be_visible()
    return shown


def a_name(about: str) -> str:
    return f"{about} {token_hex(3)}"


def end_step() -> list[dict[str, Any]]:
    return [{"id": "end", "type": "exit"}]


def test_the_first_event_of_an_empty_store(new_merchant: Callable[..., Merchant], fresh_store: LiveStore):
    merchant = new_merchant(fresh_store).log_in().go_to(EVENTS)
    expect(merchant.app.get_by_role("heading", name="No custom events yet")).to_be_visible()
    merchant.app.get_by_role("button", name="Create new event").last.click()
    made = window(merchant)
    expect(field(made, "Event name")).to_be_focused()
    field(made, "Event name").fill("Ukończył quiz rozmiarów")
    expect(field(made, "Slug")).to_have_value("ukonczyl-quiz-rozmiarow")
    expect(made.get_by_role("checkbox", name=re.compile("^Enable logging"))).to_be_checked()
    press(made, "Save")

    expect(merchant.toasts).to_have_text(re.compile("Ukończył quiz rozmiarów was created"))
    expect(made.get_by_role("tab", name="Code")).to_have_attribute("aria-selected", "true")
    expect(made.locator("dd").first).to_contain_text("1")
    expect(made.get_by_role("region", name="Code in cURL")).to_contain_text('"customEventId": 1')
    expect(merchant.page).to_have_url(re.compile(r"/events/1$"))
    press(made.locator("footer"), "Close")
    expect(made).to_have_count(0)
    expect(cell(merchant, "Ukończył quiz rozmiarów", "ID")).to_contain_text("1")
    expect(cell(merchant, "Ukończył quiz rozmiarów", "Logging")).to_have_text("On")
    expect(cell(merchant, "Ukończył quiz rozmiarów", "Last fired")).to_have_text("Never")


def test_an_event_is_made_with_the_keyboard_alone(at_events: Merchant):
    merchant, name = at_events, a_name("Keyboard")
    create = merchant.app.locator("header").get_by_role("button", name="Create new event")
    create.focus()
    merchant.page.keyboard.press("Enter")
    expect(field(window(merchant), "Event name")).to_be_focused()
    merchant.page.keyboard.type(name)
    for _ in range(2):
        merchant.page.keyboard.press("Tab")
    merchant.page.keyboard.press("Space")
    expect(window(merchant).get_by_role("checkbox", name=re.compile("^Enable logging"))).not_to_be_checked()
    field(window(merchant), "Event name").focus()
    merchant.page.keyboard.press("Enter")
    expect(window(merchant).get_by_role("tab", name="Code")).to_have_attribute("aria-selected", "true")
    merchant.page.keyboard.press("Escape")
    expect(window(merchant)).to_have_count(0)
    expect(create).to_be_focused()
    look_for(merchant, name)
    expect(cell(merchant, name, "Logging")).to_have_text("Off")


def test_an_event_is_changed_and_its_data_fields_are_put_in_order(at_events: Merchant, make: Maker):
    merchant, name = at_events, a_name("Edited")
    event = make.event(name=a_name("Before"), dataFields=[{"name": "gone", "type": "STRING"}])
    shown = open_event(merchant, event)
    field(shown, "Event name").fill(name)
    press(shown, "Remove data field 1")
    for number, (field_name, type_name) in enumerate([("size", "String"), ("total", "Money")], 1):
        press(shown, "Add a data field")
        expect(field(shown, f"Name of data field {number}")).to_be_focused()
        merchant.page.keyboard.type(field_name)
        shown.get_by_label(f"Type of data field {number}").select_option(label=type_name)
    press(shown, "Move data field 2 up")
    shown.get_by_role("checkbox", name="Data field 1 is required").check()
    shown.get_by_role("radio", name=re.compile("^Refuse it")).check()
    press(shown, "Save")
    expect(merchant.toasts).to_have_text(re.compile(f"{name} was saved"))

    again = open_event(merchant, event)
    expect(field(again, "Name of data field 1")).to_have_value("total")
    expect(again.get_by_label("Type of data field 1")).to_have_value("MONEY")
    expect(again.get_by_role("checkbox", name="Data field 1 is required")).to_be_checked()
    expect(field(again, "Name of data field 2")).to_have_value("size")
    expect(again.get_by_role("radio", name=re.compile("^Refuse it"))).to_be_checked()


def test_what_is_wrong_stands_at_its_field_and_leads_there(at_events: Merchant, make: Maker):
    taken = make.event(name=a_name("Taken"))
    merchant = at_events.open("/events/new")
    shown = window(merchant)
    press(shown, "Save")
    expect(field(shown, "Event name")).to_be_focused()
    expect(field(shown, "Event name")).to_have_accessible_description(re.compile("Give the event a name."))
    field(shown, "Event name").fill(a_name("Second"))
    field(shown, "Slug").fill(taken.slug)
    shown.get_by_text("Advanced").click()
    field(shown, "ID (optional)").fill(str(taken.number))
    press(shown, "Save")
    expect(field(shown, "Slug")).to_have_accessible_description(re.compile("Another event has this slug."))
    expect(field(shown, "ID (optional)")).to_have_accessible_description(re.compile("Another event has this ID."))
    expect(field(shown, "Slug")).to_be_focused()


def test_the_code_names_this_event_and_its_fields_and_fits_whether_it_is_public(at_events: Merchant, make: Maker):
    declared = [{"name": "score", "type": "NUMBER"}, {"name": "total", "type": "MONEY"}]
    event = make.event(dataFields=declared, public=True)
    shown = open_event(at_events, event)
    choose_tab(shown, "Code")
    for language in ("cURL", "JavaScript", "GraphQL", "Python"):
        choose_tab(shown, language)
        code = shown.get_by_role("region", name=f"Code in {language}")
        named = rf"fire\(\s*{event.number}," if language == "JavaScript" else rf"customEventId\"?: {event.number}\b"
        expect(code).to_contain_text(re.compile(named))
        expect(code).to_contain_text("score")
        expect(code).to_contain_text("199.90")
        expect(code).to_contain_text(at_events.store.base_url)
    choose_tab(shown, "JavaScript")
    expect(shown.get_by_text("A guest's e-mail address is then unverified")).to_be_visible()
    expect(shown.get_by_role("region", name="Code in JavaScript")).to_contain_text('key: "sce_pk_')
    choose_tab(shown, "Settings")
    shown.get_by_role("checkbox", name=re.compile("^Public")).uncheck()
    press(shown, "Save")
    choose_tab(shown, "Code")
    choose_tab(shown, "JavaScript")
    expect(shown.get_by_role("region", name="Code in JavaScript")).to_contain_text("Bearer sce_sk_")


def test_the_code_fires_the_event_as_it_stands(at_events: Merchant, make: Maker):
    """With a real key in it, and with names of data fields that are hard to quote."""
    types = ["STRING", "TEXT", "NUMBER", "MONEY", "DATE", "DATETIME", "BOOLEAN", "URL"]
    names = ["it's", 'say "hi"', "back\\slash", "$HOME `id`", "zażółć 日本", "a b", "{x}", "1st"]
    declared = [{"name": n, "type": t, "required": True} for n, t in zip(names, types, strict=True)]
    event = make.event(name="Quiz'; exit 1 # \"", violations="REJECT", dataFields=declared)
    shown = open_event(at_events, event)
    choose_tab(shown, "Code")
    key = make.key()

    def code_in(language: str, prefix: str = "sce_sk_", secret: str = key) -> str:
        choose_tab(shown, language)
        code = shown.get_by_role("region", name=f"Code in {language}").inner_text()
        assert f"{prefix}YOUR_KEY" in code
        return code.replace(f"{prefix}YOUR_KEY", secret)

    def run(*command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    run("bash", "-c", f"set -o pipefail; {code_in('cURL').rstrip()} --fail --silent --show-error")
    run(sys.executable, "-c", code_in("Python"))
    run("node", "--input-type=module", "-e", code_in("JavaScript"))
    sent = {"query": code_in("GraphQL")}
    answer = make.store.post("graphql/", sent, credential=key).json()
    assert answer["data"]["customEventFire"]["errors"] == []

    choose_tab(shown, "Settings")
    shown.get_by_role("checkbox", name=re.compile("^Public")).check()
    press(shown, "Save")
    expect(at_events.toasts).to_have_text(re.compile("was saved"))
    choose_tab(shown, "Code")
    in_browser = code_in("JavaScript", "sce_pk_", make.key("STOREFRONT"))
    storefront = at_events.page.context.new_page()
    storefront.goto(f"{at_events.store.base_url}/")
    storefront.add_script_tag(content=in_browser, type="module")

    assert until(lambda: len(make.log(event)) == 5, 30)
    rows = make.log(event)
    assert {logged["customerEmail"] for logged in rows} == {"anna@example.com"}
    assert [logged["occurrence"]["identity"] for logged in rows] == ["UNVERIFIED", *["TRUSTED"] * 4]
    for logged in rows:
        assert {one["name"]: one["type"] for one in logged["occurrence"]["dataFields"]} == dict(
            zip(names, types, strict=True)
        )


def test_one_click_copies_the_id(at_events: Merchant, make: Maker):
    name = a_name("Copied")
    event = make.event(name=name)
    look_for(at_events, name)
    press(row(at_events, name), f"Copy the ID {event.number}")
    expect(row(at_events, name).get_by_role("status").first).to_have_text("Copied")
    search = at_events.app.get_by_role("searchbox")
    search.fill("")
    search.press("Control+V")
    expect(search).to_have_value(str(event.number))


def test_a_test_event_starts_the_scenarios_and_leads_to_its_rows(at_events: Merchant, make: Maker):
    event = make.event(dataFields=[{"name": "size", "type": "STRING"}, {"name": "score", "type": "NUMBER"}])
    make.scenario(event, end_step())
    shown = open_event(at_events, event)
    choose_tab(shown, "Code")
    press(shown, "Send a test event")
    expect(field(shown, "Customer e-mail")).to_have_value("staff-all@example.com")
    field(shown, "score (optional)").fill("41,50")
    press(shown, "Send the test event")
    receipt = shown.get_by_role("status").filter(has_text="The event was accepted")
    expect(receipt.get_by_role("listitem")).to_contain_text(re.compile("Started.*Contract"))

    (logged,) = make.log(event)
    assert logged["customerEmail"] == "staff-all@example.com"
    values = {one["name"]: one["value"] for one in logged["occurrence"]["dataFields"]}
    assert values == {"size": "example", "score": "41.50"} or values == {"size": "example", "score": 41.5}
    receipt.get_by_role("link", name=f"Row {logged['number']} in the log").click()
    expect(at_events.page).to_have_url(re.compile(rf"/log/invocation/{logged['number']}$"))


def test_a_check_says_what_would_start_and_starts_nothing(at_events: Merchant, make: Maker):
    event = make.event()
    make.scenario(event, end_step())
    shown = open_event(at_events, event)
    choose_tab(shown, "Test event")
    shown.get_by_role("checkbox", name=re.compile("^Only check")).check()
    press(shown, "Check")
    receipt = shown.get_by_role("status").filter(has_text="nothing was started")
    expect(receipt.get_by_role("listitem")).to_contain_text("Would start")
    assert make.log(event) == []


def test_a_test_event_that_is_refused_says_why_at_its_field(at_events: Merchant, make: Maker):
    event = make.event(dataFields=[{"name": "score", "type": "NUMBER", "required": True}], violations="REJECT")
    shown = open_event(at_events, event)
    choose_tab(shown, "Test event")
    field(shown, "Customer e-mail").fill("nobody")
    press(shown, "Send the test event")
    expect(field(shown, "Customer e-mail")).to_have_accessible_description(re.compile("not an e-mail address"))
    field(shown, "Customer e-mail").fill("anna@example.com")
    field(shown, "score").fill("many")
    press(shown, "Send the test event")
    expect(field(shown, "score")).to_have_accessible_description("This does not fit the declared type.")


def test_whoever_may_not_fire_sees_which_permission_is_missing(merchant: Merchant, make: Maker):
    event = make.event()
    shown = open_event(merchant.log_in("staff_define"), event)
    choose_tab(shown, "Test event")
    send = shown.get_by_role("button", name="Send the test event")
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(send).to_have_accessible_description("You also need the permission MANAGE_USERS.")
    field(shown, "Customer e-mail").press("Enter")
    choose_tab(shown, "Settings")
    expect(shown.get_by_role("button", name="Save")).not_to_have_attribute("aria-disabled", "true")
    assert make.log(event) == []


def test_an_archived_event_refuses_firings_until_it_is_restored(at_events: Merchant, make: Maker):
    name, key = a_name("Archived"), make.key()
    event = make.event(name=name)
    make.scenario(event, end_step())
    body = {"customEventId": event.number, "customerEmail": "anna@example.com"}
    look_for(at_events, name)
    press(row(at_events, name), f"Archive {name}")
    question = window(at_events)
    expect(question).to_contain_text("1 scenario starts from it")
    press(question, "Archive")
    expect(at_events.toasts).to_have_text(re.compile(f"{name} was archived"))
    expect(at_events.app.get_by_role("heading", name="No event matches")).to_be_visible()
    assert make.store.fire(body, credential=key).json()["code"] == "EVENT_ARCHIVED"

    at_events.app.get_by_label("Status").select_option(label="Archived")
    press(row(at_events, name), f"Restore {name}")
    expect(row(at_events, name)).to_have_count(0)
    assert make.store.fire(body, credential=key).status_code == 202


def test_refused_firings_are_counted_and_say_why(at_events: Merchant, make: Maker):
    name = a_name("Refused")
    event = make.event(
        name=name, violations="REJECT", dataFields=[{"name": "score", "type": "NUMBER", "required": True}]
    )
    body = {"customEventId": event.number, "customerEmail": "anna@example.com"}
    key = make.key()
    for _ in range(2):
        assert make.store.fire(body, credential=key).status_code == 422
    look_for(at_events, name)
    press(row(at_events, name), f"2 refused firings of {name}: show why")
    shown = window(at_events)
    expect(shown.get_by_role("row")).to_have_count(2)
    refusal = shown.get_by_role("row").last
    expect(refusal).to_contain_text("Data fields broke the event's declarations. FIELDS_REJECTED")
    refusal.locator("summary").click()
    expect(refusal.get_by_role("listitem")).to_have_count(2)
    expect(refusal.get_by_role("listitem").first).to_contain_text("dataFields.score")


def test_figures_are_renewed_while_the_rows_stay_where_they_are(at_events: Merchant, make: Maker):
    shared = token_hex(4)
    names = [f"Still {shared} {n}" for n in range(3)]
    events = [make.event(name=name) for name in names]
    look_for(at_events, shared)
    at_events.app.get_by_label("Sort by").select_option(label="Last fired, latest first")
    heads = at_events.app.locator("tbody th a")
    expect(heads).to_have_count(3)
    before = heads.all_text_contents()
    last = events[names.index(before[-1])]
    body = {"customEventId": last.number, "customerEmail": "anna@example.com"}
    assert make.store.fire(body, credential=make.key()).status_code == 202
    expect(cell(at_events, before[-1], "Last 24 h")).to_have_text("1", timeout=RENEWED)
    expect(cell(at_events, before[-1], "Last fired")).to_have_text(re.compile("ago|now"))
    assert heads.all_text_contents() == before


def test_search_order_and_page_are_kept_while_an_event_is_open_and_back_leads_to_the_page_before(
    at_events: Merchant, make: Maker
):
    shared = token_hex(4)
    for n in range(23):
        make.event(name=f"Paged {shared} {n:02}")
    rows = at_events.app.locator("tbody tr")
    look_for(at_events, shared)
    expect(at_events.app.get_by_text("23 events")).to_be_visible()
    press(at_events.app, "Name")
    expect(at_events.app.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text(f"Paged {shared} 00")
    expect(rows).to_have_count(20)
    press(at_events.app, "Next page")
    expect(rows).to_have_count(3)
    at_events.app.get_by_role("link", name=f"Paged {shared} 21", exact=True).click()
    press(window(at_events).locator("footer"), "Cancel")
    expect(window(at_events)).to_have_count(0)
    expect(rows).to_have_count(3)
    expect(at_events.app.get_by_role("searchbox")).to_have_value(shared)
    press(at_events.app, "Previous page")
    expect(rows).to_have_count(20)
    expect(rows.first).to_contain_text(f"Paged {shared} 00")


def test_nothing_found_offers_to_look_for_everything_again(at_events: Merchant, make: Maker):
    name = a_name("Findable")
    make.event(name=name)
    look_for(at_events, "nothing has this name")
    expect(at_events.app.get_by_role("heading", name="No event matches")).to_be_visible()
    press(at_events.app, "Clear search and filters")
    expect(row(at_events, name)).to_be_visible()


def test_unsaved_changes_are_asked_about_and_kept(at_events: Merchant, make: Maker):
    event = make.event()
    shown = open_event(at_events, event).first
    field(shown, "Description (optional)").fill("Half a thought")
    at_events.page.keyboard.press("Escape")
    press(at_events.app.get_by_role("dialog", name="Leave without saving?"), "Stay here")
    expect(field(shown, "Description (optional)")).to_have_value("Half a thought")
    press(shown.locator("footer"), "Cancel")
    press(at_events.app.get_by_role("dialog", name="Leave without saving?"), "Leave without saving")
    expect(window(at_events)).to_have_count(0)


def test_the_slug_is_fixed_after_the_first_firing(at_events: Merchant, make: Maker):
    event = make.event()
    shown = open_event(at_events, event)
    expect(field(shown, "Slug")).to_be_editable()
    body = {"customEventId": event.number, "customerEmail": "anna@example.com"}
    assert make.store.fire(body, credential=make.key()).status_code == 202
    shown = open_event(at_events, event)
    expect(field(shown, "Slug")).not_to_be_editable()
    expect(field(shown, "Slug")).to_have_accessible_description("Fixed since the first firing: callers rely on it.")


def _lost(route: Route) -> None:
    route.abort()


def _failing(route: Route) -> None:
    route.fulfill(status=500, content_type="text/html", body="<h1>Internal Server Error</h1>")


def _expired(route: Route) -> None:
    route.fulfill(status=401, content_type="application/problem+json", body="{}")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_lost, "The store did not answer"),
        (_failing, "Something went wrong on the server"),
        (_expired, "The dashboard's session has ended"),
    ],
    ids=["lost network", "server error", "expired token"],
)
def test_what_was_typed_survives_a_failure_and_can_be_saved_later(
    at_events: Merchant, answer: Callable[[Route], None], said: str
):
    merchant, name = at_events.open("/events/new"), a_name("Survivor")
    merchant.expect_problem("Failed to load resource")

    def creating_fails(route: Route) -> None:
        if "customEventCreate" in (route.request.post_data or ""):
            answer(route)
        else:
            route.continue_()

    merchant.page.route("**/custom-events/graphql/", creating_fails)
    shown = window(merchant)
    field(shown, "Event name").fill(name)
    press(shown, "Add a data field")
    field(shown, "Name of data field 1").fill("size")
    press(shown, "Save")
    expect(shown.get_by_role("alert")).to_contain_text(said, timeout=SETTLED)
    expect(field(shown, "Event name")).to_have_value(name)
    expect(field(shown, "Name of data field 1")).to_have_value("size")
    merchant.page.unroute("**/custom-events/graphql/")
    press(shown, "Save")
    expect(shown.get_by_role("tab", name="Code")).to_have_attribute("aria-selected", "true")
    expect(shown.get_by_role("region", name="Code in cURL")).to_contain_text('"size"')


def test_a_new_token_while_somebody_types_loses_nothing(merchant: Merchant, make: Maker):
    event, name = make.event(), a_name("Typed for long")
    with merchant.served_with(THIRDPARTY_TOKEN_SECONDS="10"):
        with merchant.page.expect_request("**/custom-events/graphql/") as first:
            shown = open_event(merchant.log_in(), event)
        token = first.value.headers["authorization"]
        field(shown, "Event name").fill(name)
        # The list below renews its figures all the while.
        with merchant.page.expect_request(
            lambda sent: sent.headers.get("authorization", token) != token, timeout=SETTLED
        ):
            expect(field(shown, "Event name")).to_have_value(name)
        expect(field(shown, "Event name")).to_have_value(name)
        press(shown, "Save")
        expect(merchant.toasts).to_have_text(re.compile(f"{name} was saved"))


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("pl", "dark")])
def test_axe_finds_nothing_on_any_screen_of_events(at_events: Merchant, make: Maker, axe: Axe, language, theme):
    merchant, name, key = at_events.switch_language(language).switch_theme(theme), a_name("Axe"), make.key()
    types = ["STRING", "TEXT", "NUMBER", "MONEY", "DATE", "DATETIME", "BOOLEAN", "URL"]
    event = make.event(name=name, dataFields=[{"name": f"a {type}", "type": type} for type in types])
    make.scenario(event, end_step())
    assert make.store.fire({"customEventId": event.number}, credential=key).status_code == 400
    look_for(merchant, name)
    expect(row(merchant, name)).to_be_visible()
    axe(merchant.document)
    cell(merchant, name, {"en": "Refused", "pl": "Odrzucone"}[language]).get_by_role("button").click()
    expect(window(merchant).get_by_role("table")).to_be_visible()
    axe(merchant.document)
    merchant.page.keyboard.press("Escape")
    look_for(merchant, "nothing has this name")
    expect(merchant.app.get_by_role("table")).to_have_count(0)
    axe(merchant.document)

    shown = open_event(merchant, event)
    axe(merchant.document)
    tabs = shown.get_by_role("tablist").first.get_by_role("tab")
    tabs.nth(1).click()
    axe(merchant.document)
    tabs.nth(2).click()
    shown.locator("button[type=submit]").click()
    expect(shown.get_by_role("listitem")).to_have_count(1)
    axe(merchant.document)

    merchant.open("/events/new")
    window(merchant).locator("footer button").last.click()
    expect(window(merchant).get_by_role("alert")).to_be_visible()
    axe(merchant.document)


def test_in_polish_the_labels_are_the_models_own(at_events: Merchant, make: Maker):
    merchant, name = at_events.switch_language("pl").switch_theme("dark"), a_name("Polskie")
    event = make.event(name=name)
    make.store.fire({"customEventId": event.number, "customerEmail": "a@example.com"}, credential=make.key())
    look_for(merchant, name)
    expect(merchant.app.get_by_role("table", name="Lista zdarzeń")).to_be_visible()
    heads = merchant.app.get_by_role("columnheader")
    expect(heads.first).to_have_text("ID")
    expect(heads.last).to_have_text("Log")
    expect(cell(merchant, name, "Ostatnio wysłane")).to_have_text(re.compile("temu|teraz"))
    expect(merchant.app.get_by_text("1 zdarzenie", exact=True)).to_be_visible()
    press(merchant.app, "Stwórz nowe zdarzenie")
    shown = window(merchant)
    field(shown, "Nazwa zdarzenia").fill("Prośba o łąkę")
    expect(field(shown, "Slug")).to_have_value("prosba-o-lake")
    expect(shown.get_by_role("checkbox", name=re.compile("^Włącz logowanie"))).to_be_checked()
    expect(shown).to_contain_text("Zapisuj wywołania tego zdarzenia w logu.")
    press(shown, "Zapisz")
    expect(shown.get_by_role("tab", name="Kod")).to_have_attribute("aria-selected", "true")
