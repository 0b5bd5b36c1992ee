"""Waiting for events: nobody who waits misses one, and no two processes wait for each other.

A firing of an event that some scenario waits for writes a `Happening` in its own transaction, pending: nothing more, so
a firing neither looks at those who wait nor waits for them. An invocation that begins to wait writes what it listens
to (`Awaiting`), *commits*, and only then looks which happenings there are (`look`). Workers tell those who wait of
pending happenings (`knock`), in a transaction that begins after the firing's has ended.

Why nothing is missed: take a happening H and an invocation that listens. Either the invocation's rows were committed
when `knock` read them for H, then it is knocked at; or they were committed later, then H, which was committed before
`knock` began, was committed before them too, and `look` after their commit sees it. A worker that dies between its
commit and its look leaves a lease that ends: whoever claims then looks.

Why a knock is never lost: it is a mark on the invocation's row. Where nobody holds a lease the invocation becomes due,
and its claim, which takes the mark away, is followed by a look. Where somebody does, settling the wait finds the mark
and leaves the invocation due at once; `knock` and settling lock the same row, so one of them is first.

Signs of customers (orders, withdrawn consent) are happenings too, under numbers below 0, written in the transaction
that withdraws consent or by the worker that is told of an order, after the order was committed. What they say is read
anew by whoever looks (`running/signs.py`), after the same commit: so the same proof holds for them.

Why nobody deadlocks: `knock` takes invocations with SKIP LOCKED and never waits for a row, but for those whose customer
it finds (`running/finding.py`), before all others and in everybody's order. A happening for which one
of them was held stays pending, and is tried again a moment later.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.firing.catalogue import facts_of
from saleor_custom_events.firing.forgetting import forget
from saleor_custom_events.models import Awaiting, Occurrence
from saleor_custom_events.running.finding import find_who_happened
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_HAPPENED
from saleor_custom_events.scenarios.signs import PlacedOrder, Sign

#: A custom event's number (of a sign `Sign.topic`) and one name of the customer, as a digest.
Listening: TypeAlias = tuple[int, str]

PENDING = """
SELECT id, event_id, identity FROM saleor_custom_events_happening
WHERE pending ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"""
WHO = """
SELECT a.invocation_id, n.id FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n(id, event_id, identity)
JOIN saleor_custom_events_awaiting a ON a.event_id = n.event_id AND a.identity = n.identity"""
HOLD = """
SELECT id FROM saleor_custom_events_invocation WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"""
KNOCK = """
UPDATE saleor_custom_events_invocation
SET knocked = true, due_at = CASE WHEN lease IS NULL THEN least(due_at, statement_timestamp()) ELSE due_at END
WHERE id = ANY(%s) AND due_at IS NOT NULL"""
TOLD = "UPDATE saleor_custom_events_happening SET pending = false WHERE id = ANY(%s)"
#: Rows of invocations that were cancelled or put aside.
LEFT_OVER = """
DELETE FROM saleor_custom_events_awaiting a USING saleor_custom_events_invocation i
WHERE i.id = a.invocation_id AND i.id = ANY(%s) AND i.due_at IS NULL"""


def knock(most: int) -> int:
    """Tell those who wait of up to `most` pending happenings, and give how many there were. One query where none is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PENDING, (most,))
        pending = cursor.fetchall()
        if pending:
            find_who_happened(cursor, [row[0] for row in pending])
            _tell(cursor, pending)
    return len(pending)


def _tell(cursor: CursorWrapper, pending: Sequence[tuple[int, int, str]]) -> None:
    cursor.execute(WHO, [list(column) for column in zip(*pending, strict=True)])
    waiting = cursor.fetchall()
    held: set[int] = set()
    if waiting:
        cursor.execute(HOLD, (sorted({invocation for invocation, _ in waiting}),))
        held = {row[0] for row in cursor.fetchall()}
        cursor.execute(KNOCK, (sorted(held),))
        cursor.execute(LEFT_OVER, (sorted(held),))
    missed = {happening for invocation, happening in waiting if invocation not in held}
    cursor.execute(TOLD, ([row[0] for row in pending if row[0] not in missed],))


KEEP = """
DELETE FROM saleor_custom_events_awaiting a WHERE a.invocation_id = ANY(%s) AND NOT EXISTS (
  SELECT 1 FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n(invocation_id, event_id, identity)
  WHERE n.invocation_id = a.invocation_id AND n.event_id = a.event_id AND n.identity = a.identity)"""
LISTEN = """
INSERT INTO saleor_custom_events_awaiting (invocation_id, event_id, identity)
SELECT n.invocation_id, n.event_id, n.identity
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n(invocation_id, event_id, identity)
ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING"""


def listen(cursor: CursorWrapper, wanted: Mapping[int, Collection[Listening]]) -> None:
    """Let each of these invocations listen to just that, in the transaction that settles them and so holds them."""
    if not wanted:
        return
    rows = sorted((invocation, *one) for invocation, listening in wanted.items() for one in listening)
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
    cursor.execute(KEEP, (list(wanted), *columns))
    if rows:
        cursor.execute(LISTEN, columns)


def listening(invocations: Sequence[int]) -> Mapping[int, frozenset[Listening]]:
    """Give what these invocations listen to, as it is committed."""
    found: dict[int, set[Listening]] = defaultdict(set)
    rows = Awaiting.objects.filter(invocation_id__in=invocations)
    for invocation, event, identity in rows.values_list("invocation_id", "event_id", "identity"):
        found[invocation].add((event, identity))
    return {invocation: frozenset(found[invocation]) for invocation in invocations}


@dataclass(frozen=True, slots=True)
class Question:
    """What one invocation wants to know: which of its events were registered later than this."""

    invocation: int
    listening: Listening
    since: datetime


@dataclass(slots=True)
class Found:
    """What had happened for one invocation, in no order."""

    occurrences: list[OccurrenceFacts] = field(default_factory=list)
    orders: list[PlacedOrder] = field(default_factory=list)


LOOK = """
SELECT DISTINCT n.invocation_id, n.event_id, h.occurrence_id, h.registered_at, h.about
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
  AS n(invocation_id, event_id, identity, since)
CROSS JOIN LATERAL (
  SELECT h.occurrence_id, h.registered_at, h.about FROM saleor_custom_events_happening h
  WHERE h.event_id = n.event_id AND h.identity = n.identity AND h.registered_at > n.since
  ORDER BY h.registered_at DESC LIMIT %s) h"""


def look(questions: Sequence[Question]) -> Mapping[int, Found]:
    """Give what has happened, by invocation; the latest MAX_HAPPENED of each name and event.

    With two queries for all. To be asked after what they listen to was committed.
    """
    found: dict[int, Found] = defaultdict(Found)
    rows = _happened(questions) if questions else []
    occurrences = _facts({row[2] for row in rows if row[1] > 0})
    for invocation, event, occurrence, registered_at, about in rows:
        if event == Sign.ORDER_PLACED.topic:
            found[invocation].orders.append(_order(registered_at, about))
        elif occurrence in occurrences:
            found[invocation].occurrences.append(occurrences[occurrence])
    return found


def _happened(questions: Sequence[Question]) -> list[tuple[int, int, UUID, datetime, Any]]:
    rows = [(q.invocation, *q.listening, q.since) for q in questions]
    with connection.cursor() as cursor:
        cursor.execute(LOOK, (*(list(column) for column in zip(*rows, strict=True)), MAX_HAPPENED))
        return list(cursor.fetchall())


def _facts(ids: Collection[UUID]) -> Mapping[UUID, OccurrenceFacts]:
    rows = Occurrence.objects.select_related("event", "data_fields").in_bulk(ids) if ids else {}
    return {key: facts_of(row) for key, row in rows.items()}


def _order(at: datetime, about: Any) -> PlacedOrder:
    known = json.loads(about) if isinstance(about, str) else about or {}
    return PlacedOrder(at=at, id=str(known.get("id", "")), number=str(known.get("number", "")))


EXPIRED = """
DELETE FROM saleor_custom_events_happening WHERE id IN (
  SELECT id FROM saleor_custom_events_happening WHERE expires_at <= statement_timestamp() AND NOT pending
  ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING occurrence_id"""


def tidy(most: int) -> int:
    """Delete up to `most` happenings that nobody looks back to any more; gives how many went.

    Of occurrences without logging, what identifies anybody goes with them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EXPIRED, (most,))
        gone = [str(row[0]) for row in cursor.fetchall()]
        if gone:
            for statement in forget(sorted(set(gone))):
                cursor.execute(statement.sql, statement.parameters)
    return len(gone)
