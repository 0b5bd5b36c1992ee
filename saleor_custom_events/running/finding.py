"""Finding out whose hash of an e-mail, or whose phone number, an occurrence came with.

The firing looks up no customer, so whoever is named so gets their name from the worker: when an invocation begins, or
when somebody waits for the event. What was found is kept with the occurrence. From then on it is one of a known
customer, for its steps, for the log and for who the same customer is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from saleor_custom_events.firing.decide import as_stored
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Happening, Occurrence
from saleor_custom_events.scenarios.awaiting import digests_of
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.store.customers import Customer, CustomerHint

if TYPE_CHECKING:
    from saleor_custom_events.running.run import Run


@dataclass(frozen=True, slots=True)
class _Person:
    """Whom the store was found to know."""

    customer_id: str
    email: str | None

    @property
    def digests(self) -> tuple[str, ...]:
        return digests_of((f"id:{self.customer_id}", *((f"email:{self.email}",) if self.email else ())))


def find_people(runs: Sequence[Run]) -> Mapping[int, str]:
    """Let runs that begin know their customer whose occurrence names one indirectly; one question for all.

    Gives of those whose customer was not found why, by the invocation's number.
    """
    asking = [(run, _hint(run.occurrence)) for run in runs if not run.claim.state and _is_unknown(run.occurrence)]
    if not asking:
        return {}
    answer = _ask({hint for _, hint in asking})
    people: dict[str, _Person] = {}
    unfound: dict[int, str] = {}
    for run, hint in asking:
        person = _only(answer.get(hint, ()))
        if person is None:
            unfound[run.claim.id] = _why(hint, len(answer.get(hint, ())))
        else:
            people[run.occurrence.id] = person
            run.occurrence = replace(run.occurrence, customer_id=person.customer_id, customer_email=person.email)
    with transaction.atomic(), connection.cursor() as cursor:
        _keep(cursor, people)
    return unfound


def _is_unknown(occurrence: OccurrenceFacts) -> bool:
    return occurrence.is_named_indirectly and not occurrence.has_customer


def _hint(named: OccurrenceFacts | Occurrence) -> CustomerHint:
    hashed = named.customer_email_hash
    return CustomerHint(email_hash=hashed) if hashed else CustomerHint(phone=named.customer_phone)


def _ask(hints: Collection[CustomerHint]) -> Mapping[CustomerHint, tuple[Customer, ...]]:
    return current_host().customers_hinted(sorted(hints, key=str)) if hints else {}


def _only(customers: Sequence[Customer]) -> _Person | None:
    """A phone number that several customers have is nobody's: what is meant for one would reach the other."""
    if len(customers) != 1:
        return None
    return _Person(customers[0].id, as_stored(customers[0].email))


def _why(hint: CustomerHint, count: int) -> str:
    named = "this hash of an e-mail address" if hint.email_hash else "this phone number"
    return f"The store knows {'nobody' if count == 0 else f'{count} customers'} by {named}: it went on as for nobody."


#: Invocations, then occurrences, each in the order of their keys, as everybody locks them.
LOCK = """
SELECT id FROM saleor_custom_events_invocation
WHERE occurrence_id = ANY(%s::uuid[]) AND logged AND customer_email IS NULL ORDER BY id FOR NO KEY UPDATE"""
LOCK_OCCURRENCES = """
SELECT id FROM saleor_custom_events_occurrence WHERE id = ANY(%s::uuid[]) ORDER BY id FOR NO KEY UPDATE"""
SHOW = """
UPDATE saleor_custom_events_invocation i SET customer_email = n.email
FROM unnest(%s::uuid[], %s::text[]) AS n(occurrence_id, email)
JOIN saleor_custom_events_occurrence o ON o.id = n.occurrence_id
WHERE i.occurrence_id = n.occurrence_id AND i.id = ANY(%s)
  AND (o.customer_email_hash IS NOT NULL OR o.customer_phone IS NOT NULL)"""
#: Of an occurrence without logging the hash is gone once nothing of it is under way, and of a customer who was erased:
#: then it stays as nobody's.
KEEP = """
UPDATE saleor_custom_events_occurrence o SET customer_id = n.customer_id, customer_email = n.email
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS n(id, customer_id, email)
WHERE o.id = n.id AND o.customer_id IS NULL
  AND (o.customer_email_hash IS NOT NULL OR o.customer_phone IS NOT NULL)"""


def _keep(cursor: CursorWrapper, people: Mapping[str, _Person]) -> None:
    if not people:
        return
    ids = sorted(people)
    emails = [people[one].email for one in ids]
    cursor.execute(LOCK, (ids,))
    cursor.execute(SHOW, (ids, emails, [row[0] for row in cursor.fetchall()]))
    cursor.execute(LOCK_OCCURRENCES, (ids,))
    cursor.execute(KEEP, (ids, [people[one].customer_id for one in ids], emails))


ALSO = """
INSERT INTO saleor_custom_events_happening (occurrence_id, event_id, identity, registered_at, pending, expires_at)
SELECT DISTINCT h.occurrence_id, h.event_id, n.identity, h.registered_at, true, h.expires_at
FROM unnest(%s::uuid[], %s::text[]) AS n(occurrence_id, identity)
JOIN saleor_custom_events_happening h ON h.occurrence_id = n.occurrence_id
WHERE NOT EXISTS (SELECT 1 FROM saleor_custom_events_happening there
  WHERE there.occurrence_id = h.occurrence_id AND there.event_id = h.event_id AND there.identity = n.identity)"""


def find_who_happened(cursor: CursorWrapper, happenings: Sequence[int]) -> None:
    """Let what has happened be found under the names of whom it happened to, where it came with a hash or a number.

    In the transaction that has these happenings. The new rows are pending: the next knock, which begins after this
    transaction's end, tells of them, as of any that was just committed.
    """
    indirect = list(
        Occurrence.objects.filter(
            Q(customer_email_hash__isnull=False) | Q(customer_phone__isnull=False),
            pk__in=Happening.objects.filter(pk__in=happenings).values("occurrence_id"),
        )
    )
    unknown = {row: _hint(row) for row in indirect if row.customer_id is None}
    answer = _ask(set(unknown.values()))
    found = {row: person for row, hint in unknown.items() if (person := _only(answer.get(hint, ()))) is not None}
    _keep(cursor, {str(row.pk): person for row, person in found.items()})
    known = {row: _Person(row.customer_id, row.customer_email) for row in indirect if row.customer_id is not None}
    names = [(row.pk, name) for row, person in (known | found).items() for name in person.digests]
    if names:
        cursor.execute(ALSO, [list(column) for column in zip(*names, strict=True)])
