"""Which invocation runs in the place of one that was debounced or restarted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection

from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.store.callers import Caller

#: Whoever took a place may have lost it to the next one, and so on: rows kept in one chain that is followed this far.
LINKS = 10_000

FOLLOW = """
WITH RECURSIVE place AS (
  SELECT i.id AS first, i.id, i.scenario_id, i.superseded_by, 0 AS link FROM saleor_custom_events_invocation i
  WHERE i.id = ANY(%s) AND i.superseded_by IS NOT NULL
  UNION ALL
  SELECT p.first, i.id, i.scenario_id, i.superseded_by, p.link + 1 FROM place p
  JOIN saleor_custom_events_invocation i
    ON i.occurrence_id = p.superseded_by AND i.scenario_id = p.scenario_id AND i.retry_of IS NULL
  WHERE p.link < %s)
SELECT DISTINCT ON (first) first, id FROM place WHERE link > 0 ORDER BY first, link DESC"""


def superseded_by(caller: Caller, numbers: Collection[int]) -> Mapping[int, int]:
    """Give the numbers of those that run in the place of others, by these; one query. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, (list(numbers), LINKS))
        return dict(cursor.fetchall())
