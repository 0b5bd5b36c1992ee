"""What the code says a value is: literals as they are, and everything else as computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Computed:
    """Not a literal: only the running program knows it."""


@dataclass(frozen=True, slots=True)
class Left:
    """JavaScript's `undefined`: as if the member were not there."""


COMPUTED = Computed()
LEFT_OUT = Left()


@dataclass(frozen=True, slots=True)
class Record:
    """An object literal, a dict."""

    members: Mapping[str, Found]
    #: There are no other members: none is spread into it, none has a computed name.
    whole: bool = True


Found: TypeAlias = str | int | Decimal | bool | Computed | Left | Record | tuple["Found", ...] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A place in the code where an event is fired."""

    #: From 1.
    line: int
    #: Slug, number, or COMPUTED.
    event: Found
    #: The data fields: Record, a tuple of {name, type, value}, or COMPUTED.
    fields: Found


#: Members of a firing's body by which an object is one, though its event is computed.
BODY = frozenset({"dataFields", "customerEmail", "customerId", "idempotencyKey", "anonymousId", "occurredAt"})
EVENT = ("customEvent", "customEventId")


def call_of_body(record: Record, line: int) -> Call | None:
    """Give the call that an object is the body of; None where it is something else that has such a member.

    A log's row or an answer may have a member `customEvent` too: an object, or computed with none of the others.
    """
    event = next((record.members[name] for name in EVENT if name in record.members), None)
    if isinstance(event, bool) or not isinstance(event, str | int | Computed):
        return None
    if isinstance(event, Computed) and not record.members.keys() & BODY:
        return None
    fields = record.members.get("dataFields", Record({}) if record.whole else COMPUTED)
    return Call(line, event, fields)
