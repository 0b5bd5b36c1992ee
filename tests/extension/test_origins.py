"""Which origins the policy may name, and what the operator hears of the others."""

from __future__ import annotations

import pytest

from saleor_custom_events.checks import check_settings
from saleor_custom_events.extension.ancestors import is_source


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
