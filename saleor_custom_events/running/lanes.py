"""One at a time: whose turn it is, when an invocation of a lane ends in whatever way.

Every end of an invocation that is under way in a lane, and every return of one into it, locks the lane after the
invocation's own row and lets the next one in line begin in the same transaction. Firings lock the lane before they get
in line, as the last thing they do, and wait for no invocation from then on: nobody deadlocks, and nobody can get in
line between the look for the next one and its commit. A worker that dies ends nothing: its lease does, and the lane
waits as long.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.firing.fire import hint
from saleor_custom_events.firing.flowing import hold_lanes, next_in
from saleor_custom_events.firing.statements import Statement


def hold(cursor: CursorWrapper, lanes: Iterable[int]) -> list[int]:
    """Lock these lanes for the transaction that is open, and give those that there still are."""
    wanted = sorted(set(lanes))
    if not wanted:
        return []
    statement = hold_lanes(wanted)
    cursor.execute(statement.sql, statement.parameters)
    return [int(row[0]) for row in cursor.fetchall()]


def let_next_begin(cursor: CursorWrapper, lanes: Iterable[int]) -> None:
    """Let the next one begin in each of these lanes, in the transaction that freed them."""
    held = hold(cursor, lanes)
    if not held:
        return
    statement = next_in(Statement("SELECT unnest(%s::bigint[])", (held,)))
    cursor.execute(statement.sql, statement.parameters)
    if cursor.rowcount:
        transaction.on_commit(hint.ring, robust=True)


#: Lanes with somebody in line and nobody under way. There are none, unless whoever was next was being cancelled at the
#: very moment when its turn came, and that was rolled back.
STALLED = """
SELECT DISTINCT p.lane FROM saleor_custom_events_invocation p WHERE p.parked AND p.due_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM saleor_custom_events_invocation a
  WHERE a.lane = p.lane AND a.parked IS NULL AND a.due_at IS NOT NULL)"""
_TAKEN = """
  SELECT 1 FROM saleor_custom_events_invocation p WHERE p.lane = l.id AND p.parked AND p.due_at IS NOT NULL
  UNION ALL
  SELECT 1 FROM saleor_custom_events_invocation a WHERE a.lane = l.id AND a.parked IS NULL AND a.due_at IS NOT NULL"""
#: A lane's row stays as long as somebody is in it: whoever comes has to meet them there.
EMPTY = f"""
SELECT l.id FROM saleor_custom_events_lane l WHERE l.expires_at <= statement_timestamp() AND NOT EXISTS ({_TAKEN})
ORDER BY l.expires_at LIMIT %s FOR UPDATE SKIP LOCKED"""  # noqa: S608
#: Looked at again behind the lock: who is retried gets into the lane without changing its row.
REMOVE = f"""
DELETE FROM saleor_custom_events_lane l WHERE l.id = ANY(%s) AND NOT EXISTS ({_TAKEN})"""  # noqa: S608


def tidy(most: int) -> int:
    """Help on what stands still, then delete up to `most` lanes that say nothing any more; gives how many went."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STALLED)
        let_next_begin(cursor, [row[0] for row in cursor.fetchall()])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTY, (most,))
        cursor.execute(REMOVE, ([row[0] for row in cursor.fetchall()],))
        return int(cursor.rowcount)
