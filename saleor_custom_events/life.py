"""Who is alive: beat and the workers, as they were last seen. Written by `running/heartbeat.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Now

from saleor_custom_events.clock import database_now
from saleor_custom_events.models import Heartbeat, Invocation

BEAT = "beat"
WORKER = "worker"
#: Signs of life older than this are none.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """When beat and a worker were last seen, as far as is known at `now`; None: never. All aware."""

    now: datetime
    beat_seen_at: datetime | None
    worker_seen_at: datetime | None

    @property
    def beat_silent(self) -> bool:
        """Say whether nothing was seen of beat for so long that it is taken for dead."""
        return _silent(self.beat_seen_at, self.now)

    @property
    def worker_silent(self) -> bool:
        """Say the same of the workers."""
        return _silent(self.worker_seen_at, self.now)


def signs_of_life() -> Life:
    """Look who was seen when. Two queries."""
    seen = dict(Heartbeat.objects.values_list("name", "at"))
    return Life(now=database_now(), beat_seen_at=seen.get(BEAT), worker_seen_at=seen.get(WORKER))


def oldest_due_at() -> datetime | None:
    """Say since when the oldest work that nobody has begun is due; None: none is. One query."""
    due = Invocation.objects.filter(due_at__lte=Now(), parked__isnull=True).order_by("due_at")
    return due.values_list("due_at", flat=True).first()


def _silent(seen: datetime | None, now: datetime) -> bool:
    return seen is None or now - seen >= SILENCE
