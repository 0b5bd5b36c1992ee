"""Global ids as Saleor has them: base64 of `CustomEvent:7`."""

from __future__ import annotations

import re

from graphql_relay import from_global_id, to_global_id

from saleor_custom_events.defining.checking import LARGEST_ID, refused_because

EVENT = "CustomEvent"
SCENARIO = "CustomEventScenario"
INVOCATION = "CustomEventInvocation"
OCCURRENCE = "CustomEventOccurrence"
KEY = "CustomEventKey"

_NUMBER = re.compile(r"[0-9]{1,19}")


def global_id(kind: str, number: int | str) -> str:
    """Give the global id of an object of one of the kinds above."""
    return str(to_global_id(kind, number))


def number_of(kind: str, given: str, field: str = "id") -> int:
    """Read a global id of `kind` back. Refused 400 `INVALID_ID`, naming `field`, for anything else."""
    try:
        found, text = from_global_id(given)
    except (ValueError, TypeError):
        found, text = "", ""
    if found != kind:
        raise refused_because(400, "INVALID_ID", f"This is not the id of a {kind}.", field)
    return plain_number(text, field)


def plain_number(text: str, field: str = "number") -> int:
    """Read a number given as a text. Refused 400 `INVALID_ID`."""
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST_ID:
        raise refused_because(400, "INVALID_ID", "This is not a number of ours.", field)
    return int(text)
