"""Firings that were refused, as counted: shown with the event and with the key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.models import Refusal
from saleor_custom_events.store.callers import Caller

#: Days that are shown.
SHOWN_DAYS = 30
#: What GraphQL's Int holds; stands for "that or more".
MOST = 2**31 - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalSample:
    """One refused firing: when, and which members were wrong. No identity, no values."""

    at: datetime
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalCount:
    """How often firings of an event with a key were refused for one reason on one day."""

    #: UTC.
    day: date
    code: str
    count: int
    last_at: datetime
    #: None where the event or key is unknown.
    event: int | None
    key: int | None
    #: The last 50, oldest first.
    samples: tuple[RefusalSample, ...]


def refusals_of_events(caller: Caller, events: Collection[int]) -> Mapping[int, tuple[RefusalCount, ...]]:
    """Give the refusals of the last 30 days by event, newest first, with one query for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    return _grouped("event", events)


def refused_counts_of_events(caller: Caller, events: Collection[int]) -> Mapping[int, int]:
    """Say how many firings of each event were refused in the last 30 days, with one query for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    rows = Refusal.objects.filter(event__in=events, day__gte=_since()).values_list("event").annotate(Sum("count"))
    found = dict(rows)
    return {event: min(int(found.get(event, 0)), MOST) for event in events}


def refusals_of_keys(caller: Caller, keys: Collection[int]) -> Mapping[int, tuple[RefusalCount, ...]]:
    """Give the refusals of the last 30 days by key, newest first, with one query for all. Refused 403."""
    demand(caller, Operation.KEYS)
    return _grouped("key", keys)


def _grouped(column: str, ids: Collection[int]) -> Mapping[int, tuple[RefusalCount, ...]]:
    rows = Refusal.objects.filter(**{f"{column}__in": ids}, day__gte=_since()).order_by("-day", "-last_at")
    found: dict[int, list[RefusalCount]] = {}
    for row in rows:
        found.setdefault(getattr(row, f"{column}_id"), []).append(_count(row))
    return {key: tuple(counts) for key, counts in found.items()}


def _since() -> date:
    return timezone.now().date() - timedelta(days=SHOWN_DAYS)


def _count(row: Refusal) -> RefusalCount:
    return RefusalCount(
        day=row.day,
        code=row.code,
        count=row.count,
        last_at=row.last_at,
        event=row.event_id,
        key=row.key_id,
        samples=tuple(
            RefusalSample(at=datetime.fromisoformat(sample["at"]), fields=tuple(sample["fields"]))
            for sample in row.samples
        ),
    )
