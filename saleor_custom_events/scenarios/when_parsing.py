"""Dates, times, weekdays and zones of waits, from JSON."""

from __future__ import annotations

import re
from datetime import date, time

from saleor_custom_events.scenarios.condition_parsing import read_value
from saleor_custom_events.scenarios.definition import Offset, Operand, Past, Source
from saleor_custom_events.scenarios.durations import LONGEST_WAIT, read_offset
from saleor_custom_events.scenarios.limits import MAX_TEXT, MAX_WAIT_DAYS
from saleor_custom_events.scenarios.local_time import zone_named
from saleor_custom_events.scenarios.mentions import Mentions
from saleor_custom_events.scenarios.operands import read_operand
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import Json

#: In the order in which Python counts them.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = frozenset(range(len(WEEKDAYS)))
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_SOURCES = frozenset({Source.DATA_FIELD, Source.STEP, Source.VARIABLE})
_TIMES = ("occurrence.occurredAt", "occurrence.registeredAt")
#: Given where nothing can be read; nobody uses it.
_NO_DATE = Operand(Source.DATA_FIELD, ("",))


class WhenParser:
    """Reads what waits say of when; faults go into `findings`, steps and variables that they name into `mentions`."""

    def __init__(self, findings: Findings, mentions: Mentions) -> None:
        self._findings = findings
        self._mentions = mentions

    def date(self, raw: Json, place: str) -> Operand | date:
        """Read where a date stands, or the date itself."""
        message = (
            "Name dataFields.…, steps.<id>.…, variables.… or occurrence.occurredAt here, or write "
            '{"date": "2026-01-02"} or {"dateTime": "2026-01-02T10:00:00+01:00"}.'
        )
        if isinstance(raw, str):
            return self._operand(raw, place, message, _TIMES) or _NO_DATE
        try:
            value = read_value(raw)
        except ValueError as wrong:
            message = str(wrong) if isinstance(raw, dict) and raw.keys() & {"date", "dateTime"} else message
            value = None
        if isinstance(value, date):
            return value
        self._findings.add(place, "INVALID", message)
        return _NO_DATE

    def offset(self, raw: Json, place: str) -> Offset:
        """Read how long before or after a date; null is none."""
        if raw is None:
            return Offset()
        offset = read_offset(raw) if isinstance(raw, str) else None
        if offset is None or abs(offset.days) > MAX_WAIT_DAYS or abs(offset.time) > LONGEST_WAIT:
            message = f"Write a time of at most {MAX_WAIT_DAYS} days as ISO 8601 does, - for before: PT2H, -P1D."
            self._findings.add(place, "INVALID", message)
            return Offset()
        return offset

    def past(self, raw: Json, place: str) -> Past:
        """Read what to do where a date has passed."""
        return self._findings.choice(raw, place, Past, ", ".join(Past)) or Past.CONTINUE

    def time(self, raw: Json, place: str) -> time:
        """Read a time on the clock."""
        match = TIME.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            self._findings.add(place, "INVALID", "A time on the clock is written 09:00, from 00:00 to 23:59.")
            return time()
        return time(int(match[1]), int(match[2]))

    def weekdays(self, raw: Json, place: str) -> frozenset[int]:
        """Read a list of weekdays; null is all of them."""
        if raw is None:
            return _EVERY_DAY
        items = self._findings.items(raw, place, at_least=1, at_most=len(WEEKDAYS))
        days = set()
        for i, item in enumerate(items):
            if not isinstance(item, str) or item not in WEEKDAYS:
                self._findings.add(f"{place}[{i}]", "INVALID", f"A weekday is one of {', '.join(WEEKDAYS)}.")
            else:
                days.add(WEEKDAYS.index(item))
        return frozenset(days)

    def zone(self, raw: Json, place: str) -> str | Operand | None:
        """Read a time zone's name, or where it stands; null is the operator's."""
        if raw is None:
            return None
        if isinstance(raw, dict):
            members = self._findings.members(raw, place, required=("from",)) or {}
            text = self._findings.text(members.get("from"), f"{place}.from", longest=MAX_TEXT)
            return self._operand(text, f"{place}.from", "Name dataFields.…, steps.<id>.… or variables.… here.")
        if isinstance(raw, str) and zone_named(raw):
            return raw
        self._findings.add(place, "INVALID", "A time zone is written Europe/Warsaw, as IANA names it.")
        return None

    def _operand(self, text: str, place: str, message: str, times: tuple[str, ...] = ()) -> Operand | None:
        operand = read_operand(text) if len(text) <= MAX_TEXT else None
        if operand is None or not (operand.source in _SOURCES or text in times):
            self._findings.add(place, "UNKNOWN_OPERAND", message)
            return None
        self._mentions.note(operand, place)
        return operand
