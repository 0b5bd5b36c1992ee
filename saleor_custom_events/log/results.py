"""Results: how far the runs of a version came, as it was counted (`models/tally.py`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from django.db import connection

from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.models import Scenario, ScenarioVersion
from saleor_custom_events.scenarios.outcomes import Status
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

#: Days that may be asked for at once: a leap year, and a day more for the hours at both ends.
MAX_DAYS = 367
UNDER_WAY = "under_way"


class Outcome(StrEnum):
    """What a run came to at one part of a version: `STARTED` and `SKIPPED` at a start point, the others at a step."""

    STARTED = "started"
    PASSED = "passed"
    WAITING = "waiting"  # it stands there now: a wait, or an action that is tried or will be tried again
    SKIPPED = "skipped"  # left out; at a start point: it did not begin
    FAILED = "failed"
    UNKNOWN = "unknown"  # nobody can say whether the effect happened
    STOPPED = "stopped"  # the run was cancelled, restarted or put aside while it stood there


@dataclass(frozen=True, slots=True)
class Number:
    """How many runs, and how many of them the log has: those of events with logging."""

    count: int
    in_log: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PartCount:
    """How many runs came to the same at one part."""

    outcome: Outcome
    #: Which way they went on from a condition, split or wait for an event: `result.branch` of the log; else empty.
    way: str
    #: Why they were left out or failed.
    reason: str
    number: Number


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """How many runs stand so, or ended so for the same reason."""

    statuses: tuple[Status, ...]
    #: Of those that were skipped or failed.
    reason: str
    number: Number


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What was counted of the runs that were made between two moments."""

    version: int
    definition: Json
    published_at: datetime
    #: Whole hours (aware); the second is not included.
    since: datetime
    until: datetime
    totals: tuple[Total, ...]
    #: By the id of a start point or step; parts that no run came to are left out.
    parts: dict[str, tuple[PartCount, ...]]


READ = """
SELECT part, outcome, about, sum(n), coalesce(sum(n) FILTER (WHERE logged), 0) FROM (
  SELECT part, outcome, about, logged, count AS n FROM saleor_custom_events_tally
  WHERE version_id = %(version)s AND hour >= %(since)s AND hour < %(until)s
  UNION ALL
  SELECT part, outcome, about, logged, by FROM saleor_custom_events_tallychange
  WHERE version_id = %(version)s AND hour >= %(since)s AND hour < %(until)s) counted
GROUP BY 1, 2, 3 HAVING sum(n) > 0 ORDER BY 1, 4 DESC, 2, 3"""
_Row: TypeAlias = tuple[str, str, str, Number]


def read_results(
    caller: Caller, scenario: int, version: int | None, since: datetime, until: datetime
) -> Results | None:
    """Say how far the runs came that were made from `since` on and before `until` (aware, widened to whole hours).

    `version`: its number; None: the one that is published. None where there is no such version. Refused 403 to whoever
    may not see the log, 400 `INVALID` where no time is left between the two, `LIMIT` above MAX_DAYS.
    """
    demand(caller, Operation.SEE_LOG)
    since, until = _hour(since), _hour(until + timedelta(hours=1) - timedelta(microseconds=1))
    if since >= until:
        raise refused_because(400, "INVALID", "`to` is not later than `from`.", "to")
    if until - since > timedelta(days=MAX_DAYS):
        raise refused_because(400, "LIMIT", f"Ask for {MAX_DAYS - 1} days at most.", "from")
    row = _version(scenario, version)
    if row is None:
        return None
    starts = {start["id"] for start in row.definition.get("starts", ())}
    found = _read(row.pk, since, until)
    return Results(
        version=row.number,
        definition=row.definition,
        published_at=row.published_at,
        since=since,
        until=until,
        totals=_totals([one for one in found if one[0] in starts]),
        parts=_parts(found, starts),
    )


def _hour(moment: datetime) -> datetime:
    # Hours as they are in UTC: zones half an hour off have none of their own here.
    beyond = timedelta(seconds=moment.timestamp() % 3600)
    return moment - beyond


def _version(scenario: int, number: int | None) -> ScenarioVersion | None:
    if number is not None:
        return ScenarioVersion.objects.filter(scenario=scenario, number=number).first()
    found = Scenario.objects.select_related("published").filter(pk=scenario).first()
    return found.published if found else None


def _read(version: int, since: datetime, until: datetime) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(READ, {"version": version, "since": since, "until": until})
        return [(part, outcome, about, Number(int(n), int(logged))) for part, outcome, about, n, logged in cursor]


def _totals(started: list[_Row]) -> tuple[Total, ...]:
    found: dict[tuple[str, str], Number] = {}
    for _, outcome, reason, number in started:
        found[outcome, reason] = _sum(found.get((outcome, reason)), number)
    return tuple(
        Total(statuses=_statuses(outcome), reason=reason, number=number) for (outcome, reason), number in found.items()
    )


def _statuses(outcome: str) -> tuple[Status, ...]:
    return (Status.RUNNING, Status.WAITING) if outcome == UNDER_WAY else (Status(outcome),)


def _parts(found: list[_Row], starts: set[str]) -> dict[str, tuple[PartCount, ...]]:
    counts: dict[str, dict[tuple[Outcome, str], Number]] = defaultdict(dict)
    for part, outcome, about, number in found:
        key = _at_start(outcome, about) if part in starts else (Outcome(outcome), about)
        counts[part][key] = _sum(counts[part].get(key), number)
    return {
        part: tuple(_count(outcome, about, number) for (outcome, about), number in numbers.items())
        for part, numbers in counts.items()
    }


def _at_start(status: str, reason: str) -> tuple[Outcome, str]:
    return (Outcome.SKIPPED, reason) if status == Status.SKIPPED else (Outcome.STARTED, "")


def _count(outcome: Outcome, about: str, number: Number) -> PartCount:
    passed = outcome is Outcome.PASSED
    return PartCount(outcome=outcome, way=about if passed else "", reason="" if passed else about, number=number)


def _sum(one: Number | None, other: Number) -> Number:
    return Number(one.count + other.count, one.in_log + other.in_log) if one else other
