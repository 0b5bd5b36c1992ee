"""Erasing a customer, a piece at a time: everything that this locks, and why it is right.

An erasure is a row (`Erasure`) that names its customer until all is done; workers go on with it at every sweep.

- Pieces of PIECE occurrences, each found anew by the names: what was erased has no name left, so whoever goes on after
  a killed worker looks for what still has one. A piece and its counts are one transaction, under the lock of the
  erasure's row: of two workers one goes on, the other leaves it (SKIP LOCKED), and nothing is counted twice.
- What is under way is cancelled first (`queue.cancel_erased`). Then the occurrences are locked, and what is under way
  is cancelled once more: a retry locks the occurrence before it lets anything run, so either it came before and is seen
  by this second look, or it comes later and finds an occurrence whose data fields are gone, which none can retry. A
  worker that holds an invocation settles before we get its row; all that it writes is gone a statement later. Whoever
  had the lease writes nothing any more.
- Locks are taken in everybody's order (keys; invocations; occurrences; lanes of one at a time), each in the order of
  its key, and waited for LOCK_SECONDS at most: a piece that cannot be had is left for the next sweep. Idempotency keys
  and happenings, which a firing and a knock lock before invocations, have transactions of their own before those.
- A firing that was under way when the tombstones were committed may not have seen them (`firing/erased.py`). So the
  last pass, which has to find nothing, begins when all transactions have ended that began before the tombstones were
  there for everybody. Nobody waits for that: an erasure stays under way until then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.clock import database_now
from saleor_custom_events.firing.erased import NO_DIGEST, erased_key, without_customer_reference
from saleor_custom_events.log import erasing_names, retention
from saleor_custom_events.log.finding_rows import occurrences_of
from saleor_custom_events.log.persons import Person, person_from_json
from saleor_custom_events.models import Erasure, ErasureStatus, IdempotencyKey
from saleor_custom_events.running import lanes
from saleor_custom_events.running.queue import cancel_erased, wait_for_locks_at_most

#: Occurrences erased in one transaction.
PIECE = 200
LOCK_SECONDS = 2.0
#: Nobody's transaction that fires is open for longer; a backup's, which writes nothing, may be.
LONGEST_TRANSACTION = "1 hour"

HOLD = """
SELECT id FROM saleor_custom_events_occurrence WHERE id = ANY(%s) ORDER BY id FOR UPDATE"""
REMOVE_FIELDS = "DELETE FROM saleor_custom_events_datafields WHERE occurrence_id = ANY(%s)"
REMOVE_WAITS = """
DELETE FROM saleor_custom_events_awaiting a USING saleor_custom_events_invocation i
WHERE i.id = a.invocation_id AND i.occurrence_id = ANY(%s)"""
STRIP_INVOCATIONS = """
UPDATE saleor_custom_events_invocation SET customer_email = NULL, detail = '', state = '{}'
WHERE occurrence_id = ANY(%s)"""
STRIP_OCCURRENCES = """
UPDATE saleor_custom_events_occurrence SET customer_email = NULL, customer_id = NULL,
  customer_external_reference = NULL, anonymous_id = NULL, customer_email_hash = NULL, customer_phone = NULL,
  url = NULL, trace = NULL, caller_id = CASE WHEN caller_kind = 'customer' THEN '' ELSE caller_id END,
  caller_name = CASE WHEN caller_kind = 'customer' THEN '' ELSE caller_name END,
  data_fields_removed_at = coalesce(data_fields_removed_at, statement_timestamp())
WHERE id = ANY(%s)"""
REMOVE_HAPPENINGS = "DELETE FROM saleor_custom_events_happening WHERE occurrence_id = ANY(%s)"
STRIP_KEYS = """
UPDATE saleor_custom_events_idempotencykey k SET caller = n.caller, key = n.key, digest = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS n(id, caller, key) WHERE k.id = n.id"""
#: Other sessions of ours whose transaction began before the tombstones were there.
OLDER = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
  AND pid <> pg_backend_pid() AND xact_start < %s
  AND xact_start > statement_timestamp() - %s::interval LIMIT 1"""

#: What may stay of a step run's result: a mail's id leads to the mail server's log.
_KEPT = [
    (kind, key) for kind, keys in retention.KEPT.items() for key in keys if (kind, key) != ("send_email", "messageId")
]


def go_on(seconds: float) -> int:
    """Go on with every erasure that is under way, for about so long; give how many ended."""
    end, ended = time.monotonic() + seconds, 0
    running = Erasure.objects.filter(status=ErasureStatus.RUNNING).order_by("asked_at").values_list("pk", flat=True)
    for number in list(running):
        try:
            ended += _go_on(number, end)
        except OperationalError as error:
            if not _is_busy(error):
                raise
    return ended


def _is_busy(error: OperationalError) -> bool:
    """Say whether somebody else has what we want (a lock, or a deadlock): the next sweep comes again."""
    return getattr(error.__cause__, "sqlstate", "") in ("55P03", "40P01")


def _go_on(number: UUID, end: float) -> bool:
    """Erase piece by piece; True once all is done."""
    is_settled = _is_settled(number)
    while _step(number, _erase_piece):
        if time.monotonic() >= end:
            return False
    if not is_settled:
        return False
    # Only now: by the links it is known whose the occurrences of a browser are.
    _step(number, erasing_names.erase)
    return _finish(number)


def _is_settled(number: UUID) -> bool:
    """Say whether every transaction has ended that may have fired without seeing the tombstones."""
    Erasure.objects.filter(pk=number, seen_at=None).update(seen_at=database_now())
    seen_at = Erasure.objects.filter(pk=number).values_list("seen_at", flat=True).first()
    with connection.cursor() as cursor:
        cursor.execute(OLDER, (seen_at, LONGEST_TRANSACTION))
        return seen_at is not None and cursor.fetchone() is None


def _step(number: UUID, erase: Callable[[CursorWrapper, Person], Iterator[tuple[str, int]]]) -> bool:
    """Erase something and count it, in one transaction; False where there was nothing, or somebody else is at it."""
    person = _person(number)
    if person is None:
        return False
    if erase is _erase_piece:
        _step(number, _erase_traces)
    with transaction.atomic(), connection.cursor() as cursor:
        wait_for_locks_at_most(LOCK_SECONDS)
        erasure = _hold(number)
        if erasure is None:
            return False
        counts = dict(erasure.counts)
        found = False
        for what, rows in erase(cursor, person):
            counts[what] = counts.get(what, 0) + rows
            found |= rows > 0
        erasure.counts = counts
        erasure.save(update_fields=["counts"])
    return found


def _person(number: UUID) -> Person | None:
    names = Erasure.objects.filter(pk=number, status=ErasureStatus.RUNNING).values_list("names", flat=True).first()
    return None if names is None else person_from_json(names)


def _hold(number: UUID) -> Erasure | None:
    rows = Erasure.objects.select_for_update(skip_locked=True, no_key=True)
    return rows.filter(pk=number, status=ErasureStatus.RUNNING).first()


def _erase_traces(cursor: CursorWrapper, person: Person) -> Iterator[tuple[str, int]]:
    """Erase what the next piece left elsewhere: what waits look back to, and idempotency keys."""
    those = occurrences_of(person, PIECE)
    cursor.execute(REMOVE_HAPPENINGS, (those,))
    yield "happenings", cursor.rowcount
    keys = IdempotencyKey.objects.filter(occurrence_id__in=those).exclude(digest=NO_DIGEST).order_by("pk")
    rows = [
        (key.pk, without_customer_reference(key.caller), erased_key(key.event_id, key.caller, key.key)) for key in keys
    ]
    if rows:
        cursor.execute(STRIP_KEYS, (NO_DIGEST, *(list(column) for column in zip(*rows, strict=True))))
    yield "idempotencyKeys", len(rows)


def _erase_piece(cursor: CursorWrapper, person: Person) -> Iterator[tuple[str, int]]:
    those = occurrences_of(person, PIECE)
    if not those:
        return
    freed = cancel_erased(cursor, those)
    cursor.execute(HOLD, (those,))
    freed += cancel_erased(cursor, those)
    yield "runsCancelled", len(freed)
    run = partial(_run, cursor, those)
    yield "dataFields", run(REMOVE_FIELDS)
    yield "waits", run(REMOVE_WAITS)
    kinds, keys = (list(column) for column in zip(*_KEPT, strict=True))
    cursor.execute(retention.STRIP_STEPS, (kinds, keys, those))
    yield "stepRuns", cursor.rowcount
    yield "invocations", run(STRIP_INVOCATIONS)
    yield "occurrences", run(STRIP_OCCURRENCES)
    lanes.let_next_begin(cursor, [lane for lane in freed if lane is not None])


def _run(cursor: CursorWrapper, those: list[UUID], statement: str) -> int:
    cursor.execute(statement, (those,))
    return int(cursor.rowcount)


def _finish(number: UUID) -> bool:
    """Write the certificate: from here on it names nobody. Only if nothing is left."""
    with transaction.atomic():
        erasure = _hold(number)
        if erasure is None or erasure.names is None or occurrences_of(person_from_json(erasure.names), 1):
            return False
        erasure.status, erasure.names, erasure.finished_at = ErasureStatus.DONE, None, database_now()
        erasure.save(update_fields=["status", "names", "finished_at"])
    return True
