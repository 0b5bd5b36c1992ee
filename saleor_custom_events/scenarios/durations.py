"""Times as ISO 8601 writes them: whole days, hours, minutes and seconds (`P1DT2H`)."""

from __future__ import annotations

import re
from datetime import timedelta

from saleor_custom_events.scenarios.definition import Offset

_DURATION = re.compile(r"P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII)


def read_duration(text: str) -> timedelta | None:
    """Read whole days, hours, minutes, seconds as ISO 8601 writes them (`P1DT2H`), else None."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return timedelta.max


def read_offset(text: str) -> Offset | None:
    """Read the same with a sign in front, or without one: `-P1D`, `PT2H`. Else None.

    Days are kept apart from hours, minutes and seconds: on the day on which clocks change they are not 24 hours.
    """
    sign, unsigned = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    match = _DURATION.fullmatch(unsigned)
    if match is None:
        return None
    days, hours, minutes, seconds = (sign * int(group or 0) for group in match.groups())
    try:
        return Offset(days=days, time=timedelta(hours=hours, minutes=minutes, seconds=seconds))
    except OverflowError:
        return Offset(days=sign * timedelta.max.days)
