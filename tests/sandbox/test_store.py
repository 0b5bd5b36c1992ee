"""The sandbox's outside keeps Saleor's contract: URLs, CORS, logging in."""

import json
import os
import subprocess
import sys

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.casting import cast
from saleor_custom_events.hosts.sandbox.cors import with_cors
from saleor_custom_events.hosts.sandbox.models import Checkout, Plugin, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


@pytest.mark.parametrize(
    "base",
    ["/plugins/global/custom-events/", "/plugins/channel/default-channel/custom-events/", "/plugins/custom-events/"],
)
def test_the_plugin_answers_at_all_its_urls_until_it_is_switched_off(client: Client, people, base: str):
    assert client.get(f"{base}health").status_code == 200
    Plugin.objects.create(identifier="custom-events", active=False)
    assert client.get(f"{base}health").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/plugins/global/custom-events",
        "/plugins/global/another-plugin/health",
        "/plugins/channel/nowhere/custom-events/health",
        "/plugins/custom-events",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, people, path: str):
    assert client.get(path).status_code == 404


def ask(client: Client, query: str, token: str = "", **variables):
    headers = {"Authorization-Bearer": token} if token else {}
    body = {"query": query, "variables": variables}
    return client.post("/graphql/", json.dumps(body), content_type="application/json", headers=headers).json()


LOG_IN = """mutation ($email: String!, $password: String!) { tokenCreate(email: $email, password: $password) {
    token refreshToken user { email } errors { field code } } }"""


def test_logging_in_gives_a_token_that_says_who_one_is(client: Client, people):
    who = people["customer"]
    created = ask(client, LOG_IN, email=who["email"].upper(), password=who["password"])["data"]["tokenCreate"]
    assert created["errors"] == []
    assert ask(client, "{ me { email id } }", created["token"])["data"]["me"] == {
        "email": who["email"],
        "id": who["id"],
    }
    refresh = "mutation ($known: String!) { tokenRefresh(refreshToken: $known) { token errors { code } } }"
    refreshed = ask(client, refresh, known=created["refreshToken"])["data"]["tokenRefresh"]
    assert ask(client, "{ me { email } }", refreshed["token"])["data"]["me"]["email"] == who["email"]


def test_a_wrong_password_logs_nobody_in(client: Client, people):
    answer = ask(client, LOG_IN, email=people["customer"]["email"], password="wrong")["data"]["tokenCreate"]
    assert answer["token"] is None
    assert answer["errors"] == [{"field": "email", "code": "INVALID_CREDENTIALS"}]


def test_an_access_token_is_no_refresh_token(client: Client, people):
    token = tokens.user_token(User.objects.get(email=people["customer"]["email"]))
    refresh = "mutation ($known: String!) { tokenRefresh(refreshToken: $known) { token errors { code } } }"
    answer = ask(client, refresh, known=token)["data"]["tokenRefresh"]
    assert (answer["token"], answer["errors"]) == (None, [{"code": "JWT_INVALID_TOKEN"}])


@pytest.mark.parametrize(
    "query", ["{ customers(first: 1) { edges { node { email } } } }", '{ user(id: "x") { email } }']
)
def test_customers_are_for_staff_who_may_see_them(client: Client, people, query: str):
    for name in ("staff_define", "customer"):
        token = tokens.user_token(User.objects.get(email=people[name]["email"]))
        (error,) = ask(client, query, token)["errors"]
        assert error["extensions"]["exception"]["code"] == "PermissionDenied"
    assert "errors" not in ask(client, query, people["app_all"]["token"])


def test_somebody_without_the_permission_does_not_switch_the_plugin_off(client: Client, people):
    switch = 'mutation { pluginUpdate(id: "custom-events", input: {active: false}) { errors { code } } }'
    token = tokens.user_token(User.objects.get(email=people["staff_customers"]["email"]))
    assert "errors" in ask(client, switch, token)
    assert not Plugin.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"query": 7}', b'{"query": "{ me"}', b"[" * 20_000])
def test_a_query_that_is_none_is_answered_400(client: Client, body: bytes):
    answer = client.post("/graphql/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"]


CHANGE = """mutation ($id: ID!, $lines: [CheckoutLineUpdateInput!]!) {
    checkoutLinesUpdate(id: $id, lines: $lines) { errors { code } } }"""


def test_a_checkout_that_is_changed_was_changed_then(client: Client, people):
    made = Checkout.objects.create()
    lines = [{"variantId": people["variant"], "quantity": 2}]
    changed = ask(client, CHANGE, id=tokens.global_id("Checkout", made.pk), lines=lines)
    assert changed["data"]["checkoutLinesUpdate"]["errors"] == []
    after = Checkout.objects.get()
    assert after.lines == 1
    assert after.last_change > made.last_change


def test_casting_twice_keeps_people_and_replaces_what_they_know(people):
    before = User.objects.count()
    again = cast()
    assert again["customer"]["id"] == people["customer"]["id"]
    assert again["app_all"]["token"] != people["app_all"]["token"]
    assert User.objects.count() == before


async def answered(method: str, origin: bytes | None, vary: bytes = b"") -> tuple[int, dict[bytes, bytes]]:
    async def application(scope, receive, send):
        headers = [(b"vary", vary)] if vary else []
        await send({"type": "http.response.start", "status": 202, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    scope = {"type": "http", "method": method, "headers": [(b"origin", origin)] if origin else []}
    talk = ApplicationCommunicator(with_cors(application), scope)
    start = await talk.receive_output(2)
    return start["status"], dict(start["headers"])


def test_a_preflight_lets_through_what_saleor_lets_through(settings):
    settings.ALLOWED_GRAPHQL_ORIGINS = ["https://*.shop.example"]
    status, headers = async_to_sync(answered)("OPTIONS", b"https://pl.shop.example")
    assert status == 200
    assert headers[b"access-control-allow-origin"] == b"https://pl.shop.example"
    assert headers[b"access-control-allow-methods"] == b"POST, OPTIONS"
    assert b"Authorization-Bearer" in headers[b"access-control-allow-headers"]
    status, headers = async_to_sync(answered)("OPTIONS", b"https://thief.example")
    assert status == 400
    assert b"access-control-allow-origin" not in headers
    status, headers = async_to_sync(answered)("POST", b"https://pl.shop.example", b"Accept")
    assert (status, headers[b"vary"]) == (202, b"Accept, Origin")
    assert headers[b"access-control-allow-origin"] == b"https://pl.shop.example"


SHOP = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["saleor_custom_events.hosts.sandbox"])
django.setup()
"""


@pytest.mark.parametrize(
    ("command", "environment"),
    [
        (["-c", SHOP], {}),
        (["-m", "saleor_custom_events.hosts.sandbox", "--once"], {"DJANGO_SETTINGS_MODULE": "saleor.settings"}),
        (["-m", "saleor_custom_events.hosts.sandbox.manage", "check"], {"DJANGO_SETTINGS_MODULE": "saleor.settings"}),
    ],
)
def test_it_refuses_to_start_under_another_stores_settings(command, environment):
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, *command], env={**kept, **environment}, capture_output=True, text=True)
    assert done.returncode != 0
    assert "under its own settings" in done.stderr
