"""Our extension as the store's dashboard finds it: its entries, its page, and the token that the page is given."""

from __future__ import annotations

import gzip
import http.client
import re
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests

from tests.host_contract.making import Event
from tests.host_contract.store import PATIENCE, Store

FIELDS = '{ __type(name: "AppExtension") { fields { name } } }'
NAVIGATION = """
{ appExtensions(first: 100) { edges { node {
  label url %s permissions { code } accessToken
} } } }
"""
APP = "query ($id: ID) { app(id: $id) { identifier appUrl isActive accessToken } }"
VIEWER = "{ customEventViewer { name permissions } }"
EVENTS = "{ customEvents(first: 1) { edges { node { number } } } }"
OF_CUSTOMER = """{
  customEventInvocations(first: 5, filter: {event: "%s", customer: "%s"}) { edges { node {
    occurrence { occurrenceId } } } }
  customEventCustomer(id: "%s") { id email }
}"""
DEFINE, CUSTOMERS, OPERATE = "MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"


def place(store: Store) -> str:
    """Give the fields that say where an entry stands: Saleor 3.21 calls them otherwise."""
    names = {field["name"] for field in store.ask(FIELDS)["__type"]["fields"]}
    return "mount: mountName target: targetName" if "mountName" in names else "mount target"


def entries(store: Store) -> list[dict[str, Any]]:
    """Give our entries in the order in which the dashboard shows them."""
    edges = store.ask(NAVIGATION % place(store), by="staff_define")["appExtensions"]["edges"]
    return [edge["node"] for edge in edges if edge["node"]["url"] in ("/events", "/scenarios", "/log")]


def app(store: Store, by: str = "staff_define") -> dict[str, Any]:
    """Give our app as one of the staff sees it. Saleor 3.21 tells its id to few: the entries' tokens have it."""
    claims = jwt.decode(entries(store)[0]["accessToken"], options={"verify_signature": False})
    found: dict[str, Any] = store.ask(APP, {"id": claims["app"]}, by=by)["app"]
    assert found["identifier"] == "saleor.custom-events"
    return found


def customer_widget(store: Store, by: str) -> dict[str, Any] | None:
    """Give our card on a customer's page as one of the staff is given it; None: the version has no such place."""
    edges = store.ask(NAVIGATION % place(store), by=by)["appExtensions"]["edges"]
    found = [edge["node"] for edge in edges if edge["node"]["url"].startswith("/customer?")]
    assert len(found) < 2
    return found[0] if found else None


def frame_token(store: Store, by: str) -> str:
    """Give the token that the dashboard hands to our page for one of the staff."""
    return str(app(store, by)["accessToken"])


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=PATIENCE)


def asset_of(store: Store) -> str:
    """Give the address of the page's own script."""
    page = get(f"{store.plugin_url}dashboard")
    assert page.status_code == 200, page.text
    found = re.search(r'src="([^"]+/assets/[^"]+\.js)"', page.text)
    assert found, page.text
    return store.base_url + found[1]


def ask_ours(store: Store, token: str, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = store.post("graphql/", {"query": query}, credential=token).json()
    return answer


def test_the_navigation_has_our_screens_in_their_order(store: Store) -> None:
    found = entries(store)

    assert [(entry["label"], entry["url"]) for entry in found] == [
        ("Custom events", "/events"),
        ("Scenarios", "/scenarios"),
        ("Event log", "/log"),
    ]
    for entry in found:
        assert (entry["mount"], entry["target"]) == ("NAVIGATION_DISCOUNTS", "APP_PAGE")
        assert [permission["code"] for permission in entry["permissions"]] == [DEFINE]
    assert app(store)["appUrl"] == f"{store.base_url}/plugins/global/custom-events/dashboard"
    assert app(store)["isActive"] is True


def test_every_entry_opens_the_page(store: Store) -> None:
    url = app(store)["appUrl"]
    for entry in entries(store):
        answer = get(url + entry["url"])
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert re.search(r"frame-ancestors 'self'[^;]*$", policy)
        assert "X-Frame-Options" not in answer.headers


def test_the_pages_script_is_kept_for_ever_and_sent_compressed(store: Store) -> None:
    url = asset_of(store)
    plain = get(url, **{"Accept-Encoding": "identity"})
    with requests.get(url, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=PATIENCE) as packed:
        sent = packed.raw.read(decode_content=False)

    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain.headers["Cache-Control"] == packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(sent) == plain.content
    assert len(sent) < len(plain.content) / 2


def test_head_tells_what_get_would_give(store: Store) -> None:
    url = asset_of(store)
    told = requests.head(url, headers={"Accept-Encoding": "identity"}, timeout=PATIENCE)

    assert told.status_code == 200
    assert int(told.headers["Content-Length"]) == len(get(url, **{"Accept-Encoding": "identity"}).content)


def test_an_asset_that_is_not_there_is_not_the_page(store: Store) -> None:
    answer = get(f"{store.plugin_url}dashboard/assets/index-gone.js")

    assert answer.status_code == 404
    assert answer.json()["code"] == "NOT_FOUND"


@pytest.mark.parametrize("climb", ["../" * 3, "..%2f" * 3, "%2e%2e/" * 3, "%252e%252e/" * 3, "/", "%2f", "..%5c" * 3])
def test_nobody_reads_what_is_not_of_the_build(store: Store, climb: str) -> None:
    """By hand: a client with manners would take the dots away before it asks."""
    parts = urlsplit(store.plugin_url)
    for below in (f"assets/{climb}__init__.py", f"{climb}__init__.py", f"assets/{climb}etc/passwd"):
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
        line.request("GET", f"{parts.path}dashboard/{below}")
        answer = line.getresponse()
        body = answer.read()
        line.close()
        assert b"__version__" not in body
        assert b"root:" not in body
        assert answer.status == 404 or b"<!doctype html>" in body.lower()


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("staff_none", set()),
        ("staff_define", {DEFINE}),
        ("staff_customers", {DEFINE, CUSTOMERS}),
        ("staff_all", {DEFINE, CUSTOMERS, OPERATE}),
    ],
)
def test_the_pages_token_is_worth_what_its_user_may(store: Store, who: str, codes: set[str]) -> None:
    token = frame_token(store, who)

    assert jwt.decode(token, options={"verify_signature": False})["type"] == "thirdparty"
    viewer = ask_ours(store, token, VIEWER)["data"]["customEventViewer"]
    assert viewer["name"] == store.cast[who]["email"]
    assert set(viewer["permissions"]) == codes
    assert ("errors" in ask_ours(store, token, EVENTS)) is (DEFINE not in codes)


def test_the_pages_token_fires_for_customers_only_where_its_user_may(store: Store, event: Event) -> None:
    body = {"customEventId": event.number, "customerEmail": "somebody@example.com"}

    assert store.fire(body, credential=frame_token(store, "staff_define")).status_code == 403
    assert store.fire(body, credential=frame_token(store, "staff_customers")).status_code == 202


def test_while_the_plugin_is_off_neither_page_nor_entries_are_there(store: Store, switched_off: None) -> None:
    assert entries(store) == []
    assert get(f"{store.plugin_url}dashboard/events").status_code == 404
    assert get(f"{store.channel_url}dashboard/events").status_code == 404
    assert get(f"{store.base_url}/plugins/custom-events/dashboard/events").status_code == 404


def test_the_card_on_a_customers_page_is_where_the_version_has_the_place(store: Store) -> None:
    widget = customer_widget(store, "staff_customers")

    fields = {field["name"] for field in store.ask(FIELDS)["__type"]["fields"]}
    assert (widget is not None) is ("settings" in fields)
    if widget is None:
        # Saleor 3.21 has no such place: our entries are those of the navigation alone.
        assert len(entries(store)) == 3
        return
    assert (widget["mount"], widget["target"]) == ("CUSTOMER_DETAILS_WIDGETS", "WIDGET")
    assert widget["url"] == f"/customer?needs={DEFINE},{CUSTOMERS}"
    page = get(app(store)["appUrl"] + widget["url"] + "&customerId=VXNlcjox")
    assert page.status_code == 200, page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors" in page.headers["Content-Security-Policy"]
    assert page.text != get(app(store)["appUrl"] + "/log").text, "a page of its own, which loads little"


def test_the_card_is_given_a_token_for_both_permissions_or_none(store: Store) -> None:
    if customer_widget(store, "staff_customers") is None:
        # Saleor 3.21 has no such place, whoever looks.
        assert customer_widget(store, "staff_all") is None
        return
    for who in ("staff_none", "staff_define"):
        assert (customer_widget(store, who) or {})["accessToken"] is None
    token = (customer_widget(store, "staff_customers") or {})["accessToken"]

    viewer = ask_ours(store, token, VIEWER)["data"]["customEventViewer"]
    assert set(viewer["permissions"]) == {DEFINE, CUSTOMERS}


def test_the_card_finds_what_was_fired_for_the_customer_by_id_and_by_address(store: Store, event: Event) -> None:
    """As the card asks: with the id that the dashboard gives it."""
    widget = customer_widget(store, "staff_customers")
    token = (widget or {}).get("accessToken") or frame_token(store, "staff_customers")
    customer, teller = store.cast["customer"], store.token("staff_all")
    by_id = store.fire({"customEventId": event.number, "customerId": customer["id"]}, credential=teller)
    by_email = store.fire({"customEventId": event.number, "customerEmail": customer["email"]}, credential=teller)
    store.fire({"customEventId": event.number, "customerEmail": "somebody.else@example.com"}, credential=teller)
    assert (by_id.status_code, by_email.status_code) == (202, 202)

    asked = OF_CUSTOMER % (event.id, customer["id"], customer["id"])
    answer = ask_ours(store, token, asked)["data"]
    rows = [edge["node"]["occurrence"]["occurrenceId"] for edge in answer["customEventInvocations"]["edges"]]
    assert rows == [by_email.json()["occurrenceId"], by_id.json()["occurrenceId"]]
    assert answer["customEventCustomer"] == {"id": customer["id"], "email": customer["email"]}
