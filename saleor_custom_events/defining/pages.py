"""Keyset pages: a page is found by the values of the row before it and never by counting.

So the ten-millionth row costs what the first does, and rows that arrive meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from saleor_custom_events.defining.checking import LARGEST_ID, is_storable, refused_because

#: Rows of one page; Saleor's own limit.
MAX_PAGE = 100

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """Which rows are asked for, in Relay's words: `first` after a cursor, or `last` before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def check(self, most: int = MAX_PAGE) -> None:
        """Raise Refused 400 `INVALID_PAGE` where it asks for nothing, too much or two things at once."""
        if (self.first is None) == (self.last is None):
            raise refused_because(400, "INVALID_PAGE", "Give either `first` or `last`.", "first")
        field, size = ("first", self.first) if self.first is not None else ("last", self.last)
        if not 1 <= (size or 0) <= most:
            raise refused_because(400, "INVALID_PAGE", f"`{field}` must be 1 to {most}.", field)
        if (self.first is not None and self.before) or (self.last is not None and self.after):
            raise refused_because(400, "INVALID_PAGE", "`after` goes with `first`, `before` with `last`.", field)

    @property
    def size(self) -> int:
        """Give how many rows are asked for."""
        return self.first or self.last or 0

    @property
    def backwards(self) -> bool:
        """Say whether rows are read from the end."""
        return self.last is not None

    @property
    def cursor(self) -> str | None:
        """Give the cursor that the page begins behind, in the direction it is read."""
        return self.before if self.backwards else self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Rows in the order asked for, whichever side they were read from, with a cursor for each."""

    rows: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool

    def of(self, rows: tuple[Any, ...]) -> Page[Any]:
        """Give the same page with other values in the places of its rows."""
        return Page(rows=rows, cursors=self.cursors, has_next=self.has_next, has_previous=self.has_previous)


def _read_text(raw: str) -> str:
    if not is_storable(raw):
        raise ValueError("not storable")
    return raw


def _read_time(raw: str) -> datetime:
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


def _read_number(raw: str) -> int:
    number = int(raw)
    if not 0 <= number <= LARGEST_ID:
        raise ValueError("out of range")
    return number


@dataclass(frozen=True, slots=True)
class Order:
    """By one column that is never null and, where it does not decide, by another the same way."""

    column: str
    #: Reads the column's value back from a cursor; ValueError where it cannot.
    read: Callable[[str], Any]
    descending: bool = False
    #: The primary key, or what has its values.
    tie: str = "pk"

    def cursor_of(self, row: Model) -> str:
        """Give the cursor that stands for `row`."""
        value = getattr(row, self.column)
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        return urlsafe_b64encode(json.dumps([text, str(getattr(row, self.tie))]).encode()).decode()

    def values_of(self, cursor: str) -> tuple[Any, int]:
        """Read a cursor back. Refused 400 `INVALID_CURSOR` where it is none of this order."""
        try:
            value, pk = json.loads(urlsafe_b64decode(cursor.encode()))
            return self.read(value), _read_number(pk)
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise refused_because(400, "INVALID_CURSOR", "This cursor belongs to no page of this list.") from None


def by_text(column: str, *, descending: bool = False) -> Order:
    """Order by a text column."""
    return Order(column, _read_text, descending)


def by_time(column: str, *, descending: bool = False, tie: str = "pk") -> Order:
    """Order by a column of moments."""
    return Order(column, _read_time, descending, tie)


def by_number(column: str = "pk", *, descending: bool = False) -> Order:
    """Order by a column of non-negative integers."""
    return Order(column, _read_number, descending)


def read_page(rows: QuerySet[M], order: Order, part: Slice, *, most: int = MAX_PAGE) -> Page[M]:
    """Read one page of `rows`, `most` at most, with one query.

    `value <= v AND (value < v OR tie < p)` says the same as `(value, tie) < (v, p)`, and lets PostgreSQL start in the
    index at `v`. Refused 400 for a slice or cursor that is none.
    """
    part.check(most)
    descending = order.descending != part.backwards
    if part.cursor:
        value, pk = order.values_of(part.cursor)
        beyond = "lt" if descending else "gt"
        rows = rows.filter(
            Q(**{f"{order.column}__{beyond}e": value}),
            Q(**{f"{order.column}__{beyond}": value}) | Q(**{f"{order.tie}__{beyond}": pk}),
        )
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{order.column}", f"{sign}{order.tie}")[: part.size + 1])
    more, found = len(found) > part.size, found[: part.size]
    if part.backwards:
        found.reverse()
    return Page(
        rows=tuple(found),
        cursors=tuple(order.cursor_of(row) for row in found),
        has_next=bool(part.cursor) if part.backwards else more,
        has_previous=more if part.backwards else bool(part.cursor),
    )
