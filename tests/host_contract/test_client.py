"""The storefront client, as browsers in other origins get it through the store's own layers."""

from __future__ import annotations

import pytest
import requests

from tests.host_contract.store import PATIENCE, Store

ORIGIN = "https://shop.example"


def get(store: Store, path: str = "client.js", **headers: str) -> requests.Response:
    return requests.get(store.plugin_url + path, headers=headers, timeout=PATIENCE)


def test_a_page_of_another_origin_may_load_it_as_a_module(store: Store) -> None:
    answer = get(store, Origin=ORIGIN)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "createClient" in answer.text


def test_a_cache_keeps_it_apart_for_each_origin_and_encoding(store: Store) -> None:
    answer = get(store, Origin=ORIGIN)

    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert {part.strip() for part in answer.headers["Vary"].split(",")} == {"Accept-Encoding", "Origin"}
    assert answer.headers["Content-Encoding"] == "gzip"


def test_it_is_asked_for_again_and_not_sent_again(store: Store) -> None:
    tag = get(store).headers["ETag"]

    answer = get(store, Origin=ORIGIN, **{"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_what_it_sends_passes_the_browsers_preflight(store: Store) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,authorization-bearer,content-type",
    }
    answer = requests.options(store.plugin_url + "fire", headers=asked, timeout=PATIENCE)

    assert answer.status_code == 200
    allowed = {name.strip().lower() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert {"authorization", "authorization-bearer", "content-type"} <= allowed


@pytest.mark.parametrize("credential", ["", "sce_sk_of_nobody"])
def test_the_types_of_events_are_for_those_who_have_a_credential(store: Store, credential: str) -> None:
    sent = {"Authorization": f"Bearer {credential}"} if credential else {}

    assert get(store, "events.d.ts", **sent).status_code == 401


def test_a_servers_key_gets_the_types_of_events(store: Store, server_key: str) -> None:
    answer = get(store, "events.d.ts", Authorization=f"Bearer {server_key}")

    assert answer.status_code == 200
    assert "export interface StoreEvents {" in answer.text
