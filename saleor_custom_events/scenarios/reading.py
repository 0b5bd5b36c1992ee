"""Reading JSON that somebody else wrote: every fault is collected with its place, nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from saleor_custom_events.errors import Problem
from saleor_custom_events.scenarios.limits import MAX_JSON_DEPTH
from saleor_custom_events.scenarios.values import Json

T = TypeVar("T")

#: What PostgreSQL's bigint holds.
LARGEST_ID = 2**63 - 1
#: A whole number longer than this is no count; Python refuses to print one of more than 4,300 digits at all.
_MAX_BITS = 256
#: Faults after which collecting stops: nobody reads more.
_MAX_PROBLEMS = 100


class Findings:
    """The faults found so far."""

    def __init__(self) -> None:
        self._problems: dict[str, Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found, in the order in which it was read; 100 faults at most."""
        return tuple(islice(self._problems.values(), _MAX_PROBLEMS))

    def add(self, place: str, code: str, message: str) -> None:
        """Note one fault; the first at a place is the one that counts."""
        self._problems.setdefault(place, Problem(field=place, code=code, message=message))

    def extend(self, problems: tuple[Problem, ...]) -> None:
        """Note faults that somebody else found."""
        for problem in problems:
            self._problems.setdefault(problem.field, problem)

    def members(
        self, raw: Json, place: str, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
    ) -> dict[str, Json] | None:
        """Give the object's members, or None where it is no object; faults: missing and unknown members."""
        if not isinstance(raw, dict):
            self.add(place, "INVALID", "This has to be an object.")
            return None
        for name in raw:
            if name not in required and name not in optional:
                self.add(_joined(place, name), "UNKNOWN_MEMBER", "There is no such member.")
        for name in required:
            if name not in raw:
                self.add(_joined(place, name), "REQUIRED", "This member is required.")
        return raw

    def items(self, raw: Json, place: str, *, at_most: int, at_least: int = 0) -> list[Json]:
        """Give the list's items, none where it is no list or too long."""
        if not isinstance(raw, list):
            self.add(place, "INVALID", "This has to be a list.")
            return []
        if len(raw) < at_least:
            self.add(place, "REQUIRED", f"At least {at_least} is needed here.")
        if len(raw) > at_most:
            self.add(place, "LIMIT", f"At most {at_most} are allowed here.")
            return []
        return raw

    def text(self, raw: Json, place: str, *, longest: int) -> str:
        """Give a text of at most `longest` characters, `""` where it is none."""
        if not isinstance(raw, str):
            self.add(place, "INVALID", "This has to be a text.")
            return ""
        if len(raw) > longest:
            self.add(place, "LIMIT", f"This may be {longest} characters long at most.")
            return ""
        return raw

    def boolean(self, raw: Json, place: str) -> bool:
        """Give true or false, False where it is neither."""
        if not isinstance(raw, bool):
            self.add(place, "INVALID", "This has to be true or false.")
            return False
        return raw

    def number(self, raw: Json, place: str) -> int:
        """Give the number (ID) of a custom event and the like, 0 where it is none."""
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 < raw <= LARGEST_ID:
            self.add(place, "INVALID", "This has to be an ID: a whole number above 0.")
            return 0
        return raw

    def choice(self, raw: Json, place: str, read: Callable[[str], T], known: str) -> T | None:
        """Give what `read` (an enum) makes of a text; `known` names what it understands, for the message."""
        try:
            if isinstance(raw, str):
                return read(raw)
        except ValueError:
            pass
        self.add(place, "INVALID", f"This has to be one of {known}.")
        return None


def _joined(place: str, name: str) -> str:
    shown = name[:100]
    return f"{place}.{shown}" if place else shown


def check_json(raw: Json, longest: int) -> Problem | None:
    """Give the first reason for which `raw` cannot be kept as JSON of at most `longest` bytes, or None.

    Walks without recursion, so that no nesting can hurt; behind it everything may recurse, and `json.dumps`
    succeeds. Refused are NUL and lone surrogates (PostgreSQL's jsonb holds neither), numbers that are not
    finite or beyond any use, and what is no JSON at all.
    """
    pending: list[tuple[object, str, int]] = [(raw, "", 0)]
    while pending:
        value, place, depth = pending.pop()
        if problem := _unusable(value, depth):
            return problem.under(place)
        pending += reversed(list(_inside(value, place, depth + 1)))
    if len(json.dumps(raw, ensure_ascii=False, default=str).encode()) > longest:
        return Problem(field="", code="LIMIT", message=f"This may be {longest} bytes long at most.")
    return None


def _inside(value: object, place: str, depth: int) -> Iterator[tuple[object, str, int]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, place, depth
            yield inner, _joined(place, str(name)), depth
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield inner, f"{place}[{i}]", depth


def _unusable(value: object, depth: int) -> Problem | None:
    if depth > MAX_JSON_DEPTH:
        return Problem(field="", code="LIMIT", message="This is nested too deeply.")
    if isinstance(value, str) and not is_storable(value):
        return Problem(field="", code="INVALID_CHARACTER", message="This contains NUL or a lone surrogate.")
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        return Problem(field="", code="LIMIT", message="This number is too large.")
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        return Problem(field="", code="INVALID", message="This is not a finite number.")
    if isinstance(value, dict) and not all(isinstance(name, str) for name in value):
        return Problem(field="", code="INVALID", message="The names of members have to be texts.")
    if value is not None and not isinstance(value, str | int | float | Decimal | dict | list):
        return Problem(field="", code="INVALID", message="This is no JSON.")
    return None


def is_storable(text: str) -> bool:
    """Say whether PostgreSQL can hold `text`: no NUL, no lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
