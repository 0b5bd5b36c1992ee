"""The way out of marketing: a page that asks, a click that does it, and nobody unsubscribed by looking."""

from __future__ import annotations

import pytest
import requests

from tests.host_contract.store import Store


def url(store: Store, token: str) -> str:
    return f"{store.plugin_url}unsubscribe/{token}"


@pytest.mark.parametrize("token", ["x", "AAAA" * 16, "%2e%2e", "a/b", "ü"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_none_of_ours(store: Store, token: str, method: str) -> None:
    answer = getattr(requests, method)(url(store, token), timeout=30)

    assert answer.status_code == 404
    assert answer.json()["code"] == "NOT_FOUND"
