"""What somebody did before they logged in, in the log of what they did. Read anew each time: nothing is written twice.

A link that is erased takes its rows out of the customer's log at once, and leaves them as those of an anonymous id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from saleor_custom_events.firing.linked import OWNER, Owner, owners_of
from saleor_custom_events.models import Invocation

#: Anonymous occurrences that a filter by e-mail finds, the newest.
MOST = 1000
#: And looks at, of one anonymous id: where a storefront gives all its visitors the same one, it stays fast.
LOOKED_AT = 10_000

MERGED = f"""
SELECT o.id FROM (
  SELECT DISTINCT anonymous_id FROM saleor_custom_events_anonymouslink WHERE customer_email = %s) mine
CROSS JOIN LATERAL (
  SELECT id, anonymous_id, registered_at FROM saleor_custom_events_occurrence
  WHERE identity = 'anonymous' AND anonymous_id = mine.anonymous_id AND logged
  ORDER BY registered_at DESC LIMIT %s) o
{OWNER}
WHERE l.customer_email = %s ORDER BY o.registered_at DESC LIMIT %s"""  # noqa: S608


def merged_occurrences(email: str) -> list[UUID]:
    """Give the newest MOST anonymous occurrences (ids) that are this customer's. `email` normalised."""
    with connection.cursor() as cursor:
        cursor.execute(MERGED, (email, LOOKED_AT, email, MOST))
        return [row[0] for row in cursor.fetchall()]


def owners_of_rows(rows: Iterable[Invocation]) -> Mapping[str, Owner]:
    """Give whose the rows are that name nobody, by occurrence. Asks only if there are any."""
    return owners_of({row.occurrence_id for row in rows if row.customer_email is None})
