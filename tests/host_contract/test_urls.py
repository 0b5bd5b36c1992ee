"""The plugin's addresses, and what the store's own layers do around them."""

from __future__ import annotations

import pytest
import requests

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import PATIENCE, Store
from tests.host_contract.switching import set_active

ORIGIN = "https://shop.example"


def test_the_channel_of_the_address_is_the_occurrences(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com"}

    in_channel = store.fire(body, credential=server_key, base=store.channel_url)
    anywhere = store.fire(body, credential=server_key)

    assert (in_channel.status_code, anywhere.status_code) == (202, 202)
    newest, oldest = make.log(event)
    assert oldest["occurrence"]["channel"] == store.cast["channel"]
    assert newest["occurrence"]["channel"] is None


def test_the_body_may_not_name_another_channel_than_the_address(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com", "channel": "elsewhere"}

    answer = store.fire(body, credential=server_key, base=store.channel_url)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "channel"
    assert make.log(event) == []


@pytest.mark.parametrize(
    "path",
    [
        "/plugins/global/custom-events",
        "/plugins/channel/no-such-channel/custom-events/health",
        "/plugins/global/custom-events/no-such-thing",
        "/plugins/global/custom-event/health",
    ],
)
def test_other_addresses_are_not_there(store: Store, path: str) -> None:
    assert requests.get(store.base_url + path, timeout=PATIENCE).status_code == 404


@pytest.mark.parametrize("path", ["global/", "", "channel/{channel}/"])
def test_health_answers_at_each_of_the_plugins_addresses(store: Store, path: str) -> None:
    url = f"{store.base_url}/plugins/{path.format(channel=store.cast['channel'])}custom-events/health"

    answer = requests.get(url, timeout=PATIENCE)

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_another_method_is_refused_with_the_ones_that_are_allowed(store: Store) -> None:
    answer = requests.get(store.plugin_url + "fire", timeout=PATIENCE)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("base", ["plugin_url", "channel_url"])
def test_a_browser_may_ask_before_it_fires(store: Store, base: str) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,authorization-bearer,content-type",
    }

    answer = requests.options(getattr(store, base) + "fire", headers=asked, timeout=PATIENCE)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    allowed = {name.strip().lower() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
    assert {"authorization", "authorization-bearer", "content-type"} <= allowed


def test_a_browser_may_read_the_answer(store: Store, public_event: Event, storefront_key: str) -> None:
    answer = store.fire(
        {"customEventId": public_event.number, "anonymousId": "visitor-1"},
        credential=storefront_key,
        headers={"Origin": ORIGIN},
    )

    assert answer.status_code == 202
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


def test_an_inactive_plugin_is_not_there(store: Store, event: Event, server_key: str, switched_off: None) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com"}

    assert store.fire(body, credential=server_key).status_code == 404
    assert store.fire(body, credential=server_key, base=store.channel_url).status_code == 404
    without_global = f"{store.base_url}/plugins/custom-events/"
    assert store.fire(body, credential=server_key, base=without_global).status_code == 404
    assert store.post("graphql/", {"query": "{__typename}"}).status_code == 404


def test_what_was_off_is_on_again(store: Store, make: Maker, event: Event, server_key: str) -> None:
    set_active(store, active=False)
    set_active(store, active=True)

    body = {"customEventId": event.number, "customerEmail": "a@example.com"}
    assert store.fire(body, credential=server_key).status_code == 202
    assert len(make.log(event)) == 1
