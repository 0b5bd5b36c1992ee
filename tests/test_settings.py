"""Settings, as an operator sets them: in the environment, as texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from saleor_custom_events.checks import check_settings
from saleor_custom_events.conf import Settings
from saleor_custom_events.conf import settings as ours


def wrong() -> set[str]:
    return {message.id.rpartition(".")[2] for message in check_settings(None) if message.id}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("DASHBOARD_ORIGINS", "https://a.example, https://b.example", ("https://a.example", "https://b.example")),
        ("DASHBOARD_ORIGINS", "", ()),
        ("LIMIT_EVENT_RATE", "2.5", 2.5),
        ("LIMIT_EVENT_BURST", "7", 7),
        ("JOIN_SALEOR_SCHEMA", "no", False),
        ("QUEUE", "ours", "ours"),
    ],
)
def test_a_text_of_the_environment_is_read_as_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: Any
) -> None:
    monkeypatch.setenv(f"SALEOR_CUSTOM_EVENTS_{name}", text)

    assert getattr(ours, name) == value


def test_what_cannot_be_read_is_an_error_of_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong() & {"E001"} == set()
    monkeypatch.setenv("SALEOR_CUSTOM_EVENTS_LIMIT_EVENT_BURST", "many")
    assert "E001" in wrong()


@pytest.mark.parametrize(("networks", "found"), [(("10.0.0.0/8", "2001:db8::1"), False), (("proxy.example",), True)])
def test_trusted_proxies_are_networks(settings: DjangoSettings, networks: tuple[str, ...], found: bool) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = networks
    assert ("E008" in wrong()) == found


@pytest.mark.parametrize(("rate", "burst", "found"), [(0, 1, False), (0.5, 10, False), (-1, 10, True), (1, 0, True)])
def test_limits_can_be_counted(settings: DjangoSettings, rate: float, burst: int, found: bool) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_ADDRESS_RATE = rate
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_ADDRESS_BURST = burst
    assert ("E009" in wrong()) == found


def test_the_dashboard_has_words_for_every_setting_in_both_languages() -> None:
    texts = Path(__file__).parents[1] / "dashboard-extension/src/modules/settings/operator-texts/messages.ts"
    english, polish = texts.read_text().split("  pl: {")

    for words in (english, polish):
        assert set(re.findall(r"^    ([A-Z_]+):", words, re.MULTILINE)) == set(get_type_hints(Settings))
