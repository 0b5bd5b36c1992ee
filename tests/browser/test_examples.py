"""The documentation's page of a storefront, as it stands, in a real browser at the real store."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.storefront import SECONDS
from tests.client.examples import event_of, let_the_examples_key_be_good, path_of
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

API = "https://api.shop.example"
PAGE = "https://www.shop.example/quiz"


def test_the_page_fires_what_the_visitor_has_answered(browser: Browser, live_store: LiveStore) -> None:
    """Its two addresses lead to the file and to the store; both are asked over the network, and nothing is made up."""
    make = Maker(live_store)
    event = event_of(make, "size-quiz")
    before = len(make.log(event))
    let_the_examples_key_be_good(live_store, make)

    def to_the_store(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(API, live_store.base_url)))

    with browser.new_context() as context:
        page = context.new_page()
        page.route(PAGE, lambda route: route.fulfill(path=path_of("storefront.html")))
        page.route(f"{API}/**", to_the_store)
        page.goto(PAGE)
        page.get_by_label("How sure are you").fill("82")
        page.get_by_label("Size").select_option("M")
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_role("status")).to_have_text("Thank you!")
        assert until(lambda: len(make.log(event)) > before, SECONDS)
    occurrence = make.log(event)[0]["occurrence"]
    assert {field["name"]: field["value"] for field in occurrence["dataFields"]} == {"score": "82", "size": "M"}
