"""Signs of life: when beat last had a sweep sent, and when a worker last ran one."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

BEAT = "beat"
WORKER = "worker"


def beat(*names: str) -> None:
    """Note that these live. One statement; whoever is later wins."""
    now = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            """
INSERT INTO saleor_custom_events_heartbeat (name, at) SELECT name, %s FROM unnest(%s::text[]) AS name ORDER BY name
ON CONFLICT (name) DO UPDATE SET at = greatest(saleor_custom_events_heartbeat.at, EXCLUDED.at)""",
            (now, list(names)),
        )
