"""Settings: declared once, read, rendered, kept as a mark; and what an action may not declare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import (
    check_settings,
    has_secrets,
    read_settings,
    render_settings,
    setting,
    settings_from_json,
    settings_named,
    settings_to_json,
    with_secrets,
)
from saleor_custom_events.actions.send_email import SendEmail
from saleor_custom_events.actions.send_webhook import SendWebhook
from saleor_custom_events.scenarios.templates import TemplateFailed
from saleor_custom_events.scenarios.values import Json

NAME = Label("Name", "Nazwa")


@dataclass(frozen=True, kw_only=True)
class EverySetting:
    plain_text: str = setting(Input.TEXT, NAME, max_length=10)
    line: str = setting(Input.TEMPLATE, NAME, default="")
    block: str = setting(Input.TEMPLATE_BLOCK, NAME, default="")
    page: str = setting(Input.TEMPLATE_BLOCK, NAME, default="", html=True)
    entries: Mapping[str, str] = setting(Input.TEMPLATE_MAP, NAME, default={"a": "b"})
    address: str = setting(Input.URL, NAME, default="")
    size: str = setting(Input.CHOICE, NAME, default="m", choices=(("m", NAME), ("l", NAME)))
    switched_on: bool = setting(Input.BOOLEAN, NAME, default=False)
    event: int = setting(Input.EVENT, NAME, default=0)
    lasts: str = setting(Input.DURATION, NAME, default="")
    heads: Mapping[str, str] = setting(Input.HEADERS, NAME, default={})
    voucher: str = setting(Input.VOUCHER, NAME, default="")


class Every(Action[EverySetting]):
    name = "every"
    label = help = NAME
    effect = Effect.WITH_STEP
    Settings = EverySetting

    def perform(self, settings: EverySetting, invocation: InvocationFacts, services: Services) -> Outcome:
        return Outcome()


def faults(config: Any) -> dict[str, str]:
    settings, problems = read_settings(Every(), config, "steps[3].config")
    assert settings is None
    return {problem.field.removeprefix("steps[3].config"): problem.code for problem in problems}


def test_defaults_are_what_was_declared() -> None:
    settings, problems = read_settings(Every(), {"plainText": "x"}, "")
    assert problems == ()
    assert settings == EverySetting(plain_text="x", entries={"a": "b"}, size="m")


def test_everything_is_read() -> None:
    config: dict[str, Json] = {
        "plainText": "plain",
        "line": "{{ event.slug }}",
        "block": "a\n{{ event.slug }}",
        "page": "<p>{{ dataFields.x }}</p>",
        "entries": {"key": "{{ event.number }}"},
        "address": "https://example.com:8080/a?b=c",
        "size": "l",
        "switchedOn": True,
        "event": 7,
        "lasts": "P1DT2H",
        "heads": {},
        "voucher": "Vm91Y2hlcjox",
    }
    settings, problems = read_settings(Every(), config, "")
    assert problems == ()
    assert settings_to_json(settings) == config
    assert settings_from_json(Every(), config) == settings


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, {".plainText": "REQUIRED"}),
        ({"plain_text": "x"}, {".plain_text": "UNKNOWN_MEMBER", ".plainText": "REQUIRED"}),
        ({"plainText": " "}, {".plainText": "REQUIRED"}),
        ({"plainText": None}, {".plainText": "INVALID"}),
        ({"plainText": "x" * 11}, {".plainText": "LIMIT"}),
        ({"plainText": "a\nb"}, {".plainText": "INVALID"}),
        ({"plainText": "x", "line": "a\r\nBcc: b"}, {".line": "INVALID"}),
        ({"plainText": "x", "line": "{{ event.slug | nothing }}"}, {".line": "INVALID_TEMPLATE"}),
        ({"plainText": "x", "block": "{% if %}"}, {".block": "INVALID_TEMPLATE"}),
        ({"plainText": "x", "page": "{{ evnt }}"}, {".page": "UNKNOWN_NAME"}),
        ({"plainText": "x", "entries": []}, {".entries": "INVALID"}),
        (
            {"plainText": "x", "entries": {"": "x", "a": 5, "b": "{{"}},
            {".entries.": "INVALID_NAME", ".entries.a": "INVALID", ".entries.b": "INVALID_TEMPLATE"},
        ),
        (
            {"plainText": "x", "entries": {" a": "x", "b\n": "x"}},
            {".entries. a": "INVALID_NAME", ".entries.b\n": "INVALID_NAME"},
        ),
        ({"plainText": "x", "entries": {str(i): "" for i in range(51)}}, {".entries": "LIMIT"}),
        ({"plainText": "x", "size": "xl"}, {".size": "INVALID"}),
        ({"plainText": "x", "switchedOn": "yes"}, {".switchedOn": "INVALID"}),
        ({"plainText": "x", "event": 0}, {".event": "INVALID"}),
        ({"plainText": "x", "event": True}, {".event": "INVALID"}),
        ({"plainText": "x", "event": 2**63}, {".event": "INVALID"}),
        ({"plainText": "x", "event": "7"}, {".event": "INVALID"}),
        ({"plainText": "x", "lasts": "7 days"}, {".lasts": "INVALID_DURATION"}),
        ({"plainText": "x", "lasts": "PT0S"}, {".lasts": "INVALID_DURATION"}),
        ({"plainText": "x", "lasts": "P401D"}, {".lasts": "INVALID_DURATION"}),
        ({"plainText": "x", "voucher": "SUMMER"}, {".voucher": "INVALID_ID"}),
        ({"plainText": "x", "voucher": "UHJvZHVjdDox"}, {".voucher": "INVALID_ID"}),
        ({"plainText": "x", "heads": {"X-Size": "{{"}}, {".heads.X-Size": "INVALID_TEMPLATE"}),
    ],
)
def test_what_is_wrong_is_named(config: Any, expected: dict[str, str]) -> None:
    assert faults(config) == expected


@pytest.mark.parametrize(
    "url",
    [
        "example.com",
        "//example.com/",
        "ftp://example.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://@example.com/",
        "https://example.com/#top",
        "https://example.com:99999/",
        "https://example.com:0/",
        "https://example.com:port/",
        "https://[::1",
        "https://example.com/a b",
        "https://example.com/\r\nHost: x",
        "https://example.com\\@evil.example/",
        " https://example.com/",
        "https://example.com/{{ event.slug }}",
    ],
)
def test_an_address_that_no_webhook_may_go_to(url: str) -> None:
    assert faults({"plainText": "x", "address": url}) == {".address": "INVALID_URL"}


@pytest.mark.parametrize(
    "url", ["http://localhost:8001/in", "https://[2001:db8::1]/", "HTTPS://Example.COM", "https://zażółć.pl/"]
)
def test_an_address_that_a_webhook_may_go_to(url: str) -> None:
    assert read_settings(Every(), {"plainText": "x", "address": url}, "")[1] == ()


def test_templates_are_rendered_and_nothing_else() -> None:
    value = "{{ dataFields.x }}"
    settings = EverySetting(plain_text=value, line=value, block=value, page=value, entries={value: value})
    rendered = render_settings(settings, {"dataFields": {"x": " <a>\n\x1b\u2028b "}})
    assert rendered.plain_text == value
    assert rendered.line == "<a> b"
    assert rendered.block == " <a>\n\x1b\u2028b "
    assert rendered.page == " &lt;a&gt;\n\x1b\u2028b "
    assert rendered.entries == {value: "<a> b"}


def test_a_template_that_fails_is_said_to() -> None:
    with pytest.raises(TemplateFailed):
        render_settings(EverySetting(plain_text="x", line="{{ 1 | divided_by: 0 }}"), {})


def test_a_mark_of_an_earlier_release_is_read() -> None:
    mark = settings_from_json(SendEmail(), {"subject": "Hi", "text": "Hi", "gone": 1})
    assert (mark.subject, mark.html, mark.marketing) == ("Hi", "", False)
    with pytest.raises(ValueError, match="send_email"):
        settings_from_json(SendEmail(), {"text": "Hi"})
    with pytest.raises(ValueError, match="send_webhook"):
        settings_from_json(SendWebhook(), None)


@pytest.mark.parametrize(
    "name",
    [
        *("Connection", "keep-alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authorization", "Host"),
        *("Content-Length", "content-type", "Idempotency-Key", "webhook-signature", "Saleor-Signature"),
        *("X Size", "X:Size", "Größe"),
    ],
)
def test_a_header_that_no_author_may_set(name: str) -> None:
    assert faults({"plainText": "x", "heads": {name: "a"}}) == {f".heads.{name}": "INVALID_NAME"}


def test_a_headers_value_is_rendered_and_kept_nowhere() -> None:
    settings, _ = read_settings(Every(), {"plainText": "x", "heads": {"Authorization": "Bearer {{ event.slug }}"}}, "")
    rendered = render_settings(settings, {"event": {"slug": "s3cret\n"}})
    assert rendered.heads == {"Authorization": "Bearer s3cret"}
    kept = settings_to_json(rendered)
    assert kept["heads"] == {"Authorization": "•••"}
    assert with_secrets(settings_from_json(Every(), kept), rendered) == rendered
    assert has_secrets(Every(), {"heads": {"Authorization": "x"}})
    assert not has_secrets(Every(), {"heads": {}, "plainText": "x"})


def test_settings_of_one_kind_are_found() -> None:
    assert list(settings_named(Every(), Input.EVENT)) == ["event"]
    assert list(settings_named(Every(), Input.BOOLEAN)) == ["switchedOn"]


def test_an_action_that_declares_all_it_has_to() -> None:
    check_settings(Every)


@dataclass
class Melting:
    url: str = setting(Input.URL, NAME)


@dataclass(frozen=True)
class Bare:
    url: str


@dataclass(frozen=True)
class Mistaken:
    url: bool = setting(Input.URL, NAME)


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("name", "Send-SMS", "snake_case"),
        ("name", None, "snake_case"),
        ("label", "Send SMS", "label has to be"),
        ("help", None, "help has to be"),
        ("effect", "once", "effect has to be"),
        ("Settings", dict, "has to be a dataclass"),
        ("Settings", Melting, "has to be frozen"),
        ("Settings", Bare, "url: declare settings with"),
        ("Settings", Mistaken, "url has to be annotated"),
    ],
)
def test_an_action_that_declares_something_else(member: str, value: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        check_settings(type("Wrong", (Every,), {member: value}))
