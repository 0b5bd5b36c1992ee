"""What each kind of setting accepts in a definition."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from saleor_custom_events.actions.base import Field, Input
from saleor_custom_events.scenarios.durations import read_wait
from saleor_custom_events.scenarios.limits import MAX_WAIT_DAYS
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.templates import check_template
from saleor_custom_events.scenarios.values import Json

#: Entries of a TEMPLATE_MAP, and characters of their names.
MAX_ENTRIES = 50
MAX_ENTRY_NAME = 250

#: What an action's Settings class annotates a setting of each kind with.
PYTHON_TYPES: Mapping[Input, object] = {
    Input.TEXT: str,
    Input.TEMPLATE: str,
    Input.TEMPLATE_BLOCK: str,
    Input.TEMPLATE_MAP: Mapping[str, str],
    Input.URL: str,
    Input.CHOICE: str,
    Input.BOOLEAN: bool,
    Input.EVENT: int,
    Input.DURATION: str,
    Input.HEADERS: Mapping[str, str],
    Input.VOUCHER: str,
}

#: A header's name (RFC 9110 §5.6.2).
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
#: Of the connection alone (RFC 9110 §7.6.1), of the message's frame, or said by the webhook itself.
_NOT_TO_BE_SET = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te"),
        *("trailer", "transfer-encoding", "upgrade", "expect", "host", "content-length", "content-encoding"),
        *("content-type", "idempotency-key", "webhook-id", "webhook-timestamp", "webhook-signature"),
    }
)
_NOT_TO_BEGIN_WITH = ("saleor-", "proxy-")


def read_input(form: Field, raw: Json, place: str, findings: Findings, *, required: bool) -> Any:
    """Give the value of one setting; what is wrong with it goes into `findings`, under `place`."""
    if form.input is Input.BOOLEAN:
        return findings.boolean(raw, place)
    if form.input is Input.EVENT:
        return findings.number(raw, place)
    if form.input in (Input.TEMPLATE_MAP, Input.HEADERS):
        return _map(form, raw, place, findings)
    return _text(form, raw, place, findings, required=required)


def _text(form: Field, raw: Json, place: str, findings: Findings, *, required: bool) -> str:
    text = findings.text(raw, place, longest=form.max_length)
    if not text.strip():
        if required:
            findings.add(place, "REQUIRED", "This must not be empty.")
        return ""
    if form.input is Input.CHOICE:
        values = [value for value, _ in form.choices]
        if text not in values:
            findings.add(place, "INVALID", f"This has to be one of {', '.join(values)}.")
    elif form.input is Input.URL:
        if problem := url_problem(text):
            findings.add(place, "INVALID_URL", problem)
    elif form.input is Input.DURATION:
        if problem := duration_problem(text):
            findings.add(place, "INVALID_DURATION", problem)
    elif form.input is Input.VOUCHER:
        if not _is_voucher(text):
            findings.add(place, "INVALID_ID", "This is not the ID of a voucher.")
    elif form.input in (Input.TEXT, Input.TEMPLATE) and not text.isprintable():
        findings.add(place, "INVALID", "This has to be one line, without control characters.")
    if form.is_template:
        _template(text, place, findings)
    return text


def _map(form: Field, raw: Json, place: str, findings: Findings) -> dict[str, str]:
    if not isinstance(raw, dict):
        findings.add(place, "INVALID", "This has to be an object of names and texts.")
        return {}
    if len(raw) > MAX_ENTRIES:
        findings.add(place, "LIMIT", f"At most {MAX_ENTRIES} entries are allowed here.")
        return {}
    entries = {}
    for name, value in raw.items():
        inner = f"{place}.{name[:MAX_ENTRY_NAME]}"
        if not 0 < len(name) <= MAX_ENTRY_NAME or not name.isprintable() or name != name.strip():
            findings.add(inner, "INVALID_NAME", f"A name has 1 to {MAX_ENTRY_NAME} printable characters.")
        elif form.input is Input.HEADERS and (problem := header_problem(name)):
            findings.add(inner, "INVALID_NAME", problem)
        entries[name] = findings.text(value, inner, longest=form.max_length)
        _template(entries[name], inner, findings)
    return entries


def _template(text: str, place: str, findings: Findings) -> None:
    if problem := check_template(text):
        findings.extend((problem.under(place),))


def duration_problem(text: str) -> str | None:
    """Say why `text` is no length of time from a second to 400 days, or None."""
    if read_wait(text) is None:
        return f"This has to be a time like P7D or PT12H, from one second to {MAX_WAIT_DAYS} days."
    return None


def header_problem(name: str) -> str | None:
    """Say why an author may not set a header of that name, or None."""
    if not _HEADER.fullmatch(name):
        return "This is not the name of an HTTP header."
    lower = name.lower()
    if lower in _NOT_TO_BE_SET or lower.startswith(_NOT_TO_BEGIN_WITH):
        return "This header is set by the connection or by the webhook itself."
    return None


def _is_voucher(text: str) -> bool:
    try:
        kind, _, number = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return False
    return kind == "Voucher" and number.isascii() and number.isdigit()


def url_problem(text: str) -> str | None:
    """Say why `text` is no address that a webhook may go to, or None. Looks nothing up."""
    if not text.isprintable() or " " in text or "\\" in text:
        return "An address has no blanks, control characters or backslashes."
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "This is not an address."
    if parts.scheme not in ("http", "https"):
        return "The address has to begin with https:// or http://."
    if not parts.hostname or port == 0:
        return "The address needs the name of a host."
    if "@" in parts.netloc:
        return "The address may not hold a user's name or password."
    if parts.fragment:
        return "The address may not hold a fragment (#…)."
    return None
