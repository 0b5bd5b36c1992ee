"""The keys, as whoever runs the shop makes, changes and revokes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.merchant import EVENTS, Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

Axe = Callable[[Page | Frame], None]


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def at_keys(merchant: Merchant) -> Merchant:
    """Somebody with all permissions, who came to the keys from the event list."""
    merchant.log_in().go_to(EVENTS)
    merchant.app.get_by_role("button", name="Keys", exact=True).click()
    expect(merchant.app.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    return merchant


def window(merchant: Merchant) -> Locator:
    return merchant.app.get_by_role("dialog")


def row(merchant: Merchant, name: str) -> Locator:
    return merchant.app.get_by_role("row").filter(has=merchant.app.get_by_role("rowheader", name=re.compile(name)))


def press(merchant: Merchant, name: str) -> None:
    window(merchant).get_by_role("button", name=name, exact=True).click()


def fill(merchant: Merchant, label: str, text: str) -> None:
    window(merchant).get_by_label(re.compile(f"^{label}")).fill(text)


def test_a_storefront_key_is_made_used_refused_changed_and_revoked(at_keys: Merchant, make: Maker, axe: Axe) -> None:
    merchant, name = at_keys, f"Shop {token_hex(3)}"
    event = make.event(public=True)
    merchant.app.get_by_role("button", name="Create a key").first.click()
    fill(merchant, "Name", name)
    fill(merchant, "Websites", "https://shop.example/path")
    press(merchant, "Save")
    expect(window(merchant).get_by_role("alert")).to_have_text(re.compile("^https://shop.example/path: a website is"))
    fill(merchant, "Websites", "https://Shop.example\n")
    fill(merchant, "Further data fields", "coupon")
    axe(merchant.document)
    press(merchant, "Save")
    secret = window(merchant).locator("code").text_content() or ""
    assert secret.startswith("sce_pk_")
    assert len(secret) == 50
    axe(merchant.document)
    press(merchant, "Copy the key")
    expect(window(merchant).get_by_role("button", name="Copied")).to_be_visible()
    window(merchant).locator("footer").get_by_role("button", name="Close").click()

    there = {"Origin": "https://shop.example"}
    body = {"customEventId": event.number, "anonymousId": "visitor", "dataFields": {"coupon": "X", "other": 1}}
    assert merchant.store.fire(body, credential=secret, headers=there).status_code == 202
    assert merchant.store.fire(body, credential=secret).status_code == 403
    assert [field["name"] for field in make.log(event)[0]["occurrence"]["dataFields"]] == ["coupon"]

    merchant.open("/keys")
    made = row(merchant, name)
    expect(made).to_contain_text(secret[:12])
    expect(made).to_contain_text("https://shop.example")
    expect(made).to_contain_text("Storefront key")
    expect(made).not_to_contain_text("Never")
    assert secret not in merchant.document.content()
    made.get_by_role("button", name=re.compile("1 refused firing")).click()
    expect(window(merchant)).to_contain_text("The key is not bound to this website. ORIGIN_NOT_ALLOWED")
    axe(merchant.document)
    window(merchant).get_by_role("button", name="Close").click()

    made.get_by_role("button", name=f"Edit {name}").click()
    fill(merchant, "Websites", "")
    press(merchant, "Save")
    expect(window(merchant)).to_have_count(0)
    assert merchant.store.fire(body, credential=secret).status_code == 202

    made.get_by_role("button", name=f"Revoke {name}").click()
    press(merchant, "Revoke")
    expect(made).to_contain_text("Revoked")
    assert merchant.store.fire(body, credential=secret).status_code == 401
    expect(made.get_by_role("button", name=f"Edit {name}")).to_have_count(0)


def test_a_server_key_has_no_websites(at_keys: Merchant) -> None:
    merchant = at_keys
    merchant.app.get_by_role("button", name="Create a key").first.click()
    fill(merchant, "Name", "Backend")
    window(merchant).get_by_label("Type").select_option("SERVER")
    expect(window(merchant).get_by_label(re.compile("^Websites"))).to_have_count(0)
    press(merchant, "Save")
    expect(window(merchant).locator("code")).to_have_text(re.compile("^sce_sk_"))


def test_without_keys_the_page_says_what_they_are_for(
    new_merchant: Callable[..., Merchant], empty_store: LiveStore, axe: Axe
) -> None:
    merchant = new_merchant(empty_store).log_in()
    merchant.switch_language("pl").open("/keys")
    expect(merchant.app.get_by_role("heading", name="Nie ma jeszcze kluczy")).to_be_visible()
    axe(merchant.document)


def test_who_may_not_see_keys_is_told_which_permission_is_missing(merchant: Merchant) -> None:
    merchant.log_in("staff_customers").open("/keys")

    expect(merchant.app.get_by_text("You also need the permission MANAGE_PLUGINS.").first).to_be_visible()
    create: Any = merchant.app.get_by_role("button", name="Create a key")
    expect(create).to_have_attribute("aria-disabled", "true")
    expect(merchant.app.get_by_role("table")).to_have_count(0)


def test_the_code_of_an_event_leads_to_the_keys(merchant: Merchant, make: Maker) -> None:
    event = make.event()
    merchant.log_in().open(f"/events/{event.number}")
    window(merchant).get_by_role("tab", name="Code", exact=True).click()
    window(merchant).get_by_role("link", name="Get a key").click()

    expect(merchant.app.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    expect(window(merchant)).to_have_count(0)
    merchant.app.get_by_role("button", name="Back", exact=True).click()
    expect(merchant.app.get_by_role("heading", name="Custom events")).to_be_visible()
