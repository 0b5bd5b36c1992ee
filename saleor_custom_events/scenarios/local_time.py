"""Moments by the clock on a wall: local times, days and weekdays in a time zone.

Where clocks are put forward, a time that does not exist stands for the first moment after the gap; where they are put
back, a time that exists twice stands for the first of the two.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from saleor_custom_events.scenarios.definition import Offset

#: Zones' names are short (`America/Argentina/ComodRivadavia`), and what is longer is none.
_LONGEST_NAME = 64
_SECOND = timedelta(seconds=1)


def zone_named(name: str) -> ZoneInfo | None:
    """Give the time zone of IANA's name (`Europe/Warsaw`), or None where there is none."""
    if not name or len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # OSError: the name of a folder among the zones' files.
        return None


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the moment (UTC) at which the clocks of `zone` say `at` on `day`. OverflowError beyond year 9999."""
    wall = datetime.combine(day, at, zone)
    # Python reads a time in a gap by the offset before it (fold 0) or behind it (fold 1), which comes out earlier.
    before, behind = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if behind >= before:
        return before
    return _change_between(behind, before, zone)


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """Give the first second at which the clocks of `zone` have changed, after `early` and at `late` at the latest."""
    offset = early.astimezone(zone).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle <= early:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late


def next_time(now: datetime, at: time, weekdays: Collection[int], zone: ZoneInfo) -> datetime:
    """Give the first moment from `now` on (aware) at which it is `at` on one of `weekdays` (0 is Monday), UTC.

    OverflowError beyond year 9999.
    """
    today = now.astimezone(zone).date()
    # A week and a day: this week's day may be over, and a gap may carry a time over midnight.
    for days in range(-1, 9):
        day = today + timedelta(days=days)
        if day.weekday() in weekdays and (moment := moment_of(day, at, zone)) >= now:
            return moment
    raise AssertionError("A week has every weekday.")


def shifted(moment: datetime | date, offset: Offset, zone: ZoneInfo) -> datetime:
    """Give the moment (UTC) that lies by `offset` from `moment`; a day begins at midnight in `zone`.

    Days of an offset are days of the calendar in `zone`, so that "a day before" keeps the time on the clock when
    clocks change; hours, minutes and seconds are what they are. OverflowError outside the years 1 to 9999.
    """
    if isinstance(moment, datetime):
        if not offset.days:
            return moment.astimezone(UTC) + offset.time
        wall = moment.astimezone(zone)
        day, at = wall.date(), wall.time()
    else:
        day, at = moment, time()
    return moment_of(day + timedelta(days=offset.days), at, zone) + offset.time


@lru_cache(maxsize=64)
def zone_or_utc(name: str) -> ZoneInfo:
    """Give the zone of an operator's setting: UTC where it names none."""
    return zone_named(name) or ZoneInfo("UTC")
