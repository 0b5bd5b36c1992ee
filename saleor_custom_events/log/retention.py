"""Retention: data fields go earlier than the rows they belong to, and what quotes them goes with them.

In pieces, each a short transaction that waits for nobody: an occurrence that somebody else holds is left for the next
time. Right beside everything else that runs, for these reasons:

- Nothing of an occurrence is touched while one of its invocations is under way. That is looked at in a statement of
  its own after the occurrence is locked: under READ COMMITTED it sees what was committed until then, and a retry
  (`running/queue.py`), which alone lets an ended invocation run again, locks the occurrence first.
- An invocation that ends meanwhile, not committed yet, still counts as under way here. So this never waits for a
  worker's row while it holds what that worker waits for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from saleor_custom_events.firing.fire import first_occurrence_id
from saleor_custom_events.models import Walk

#: Occurrences looked at in one transaction.
PIECE = 500
_WALK = "data fields"
_BEGINNING = UUID(int=0)

#: What may stay of a step run's result, by the step's kind; "" is every kind. Of other packages' actions nothing is
#: known, so nothing of theirs stays. Values that decided, answers and what was sent quote data fields.
KEPT: Mapping[str, tuple[str, ...]] = {
    "": ("worker", "nextTryAt"),
    "condition": ("branch",),
    "split": ("branch", "weights"),
    "wait": ("until", "resumedBy"),
    "waitUntil": ("until", "resumedBy"),
    "waitForTime": ("until", "zone", "resumedBy"),
    "waitForEvent": ("until", "resumedBy", "branch", "event", "occurrenceId"),
    "setVariable": ("name",),
    "send_webhook": ("status", "seconds"),
    "send_email": ("messageId",),
    "issue_voucher_code": ("voucher", "expiresAt"),
    "add_customer_note": ("characters",),
    "set_customer_metadata": ("keys", "private"),
    "fire_event": ("event", "occurrenceId"),
}

NEXT = """
SELECT occurrence_id FROM saleor_custom_events_datafields
WHERE occurrence_id > %s AND occurrence_id < %s ORDER BY occurrence_id LIMIT %s"""
_UNDER_WAY = """
SELECT 1 FROM saleor_custom_events_invocation i WHERE i.occurrence_id = o.id AND i.due_at IS NOT NULL"""
HOLD = f"""
SELECT o.id FROM saleor_custom_events_occurrence o
WHERE o.id = ANY(%s) AND NOT EXISTS ({_UNDER_WAY}) ORDER BY o.id FOR NO KEY UPDATE SKIP LOCKED"""  # noqa: S608
OVER = f"SELECT o.id FROM unnest(%s::uuid[]) AS o(id) WHERE NOT EXISTS ({_UNDER_WAY})"  # noqa: S608

REMOVE = "DELETE FROM saleor_custom_events_datafields WHERE occurrence_id = ANY(%s)"
NOTE = """
UPDATE saleor_custom_events_occurrence SET data_fields_removed_at = statement_timestamp() WHERE id = ANY(%s)"""
STRIP_STEPS = """
UPDATE saleor_custom_events_steprun s SET input = NULL, detail = '', result = COALESCE((
  SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(s.result) e
  JOIN unnest(%s::text[], %s::text[]) AS kept(kind, key) ON kept.key = e.key AND kept.kind IN ('', s.kind)), '{}')
FROM saleor_custom_events_invocation i WHERE s.invocation_id = i.id AND i.occurrence_id = ANY(%s)"""
STRIP_INVOCATIONS = """
UPDATE saleor_custom_events_invocation
SET detail = '', state = CASE WHEN state ? 'outputs' THEN state || '{"outputs": {}, "variables": {}}' ELSE state END
WHERE occurrence_id = ANY(%s) AND (detail <> '' OR state -> 'outputs' <> '{}' OR state -> 'variables' <> '{}')"""


def remove_data_fields(before: datetime, seconds: float) -> int:
    """Remove the data fields of occurrences that were registered before a moment (aware); gives how many went.

    Goes through the old ones once, or as far as it comes in `seconds`; the next call goes on from there, so that what
    still waits, a million perhaps, never stands before the others for good.
    """
    end = time.monotonic() + seconds
    walk, _ = Walk.objects.get_or_create(name=_WALK)
    position, border, removed = walk.position, first_occurrence_id(before), 0
    while True:
        looked_at, gone = _piece(position or _BEGINNING, border)
        removed += gone
        position = looked_at[-1] if len(looked_at) == PIECE else None
        if position is None or time.monotonic() >= end:
            break
    Walk.objects.filter(name=_WALK).update(position=position)
    return removed


def _piece(after: UUID, border: UUID) -> tuple[list[UUID], int]:
    """Go through the next piece; give the occurrences that were looked at, and of how many the data fields went."""
    with transaction.atomic():
        looked_at = _ids(NEXT, after, border, PIECE)
        over = _ids(OVER, _ids(HOLD, looked_at)) if looked_at else []
        if over:
            _forget(over)
    return looked_at, len(over)


def _ids(sql: str, *parameters: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _forget(over: list[UUID]) -> None:
    kept = [(kind, key) for kind, keys in KEPT.items() for key in keys]
    kinds, keys = (list(column) for column in zip(*kept, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, (over,))
        cursor.execute(NOTE, (over,))
        cursor.execute(STRIP_STEPS, (kinds, keys, over))
        cursor.execute(STRIP_INVOCATIONS, (over,))
