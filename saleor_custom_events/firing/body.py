"""From bytes to a Firing: what is wrong with a call's form is refused here, with its field named."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn
from unicodedata import normalize
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.described import Reader, takes
from saleor_custom_events.firing.references import decoded_id
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.scenarios.values import Json

MAX_EVENT_NUMBER = 2_000_000_000
#: The largest that may be given: those of events made later go on from there.
MAX_GIVEN_NUMBER = 1_000_000_000
MAX_FIELDS = 100
MAX_FIELD_NAME = 128
MAX_BATCH = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: A text on one line that is not only spaces, as JSON Schema's pattern (ECMA 262).
_ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*$"
#: Of base64, whole groups of `User:` and digits; what they decode to is looked at by the reader alone.
_CUSTOMER_ID = r"^VXNlcjo[xyz0-5](?:[0-9A-Za-z]{4})*(?:[0-9A-Za-z]{2}==|[0-9A-Za-z]{3}=)?$"
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")


def read_json(body: bytes, *, limit: int) -> Json:
    """Parse a body of at most `limit` bytes. Numbers with a point become Decimal, never float.

    Refused: 413 BODY_TOO_LARGE; 400 INVALID_JSON (also for NaN and repeated members), BODY_TOO_DEEP,
    INVALID_CHARACTER (NUL, lone surrogates: PostgreSQL stores neither).
    """
    if len(body) > limit:
        raise Refused(413, "BODY_TOO_LARGE", f"The body may have {limit} bytes at most.")
    try:
        raw = json.loads(
            body.decode(),
            parse_float=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise Refused(400, "BODY_TOO_DEEP", "The body is nested too deeply.") from None
    except ValueError as error:
        raise Refused(400, "INVALID_JSON", f"The body is not valid JSON: {error}") from None
    _refuse_characters(raw)
    return raw  # type: ignore[no-any-return]


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent that not even a Decimal holds
        raise ValueError("a number is out of range") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is given twice")
    return members


def _refuse_characters(raw: Any) -> None:
    """Walk without recursion, so that depth cannot hurt; name the place that is wrong."""
    todo: list[tuple[str, Any]] = [("", raw)]
    while todo:
        place, value = todo.pop()
        if isinstance(value, str):
            if "\x00" in value or _has_surrogate(value):
                _refuse_character(place)
        elif isinstance(value, dict):
            for name, member in value.items():
                if "\x00" in name or _has_surrogate(name):
                    _refuse_character(place)
                todo.append((f"{place}.{name}" if place else name, member))
        elif isinstance(value, list):
            todo.extend((f"{place}[{i}]", item) for i, item in enumerate(value))


def _has_surrogate(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _refuse_character(place: str) -> NoReturn:
    message = "A text may not contain NUL characters or lone surrogates."
    raise Refused(400, "INVALID_CHARACTER", message, Problem(field=place, code="INVALID_CHARACTER", message=message))


class _Wrong(Exception):
    """One member is wrong."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message


def _text(longest: int) -> Reader:
    @takes(type="string", minLength=1, maxLength=longest, pattern=_ONE_LINE)
    def read(raw: Json) -> str:
        if not isinstance(raw, str):
            raise _Wrong("WRONG_TYPE", "This has to be a string.")
        text = normalize("NFC", raw).strip()
        if not text or len(text) > longest or _CONTROL.search(text):
            raise _Wrong("INVALID", f"This has to be a text of 1 to {longest} characters on one line.")
        return text

    return read


@takes(type="integer", minimum=1, maximum=MAX_EVENT_NUMBER)
def read_number(raw: Json) -> int:
    """Read a custom event's number."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise _Wrong("WRONG_TYPE", "This has to be an integer.")
    if not 1 <= raw <= MAX_EVENT_NUMBER:
        raise _Wrong("INVALID", f"This has to be between 1 and {MAX_EVENT_NUMBER}.")
    return raw


def is_slug(text: str) -> bool:
    """Say whether an event could have this slug."""
    return _SLUG.fullmatch(text) is not None


@takes(type="string", pattern=f"^{_SLUG.pattern}$")
def _slug(raw: Json) -> str:
    text: str = _text(100)(raw)
    if not is_slug(text):
        raise _Wrong("INVALID", "A slug has letters, digits, hyphens and underscores.")
    return text


def normal_email(text: str) -> str:
    """Give the one form in which an e-mail address is stored and compared: NFC, lower case.

    ValueError where it is no address. Deliverability is not asked.
    """
    if len(text) > 320:
        raise ValueError("The e-mail address is too long.")
    try:
        checked = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return checked.normalized.lower()


@takes(type="string", format="email", minLength=3, maxLength=320)
def _email(raw: Json) -> str:
    text = _text(320)(raw)
    try:
        return normal_email(text)
    except ValueError as error:
        raise _Wrong("INVALID_EMAIL", str(error)) from None


@takes(type="string", maxLength=200, pattern=_CUSTOMER_ID)
def _customer_id(raw: Json) -> str:
    text: str = _text(200)(raw)
    if not re.fullmatch(r"User:[1-9][0-9]{0,17}", decoded_id(text)):
        raise _Wrong("INVALID_ID", "This has to be a customer's global ID, as Saleor's API gives it.")
    return text


def is_web_address(text: str) -> bool:
    """Say whether this is an address that may be shown as a link: http or https, with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


@takes(type="string", format="uri", maxLength=2048, pattern="^https?://")
def _url(raw: Json) -> str:
    text: str = _text(2048)(raw)
    if not is_web_address(text):
        raise _Wrong("INVALID_URL", "This has to be an address that begins with http:// or https://.")
    return text


@takes(type="string", format="date-time", maxLength=64)
def _time(raw: Json) -> datetime:
    text = _text(64)(raw)
    try:
        moment = datetime.fromisoformat(text)
        offset = moment.utcoffset()
    except (ValueError, OverflowError):
        raise _Wrong("INVALID", "This has to be a time in ISO 8601, 2026-01-31T12:00:00+01:00.") from None
    if offset is None:
        raise _Wrong("NO_OFFSET", "The time needs its offset from UTC, 2026-01-31T12:00:00+01:00.")
    if not 2000 <= moment.year <= 9000:
        raise _Wrong("INVALID", "The year is out of range.")
    return moment


@takes(type="boolean")
def _boolean(raw: Json) -> bool:
    if not isinstance(raw, bool):
        raise _Wrong("WRONG_TYPE", "This has to be true or false.")
    return raw


@takes(
    oneOf=[
        {"type": "object", "maxProperties": MAX_FIELDS, "additionalProperties": {"$ref": "#/components/schemas/Value"}},
        {"type": "array", "maxItems": MAX_FIELDS, "items": {"$ref": "#/components/schemas/NamedValue"}},
    ]
)
def _data_fields(raw: Json) -> Mapping[str, Json] | tuple[Mapping[str, Json], ...]:
    if isinstance(raw, dict):
        count = len(raw)
        fields: Mapping[str, Json] | tuple[Mapping[str, Json], ...] = raw
    elif isinstance(raw, list) and all(isinstance(item, dict) for item in raw):
        count = len(raw)
        fields = tuple(item for item in raw if isinstance(item, dict))
    else:
        raise _Wrong("WRONG_TYPE", "This has to be an object, or a list of {name, type, value}.")
    if count > MAX_FIELDS:
        raise _Wrong("TOO_MANY", f"At most {MAX_FIELDS} data fields.")
    return fields


#: The body of `fire`: member → attribute of Firing and how it is read. The contract, once.
MEMBERS: Mapping[str, tuple[str, Reader]] = {
    "customEventId": ("event", read_number),
    "customEvent": ("event", _slug),
    "customerEmail": ("customer_email", _email),
    "customerId": ("customer_id", _customer_id),
    "customerExternalReference": ("customer_external_reference", _text(250)),
    "anonymousId": ("anonymous_id", _text(128)),
    "dataFields": ("data_fields", _data_fields),
    "url": ("url", _url),
    "channel": ("channel", _text(255)),
    "occurredAt": ("occurred_at", _time),
    "idempotencyKey": ("idempotency_key", _text(128)),
    "dryRun": ("dry_run", _boolean),
}
IDENTITY_MEMBERS = ("customerEmail", "customerId", "customerExternalReference", "anonymousId")


def read_firing(raw: Json, *, channel: str | None = None, needs_identity: bool = True) -> Firing:
    """Read one body of `fire`. `channel` is the URL's. A member that is null counts as not given.

    `needs_identity` is False where the caller's token already names the customer.
    Refused 400 INVALID_BODY with every wrong member named.
    """
    if not isinstance(raw, dict):
        raise Refused(400, "INVALID_BODY", "The body has to be a JSON object.")
    _refuse_characters(raw)
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for member, sent in raw.items():
        if member not in MEMBERS:
            problems.append(_problem(member, "UNKNOWN_MEMBER", "There is no such member."))
        elif sent is not None:
            attribute, read = MEMBERS[member]
            try:
                values[attribute] = read(sent)
            except _Wrong as wrong:
                problems.append(_problem(member, wrong.code, wrong.message))
    given = {member for member, sent in raw.items() if sent is not None}
    problems += _missing(given, needs_identity)
    if channel is not None and values.setdefault("channel", channel) != channel:
        problems.append(_problem("channel", "CHANNEL_MISMATCH", f"The URL names the channel {channel!r}."))
    if problems:
        raise Refused(400, "INVALID_BODY", "The body is not right; see errors.", *problems)
    return Firing(**values)


def _missing(given: set[str], needs_identity: bool) -> list[Problem]:
    problems = []
    if {"customEventId", "customEvent"} <= given:
        problems.append(_problem("customEvent", "AMBIGUOUS", "Give customEventId or customEvent, not both."))
    elif not given & {"customEventId", "customEvent"}:
        problems.append(_problem("customEventId", "REQUIRED", "Give customEventId or customEvent."))
    if needs_identity and not given & set(IDENTITY_MEMBERS):
        problems.append(_problem("customerEmail", "REQUIRED", f"Give at least one of {', '.join(IDENTITY_MEMBERS)}."))
    return problems


def _problem(field: str, code: str, message: str) -> Problem:
    return Problem(field=field[:200], code=code, message=message)


def read_batch(raw: Json) -> list[Json]:
    """Read the body of `fire/batch` as far as its items. Refused 400."""
    if not isinstance(raw, dict) or not isinstance(raw.get("events"), list):
        problem = _problem("events", "REQUIRED", 'The body has to be {"events": [ … ]}.')
        raise Refused(400, "INVALID_BODY", problem.message, problem)
    unknown = [_problem(name, "UNKNOWN_MEMBER", "There is no such member.") for name in raw if name != "events"]
    if unknown:
        raise Refused(400, "INVALID_BODY", "The body is not right; see errors.", *unknown)
    events = raw["events"]
    assert isinstance(events, list)
    if not 1 <= len(events) <= MAX_BATCH:
        problem = _problem("events", "TOO_MANY", f"1 to {MAX_BATCH} events in one batch.")
        raise Refused(400, "INVALID_BODY", problem.message, problem)
    return events
