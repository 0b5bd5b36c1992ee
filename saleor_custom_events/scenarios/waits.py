"""When a wait is over, as it is decided when its step is reached. Pure; nothing here raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from saleor_custom_events.scenarios.actual_values import Scope, actual_value
from saleor_custom_events.scenarios.condition_parsing import read_value
from saleor_custom_events.scenarios.definition import (
    Operand,
    Source,
    WaitForEventStep,
    WaitForTimeStep,
    WaitStep,
    WaitUntilStep,
)
from saleor_custom_events.scenarios.durations import LONGEST_WAIT
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_WAIT_DAYS
from saleor_custom_events.scenarios.local_time import next_time, shifted, zone_named, zone_or_utc
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.references import member_of
from saleor_custom_events.scenarios.values import Json

WaitingStep = WaitStep | WaitUntilStep | WaitForTimeStep | WaitForEventStep
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Until:
    """It is over at this moment (aware, UTC), which may have passed."""

    at: datetime
    #: What the log shows beside it.
    said: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoUntil:
    """There is no moment to wait for: the date is missing (NO_DATE), or further away than a wait may be (LIMIT)."""

    reason: Reason
    detail: str


def references_of(step: WaitingStep, occurrence: OccurrenceFacts) -> frozenset[str]:
    """Give the name of the data field that has to be read in the store before it is known how long a step waits."""
    date = step.date if isinstance(step, WaitUntilStep) else None
    if not isinstance(date, Operand) or date.source is not Source.DATA_FIELD:
        return frozenset()
    found = member_of(date.names[0], occurrence)
    return frozenset({found[0].name}) if found else frozenset()


def until_of(step: WaitingStep, scope: Scope, now: datetime, zone: str) -> Until | NoUntil:
    """Say when the wait of a step is over that is reached `now` (aware). `zone`: the one where none is named."""
    try:
        if isinstance(step, WaitUntilStep):
            return _until_date(step, scope, now, zone)
        if isinstance(step, WaitForTimeStep):
            return _until_time(step, scope, now, zone)
        return Until(now + (step.timeout if isinstance(step, WaitForEventStep) else step.duration))
    except OverflowError:
        return NoUntil(Reason.LIMIT, "There are no times before the year 1 and behind 9999.")


def _until_date(step: WaitUntilStep, scope: Scope, now: datetime, zone: str) -> Until | NoUntil:
    found = _date_of(step.date, scope)
    if found is None:
        return NoUntil(Reason.NO_DATE, f"{step.date} holds no date and no time with its offset.")
    at = shifted(found, step.offset, zone_or_utc(zone))
    if at > now + LONGEST_WAIT:
        return NoUntil(Reason.LIMIT, f"{at.isoformat()} is more than {MAX_WAIT_DAYS} days away.")
    return Until(at, {"date": found.isoformat()})


def _date_of(source: Operand | date, scope: Scope) -> date | None:
    """Give the date or moment that is named. A text that reads as one is one: an undeclared field is a text."""
    value = actual_value(source, scope) if isinstance(source, Operand) else source
    if isinstance(value, str):
        text = value.strip()
        try:
            value = read_value({"date": text} if len(text) == 10 else {"dateTime": text})
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value if isinstance(value, date) else None


def _until_time(step: WaitForTimeStep, scope: Scope, now: datetime, zone: str) -> Until:
    said: dict[str, Json] = {}
    named = step.zone
    if isinstance(named, Operand):
        value = actual_value(named, scope)
        text = value if isinstance(value, str) else ""
        named = text if zone_named(text) else None
        if named is None:
            said["note"] = f"{step.zone} names no time zone: {text[:_SHOWN]!r}."
    clock = zone_or_utc(named or zone)
    return Until(next_time(now, step.time, step.weekdays, clock), {"zone": clock.key, **said})
