"""Asking that a customer is erased, and the certificates of those who were. How it is done: `log/erasing.py`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import signature
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.erased import name_digest
from saleor_custom_events.firing.store_happenings import ERASE
from saleor_custom_events.log.finding_rows import occurrences_of
from saleor_custom_events.log.persons import Person, find_person
from saleor_custom_events.log.reveals import reveal
from saleor_custom_events.models import Erasure, ErasureCause, Invocation, RevealKind
from saleor_custom_events.store.callers import Caller, CallerKind

#: As far as a plan counts.
COUNTED = 10_000
#: Certificates that are listed.
LISTED = 50

BURY = """
INSERT INTO saleor_custom_events_tombstone AS t (digest, erased_at, expires_at)
SELECT n.digest, %s, %s FROM unnest(%s::bytea[]) AS n(digest) ORDER BY 1
ON CONFLICT (digest) DO UPDATE SET erased_at = greatest(t.erased_at, EXCLUDED.erased_at),
  expires_at = greatest(t.expires_at, EXCLUDED.expires_at)"""
#: Of somebody whom the store deleted; whoever is at a row already is let be.
DELETED = """
DELETE FROM saleor_custom_events_storehappening WHERE id IN (
  SELECT id FROM saleor_custom_events_storehappening WHERE kind = %s AND due_at <= statement_timestamp()
  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING object_id, remembered"""
UNBURY = """
DELETE FROM saleor_custom_events_tombstone WHERE digest IN (
  SELECT digest FROM saleor_custom_events_tombstone WHERE expires_at <= statement_timestamp()
  ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ErasurePlan:
    """What an erasure would come to."""

    #: Names by which the customer was found, themselves included.
    emails: tuple[str, ...]
    customer_ids: tuple[str, ...]
    anonymous_ids: int
    #: COUNTED at most.
    occurrences: int
    #: Invocations that would be cancelled, of those.
    under_way: int


def plan_erasure(caller: Caller, *, email: str | None = None, customer_id: str | None = None) -> ErasurePlan:
    """Say what an erasure would come to. Refused 403, and as `persons.find_person`."""
    demand(caller, Operation.SEE_CUSTOMERS)
    person = find_person(email=email, customer_id=customer_id)
    those = occurrences_of(person, COUNTED)
    return ErasurePlan(
        emails=person.emails,
        customer_ids=person.ids,
        anonymous_ids=len(person.anonymous),
        occurrences=len(those),
        under_way=Invocation.objects.filter(occurrence__in=those, due_at__isnull=False).count(),
    )


def erase_customer(
    caller: Caller,
    *,
    email: str | None = None,
    customer_id: str | None = None,
    cause: ErasureCause = ErasureCause.STAFF,
) -> Erasure:
    """Begin to erase a customer: from now on nothing that is sent late brings them back, and workers do the rest.

    Refused 403, and as `persons.find_person`.
    """
    demand(caller, Operation.SEE_CUSTOMERS)
    person = find_person(email=email, customer_id=customer_id)
    reveal(caller, RevealKind.ERASURE, email=email, customer_id=customer_id)
    with transaction.atomic():
        return _begin(person, cause, signature(caller))


def _begin(person: Person, cause: ErasureCause, by: str) -> Erasure:
    now = database_now()
    holds_until = now + timedelta(days=settings.ERASED_REMEMBERED_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(BURY, (now, holds_until, sorted(map(name_digest, person.names))))
    return Erasure.objects.create(
        cause=cause, names=person.to_json(), asked_at=now, asked_by=by, holds_until=holds_until
    )


def begin_for_the_deleted() -> int:
    """Begin to erase those whom the store deleted a while ago; gives how many. One query where there are none.

    The row that asks for it goes in the transaction that begins: a worker that dies has done both or nothing.
    """
    begun = 0
    while True:
        with transaction.atomic():
            asked = _deleted()
            if asked is None:
                return begun
            _begin(_person_of(*asked), ErasureCause.DELETED, _BY_THE_STORE)
        begun += 1


_BY_THE_STORE = signature(Caller(kind=CallerKind.STORE, id="store"))


def _deleted() -> tuple[str, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(DELETED, (ERASE,))
        row = cursor.fetchone()
    if row is None:
        return None
    remembered = json.loads(row[1]) if isinstance(row[1], str) else row[1]
    return str(row[0]), str(remembered.get("email", ""))


def _person_of(customer_id: str, email: str) -> Person:
    try:
        return find_person(email=email or None, customer_id=customer_id)
    except Refused:
        return find_person(customer_id=customer_id)


def read_erasures(caller: Caller, ids: Sequence[str] | None = None) -> list[Erasure]:
    """Give the latest LISTED certificates, newest first, or those of some ids. Refused 403."""
    demand(caller, Operation.SEE_CUSTOMERS)
    rows = Erasure.objects.order_by("-asked_at", "-id")
    return list((rows if ids is None else rows.filter(pk__in=ids))[:LISTED])


def tidy(most: int) -> int:
    """Delete up to `most` tombstones whose time is over; gives how many went."""
    with connection.cursor() as cursor:
        cursor.execute(UNBURY, (most,))
        return int(cursor.rowcount)
