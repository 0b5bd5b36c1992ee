"""Counting what broke an event's declarations and was let through: by day, event, data field and code.

After the commit of what it counts, in a transaction of its own: two firings of one event with the same fault would
else wait for each other until the slower caller's transaction ends. What is lost when a process dies in between is
a count; the occurrence has its violations all the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import Error, transaction

from saleor_custom_events.clock import database_now
from saleor_custom_events.errors import Problem
from saleor_custom_events.firing.statements import Rows
from saleor_custom_events.models import ViolationCount
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)
#: Names that nobody declares are told apart up to here, for each event and day: a public key could send any number.
MAX_NAMES = 100
#: Days for which counts are kept.
KEPT = timedelta(days=30)
_PLACE = "dataFields."

#: Sorted by the rows they end in, so that two calls cannot deadlock.
_COUNT = """
INSERT INTO saleor_custom_events_violationcount AS v (day, event_id, field, code, count, last_at, samples)
SELECT %s, s.event_id, s.named, s.code, sum(s.count), %s,
  jsonb_path_query_array(jsonb_agg(s.sample::jsonb ORDER BY s.field), '$[last - 9 to last]')
FROM (
  SELECT n.*, CASE WHEN n.code <> 'UNDECLARED' OR k.id IS NOT NULL OR (
    SELECT count(*) FROM saleor_custom_events_violationcount o
    WHERE o.event_id = n.event_id AND o.day = %s AND o.code = n.code
  ) + row_number() OVER (PARTITION BY n.event_id, n.code, k.id IS NULL ORDER BY n.field) <= %s
  THEN n.field ELSE '' END AS named
  FROM {source}
  LEFT JOIN saleor_custom_events_violationcount k
    ON k.event_id = n.event_id AND k.day = %s AND k.field = n.field AND k.code = n.code
) s
GROUP BY s.event_id, s.named, s.code ORDER BY s.event_id, s.named, s.code
ON CONFLICT (event_id, day, field, code) DO UPDATE SET
  count = v.count + EXCLUDED.count, last_at = EXCLUDED.last_at,
  samples = jsonb_path_query_array(v.samples || EXCLUDED.samples, '$[last - 9 to last]')"""


def count_violations(broken: Iterable[tuple[int, int | None, tuple[Problem, ...]]]) -> None:
    """Count the violations of accepted firings: event, invocation (None: not logged), what broke. Never raises."""
    try:
        now = database_now()
        counted: dict[tuple[int, str, str], tuple[int, str]] = {}
        for event, invocation, problems in broken:
            sample = json.dumps({"at": now.isoformat(timespec="seconds"), "invocation": invocation})
            for problem in problems:
                place = (event, (problem.field or "").removeprefix(_PLACE), problem.code)
                counted[place] = (counted.get(place, (0, ""))[0] + 1, sample)
        if counted:
            _write(counted, now)
    except Error:
        logger.error("Violations could not be counted", exc_info=trouble())


def _write(counted: Mapping[tuple[int, str, str], tuple[int, str]], now: datetime) -> None:
    rows = Rows(
        (("event_id", "bigint"), ("field", "text"), ("code", "text"), ("count", "bigint"), ("sample", "text")),
        tuple((*place, count, sample) for place, (count, sample) in counted.items()),
    )
    day = now.date()
    with transaction.atomic(), transaction.get_connection().cursor() as cursor:
        parameters = (day, now, day, MAX_NAMES, *rows.parameters, day)
        cursor.execute(_COUNT.format(source=rows.source), parameters)


def tidy(at_once: int) -> int:
    """Forget up to `at_once` counts that are older than KEPT; says how many."""
    old = ViolationCount.objects.filter(day__lt=(database_now() - KEPT).date()).values("pk")[:at_once]
    return ViolationCount.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
