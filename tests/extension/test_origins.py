"""Which origins the policy may name, what Saleor's settings tell of them, and what the operator hears."""

from __future__ import annotations

import pytest
from django.http.request import validate_host

from saleor_custom_events.checks import check_settings
from saleor_custom_events.extension.ancestors import is_source
from saleor_custom_events.hosts.saleor.origins import origins_of


@pytest.mark.parametrize(
    "text",
    [
        "'self'",
        "*",
        "https://dashboard.example.com",
        "http://localhost:9000",
        "http://localhost:*",
        "https://*.example.com",
        "*.example.com:*",
        "dashboard.example.com",
        "127.0.0.1:*",
    ],
)
def test_a_source(text: str):
    assert is_source(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'none'",
        "https://",
        "https://a.example/path",
        "https://a.example;",
        "https://a.example b.example",
        "a.example, b.example",
        "https://a.example\n",
        "https://a.*.example",
        "data:",
        "ftp://a.example",
        "https://a.example:",
    ],
)
def test_no_source(text: str):
    assert not is_source(text)


def test_the_operator_hears_of_an_entry_that_is_none(settings):
    settings.SALEOR_CUSTOM_EVENTS_DASHBOARD_ORIGINS = ("https://good.example", "https://bad.example/path")
    (error,) = (found for found in check_settings(None) if found.id == "saleor_custom_events.E004")
    assert "bad.example/path" in error.msg
    assert "good.example" not in error.msg


SALEORS = ["dashboard.example.com", ".shop.example", "Big.Example.Com", "192.0.2.7", "localhost"]


def allows(sources: tuple[str, ...], host: str, *, scheme: str = "https", port: int = 443, page: str = "https") -> bool:
    """Match as CSP Level 3 does (https://www.w3.org/TR/CSP3/#match-url-to-source-expression)."""
    for source in sources:
        if source == "*":
            return True
        named, _, rest = source.rpartition("://")
        name, _, ports = rest.partition(":")
        right_scheme = scheme == named if named else scheme in (page, "https")
        right_name = host.endswith(name[1:]) if name.startswith("*.") else host == name
        if right_scheme and right_name and ports in ("*", str(port)):
            return True
    return False


@pytest.mark.parametrize(
    "host",
    [
        "dashboard.example.com",
        "shop.example",
        "a.shop.example",
        "b.a.shop.example",
        "big.example.com",
        "192.0.2.7",
        "localhost",
        "example.com",
        "evil-shop.example",
        "dashboard.example.com.evil.example",
        "xdashboard.example.com",
    ],
)
@pytest.mark.parametrize("port", [443, 9000])
def test_those_hosts_may_frame_that_saleor_takes_for_its_front_ends(host: str, port: int):
    """Saleor asks Django's `validate_host` whether a link to reset a password may lead there."""
    assert allows(origins_of(SALEORS), host, port=port) is validate_host(host, SALEORS)


def test_a_page_over_https_is_framed_over_https_but_for_a_developers_own_machine():
    sources = origins_of(SALEORS)
    assert not allows(sources, "dashboard.example.com", scheme="http", port=80)
    assert allows(sources, "localhost", scheme="http", port=9000)
    assert allows(sources, "dashboard.example.com", scheme="http", port=80, page="http")


def test_the_shops_own_origin_is_always_among_them():
    assert origins_of([]) == ("'self'",)
    assert origins_of(["dashboard.example.com"])[0] == "'self'"


def test_a_shop_that_allows_every_host_is_framed_by_every_host():
    assert origins_of(["a.example", "*"]) == ("*",)


@pytest.mark.parametrize(
    "entry", ["", ".", "https://a.example", "a.example:9000", "a.example; script-src *", "a b", "[::1]"]
)
def test_an_entry_that_matches_no_host_in_saleor_opens_nothing(entry: str):
    assert origins_of([entry]) == ("'self'",)


def test_all_that_is_given_are_sources():
    assert all(is_source(source) for source in origins_of([*SALEORS, "127.0.0.1", "under_score.example"]))
