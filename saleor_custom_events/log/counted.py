"""The rows behind a count: those of the log that came to the same at one part of a version.

Every one of them is found in an index, newest first, however rare it is among millions: of steps by what triggers
keep in their rows (`models/tally.py`), of start points by the rows themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from saleor_custom_events.defining.checking import is_storable, refused_because
from saleor_custom_events.defining.pages import by_time
from saleor_custom_events.log.results import Outcome
from saleor_custom_events.models import Invocation, ScenarioVersion
from saleor_custom_events.scenarios.outcomes import Status

#: The order of the log, by the columns of whatever finds the rows.
COUNTED_NEWEST_FIRST = by_time("counted_at", descending=True, tie="counted_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedFilter:
    """What happened at one part: at a start point `STARTED` or `SKIPPED`. None of `way` and `reason` asks nothing."""

    #: A start point's or step's id in the version's definition.
    id: str
    outcome: Outcome
    way: str | None = None
    reason: str | None = None


def of_version(
    rows: QuerySet[Invocation],
    scenario: int | None,
    version: int | None,
    part: CountedFilter | None,
    created: tuple[datetime | None, datetime | None],
) -> QuerySet[Invocation]:
    """Give those rows that a version (its number) ran, and of them those that came to what `part` says.

    With `part`, they are to be read in COUNTED_NEWEST_FIRST. Refused 400 where the scenario or version is not named.
    """
    if scenario is None and version is not None:
        raise refused_because(400, "REQUIRED", "A version is one of a scenario: name it.", "filter.scenario")
    if version is None:
        if part is not None:
            raise refused_because(400, "REQUIRED", "A step is one of a version: name it.", "filter.version")
        return rows
    found = ScenarioVersion.objects.filter(scenario=scenario, number=version).first()
    if part is None:
        return rows.filter(version=found.pk) if found else rows.none()
    if found is None or not all(map(is_storable, (part.id, part.way or "", part.reason or ""))):
        return rows.none().annotate(counted_at=F("created_at"), counted_id=F("pk"))
    if part.id in {start["id"] for start in found.definition.get("starts", ())}:
        return _begun(rows, found.pk, part)
    return _passed(rows, found.pk, part, created)


def _begun(rows: QuerySet[Invocation], version: int, part: CountedFilter) -> QuerySet[Invocation]:
    began = tuple(status for status in Status if status is not Status.SKIPPED)
    statuses = {Outcome.STARTED: began, Outcome.SKIPPED: (Status.SKIPPED,)}.get(part.outcome, ())
    rows = rows.filter(version=version, start=part.id, counted=True, status__in=statuses)
    if part.reason is not None:
        rows = rows.filter(reason=part.reason)
    return rows.annotate(counted_at=F("created_at"), counted_id=F("pk"))


def _passed(
    rows: QuerySet[Invocation],
    version: int,
    part: CountedFilter,
    created: tuple[datetime | None, datetime | None],
) -> QuerySet[Invocation]:
    about = part.way if part.way is not None else part.reason
    asked: Mapping[str, Any] = {
        "version": version,
        "step": part.id,
        "outcome": part.outcome.value,
        "about": about,
        "made_at__gte": created[0],
        "made_at__lte": created[1],
    }
    # In one call: all of it has to hold for one step run.
    rows = rows.filter(**{f"step_runs__{column}": value for column, value in asked.items() if value is not None})
    return rows.annotate(counted_at=F("step_runs__made_at"), counted_id=F("step_runs__invocation_id"))
