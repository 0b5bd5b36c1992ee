"""The merchant's whole way in Saleor's own dashboard. The first file: here the store is still empty."""

from __future__ import annotations

import re
import time

import jwt
import pytest
from playwright.sync_api import Request, expect

from saleor_custom_events.hosts.sandbox.receivers import Mailbox
from tests.browser import journey, picture_journey
from tests.browser.building import (
    Axe,
    a_name,
    drafted,
    field,
    fill,
    open_scenario,
    press,
    save,
    step,
    stored,
    wait_step,
    window,
)
from tests.browser.conftest import NewMerchant
from tests.browser.logged import row
from tests.browser.logged import window as named_window
from tests.browser.merchant import EVENTS, LOG, SCENARIOS
from tests.host_contract.making import Maker
from tests.saleor.browser.merchant import SaleorMerchant, SaleorStore

#: Seconds until Saleor's processes have heard of other settings for mail.
MAIL_KNOWN = 5.5
#: Marks the framed document, to see whether it was loaded anew.
MARK = "() => { window.sameDocument = true }"
MARKED = "() => window.sameDocument === true"
OURS = "**/custom-events/graphql/"
#: Playwright's own waits for a page to load, which none does.
BACK = "() => history.back()"


def ends(request: Request) -> float:
    """When the token of a request ends, in Unix time."""
    token = request.headers["authorization"].removeprefix("Bearer ")
    return float(jwt.decode(token, options={"verify_signature": False})["exp"])


def test_the_first_event_of_an_empty_store(merchant: SaleorMerchant):
    merchant.log_in().unfold()
    expect(merchant.entries).to_have_text([EVENTS, SCENARIOS, LOG])
    merchant.go_to(LOG)
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text("Event log – triggered actions")
    assert journey.create_first_event(merchant, "Ukończył quiz rozmiarów") == 1


def test_the_whole_way_to_a_row_that_failed_and_was_retried(merchant: SaleorMerchant, seen_store: SaleorStore):
    merchant.log_in()
    name, event, path = a_name("Follow up"), a_name("Quiz done"), "/" + a_name("hook").replace(" ", "-")
    number = journey.walk(merchant, seen_store, seen_store.receiver, event=event, scenario=name, path=path)

    expect(merchant.page).to_have_url(re.compile(f"/log/invocation/{number}$"))
    merchant.page.reload()
    merchant.await_frame()
    expect(named_window(merchant, f"Invocation {number}")).to_contain_text("Completed")
    # The first step back belongs to the frame of before the reload.
    merchant.page.evaluate(BACK)
    merchant.page.evaluate(BACK)
    expect(named_window(merchant)).to_have_count(0)


def test_the_whole_way_by_the_picture_to_a_mail(merchant: SaleorMerchant, seen_store: SaleorStore, mailbox: Mailbox):
    time.sleep(MAIL_KNOWN)
    merchant.log_in()
    picture_journey.walk(merchant, seen_store, mailbox, event=a_name("Quiz seen"), scenario=a_name("By the picture"))


def test_an_address_of_one_invocation_opens_it_in_another_tab(
    new_merchant: NewMerchant, making: Maker, seen_store: SaleorStore
):
    number = journey.fire(seen_store, making.key(), making.event().number)
    merchant = new_merchant().log_in()
    merchant.open(f"/log/invocation/{number}")
    shown = named_window(merchant, f"Invocation {number}")
    expect(shown.get_by_text("No scenario listened to this event. SKIPPED_NO_SCENARIO")).to_be_visible()
    press(shown.locator("footer"), "Close")
    expect(merchant.page).to_have_url(re.compile("/log$"))
    expect(row(merchant, number)).to_be_visible()


def test_nothing_typed_is_lost_when_the_token_is_replaced(
    merchant: SaleorMerchant, making: Maker, seen_store: SaleorStore
):
    scenario = drafted(seen_store, making.event(), wait_step("s1"))  # type: ignore[arg-type]
    merchant.log_in()
    with merchant.page.expect_request(OURS) as opening:
        open_scenario(merchant, scenario)
    merchant.document.evaluate(MARK)
    step(merchant, 1).get_by_role("button", name=re.compile("^Edit step")).click()
    fill(step(merchant, 1), "Name of this step", "Typed before")
    merchant.page.wait_for_timeout((ends(opening.value) - time.time() + 1) * 1000)
    expect(field(step(merchant, 1), "Name of this step")).to_have_value("Typed before")
    field(step(merchant, 1), "Name of this step").press_sequentially(" and after")
    with merchant.page.expect_request(OURS) as saving:
        save(merchant)

    assert ends(opening.value) < time.time() < ends(saving.value)
    assert merchant.document.evaluate(MARKED)
    assert stored(seen_store, scenario)["draft"]["steps"][0]["label"] == "Typed before and after"  # type: ignore[arg-type]


def test_back_leads_through_our_pages_and_out(merchant: SaleorMerchant, making: Maker):
    event = making.event(name=a_name("Walked back"))
    merchant.log_in().go_to(EVENTS)
    merchant.app.get_by_role("link", name=re.compile("^Walked back")).first.click()
    expect(window(merchant)).to_be_visible()
    expect(merchant.page).to_have_url(re.compile(f"/events/{event.number}$"))
    merchant.page.evaluate(BACK)
    expect(window(merchant)).to_have_count(0)
    merchant.go_to(SCENARIOS)
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(re.compile("^Scenarios"))


def test_in_polish_and_dark(merchant: SaleorMerchant, axe: Axe):
    merchant.log_in().switch_language("pl").switch_theme("dark")
    journey.in_polish(merchant, event=a_name("Ukończono quiz"), scenario=a_name("Po quizie"))
    expect(merchant.app.locator("html[lang=pl][data-theme=dark]")).to_be_attached()
    axe(merchant.document)


def test_language_and_theme_that_are_changed_meanwhile_are_followed(merchant: SaleorMerchant):
    merchant.log_in().go_to(EVENTS)
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(re.compile("^Custom events"))
    merchant.document.evaluate(MARK)
    merchant.switch_theme("dark")
    expect(merchant.app.locator("html[data-theme=dark]")).to_be_attached()
    assert merchant.document.evaluate(MARKED)
    merchant.switch_language("pl")
    merchant.await_frame()
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(re.compile("^Zdarzenia niestandardowe"))


def test_who_may_define_events_only_sees_what_is_missing(merchant: SaleorMerchant, making: Maker):
    event = making.event(name=a_name("Masked"))
    number = journey.fire(making.store, making.key(), event.number)
    merchant.log_in("staff_define").unfold()
    expect(merchant.entries).to_have_text([EVENTS, SCENARIOS, LOG])
    merchant.open(f"/log/event/{event.number}")
    expect(row(merchant, number)).to_be_visible()
    expect(row(merchant, number)).not_to_contain_text(journey.EMAIL)
    expect(merchant.app.get_by_text(re.compile("MANAGE_USERS")).first).to_be_visible()


def test_who_has_no_permission_at_all_is_not_let_in(merchant: SaleorMerchant):
    merchant.page.goto(merchant.store.dashboard_url)
    none = merchant.store.cast["staff_none"]
    merchant.type_credentials(none["email"], none["password"])
    expect(merchant.page.locator("[data-test-id=login-error-message]")).to_be_visible()


@pytest.mark.parametrize("entry", [EVENTS, SCENARIOS, LOG])
def test_an_entry_opens_its_page(merchant: SaleorMerchant, entry: str):
    merchant.log_in().go_to(entry)
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{entry}"))
