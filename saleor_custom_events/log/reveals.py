"""Who saw customers unmasked: a row a person, kind, customer asked for and hour, however many pages that were.

Written before the answer is given, and whoever's look cannot be written down is not answered. The customer stands there
as a digest that only this store can make: the list can be asked "who looked at her?", and says of nobody that they are
known here. Commands leave a row as well; whoever reads the database by other ways leaves none.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from saleor_custom_events.defining.checking import signature
from saleor_custom_events.defining.pages import Page, Slice, by_time, read_page
from saleor_custom_events.defining.permissions import Operation, demand, may
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.erased import name_digest
from saleor_custom_events.log.reading import asked_email
from saleor_custom_events.models import Reveal, RevealKind
from saleor_custom_events.store.callers import Caller

NEWEST_FIRST = by_time("at", descending=True)
_NOTE = """
INSERT INTO saleor_custom_events_reveal (by, kind, subject, hour, at)
VALUES (%s, %s, %s, date_trunc('hour', statement_timestamp()), statement_timestamp()) ON CONFLICT DO NOTHING"""
_GONE = """
DELETE FROM saleor_custom_events_reveal WHERE id IN (
  SELECT id FROM saleor_custom_events_reveal WHERE at < statement_timestamp() - %s * interval '1 day'
  ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED)"""


def reveal(caller: Caller, kind: RevealKind, *, email: str | None = None, customer_id: str | None = None) -> None:
    """Write down that somebody is shown customers unmasked; of whoever sees them masked, nothing.

    `email`, `customer_id`: who was asked for, if anybody in particular.
    """
    if not may(caller, Operation.SEE_CUSTOMERS):
        return
    name = f"email:{_normal(email)}" if email else f"id:{customer_id}" if customer_id else ""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, (signature(caller), kind.value, name_digest(name) if name else b""))


def _normal(email: str) -> str:
    try:
        return asked_email(email)
    except Refused:
        return email.strip().lower()


def read_reveals(caller: Caller, part: Slice, *, email: str | None = None) -> Page[Reveal]:
    """Read a page of who saw customers, newest first; of those who asked for this address. Refused 403, 400."""
    demand(caller, Operation.SEE_CUSTOMERS)
    rows: QuerySet[Reveal] = Reveal.objects.all()
    if email is not None:
        rows = rows.filter(subject=name_digest(f"email:{asked_email(email)}"))
    return read_page(rows, NEWEST_FIRST, part)


def tidy(most: int, days: int) -> int:
    """Delete up to `most` rows that are older than `days`; gives how many went."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE, (days, most))
        return int(cursor.rowcount)
