"""The body of ExpertSender ECDP's method "Custom events in scenarios", read as a Firing. Pure.

An integration that was made for ECDP changes the address, the key and the events' IDs, and nothing else; what that
means member by member stands in `docs/ecdp.md`. What the two have in common is read as a body of `fire`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing import body
from saleor_custom_events.firing.described import Reader, takes
from saleor_custom_events.firing.fields import MAX_STRING
from saleor_custom_events.firing.identities import read_email_hash, read_phone
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.scenarios.values import FieldType, Json
from saleor_custom_events.store.customers import MD5_DIGITS, SHA256_DIGITS


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """What an integration leaves unsaid, since ECDP knows it: what the operator's settings say of it."""

    #: Country (ISO 3166) of phone numbers without its code; empty: none has been given.
    phone_region: str
    #: Currency (ISO 4217) of amounts that name none; empty: then they are numbers.
    currency: str
    #: Of times without an offset.
    zone: tzinfo


#: What may name the customer, the strongest first: as in ECDP, the weaker ones say nothing then.
NAMES = (
    "customerId",
    "customerEmail",
    "customerEmailMd5",
    "customerEmailSha256",
    "customerPhone",
    "customerCrmId",
)
#: As `fire` calls them.
_IN_FIRE = {"customerId": "customerId", "customerEmail": "customerEmail", "customerCrmId": "customerExternalReference"}
_IN_ECDP = {theirs: ours for ours, theirs in _IN_FIRE.items()}


@takes(type=["string", "integer"], minimum=1, maximum=body.MAX_EVENT_NUMBER, pattern=r"^\s*[1-9][0-9]{0,9}\s*$")
def _number(raw: Json) -> Json:
    """Clients in languages with loose types send it as a text."""
    return int(raw) if isinstance(raw, str) and re.fullmatch(r"\s*[0-9]{1,10}\s*", raw) else raw


@takes(type="array", maxItems=body.MAX_FIELDS, items={"$ref": "#/components/schemas/EcdpField"})
def _fields(raw: Json) -> Json:
    return raw


def _as_in_fire(member: str) -> Reader:
    return body.MEMBERS[member][1]


def _hash(digits: int) -> Reader:
    @takes(type="string", pattern=f"^[0-9A-Fa-f]{{{digits}}}$")
    def read(raw: Json) -> str:
        return read_email_hash(_text(raw), digits)

    return read


@takes(type="string", maxLength=20)
def _phone(raw: Json) -> str:
    return _text(raw)


def _text(raw: Json) -> str:
    if not isinstance(raw, str):
        raise ValueError("This has to be a string.")
    return raw


#: The body's members, each with what it takes. An empty text, null, and 0 for `customerId`, count as left out.
MEMBERS: Mapping[str, Reader] = {
    "customEventId": _number,
    "customerId": _as_in_fire("customerId"),
    "customerEmail": _as_in_fire("customerEmail"),
    "customerEmailMd5": _hash(MD5_DIGITS),
    "customerEmailSha256": _hash(SHA256_DIGITS),
    "customerPhone": _phone,
    "customerCrmId": _as_in_fire("customerExternalReference"),
    "dataFields": _fields,
}


def read_ecdp(raw: Json, habits: Habits, *, channel: str | None = None) -> Firing:
    """Read a body as ECDP takes it. `channel` is the URL's.

    Refused 400: INVALID_BODY with every wrong member named; SEGMENTS_NOT_SUPPORTED for the form that names a segment.
    """
    if not isinstance(raw, dict):
        raise Refused(400, "INVALID_BODY", "The body has to be a JSON object.")
    if segments := [name for name in raw if "segment" in name.lower()]:
        raise _segments(segments)
    problems = [_problem(name, "UNKNOWN_MEMBER", "There is no such member.") for name in raw if name not in MEMBERS]
    sent = {name: value for name, value in raw.items() if name in MEMBERS and not _is_left_out(name, value)}
    fields = _list_of(sent.pop("dataFields", None), problems)
    if not any(name in sent for name in NAMES):
        problems.append(_problem("customerEmail", "REQUIRED", f"Give at least one of {', '.join(NAMES)}."))
    who = _strongest(sent)
    indirect = _indirect(who, habits, problems)
    shared: dict[str, Json] = {_IN_FIRE[name]: value for name, value in who.items() if name in _IN_FIRE}
    shared |= {"dataFields": [_as_fire_takes_it(field, habits) for field in fields]}
    if "customEventId" in sent:
        shared["customEventId"] = _number(sent["customEventId"])
    try:
        firing = body.read_firing(shared, channel=channel, needs_identity=False)
    except Refused as refused:
        problems += [replace(one, field=_IN_ECDP.get(one.field, one.field)) for one in refused.problems]
        if not problems:
            raise
    if problems:
        raise Refused(400, "INVALID_BODY", "The body is not right; see errors.", *problems)
    return replace(firing, **indirect)


def _segments(members: list[str]) -> Refused:
    message = (
        "Custom events happen to one customer: there are no segments here. Fire the event for each customer of the "
        "segment; fire/batch takes 1,000 at once."
    )
    code = "SEGMENTS_NOT_SUPPORTED"
    return Refused(400, code, message, *(_problem(name, code, message) for name in members))


def _is_left_out(name: str, value: Json) -> bool:
    # Clients that are generated from a description send every member, empty or 0 where there is nothing to say.
    empty = value is None or (isinstance(value, str) and not value.strip())
    return empty or (name == "customerId" and value in (0, "0") and not isinstance(value, bool))


def _strongest(sent: Mapping[str, Json]) -> Mapping[str, Json]:
    """Give what names the customer: the strongest, and the e-mail beside the store's id, as `fire` takes both.

    A number is ECDP's own, and would name somebody else here. Beside another name it says nothing.
    """
    names = [name for name in NAMES if name in sent]
    if len(names) > 1 and names[0] == "customerId" and _is_number(sent["customerId"]):
        names = names[1:]
    kept = names[:2] if names[:2] == ["customerId", "customerEmail"] else names[:1]
    return {name: sent[name] for name in kept}


def _is_number(raw: Json) -> bool:
    return isinstance(raw, int) or (isinstance(raw, str) and raw.strip().isdigit())


def _indirect(who: Mapping[str, Json], habits: Habits, problems: list[Problem]) -> dict[str, Any]:
    """Read what names the customer in a way that only the store can tell."""
    readers: Mapping[str, tuple[str, str, Callable[[Json], str]]] = {
        "customerEmailMd5": ("customer_email_hash", "INVALID_HASH", MEMBERS["customerEmailMd5"]),
        "customerEmailSha256": ("customer_email_hash", "INVALID_HASH", MEMBERS["customerEmailSha256"]),
        "customerPhone": ("customer_phone", "INVALID_PHONE", lambda raw: read_phone(_phone(raw), habits.phone_region)),
    }
    read: dict[str, Any] = {}
    for name, value in who.items():
        if name not in readers:
            continue
        attribute, code, reader = readers[name]
        try:
            read[attribute] = reader(value)
        except ValueError as error:
            problems.append(_problem(name, code, str(error)))
    return read


def _list_of(raw: Json, problems: list[Problem]) -> list[Json]:
    """Give the data fields that have a value: in ECDP none of a field's members is required."""
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        problems.append(_problem("dataFields", "WRONG_TYPE", "This has to be a list of {name, type, value}."))
        return []
    return [item for item in raw if isinstance(item, dict) and item.get("value") is not None]


def _as_fire_takes_it(field: Json, habits: Habits) -> Json:
    """Give a data field as the list form of `fire` has it: with what ECDP takes for granted."""
    assert isinstance(field, dict)
    value = field["value"]
    kind = _KINDS.get(str(field.get("type") or FieldType.STRING).lower())
    if kind is FieldType.STRING and isinstance(value, str) and len(value) > MAX_STRING:
        kind = FieldType.TEXT
    elif kind is FieldType.MONEY and _is_amount(value):
        kind, value = (FieldType.MONEY, f"{value} {habits.currency}") if habits.currency else (FieldType.NUMBER, value)
    elif kind in (FieldType.DATE, FieldType.DATETIME) and isinstance(value, str):
        value = _moment(kind, value.strip(), habits.zone)
    return {**field, "value": value} if kind is None else {**field, "type": kind.value, "value": value}


_KINDS = {kind.value.lower(): kind for kind in FieldType}


def _is_amount(value: Json) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", value) is not None
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _moment(kind: FieldType, text: str, zone: tzinfo) -> str:
    """Give a date without its time, and a time with its offset; what is neither stays, and is refused later."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if kind is FieldType.DATE:
        return moment.date().isoformat()
    return text if moment.tzinfo else moment.replace(tzinfo=zone).isoformat()


def _problem(field: str, code: str, message: str) -> Problem:
    return Problem(field=field[:200], code=code, message=message)
