"""Letting what has ended run again: everything that a retry locks. Who may, and from where, `retrying` decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.firing.fire import hint
from saleor_custom_events.firing.flowing import FAR
from saleor_custom_events.running import lanes
from saleor_custom_events.scenarios.outcomes import Status
from saleor_custom_events.scenarios.values import Json

RETRIABLE = """
SELECT o.data_fields_removed_at IS NULL AND i.due_at IS NULL AND i.ended_at = %(ended_at)s AND NOT EXISTS (
  SELECT 1 FROM saleor_custom_events_invocation r WHERE r.retry_of = i.id AND r.due_at IS NOT NULL)
FROM saleor_custom_events_invocation i JOIN saleor_custom_events_occurrence o ON o.id = i.occurrence_id
WHERE i.id = %(id)s"""
RESUME = """
UPDATE saleor_custom_events_invocation
SET status = %(status)s, reason = '', detail = '', state = %(state)s::jsonb, retried_by = %(by)s,
  due_at = %(due)s, lane = %(lane)s, parked = %(parked)s, ended_at = NULL, lease = NULL, claims = 0
WHERE id = %(id)s"""
RESTART = """
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_id, version_id, scenario_name, start, status, reason, detail, customer_email,
   logged, created_at, state, due_at, claims, retry_of, retried_by, lane, parked)
SELECT i.occurrence_id, i.event_id, s.id, %(version)s, s.name, %(start)s, %(status)s, '', '', i.customer_email,
  i.logged, statement_timestamp(), '{}'::jsonb, %(due)s, 0, i.id, %(by)s, %(lane)s, %(parked)s
FROM saleor_custom_events_invocation i JOIN saleor_custom_events_scenario s ON s.id = i.scenario_id
WHERE i.id = %(id)s RETURNING id"""


def resume(invocation_id: int, ended_at: datetime, state: Json, by: str) -> bool:
    """Let an invocation that ended at `ended_at` go on from `state`; False where that is no longer how it stands.

    `by`: who asked. In a transaction of its own, as `restart`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not _hold_ended(cursor, invocation_id, ended_at):
            return False
        turn = _turn(cursor, invocation_id)
        cursor.execute(RESUME, {"id": invocation_id, "state": json.dumps(state), "by": by, **turn})
        _go(cursor, turn)
    return True


def restart(invocation_id: int, ended_at: datetime, *, version: int, start: str, by: str) -> int | None:
    """Make a new invocation of the same occurrence, from `start` of `version` (primary key), and give its number.

    None where the old one no longer stands as it did at `ended_at`, or another retry of it is under way.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not _hold_ended(cursor, invocation_id, ended_at):
            return None
        turn = _turn(cursor, invocation_id)
        cursor.execute(RESTART, {"id": invocation_id, "version": version, "start": start, "by": by, **turn})
        row = cursor.fetchone()
        _go(cursor, turn)
    return None if row is None else int(row[0])


def _turn(cursor: CursorWrapper, invocation_id: int) -> dict[str, Any]:
    """Give status and time of what is to run again: at once, or in line in its lane, where there still is one."""
    cursor.execute(
        "SELECT statement_timestamp(), lane FROM saleor_custom_events_invocation WHERE id = %s", (invocation_id,)
    )
    now, lane = cursor.fetchone()
    if lane is None or not lanes.hold(cursor, [lane]):
        return {"status": Status.RUNNING.value, "due": now, "lane": None, "parked": None}
    return {"status": Status.WAITING.value, "due": FAR, "lane": lane, "parked": True}


def _go(cursor: CursorWrapper, turn: Mapping[str, Any]) -> None:
    if turn["lane"] is not None:
        lanes.let_next_begin(cursor, [turn["lane"]])
    transaction.on_commit(hint.ring, robust=True)


def _hold_ended(cursor: CursorWrapper, invocation_id: int, ended_at: datetime) -> bool:
    """Lock what is to be retried until the transaction ends; False where somebody else was faster.

    Everybody who retries locks the occurrence first and looks then, in a second statement: under READ COMMITTED that
    one sees what the one before committed, so of two clicks at once the second finds the first's retry under way, or
    an end that is not the one it was shown (every end has a moment of its own). Nobody but a retry changes what has
    ended, except retention, which takes data fields away: it locks the occurrence as well, so either it came before
    and is seen, or it leaves this one alone.
    """
    cursor.execute(
        """
SELECT 1 FROM saleor_custom_events_occurrence WHERE id = (
  SELECT occurrence_id FROM saleor_custom_events_invocation WHERE id = %s) FOR NO KEY UPDATE""",
        (invocation_id,),
    )
    cursor.execute(RETRIABLE, {"id": invocation_id, "ended_at": ended_at})
    row = cursor.fetchone()
    return row is not None and bool(row[0])
