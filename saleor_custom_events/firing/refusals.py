"""Counting what was refused: by day, event, key and code, with the last samples, without anybody's values."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import DatabaseError, transaction

from saleor_custom_events.errors import Refused

logger = logging.getLogger(__name__)
SAMPLES = 50
MAX_SAMPLE_FIELDS = 10

COUNT = """
INSERT INTO saleor_custom_events_refusal AS r (day, event_id, key_id, code, count, last_at, samples)
SELECT %(day)s, (SELECT id FROM saleor_custom_events_customevent WHERE id = %(number)s OR slug = %(slug)s),
  %(key)s, %(code)s,
  %(count)s, %(now)s, %(samples)s::jsonb
ON CONFLICT (day, event_id, key_id, code) DO UPDATE SET
  count = r.count + EXCLUDED.count, last_at = EXCLUDED.last_at,
  samples = CASE WHEN jsonb_array_length(r.samples) >= %(most)s THEN r.samples - 0 ELSE r.samples END
            || EXCLUDED.samples"""


def count_refusal(refused: Refused, *, event: int | str | None, key: int | None) -> None:
    """Count one refusal. Never raises: the caller's answer does not depend on the statistics."""
    count_refusals([(refused, event)], key=key)


def count_refusals(refusals: Iterable[tuple[Refused, int | str | None]], *, key: int | None) -> None:
    """Count the refusals of one call, one row an event and code. `event` is a number or slug that may not exist."""
    counted: Counter[tuple[int | str | None, str]] = Counter()
    sample: dict[tuple[int | str | None, str], Refused] = {}
    for refused, event in refusals:
        counted[event, refused.code] += 1
        sample[event, refused.code] = refused
    now = datetime.now(UTC)
    try:
        with transaction.atomic(), transaction.get_connection().cursor() as cursor:
            # One order in every transaction: two calls that count the same rows cannot deadlock.
            for (event, code), count in sorted(counted.items(), key=lambda item: (str(item[0][0]), item[0][1])):
                cursor.execute(COUNT, _parameters(sample[event, code], event, key, count, now))
    except DatabaseError:
        logger.exception("A refusal could not be counted")


def _parameters(
    refused: Refused, event: int | str | None, key: int | None, count: int, now: datetime
) -> dict[str, object]:
    # Names only, and only of members that the contract or the event knows: an unknown member's name may be a value.
    fields = [p.field for p in refused.problems if p.code not in ("UNKNOWN_MEMBER", "UNDECLARED", "INVALID_NAME")]
    sample = {"at": now.isoformat(timespec="seconds"), "fields": fields[:MAX_SAMPLE_FIELDS]}
    return {
        "day": now.date(),
        "number": event if isinstance(event, int) else None,
        "slug": event if isinstance(event, str) else None,
        "key": key,
        "code": refused.code[:40],
        "count": count,
        "now": now,
        "samples": json.dumps([sample]),
        "most": SAMPLES,
    }
