"""A receiver that knows Saleor's webhooks knows ours: the shop's key, its domain, its address."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import requests

from saleor_custom_events.hosts.sandbox.receivers import http_receiver, until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import PATIENCE, Store

SOON = 30.0


def test_a_webhook_carries_the_shops_own_signature(
    store: Store, make: Maker, event: Event, server_key: str, inside: Callable[..., Any]
) -> None:
    with http_receiver() as receiver:
        config = {"url": f"{receiver.url}/signed"}
        make.scenario(event, [{"id": "w", "type": "action", "action": "send_webhook", "config": config, "next": None}])
        store.fire({"customEventId": event.number, "customerEmail": "a@example.com"}, credential=server_key)
        assert until(lambda: receiver.at("/signed"), SOON), make.log(event)
        (received,) = receiver.at("/signed")

    signature = received.headers["saleor-signature"]
    keys = requests.get(f"{store.base_url}/.well-known/jwks.json", timeout=PATIENCE).json()["keys"]
    verified = partial(inside, "verify.py", json.dumps(keys), signature)
    assert verified(received.body.decode()) is True
    assert verified(received.body.decode() + " ") is False
    assert received.headers["saleor-api-url"] == store.graphql_url
    assert received.headers["saleor-domain"]
