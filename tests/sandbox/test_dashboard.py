"""What the sandbox's dashboard is served, and what its store says of apps: the browser's side is in tests/browser."""

from __future__ import annotations

import json
from dataclasses import replace

import jwt
import pytest
from django.conf import settings
from django.test import Client

from saleor_custom_events.extension.app import keep, wanted_app
from saleor_custom_events.host import current_host
from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.casting import cast
from saleor_custom_events.hosts.sandbox.models import App, AppType, User

pytestmark = pytest.mark.django_db

APP = """query ($id: ID!) { app(id: $id) {
    name type permissions { code } accessToken extensions { mountName accessToken } } }"""
EXTENSIONS = """query ($mounts: [String!]) { appExtensions(first: 10, filter: {mountName: $mounts}) { edges { node {
    label url mountName targetName permissions { code } app { appUrl } } } } }"""


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def app() -> App:
    """The app that migrating has made."""
    keep()
    return App.objects.get(type=AppType.THIRDPARTY)


def ask(client: Client, query: str, token: str = "", **variables):
    headers = {"Authorization-Bearer": token} if token else {}
    body = {"query": query, "variables": variables}
    return client.post("/graphql/", json.dumps(body), content_type="application/json", headers=headers).json()


def token_of(people, name: str, **narrowed) -> str:
    return tokens.user_token(User.objects.get(email=people[name]["email"]), **narrowed)


def granted(client: Client, app: App, token: str) -> list[str]:
    answer = ask(client, APP, token, id=tokens.global_id("App", app.pk))["data"]["app"]
    claims = jwt.decode(answer["accessToken"], settings.SECRET_KEY, algorithms=["HS256"])
    assert claims["type"] == "thirdparty"
    assert claims["app"] == tokens.global_id("App", app.pk)
    return claims["permissions"]


def test_an_apps_token_holds_what_both_the_app_and_the_user_may(client: Client, people, app):
    assert granted(client, app, token_of(people, "staff_define")) == ["MANAGE_DISCOUNTS"]
    App.objects.filter(pk=app.pk).update(permissions=["MANAGE_USERS", "MANAGE_APPS"])
    assert granted(client, app, token_of(people, "staff_all")) == ["MANAGE_USERS"]


def test_a_narrowed_token_gives_no_wider_one(client: Client, people, app):
    narrowed = token_of(people, "staff_all", narrowed=["MANAGE_DISCOUNTS"])
    assert granted(client, app, narrowed) == ["MANAGE_DISCOUNTS"]
    ours = token_of(people, "staff_all", type="thirdparty", narrowed=[], app=app)
    assert granted(client, app, ours) == []


def test_customers_and_apps_of_another_type_get_no_token(client: Client, people, app):
    identifier = tokens.global_id("App", app.pk)
    (error,) = ask(client, APP, token_of(people, "customer"), id=identifier)["errors"]
    assert error["extensions"]["exception"]["code"] == "PermissionDenied"
    assert "errors" in ask(client, APP, id=identifier)
    local = ask(client, APP, token_of(people, "staff_all"), id=people["app_all"]["id"])["data"]["app"]
    assert (local["type"], local["accessToken"]) == ("LOCAL", None)


def test_an_entrys_own_token_is_for_users_who_hold_all_that_it_asks_for(client: Client, people, app):
    identifier = tokens.global_id("App", app.pk)
    entries = [
        ask(client, APP, token_of(people, name), id=identifier)["data"]["app"]["extensions"]
        for name in ("staff_define", "staff_none")
    ]
    given = {entry["mountName"]: bool(entry["accessToken"]) for entry in entries[0]}
    assert given == {"NAVIGATION_DISCOUNTS": True, "CUSTOMER_DETAILS_WIDGETS": False}
    assert [entry["accessToken"] for entry in entries[1]] == [None] * 4


def test_the_navigation_is_made_of_the_entries_of_active_apps(client: Client, people, app):
    token = token_of(people, "staff_none")

    def entries(*mounts: str):
        found = ask(client, EXTENSIONS, token, mounts=list(mounts))["data"]["appExtensions"]["edges"]
        return [edge["node"] for edge in found]

    shown = entries("NAVIGATION_DISCOUNTS")
    assert [(one["label"], one["url"]) for one in shown] == [
        ("Custom events", "/events"),
        ("Scenarios", "/scenarios"),
        ("Event log", "/log"),
    ]
    assert {(one["mountName"], one["targetName"]) for one in shown} == {("NAVIGATION_DISCOUNTS", "APP_PAGE")}
    assert entries("NAVIGATION_PAGES") == []
    App.objects.filter(pk=app.pk).update(is_active=False)
    assert entries("NAVIGATION_DISCOUNTS") == []


def test_the_store_has_the_app_as_it_was_saved():
    host, wanted = current_host(), wanted_app()
    identifier = host.save_dashboard_app("", wanted)
    assert host.dashboard_app(identifier) == wanted
    changed = replace(wanted, name="Zdarzenia", is_active=False, entries=wanted.entries[1:])
    assert host.save_dashboard_app(identifier, changed) == identifier
    assert host.dashboard_app(identifier) == changed
    assert host.remove_dashboard_app(identifier) is True
    assert host.dashboard_app(identifier) is None
    assert host.remove_dashboard_app(identifier) is False


@pytest.mark.parametrize("path", ["", "extensions/app/QXBwOjE%3D/log/event/3", "anything"])
def test_every_address_below_the_dashboard_is_its_page(client: Client, path: str):
    answer = client.get(f"/dashboard/{path}")
    assert answer.status_code == 200
    assert b"/dashboard/page/main.js" in answer.content
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert client.post(f"/dashboard/{path}").status_code == 405


def test_its_files_are_served_by_their_names_alone(client: Client):
    assert client.get("/dashboard/page/main.js")["Content-Type"].startswith("text/javascript")
    assert client.get("/dashboard/page/frame.css")["Content-Type"].startswith("text/css")
    for name in ("index.html", "nothing.js", "../views.py", "..%2Fviews.py", ""):
        assert client.get(f"/dashboard/page/{name}").status_code == 404
