"""Signs of life: when beat last had a sweep sent, and when a worker last ran one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from saleor_custom_events.life import BEAT, WORKER

__all__ = ["BEAT", "WORKER", "beat"]

#: A process says so this often, however often it is asked to.
EVERY = timedelta(seconds=10)
_said: dict[tuple[str, ...], datetime] = {}


def beat(*names: str) -> None:
    """Note that these live. One statement; whoever is later wins."""
    now = datetime.now(UTC)
    if now - _said.get(names, datetime.min.replace(tzinfo=UTC)) < EVERY:
        return
    _said[names] = now
    with connection.cursor() as cursor:
        cursor.execute(
            """
INSERT INTO saleor_custom_events_heartbeat (name, at) SELECT name, %s FROM unnest(%s::text[]) AS name ORDER BY name
ON CONFLICT (name) DO UPDATE SET at = greatest(saleor_custom_events_heartbeat.at, EXCLUDED.at)""",
            (now, list(names)),
        )
