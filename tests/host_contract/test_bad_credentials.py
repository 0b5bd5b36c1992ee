"""Tokens and keys that are no good are refused with 401, whatever is wrong with them, and nothing is written."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable

import jwt
import pytest

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

HOUR = 3600


def _tampered(store: Store) -> str:
    """Give a real token whose claims were changed and whose signature was kept."""
    head, claims, signature = store.token("staff_none").split(".")
    changed = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed["email"] = store.cast["staff_all"]["email"]
    encoded = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
    return f"{head}.{encoded}.{signature}"


def _unsigned(store: Store) -> str:
    claims = jwt.decode(store.token("staff_all"), options={"verify_signature": False})
    return jwt.encode(claims, "", algorithm="none")


def _nested(store: Store) -> str:
    """Give a token whose claims are nested too deep for a JSON parser that recurses."""
    claims = base64.urlsafe_b64encode(b'{"owner":' + b"[" * 5000 + b"]" * 5000 + b"}").decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{claims}.c2lnbmF0dXJl"


BAD: dict[str, Callable[[Store], str]] = {
    "garbage": lambda store: "garbage",
    "garbage with dots": lambda store: "a.b.c",
    "garbage as long as an app's token": lambda store: "x" * 30,
    "expired": lambda store: store.forged("staff_all", exp=int(time.time()) - HOUR),
    "refresh": lambda store: store.login("staff_all")["refreshToken"],
    "refresh, signed by us": lambda store: store.forged("staff_all", type="refresh"),
    "tampered": _tampered,
    "not signed": _unsigned,
    "signed by another": lambda store: jwt.encode(
        jwt.decode(store.token("staff_all"), options={"verify_signature": False}), "another" * 8, "HS256"
    ),
    "of somebody who is not there": lambda store: store.forged("staff_all", email="nobody@example.com"),
    "from before the password changed": lambda store: store.forged("staff_all", token="old-key"),
    "nested": _nested,
    "of an inactive app": lambda store: store.token("app_inactive"),
    "made for an inactive app": lambda store: store.forged(
        "staff_all", type="thirdparty", app=store.cast["app_inactive"]["id"], permissions=["MANAGE_USERS"]
    ),
    "made for no app": lambda store: store.forged("staff_all", type="thirdparty", app="QXBwOjk5OTk5"),
}


def test_a_forged_token_is_as_good_as_a_real_one(store: Store, make: Maker, event: Event) -> None:
    """Without this, every token below could be refused for its signature alone."""
    body = {"customEventId": event.number, "customerEmail": "somebody@example.com"}

    answer = store.fire(body, credential=store.forged("staff_all"))

    assert answer.status_code == 202, answer.text
    assert len(make.log(event)) == 1


@pytest.mark.parametrize("what", BAD)
def test_a_bad_token_is_refused(store: Store, make: Maker, event: Event, what: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "somebody@example.com"}

    answer = store.fire(body, credential=BAD[what](store))

    assert answer.status_code == 401, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "INVALID_TOKEN"
    assert make.log(event) == []


@pytest.mark.parametrize("what", ["garbage", "expired", "tampered", "of an inactive app"])
def test_a_bad_token_beside_a_storefront_key_is_refused(
    store: Store, make: Maker, public_event: Event, storefront_key: str, what: str
) -> None:
    answer = store.fire(
        {"customEventId": public_event.number, "anonymousId": "visitor-1"},
        credential=storefront_key,
        customer_token=BAD[what](store),
    )

    assert answer.status_code == 401, answer.text
    assert make.log(public_event) == []


@pytest.mark.parametrize("key", ["sce_sk_" + "x" * 43, "sce_pk_" + "x" * 43, "sce_sk_", "sce_pk_ż"])
def test_a_key_that_nobody_made_is_refused(store: Store, make: Maker, event: Event, key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "somebody@example.com"}

    answer = store.post("fire", body, headers={"Authorization": f"Bearer {key}".encode()})  # type: ignore[dict-item]

    assert answer.status_code == 401, answer.text
    assert answer.json()["code"] == "INVALID_KEY"
    assert make.log(event) == []


def test_a_token_for_an_active_app_acts_with_what_both_may(store: Store, make: Maker, event: Event) -> None:
    body = {"customEventId": event.number, "customerEmail": "somebody@example.com"}
    app = store.cast["app_all"]["id"]
    codes = ["MANAGE_USERS", "MANAGE_DISCOUNTS"]
    enough = store.forged("staff_all", type="thirdparty", app=app, permissions=codes)
    too_little = store.forged("staff_all", type="thirdparty", app=app, permissions=[], user_permissions=codes)

    assert store.fire(body, credential=enough).status_code == 202
    assert store.fire(body, credential=too_little).status_code == 403
    assert len(make.log(event)) == 1
