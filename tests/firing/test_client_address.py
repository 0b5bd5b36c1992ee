"""Whose address it is that limits count by."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from saleor_custom_events.doors.client_address import client_address

PROXIES = ("10.0.0.0/8", "203.0.113.7", "2001:db8:1::/48")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        # Nobody's proxy: what it says of others is not believed.
        ("8.8.8.8", None, "8.8.8.8"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("8.8.8.8", "1.1.1.1, 10.0.0.1", "8.8.8.8"),
        # Through one proxy, and through two of them.
        ("10.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.7", "1.1.1.1"),
        # What the client itself wrote stands left of what the first proxy wrote.
        ("10.0.0.1", "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.1", "10.0.0.9, 1.1.1.1, 203.0.113.7", "1.1.1.1"),
        ("10.0.0.1", "nonsense, 1.1.1.1", "1.1.1.1"),
        # As some write it.
        ("10.0.0.1", "1.1.1.1:5312", "1.1.1.1"),
        ("10.0.0.1", "[2a00:1450:4001:82b::200e]:443", "2a00:1450:4001:82b::/64"),
        ("10.0.0.1", "::ffff:1.1.1.1", "1.1.1.1"),
        ("2001:db8:1::5", "1.1.1.1", "1.1.1.1"),
        # A whole network of IPv6 is one subscriber's.
        ("2a00:1450:4001:82b:aaaa:bbbb:cccc:dddd", None, "2a00:1450:4001:82b::/64"),
        # A client in the store's own network, that the proxy names.
        ("10.0.0.1", "192.168.1.20", "192.168.1.20"),
        # Not known: the proxy's own call, a chain of proxies alone, a proxy that nobody named.
        ("10.0.0.1", None, ""),
        ("10.0.0.1", "10.2.3.4", ""),
        ("172.17.0.1", None, ""),
        ("172.17.0.1", "1.1.1.1", ""),
        ("", "1.1.1.1", ""),
        # Who has the proxy write nonsense is counted with all who do.
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
    ],
)
def test_the_client_is_the_first_that_no_proxy_of_ours_is(
    settings: Any, peer: str, forwarded: str | None, client: str
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = PROXIES
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    assert client_address(RequestFactory(REMOTE_ADDR=peer).post("/", headers=headers)) == client


def test_a_long_chain_costs_no_more_than_a_short_one(settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = PROXIES
    chain = ", ".join(["1.1.1.1"] + ["10.0.0.1"] * 5000)

    request = RequestFactory(REMOTE_ADDR="10.0.0.1").post("/", headers={"X-Forwarded-For": chain})

    assert client_address(request) == ""


def test_an_entry_that_is_no_network_is_left_out(settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = ("proxy.example", "10.0.0.0/8")

    request = RequestFactory(REMOTE_ADDR="10.0.0.1").post("/", headers={"X-Forwarded-For": "1.1.1.1"})

    assert client_address(request) == "1.1.1.1"


def test_without_trusted_proxies_the_header_says_nothing(settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = ()

    request = RequestFactory(REMOTE_ADDR="127.0.0.1").post("/", headers={"X-Forwarded-For": "1.1.1.1"})

    assert client_address(request) == "127.0.0.1"
