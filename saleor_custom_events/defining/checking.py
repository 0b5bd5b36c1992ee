"""Checks of what staff send: every fault is collected, so that one answer names them all."""

from __future__ import annotations

import unicodedata
from typing import TypeGuard

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.store.callers import Caller

#: What PostgreSQL's bigint holds.
LARGEST_ID = 2**63 - 1


class Checking:
    """The faults found in one call so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, field: str, code: str, message: str) -> None:
        """Note one fault."""
        self.problems.append(Problem(field=field, code=code, message=message))

    def text(self, field: str, value: str, *, longest: int, required: bool = False) -> str:
        """Give `value` trimmed and in NFC, at most `longest` characters; a fault is noted.

        NUL and lone surrogates are refused: PostgreSQL's text cannot hold them.
        """
        if not is_storable(value):
            self.wrong(field, "INVALID", "Contains a character that cannot be stored.")
            return ""
        clean = unicodedata.normalize("NFC", value).strip()
        if required and not clean:
            self.wrong(field, "REQUIRED", "This must not be empty.")
        if len(clean) > longest:
            self.wrong(field, "TOO_LONG", f"This may be {longest} characters long at most.")
        return clean

    def refuse_if_wrong(self) -> None:
        """Raise Refused 400 `INVALID` with everything that was noted."""
        if self.problems:
            raise Refused(400, "INVALID", "Something in this call is not valid.", *self.problems)


def is_storable(text: str) -> bool:
    """Say whether PostgreSQL can hold `text`."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def is_id(value: object) -> TypeGuard[int]:
    """Say whether `value` could be the number of a row."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID


def not_found(what: str) -> Refused:
    """Make the refusal for an id that names nothing; `what` in words ("custom event")."""
    message = f"There is no such {what}."
    return Refused(404, "NOT_FOUND", message, Problem(field="id", code="NOT_FOUND", message=message))


def refused_because(status: int, code: str, message: str, field: str = "") -> Refused:
    """Make a refusal with the one fault it is about."""
    return Refused(status, code, message, Problem(field=field, code=code, message=message))


def signature(caller: Caller) -> str:
    """Give what `created_by` and its like keep: the caller's id and its name at this time."""
    return f"{caller.id or caller.kind} {caller.name}".strip()[:200]


def signed_name(stored: str) -> str:
    """Give the name out of what `signature` made; the id where there was no name."""
    identity, _, name = stored.partition(" ")
    return name or identity
