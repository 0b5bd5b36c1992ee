"""Retention of rows: what has ended long ago leaves the log, its occurrence, runs and steps together. Counts stay.

In pieces, each a short transaction that waits for nobody, and right beside everything else for the reasons of
`log/retention.py`: an occurrence is locked first, by whoever removes it and by whoever would let one of its runs go on,
and only then is it looked at whether anything of it is under way or ended lately. So a run that waited for a hundred
days is in the log for as long after its end as any other.

What stays is not asked of these rows: re-entry, flow control, awaited events and idempotency have tables of their own;
results are counted (`models/tally.py`, whose triggers hear of no deletion); and when an event was last fired is written
into the event before the rows that say it go.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from saleor_custom_events.firing.fire import first_occurrence_id
from saleor_custom_events.models import Walk

#: Occurrences looked at in one transaction.
PIECE = 200
_WALK = "rows"
_BEGINNING = UUID(int=0)

NEXT = """
SELECT id FROM saleor_custom_events_occurrence WHERE id > %s AND id < %s ORDER BY id LIMIT %s"""
HOLD = """
SELECT id FROM saleor_custom_events_occurrence WHERE id = ANY(%s) ORDER BY id FOR UPDATE SKIP LOCKED"""
OVER = """
SELECT o.id FROM unnest(%s::uuid[]) AS o(id) WHERE NOT EXISTS (
  SELECT FROM saleor_custom_events_invocation i
  WHERE i.occurrence_id = o.id AND (i.due_at IS NOT NULL OR i.ended_at IS NULL OR i.ended_at >= %s))"""
REMEMBER = """
UPDATE saleor_custom_events_customevent e SET last_fired_before = greatest(e.last_fired_before, gone.at)
FROM (SELECT event_id, max(registered_at) AS at FROM saleor_custom_events_occurrence WHERE id = ANY(%s) GROUP BY 1) gone
WHERE e.id = gone.event_id AND (e.last_fired_before IS NULL OR e.last_fired_before < gone.at)"""
_RUNS = "SELECT id FROM saleor_custom_events_invocation WHERE occurrence_id = ANY(%s)"
REMOVE = (
    f"DELETE FROM saleor_custom_events_steprun WHERE invocation_id IN ({_RUNS})",  # noqa: S608
    f"DELETE FROM saleor_custom_events_awaiting WHERE invocation_id IN ({_RUNS})",  # noqa: S608
    "DELETE FROM saleor_custom_events_invocation WHERE occurrence_id = ANY(%s)",
    "DELETE FROM saleor_custom_events_datafields WHERE occurrence_id = ANY(%s)",
    "DELETE FROM saleor_custom_events_occurrence WHERE id = ANY(%s)",
)


def remove_rows(before: datetime, seconds: float) -> int:
    """Remove what was registered and has ended before a moment (aware); gives how many occurrences went.

    Goes through the old ones once, or as far as it comes in `seconds`; the next call goes on from there, so that what
    still waits never stands before the others for good.
    """
    end = time.monotonic() + seconds
    walk, _ = Walk.objects.get_or_create(name=_WALK)
    position, border, removed = walk.position, first_occurrence_id(before), 0
    while True:
        looked_at, gone = _piece(position or _BEGINNING, border, before)
        removed += gone
        position = looked_at[-1] if len(looked_at) == PIECE else None
        if position is None or time.monotonic() >= end:
            break
    Walk.objects.filter(name=_WALK).update(position=position)
    return removed


def _piece(after: UUID, border: UUID, before: datetime) -> tuple[list[UUID], int]:
    """Go through the next piece; give the occurrences that were looked at, and how many went."""
    with transaction.atomic():
        looked_at = _ids(NEXT, after, border, PIECE)
        over = _ids(OVER, _ids(HOLD, looked_at), before) if looked_at else []
        if over:
            _remove(over)
    return looked_at, len(over)


def _remove(over: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, (over,))
        for statement in REMOVE:
            cursor.execute(statement, (over,))


def _ids(sql: str, *parameters: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
