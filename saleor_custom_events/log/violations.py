"""What broke an event's declarations and was let through, as counted: shown with the event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from saleor_custom_events.clock import database_now
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.firing.violations import KEPT
from saleor_custom_events.log.refusals import MOST
from saleor_custom_events.models import ViolationCount
from saleor_custom_events.store.callers import Caller

#: Samples that are shown of one problem.
SAMPLES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemSample:
    """One firing with the problem."""

    at: datetime
    #: The invocation's number; None where the event was not logged.
    invocation: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldProblem:
    """How often one data field broke an event's declarations in one way, in the last 30 days."""

    #: Empty: names that nobody declares, beyond those that are told apart.
    field: str
    #: `UNDECLARED`, `REQUIRED`, `WRONG_TYPE`.
    code: str
    count: int
    last_at: datetime
    #: The latest, oldest first.
    samples: tuple[ProblemSample, ...]


def field_problems_of_events(caller: Caller, events: Collection[int]) -> Mapping[int, tuple[FieldProblem, ...]]:
    """Give what was counted by event, the most frequent first, with one query for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    since = (database_now() - KEPT).date()
    found: dict[int, dict[tuple[str, str], FieldProblem]] = {}
    for row in ViolationCount.objects.filter(event__in=events, day__gte=since).order_by("day"):
        problems = found.setdefault(row.event_id, {})
        before = problems.get((row.field, row.code))
        problems[row.field, row.code] = FieldProblem(
            field=row.field,
            code=row.code,
            count=min(row.count + (before.count if before else 0), MOST),
            last_at=row.last_at,
            samples=((before.samples if before else ()) + _samples(row))[-SAMPLES:],
        )
    return {event: tuple(sorted(of.values(), key=_order)) for event, of in found.items()}


def _samples(row: ViolationCount) -> tuple[ProblemSample, ...]:
    return tuple(
        ProblemSample(
            at=datetime.fromisoformat(sample["at"]),
            invocation=None if sample["invocation"] is None else str(sample["invocation"]),
        )
        for sample in row.samples
    )


def _order(problem: FieldProblem) -> tuple[int, str, str]:
    return -problem.count, problem.field, problem.code
