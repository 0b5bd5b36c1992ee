"""Signs of life: when beat last had a sweep sent, and when a worker last ran one."""

from __future__ import annotations

import time

from django.db import connection

from saleor_custom_events.life import BEAT, WORKER

__all__ = ["BEAT", "WORKER", "beat"]

#: Seconds: a process says so this often, however often it is asked to.
EVERY = 10.0
_said: dict[tuple[str, ...], float] = {}


def beat(*names: str) -> None:
    """Note that these live, by the database's clock. One statement."""
    now = time.monotonic()
    if now - _said.get(names, -EVERY) < EVERY:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
INSERT INTO saleor_custom_events_heartbeat (name, at)
SELECT name, statement_timestamp() FROM unnest(%s::text[]) AS name ORDER BY name
ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at""",
            (list(names),),
        )
    _said[names] = now
