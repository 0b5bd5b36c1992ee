"""Our own pages in the dashboard's frame: what holds for all of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.building import Axe
from tests.browser.conftest import NewMerchant
from tests.browser.merchant import EVENTS, LOG, SCENARIOS, Merchant
from tests.browser.shown import Shown
from tests.live.store import LiveStore

#: Marks the document, to see whether it was loaded anew.
MARK = "() => { window.sameDocument = true }"
MARKED = "() => window.sameDocument === true"
OURS = "**/custom-events/graphql/"
MADE = "SELECT count(*) FROM saleor_custom_events_customevent WHERE name = 'Made with another token'"


def heading(merchant: Merchant, text: str) -> None:
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize("entry", [EVENTS, SCENARIOS, LOG])
def test_an_entry_of_the_navigation_opens_its_page(merchant: Merchant, entry: str):
    merchant.log_in().go_to(entry)
    expect(merchant.app.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{entry}"))


def test_language_and_theme_follow_the_dashboard_at_once(merchant: Merchant):
    merchant.log_in().go_to(EVENTS)
    heading(merchant, "Custom events")
    merchant.document.evaluate(MARK)
    merchant.switch_language("pl").switch_theme("dark")
    heading(merchant, "Zdarzenia niestandardowe")
    expect(merchant.app.locator("html[lang=pl][data-theme=dark]")).to_be_attached()
    assert merchant.document.evaluate(MARKED)


def test_language_and_theme_stay_when_another_entry_is_opened(merchant: Merchant):
    merchant.log_in().go_to(EVENTS)
    heading(merchant, "Custom events")
    merchant.switch_language("pl").switch_theme("dark")
    heading(merchant, "Zdarzenia niestandardowe")
    merchant.go_to(SCENARIOS)
    heading(merchant, "Scenariusze")
    expect(merchant.app.locator("html[lang=pl][data-theme=dark]")).to_be_attached()


def test_a_language_that_was_changed_on_another_page_is_followed(merchant: Merchant):
    merchant.log_in().switch_language("pl").switch_theme("dark").go_to(EVENTS)
    heading(merchant, "Zdarzenia niestandardowe")
    merchant.page.locator("#store").click()
    merchant.switch_language("en").switch_theme("light")
    merchant.go_to(EVENTS)
    heading(merchant, "Custom events")
    expect(merchant.app.locator("html[lang=en][data-theme=light]")).to_be_attached()


def test_requests_go_on_with_the_new_token_while_the_page_stays(merchant: Merchant):
    with merchant.served_with(THIRDPARTY_TOKEN_SECONDS="6"):
        with merchant.page.expect_request(OURS) as opening:
            merchant.log_in().go_to(EVENTS)
        heading(merchant, "Custom events")
        merchant.document.evaluate(MARK)
        # The first token has ended by then: the server would refuse it.
        merchant.page.wait_for_timeout(7_500)
        merchant.app.get_by_role("button", name="Create new event").first.click()
        window = merchant.app.get_by_role("dialog")
        window.get_by_label("Event name").fill("Made with another token")
        with merchant.page.expect_request(OURS) as saving:
            window.get_by_role("button", name="Save").click()
        assert until(lambda: merchant.store.sql(MADE) == [(1,)], 60)
        assert merchant.document.evaluate(MARKED)
    assert opening.value.headers["authorization"] != saving.value.headers["authorization"]


def test_a_link_to_one_invocation_opens_its_window(new_merchant: NewMerchant, shown_store: tuple[LiveStore, Shown]):
    store, shown = shown_store
    merchant = new_merchant(store).log_in().open(f"/log/invocation/{shown.invocations['failed']}")
    window = merchant.app.get_by_role("dialog")
    expect(window).to_contain_text("ewa.kowalska@example.com")
    merchant.page.reload()
    expect(merchant.app.get_by_role("dialog")).to_contain_text("ewa.kowalska@example.com")


@pytest.mark.parametrize(
    ("language", "theme", "health", "said"),
    [
        ("en", "light", {"workerSilent": True, "workerSeenAt": None}, "no Celery worker has ever been seen"),
        ("pl", "dark", {"workerSilent": True, "workerSeenAt": None}, "żaden worker Celery nigdy się nie zgłosił"),
        ("en", "light", {"beatSilent": True, "beatSeenAt": "2026-11-24T08:00:00Z"}, "Celery beat"),
    ],
)
def test_where_no_worker_or_beat_is_seen_every_page_says_so(
    merchant: Merchant, axe: Axe, language, theme, health: dict[str, object], said: str
):
    def silent(route: Route) -> None:
        if "customEventHealth" not in (route.request.post_data or ""):
            return route.continue_()
        answer = route.fetch()
        body = answer.json()
        body["data"]["customEventHealth"].update(health)
        return route.fulfill(response=answer, json=body)

    merchant.page.route(OURS, silent)
    merchant.log_in().switch_language(language).switch_theme(theme)
    for entry in (EVENTS, SCENARIOS, LOG):
        merchant.go_to(entry)
        expect(merchant.app.get_by_text(said)).to_be_visible()
    merchant.settle()
    axe(merchant.document)
