"""Times as ISO 8601 writes them: whole days, hours, minutes and seconds (`P1DT2H`)."""

from __future__ import annotations

import re
from datetime import timedelta

from saleor_custom_events.scenarios.definition import Offset
from saleor_custom_events.scenarios.limits import MAX_WAIT_DAYS

LONGEST_WAIT = timedelta(days=MAX_WAIT_DAYS)

#: In what Python and JSON Schema (ECMA 262) read alike.
DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)


def read_duration(text: str) -> timedelta | None:
    """Read whole days, hours, minutes, seconds as ISO 8601 writes them (`P1DT2H`), else None."""
    if (offset := read_offset(text)) is None or not text.startswith("P"):
        return None
    try:
        return timedelta(days=offset.days) + offset.time
    except OverflowError:
        return timedelta.max


def written_duration(span: timedelta) -> str:
    """Write a time of whole seconds that is not negative: `P1DT2H`; `PT0S` where it is none."""
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if value)
    days = f"{span.days}D" if span.days else ""
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


def read_wait(text: str) -> timedelta | None:
    """Read a time that a wait, or whatever else is bounded as waits are, may take: 1 second to 400 days; else None."""
    duration = read_duration(text)
    return duration if duration is not None and timedelta(seconds=1) <= duration <= LONGEST_WAIT else None


def read_offset(text: str) -> Offset | None:
    """Read the same with a sign in front, or without one: `-P1D`, `PT2H`. Else None.

    Days are kept apart from hours, minutes and seconds: on the day on which clocks change they are not 24 hours.
    """
    sign, unsigned = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    match = DURATION.fullmatch(unsigned)
    if match is None:
        return None
    # Nine digits each: no time that these make up is too long for a timedelta.
    days, hours, minutes, seconds = (sign * int(group or 0) for group in match.groups())
    return Offset(days=days, time=timedelta(hours=hours, minutes=minutes, seconds=seconds))
