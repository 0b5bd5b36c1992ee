"""Whether an occurrence would begin now, and when: what re-entry and flow control say, looked up and not written."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from saleor_custom_events.firing.decide import Start
from saleor_custom_events.firing.entering import entry_of
from saleor_custom_events.models import Invocation, Lane, ScenarioEntry
from saleor_custom_events.scenarios.definition import EventStart, Reentry
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.flows import Debounce, OneAtATime, RateLimit, Throttle
from saleor_custom_events.scenarios.outcomes import Reason, Status


def kept_out(scenario: int, start: Start, occurrence: OccurrenceFacts, now: datetime) -> Reason | None:
    """Say what would keep it out that was decided for earlier occurrences; None: nothing. Three queries at most."""
    assert start.listener is not None
    if start.cap is not None and _used(scenario, start.cap.lane, now) >= start.cap.count:
        return Reason.UNVERIFIED_CAP
    if isinstance(start.flow, RateLimit) and _used(scenario, start.lane, now) >= start.flow.count:
        return Reason.RATE_LIMIT
    if _has_entered(scenario, start.listener.start, occurrence, now):
        return Reason.REENTRY
    return None


def begins_at(scenario: int, start: Start, now: datetime) -> datetime | None:
    """Say when it would begin; None where nobody knows, since another has to end first.

    Of a debounce: if nothing else came meanwhile.
    """
    if isinstance(start.flow, Throttle):
        lane = _lane(scenario, start.lane)
        return max(lane.at, now) if lane is not None and lane.at is not None else now
    if isinstance(start.flow, Debounce):
        quiet = now + start.flow.quiet
        first = _first_of_the_row(scenario, start.lane)
        return quiet if first is None else min(quiet, first + start.flow.at_most)
    if isinstance(start.flow, OneAtATime):
        lane = _lane(scenario, start.lane)
        busy = lane is not None and Invocation.objects.filter(lane=lane.pk, due_at__isnull=False).exists()
        return None if busy else now
    return now


def _lane(scenario: int, key: str | None) -> Lane | None:
    return Lane.objects.filter(scenario=scenario, key=key).first()


def _used(scenario: int, key: str | None, now: datetime) -> int:
    lane = _lane(scenario, key)
    return lane.used if lane is not None and lane.expires_at > now else 0


def _first_of_the_row(scenario: int, key: str | None) -> datetime | None:
    """Give when the first occurrence came of those that wait for quiet; None where none waits."""
    lane = _lane(scenario, key)
    if lane is None:
        return None
    waiting = Invocation.objects.filter(
        occurrence=lane.occurrence_id, scenario=scenario, status=Status.WAITING, due_at__isnull=False, state={}
    )
    return lane.at if waiting.exists() else None


def _has_entered(scenario: int, start: EventStart, occurrence: OccurrenceFacts, now: datetime) -> bool:
    """Say whether somebody is kept out by re-entry; by another occurrence than this one, as when it is committed."""
    entry = entry_of(start, occurrence, now)
    if entry is None or entry.rule is Reentry.RESTART:
        return False
    entries = ScenarioEntry.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    entries = entries.filter(scenario=scenario, identity=entry.identity).exclude(occurrence_id=occurrence.id)
    if entry.rule is Reentry.NOT_WHILE_RUNNING:
        under_way = Invocation.objects.filter(
            occurrence=OuterRef("occurrence_id"), scenario=scenario, due_at__isnull=False
        )
        entries = entries.filter(Exists(under_way))
    return entries.exists()
