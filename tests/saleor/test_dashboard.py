"""Our extension in Saleor's dashboard: there after `migrate`, kept right, and not forced on anybody."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests

from tests.host_contract.store import PATIENCE, Store

Inside = Callable[..., Any]
UpdatePlugin = Callable[..., dict[str, Any]]

APP = """
{ apps(first: 20, filter: {search: "Custom events"}) { edges { node {
  id name identifier type isActive appUrl version permissions { code } tokens { id } webhooks { id } accessToken
  extensions { label url permissions { code } accessToken }
} } } }
"""
NAVIGATION = """
{ appExtensions(first: 20) { edges { node { label url app { id identifier appUrl } } } } }
"""
TOKEN = "query ($id: ID) { app(id: $id) { accessToken } }"
DEACTIVATE = "mutation ($id: ID!) { appDeactivate(id: $id) { errors { field code } } }"
ACTIVATE = "mutation ($id: ID!) { appActivate(id: $id) { errors { field code } } }"
DELETE = "mutation ($id: ID!) { appDelete(id: $id) { errors { field code } } }"
VIEWER = "{ customEventViewer { name permissions } }"
ENTRIES = [("/events", "Custom events"), ("/scenarios", "Scenarios"), ("/log", "Event log")]
#: On a customer's page, from 3.22 on.
WIDGET = "/customer?needs=MANAGE_DISCOUNTS,MANAGE_USERS"
OURS = ["manage_discounts", "manage_plugins", "manage_users"]
CODES = [code.upper() for code in OURS]
#: Seconds until every process has seen what the merchant changed.
KNOWN = 1.5


@pytest.fixture(scope="module")
def process(described: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    """A process of Saleor that does to the app what it is told."""
    script = Path(__file__).parent / "inside" / "dashboard.py"
    with subprocess.Popen(
        [described["python"], str(script)],
        cwd=described["root"],
        env=described["environment"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def inside(process: subprocess.Popen[str]) -> Iterator[Inside]:
    """Do things to the app from inside, and leave it as it was found, whatever a test did to it."""

    def do(*names: str, **settings: Any) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"do": names, "settings": settings}) + "\n")
        process.stdin.flush()
        seen: dict[str, Any] = json.loads(process.stdout.readline())
        return seen

    yield do
    assert do("install")["state"] == "right"


def ours(store: Store) -> dict[str, Any]:
    """Give our app as Saleor shows it to a superuser."""
    edges = store.ask(APP, by="superuser")["apps"]["edges"]
    (app,) = [edge["node"] for edge in edges if edge["node"]["identifier"] == "saleor.custom-events"]
    return {**app, "extensions": [one for one in app["extensions"] if not one["url"].startswith("/customer?")]}


def navigation(app: dict[str, Any]) -> list[list[str]]:
    """Give those of our entries, seen from inside, that stand in the navigation."""
    return [entry for entry in app["entries"] if not entry[0].startswith("/customer?")]


def frame_token(store: Store, by: str) -> str:
    """Give the token that the dashboard gives to our page for one of the staff."""
    token: str = store.ask(TOKEN, {"id": ours(store)["id"]}, by=by)["app"]["accessToken"]
    return token


def ask_ours(store: Store, token: str, query: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(store.plugin_url + "graphql/", json={"query": query}, headers=headers, timeout=PATIENCE)


def is_refused(answer: requests.Response) -> bool:
    """Say whether the token was good for nothing at all."""
    errors = answer.json().get("errors", [])
    return bool(errors) and errors[0]["extensions"]["exception"]["code"] == "InvalidTokenError"


def test_after_migrate_the_app_and_its_entries_are_there(store: Store) -> None:
    app = ours(store)

    assert (app["name"], app["type"], app["isActive"]) == ("Custom events", "THIRDPARTY", True)
    assert app["appUrl"] == f"{store.base_url}/plugins/global/custom-events/dashboard"
    assert {permission["code"] for permission in app["permissions"]} == set(CODES)
    assert sorted((entry["url"], entry["label"]) for entry in app["extensions"]) == sorted(ENTRIES)
    for entry in app["extensions"]:
        assert [permission["code"] for permission in entry["permissions"]] == ["MANAGE_DISCOUNTS"]
        assert entry["accessToken"]


def test_the_app_cannot_call_in_its_own_name_and_hears_of_nothing(store: Store) -> None:
    app = ours(store)

    assert app["tokens"] == []
    assert app["webhooks"] == []


def test_the_page_may_be_framed_by_the_hosts_that_saleor_takes_for_its_own(store: Store) -> None:
    answer = requests.get(ours(store)["appUrl"], timeout=PATIENCE)

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    local = " ".join(f"{scheme}://{host}:*" for host in ("127.0.0.1", "localhost") for scheme in ("http", "https"))
    assert policy["frame-ancestors"] == f"'self' {local}"


def test_whoever_may_do_everything_may_do_no_more_than_the_app_through_our_page(store: Store) -> None:
    token = frame_token(store, "superuser")

    assert set(jwt.decode(token, options={"verify_signature": False})["permissions"]) == set(CODES)
    viewer = ask_ours(store, token, VIEWER).json()["data"]["customEventViewer"]
    assert set(viewer["permissions"]) == set(CODES)


def test_an_app_that_is_switched_off_is_not_served_and_stays_off(store: Store, inside: Inside) -> None:
    app, token = ours(store)["id"], frame_token(store, "staff_all")
    assert "data" in ask_ours(store, token, VIEWER).json()

    assert store.ask(DEACTIVATE, {"id": app}, by="superuser")["appDeactivate"]["errors"] == []
    assert is_refused(ask_ours(store, token, VIEWER))
    found = inside("tidy")
    assert found["state"] == "switched off"
    assert found["apps"][0]["active"] is False

    assert store.ask(ACTIVATE, {"id": app}, by="superuser")["appActivate"]["errors"] == []
    assert "data" in ask_ours(store, token, VIEWER).json()
    assert inside("tidy")["state"] == "right"


def test_a_removed_app_stays_away_until_the_command(store: Store, inside: Inside, manage: Callable[..., str]) -> None:
    app, token = ours(store)["id"], frame_token(store, "staff_all")

    assert store.ask(DELETE, {"id": app}, by="superuser")["appDelete"]["errors"] == []
    assert is_refused(ask_ours(store, token, VIEWER))
    for then in (("tidy",), ("expire", "tidy")):
        found = inside(*then)
        assert (found["state"], found["apps"]) == ("removed", [])
    assert "custom_events_dashboard install" in manage("custom_events_dashboard", "status")

    assert store.base_url in manage("custom_events_dashboard", "install")
    again = ours(store)
    assert again["id"] != app
    assert {entry["url"] for entry in again["extensions"]} == {url for url, _ in ENTRIES}


def test_what_differs_is_put_right_by_beat(inside: Inside) -> None:
    before = inside()
    assert inside("spoil")["state"] == "different"

    after = inside("tidy")

    assert after["state"] == "right"
    assert after["apps"] == before["apps"]
    app = after["apps"][0]
    named = [name for name in app["identifiers"] if name is not None]
    assert named in (["events", "scenarios", "log", "customer"], [])  # none before 3.23
    assert {tuple(entry[2:]) for entry in navigation(app)} == {("navigation_discounts", "app_page")}
    assert app["permissions"] == OURS
    assert app["seen_with"] == ["manage_discounts"]
    widgets = [entry for entry in app["entries"] if entry[0] == WIDGET]
    assert [entry[1:] for entry in widgets] in ([["Custom events", "customer_details_widgets", "widget"]], [])
    assert app["widgets_with"] == ["manage_discounts", "manage_users"] or not widgets


def test_a_widget_is_opened_by_get_and_kept_right(inside: Inside) -> None:
    found = inside("tidy")["apps"][0]
    if not found["widgets"]:
        # Saleor 3.21 has no such place: the app is right without.
        assert inside("tidy")["state"] == "right"
        return
    assert found["widgets"] == [["GET", {"widgetTarget": {"method": "GET"}}]]
    assert inside("no_widget")["state"] == "different"
    assert inside("tidy")["state"] == "right"


def test_many_processes_at_once_make_one(inside: Inside) -> None:
    found = inside("never_made", "crowd")

    assert found["state"] == "right"
    (app,) = found["apps"]
    assert [entry[0] for entry in navigation(app)] == [url for url, _ in ENTRIES]


def test_another_app_of_our_name_gets_nothing_of_ours(inside: Inside) -> None:
    """Whoever may install apps could choose the identifier, and hold its tokens."""
    found = inside("never_made", "impostor", "tidy")
    inside("expel")

    impostor, real = found["apps"]
    assert impostor["permissions"] == []
    assert impostor["entries"] == []
    assert real["permissions"] == OURS


def test_nobody_is_told(store: Store, inside: Inside) -> None:
    app = ours(store)["id"]
    before = inside("listen")["deliveries"]
    store.ask(DEACTIVATE, {"id": app}, by="superuser")
    store.ask(ACTIVATE, {"id": app}, by="superuser")
    told = inside()["deliveries"]
    assert told > before, "Without this, there could be nobody who listens"

    for work in ("spoil", "tidy", "install", "remove"):
        assert inside(work)["deliveries"] == told
    inside("stop_listening")


def test_the_app_follows_the_plugins_switch(store: Store, update_plugin: UpdatePlugin) -> None:
    token = frame_token(store, "staff_all")
    update_plugin(active=False)
    try:
        assert ours(store)["isActive"] is False
        edges = store.ask(NAVIGATION, by="superuser")["appExtensions"]["edges"]
        assert [edge for edge in edges if edge["node"]["app"]["identifier"] == "saleor.custom-events"] == []
        time.sleep(KNOWN)
        page = requests.get(f"{store.plugin_url}dashboard/events", timeout=PATIENCE)
        assert page.status_code == 404
    finally:
        update_plugin(active=True)
        time.sleep(KNOWN)

    assert ours(store)["isActive"] is True
    assert "data" in ask_ours(store, token, VIEWER).json()


def test_the_plugins_switch_does_not_switch_on_what_somebody_switched_off(
    store: Store, inside: Inside, update_plugin: UpdatePlugin
) -> None:
    app = ours(store)["id"]
    store.ask(DEACTIVATE, {"id": app}, by="superuser")
    update_plugin(active=False)
    update_plugin(active=True)
    time.sleep(KNOWN)

    assert ours(store)["isActive"] is False


def test_the_app_follows_the_public_address(store: Store, update_plugin: UpdatePlugin) -> None:
    try:
        assert update_plugin(public_url="https://api.shop.example/")["errors"] == []
        assert ours(store)["appUrl"] == "https://api.shop.example/plugins/global/custom-events/dashboard"
    finally:
        update_plugin(public_url="")
    assert ours(store)["appUrl"] == f"{store.base_url}/plugins/global/custom-events/dashboard"


def test_the_entries_are_in_the_language_of_the_setting(inside: Inside) -> None:
    found = inside("tidy", NAVIGATION_LANGUAGE="pl")

    assert found["apps"][0]["name"] == "Zdarzenia niestandardowe"
    assert [entry[1] for entry in navigation(found["apps"][0])] == [
        "Zdarzenia niestandardowe",
        "Scenariusze",
        "Log zdarzeń",
    ]


def test_other_permissions_stand_in_the_section_that_they_open(inside: Inside) -> None:
    found = inside("tidy", PERMISSION_DEFINE="MANAGE_ORDERS")

    assert found["apps"][0]["permissions"] == ["manage_orders", "manage_plugins", "manage_users"]
    assert {entry[2] for entry in navigation(found["apps"][0])} == {"navigation_orders"}
    assert found["apps"][0]["seen_with"] == ["manage_orders"]


def test_switched_off_by_the_operator_nothing_is_touched(inside: Inside) -> None:
    before = inside()
    inside("spoil", "tidy", DISABLED=True)

    found = inside()
    assert found["state"] == "different"
    assert found["apps"] != before["apps"]


def test_the_command_removes_for_good(store: Store, inside: Inside, manage: Callable[..., str]) -> None:
    assert manage("custom_events_dashboard", "remove").strip() == "removed"

    assert inside("tidy")["apps"] == []
    with pytest.raises(ValueError, match="unpack"):
        ours(store)
