"""The sandbox's dashboard treats a framed page as Saleor's dashboard 3.23 does, seen with a page of the test's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from playwright.sync_api import Frame, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.merchant import EVENTS, LOG, SCENARIOS, Merchant
from tests.browser.standin import standin
from tests.live.store import LiveStore

SOON = 60.0
MAKE_APP = """
    WITH app AS (INSERT INTO sandbox_app (name, is_active, permissions, type, identifier, app_url, author)
        VALUES ('Stand-in', true, %s, 'thirdparty', 'stand-in', %s, 'The tests') RETURNING id)
    INSERT INTO sandbox_appextension (app_id, identifier, label, url, mount, target, permissions)
    SELECT app.id, entry, initcap(entry), '/' || entry, 'navigation_customers', 'app_page', '{}'
    FROM app, unnest(ARRAY['one', 'two']) AS entry RETURNING app_id
"""
UNMAKE = ("DELETE FROM sandbox_appextension WHERE app_id = %s", "DELETE FROM sandbox_app WHERE id = %s")


@pytest.fixture
def app_url(live_store: LiveStore) -> Iterator[str]:
    """An app of the store whose pages are the stand-in, with the entries One and Two."""
    with standin() as url:
        permissions = ["MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_ORDERS"]
        app = live_store.sql(MAKE_APP, permissions, f"{url}/app")[0][0]
        yield f"{url}/app"
        for statement in UNMAKE:
            live_store.sql(statement, app)


@pytest.fixture
def inside(merchant: Merchant, app_url: str) -> Frame:
    """The stand-in's first page, in the frame."""
    return merchant.log_in().go_to("One").document


def heard(frame: Frame, type: str) -> list[Any]:
    return frame.evaluate("(type) => heardOf(type)", type)


def act(frame: Frame, type: str, **payload: Any) -> bool | None:
    return frame.evaluate("([type, payload]) => act(type, payload)", [type, payload])


def born(merchant: Merchant) -> str:
    """What changes when the framed page is loaded anew."""
    return str(merchant.document.evaluate("() => born"))


def in_frame(merchant: Merchant, path: str) -> None:
    expect(merchant.app.locator("#path")).to_have_text(path)


def test_a_page_hears_the_handshake_first_then_language_theme_and_address_once_each(merchant: Merchant, inside: Frame):
    assert until(lambda: len(heard(inside, "handshake")) == 2, SOON), "one for notifyReady, one for having loaded"
    events = [event["type"] for event in inside.evaluate("() => heard")]
    assert events[0] == "handshake"
    once = ["localeChanged", "theme", "redirect"]
    assert [type for type in events if type not in ("handshake", "response")] == once
    assert heard(inside, "localeChanged") == [{"locale": "en"}]
    assert heard(inside, "theme") == [{"theme": "light"}]
    (redirect,) = heard(inside, "redirect")
    assert merchant.page.url.endswith(redirect["path"])
    shaken = heard(inside, "handshake")[0]
    assert shaken["version"] == 1
    assert (shaken["saleorVersion"][:4], shaken["dashboardVersion"][:5]) == ("3.23", "v3.23")


def test_the_address_says_where_the_store_is_and_no_language(merchant: Merchant, app_url: str, inside: Frame):
    store = merchant.store.base_url
    found = inside.evaluate(
        "() => [location.origin + location.pathname, Object.fromEntries(new URL(location).searchParams)]"
    )
    address, query = found
    assert address == f"{app_url}/one"
    assert query.pop("id").startswith("QXBw")
    assert query == {"domain": store.partition("//")[2], "saleorApiUrl": f"{store}/graphql/", "theme": "light"}


def test_what_a_page_may_not_do_in_saleors_dashboard_it_may_not_do_here(merchant: Merchant, inside: Frame):
    frame = merchant.page.locator(".frame iframe")
    allowed = "allow-same-origin allow-forms allow-scripts allow-downloads allow-popups"
    expect(frame).to_have_attribute("sandbox", allowed)
    merchant.expect_problem("modal|Permissions policy")
    write = "() => navigator.clipboard.writeText('x').then(() => 'written', (error) => error.name)"
    assert inside.evaluate(write) == "NotAllowedError"
    assert inside.evaluate("() => confirm('sure?')") is False


def test_the_token_is_the_users_narrowed_to_the_app(merchant: Merchant, app_url: str):
    inside = merchant.log_in("staff_customers").go_to("One").document
    token = heard(inside, "handshake")[0]["token"]
    claims = jwt.decode(token, merchant.store.secret_key, algorithms=["HS256"])
    assert (claims["type"], claims["email"]) == ("thirdparty", "staff-customers@example.com")
    assert claims["permissions"] == ["MANAGE_DISCOUNTS", "MANAGE_USERS"], "the app has MANAGE_ORDERS as well"
    assert claims["exp"] - claims["iat"] == 300
    assert claims["app"] == inside.evaluate("() => new URL(location).searchParams.get('id')")


def test_the_token_is_replaced_before_its_end_and_the_page_stays(merchant: Merchant, app_url: str):
    with merchant.served_with(THIRDPARTY_TOKEN_SECONDS="6"):
        inside = merchant.log_in().go_to("One").document
        first, page = heard(inside, "handshake")[0]["token"], born(merchant)
        act(inside, "updateRouting", newRoute="/one/7")
        assert until(lambda: heard(inside, "tokenRefresh"), SOON)
        refreshed = heard(inside, "tokenRefresh")[0]
    old, new = (jwt.decode(one, options={"verify_signature": False}) for one in (first, refreshed["token"]))
    assert old["iat"] < new["iat"] <= old["exp"]
    assert born(merchant) == page


def test_a_query_in_the_route_reloads_the_page_at_its_old_path_with_the_next_token(merchant: Merchant, app_url: str):
    with merchant.served_with(THIRDPARTY_TOKEN_SECONDS="6"):
        inside = merchant.log_in().go_to("One").document
        page = born(merchant)
        act(inside, "updateRouting", newRoute="/one/7?tab=2")
        assert merchant.page.url.endswith("/one/7?tab=2")
        assert until(lambda: born(merchant) != page, SOON)
    in_frame(merchant, "/app/one")


def test_theme_and_language_reach_the_page_while_it_stays(merchant: Merchant, inside: Frame):
    page = born(merchant)
    merchant.switch_theme("dark").switch_language("pl")
    assert until(lambda: heard(inside, "localeChanged")[1:], SOON) == [{"locale": "pl"}]
    assert heard(inside, "theme")[1:] == [{"theme": "dark"}]
    assert born(merchant) == page
    expect(merchant.page.locator("nav")).to_contain_text("Wyloguj się")
    merchant.page.reload()
    in_frame(merchant, "/app/one")
    again = merchant.document
    assert until(lambda: heard(again, "localeChanged"), SOON) == [{"locale": "pl"}]
    assert "theme=dark" in again.url


def test_a_page_opened_later_in_the_same_frame_is_told_neither_language_nor_theme(merchant: Merchant, inside: Frame):
    merchant.switch_theme("dark").switch_language("pl")
    merchant.go_to("Two")
    in_frame(merchant, "/app/two")
    later = merchant.document
    assert until(lambda: len(heard(later, "handshake")) == 2, SOON)
    assert {event["type"] for event in later.evaluate("() => heard")} == {"handshake", "response"}
    assert "theme=light" in later.url, "the theme of the time when the frame was made"


def test_a_message_is_shown_and_an_error_stays_until_it_is_closed(merchant: Merchant, inside: Frame):
    assert act(inside, "notification", status="success", title="Saved", text="The event is saved") is True
    assert act(inside, "notification", status="error", title="Not saved", text="The store is away") is True
    assert act(inside, "notification", status="error", title="Not saved", text="Still away") is True
    expect(merchant.toasts).to_have_count(2)
    expect(merchant.page.get_by_role("alert").filter(has_text="Still away")).to_be_visible()
    expect(merchant.toasts.filter(has_text="The event is saved")).to_have_count(0)
    merchant.page.get_by_role("alert").get_by_role("button").click()
    expect(merchant.toasts).to_have_count(0)


def test_a_message_stays_while_the_pointer_is_on_it(merchant: Merchant, inside: Frame):
    act(inside, "notification", status="success", title="Saved")
    expect(merchant.toasts).to_have_count(1)
    merchant.toasts.hover()
    merchant.page.wait_for_timeout(6000)
    expect(merchant.toasts).to_have_count(1)
    merchant.page.mouse.move(0, 0)
    expect(merchant.toasts).to_have_count(0)


def test_a_deep_page_has_an_address_that_leads_back_to_it(merchant: Merchant, inside: Frame):
    assert act(inside, "updateRouting", newRoute="/one/7") is True
    in_frame(merchant, "/app/one")
    address = merchant.page.url
    assert re.search(r"/dashboard/extensions/app/[^/]+/one/7$", address)
    merchant.page.reload()
    in_frame(merchant, "/app/one/7")
    merchant.page.goto(f"{merchant.store.base_url}/dashboard/")
    merchant.page.goto(address)
    in_frame(merchant, "/app/one/7")


def test_back_leads_through_the_pages_that_were_opened(merchant: Merchant, inside: Frame):
    merchant.go_to("Two")
    in_frame(merchant, "/app/two")
    back = "() => history.back()"
    merchant.page.evaluate(back)
    in_frame(merchant, "/app/one")
    assert merchant.page.url.endswith("/two"), "the frame's own entry comes first"
    merchant.page.evaluate(back)
    merchant.page.evaluate(back)
    merchant.page.wait_for_url("**/one")
    in_frame(merchant, "/app/one")


def test_back_from_a_route_of_the_page_does_not_load_it_again(merchant: Merchant, inside: Frame):
    page = born(merchant)
    act(inside, "updateRouting", newRoute="/one/7")
    merchant.page.go_back()
    assert merchant.page.url.endswith("/one")
    assert born(merchant) == page
    merchant.page.go_forward()
    in_frame(merchant, "/app/one/7")


def test_a_page_can_send_one_elsewhere_in_the_dashboard(merchant: Merchant, inside: Frame):
    other = inside.evaluate("() => `/extensions/app/${new URL(location).searchParams.get('id')}/two`")
    assert act(inside, "redirect", to=other) is True
    in_frame(merchant, "/app/two")
    merchant.document.evaluate("() => void act('redirect', {to: '/orders/T3JkZXI6MQ'})")
    expect(merchant.page.locator("#content")).to_contain_text("/orders/T3JkZXI6MQ would be shown here")
    assert merchant.page.url.endswith("/dashboard/orders/T3JkZXI6MQ")


def test_another_host_opens_in_a_new_tab_or_after_a_question(merchant: Merchant, app_url: str, inside: Frame):
    elsewhere = app_url.replace("127.0.0.1", "localhost")
    with merchant.page.context.expect_page() as opened:
        assert act(inside, "redirect", to=elsewhere, newContext=True) is True
    assert opened.value.url == elsewhere
    opened.value.close()
    asked: list[str] = []
    merchant.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    assert act(inside, "redirect", to=elsewhere) is False
    assert asked == ["You are about to leave the Dashboard. Do you want to continue?"]


def test_wishes_that_a_page_may_not_have_are_refused_or_not_answered(merchant: Merchant, inside: Frame):
    merchant.expect_problem("openPopup action is only allowed")
    assert act(inside, "openPopup", extensionIdentifier="x") is False
    assert act(inside, "requestPermissions", permissions=[], redirectPath="/x") is False
    assert act(inside, "popupClose") is True
    assert act(inside, "nonsense") is None


def test_messages_of_anybody_else_are_not_heard(merchant: Merchant, inside: Frame):
    shown = {"type": "notification", "payload": {"actionId": "1", "title": "From a stranger"}}
    merchant.page.evaluate("(message) => window.postMessage(message, '*')", shown)
    act(inside, "notification", status="info", title="From the app")
    expect(merchant.toasts).to_have_text(re.compile("From the app"))


def test_a_wrong_password_customers_and_staff_who_may_do_nothing_are_refused(merchant: Merchant):
    cast = merchant.store.cast
    merchant.page.goto(f"{merchant.store.base_url}/dashboard/")
    merchant.type_credentials(cast["staff_all"]["email"], "wrong")
    expect(merchant.page.get_by_role("alert")).to_have_text("Wrong e-mail or password.")
    merchant.type_credentials(cast["customer"]["email"], cast["customer"]["password"])
    expect(merchant.page.get_by_role("alert")).to_have_text("Only staff may log in here.")
    merchant.type_credentials(cast["staff_none"]["email"], cast["staff_none"]["password"])
    expect(merchant.page.get_by_role("alert")).to_have_text("You do not have permission to log in.")


def test_who_is_logged_in_stays_so_until_they_log_out(merchant: Merchant):
    merchant.log_in().page.reload()
    expect(merchant.page.locator("#who")).to_have_text("staff-all@example.com")
    merchant.page.locator("#log-out").click()
    merchant.page.reload()
    expect(merchant.page.locator("#login")).to_be_visible()
    assert json.loads(merchant.page.evaluate("() => JSON.stringify(sessionStorage)")) == {}


def test_our_entries_are_in_the_navigation_of_those_who_may_define_events(merchant: Merchant, new_merchant):
    links = merchant.log_in("staff_define").page.locator("nav li a")
    expect(links).to_have_text([EVENTS, SCENARIOS, LOG])
    allow = "UPDATE sandbox_user SET permissions = %s WHERE email = 'staff-none@example.com'"
    merchant.store.sql(allow, ["MANAGE_ORDERS"])
    try:
        without = new_merchant().log_in("staff_none")
        expect(without.page.locator("#content")).to_contain_text("need the permission")
        expect(without.page.locator("nav li a")).to_have_count(0)
    finally:
        merchant.store.sql(allow, [])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_frame_around(merchant: Merchant, app_url: str, axe, theme):
    merchant.page.goto(f"{merchant.store.base_url}/dashboard/")
    axe(merchant.page)
    merchant.log_in().switch_theme(theme)
    axe(merchant.page)
    inside = merchant.go_to("One").document
    act(inside, "notification", status="error", title="Not saved", text="The store is away")
    axe(merchant.page)
