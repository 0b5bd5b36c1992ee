"""The occurrences of one customer, by any of their names, each found by its own index."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from saleor_custom_events.firing.linked import OWNER
from saleor_custom_events.log.persons import Person

_BY_COLUMN = """
SELECT id FROM saleor_custom_events_occurrence WHERE {column} = ANY(%s) AND id > %s ORDER BY id LIMIT %s"""
#: What a browser did without a name is the customer's whose link says so, and not that of the next one to use it.
_BY_LINK = f"""
SELECT o.id FROM (SELECT unnest(%s::text[]) AS anonymous_id) mine
JOIN saleor_custom_events_occurrence o ON o.anonymous_id = mine.anonymous_id AND o.identity = 'anonymous'
{OWNER}
WHERE (l.customer_email = ANY(%s) OR l.customer_id = ANY(%s)) AND o.id > %s ORDER BY o.id LIMIT %s"""  # noqa: S608
BEGINNING = UUID(int=0)


def occurrences_of(person: Person, most: int, after: UUID = BEGINNING) -> list[UUID]:
    """Give the oldest `most` of a customer's occurrences behind `after`, in the order of their ids."""
    found: set[UUID] = set()
    for sql, parameters in _queries(person):
        with connection.cursor() as cursor:
            cursor.execute(sql, (*parameters, after, most))
            found |= {row[0] for row in cursor.fetchall()}
    return sorted(found)[:most]


def _queries(person: Person) -> Iterator[tuple[str, tuple[list[str], ...]]]:
    columns = (
        ("customer_email", person.emails),
        ("customer_id", person.ids),
        ("customer_external_reference", person.references),
        ("customer_email_hash", person.hashes),
        ("customer_phone", person.phones),
    )
    for column, values in columns:
        if values:
            yield _BY_COLUMN.format(column=column), (list(values),)
    if person.anonymous:
        yield _BY_LINK, (list(person.anonymous), list(person.emails), list(person.ids))
