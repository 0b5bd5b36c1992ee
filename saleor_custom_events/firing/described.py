"""Readers of what callers send, each with the JSON Schema that says what it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from saleor_custom_events.scenarios.values import Json


class Reader:
    """Reads one value that was sent, and says beforehand what it takes: one object, so that neither changes alone."""

    def __init__(self, read: Callable[[Json], Any], schema: Mapping[str, Json]) -> None:
        self._read = read
        #: JSON Schema (2020-12). Whatever it lets through, the reader takes, but for what its `format` leaves open.
        self.schema = schema

    def __call__(self, raw: Json) -> Any:
        """Give the value; raises what the reader raises."""
        return self._read(raw)


def takes(**schema: Json) -> Callable[[Callable[[Json], Any]], Reader]:
    """Make a Reader of a function: `@takes(type="integer", minimum=1)`."""

    def describe(read: Callable[[Json], Any]) -> Reader:
        return Reader(read, schema)

    return describe
