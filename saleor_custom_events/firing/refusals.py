"""Counting what was refused: by day, event, key and code, with the last samples, without anybody's values."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import Error, transaction

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import MAX_EVENT_NUMBER, is_slug

logger = logging.getLogger(__name__)
SAMPLES = 50
MAX_SAMPLE_FIELDS = 10

KNOWN = """
SELECT id, slug FROM saleor_custom_events_customevent WHERE id = ANY(%s::bigint[]) OR slug = ANY(%s::text[])"""
COUNT = """
INSERT INTO saleor_custom_events_refusal AS r (day, event_id, key_id, code, count, last_at, samples)
VALUES (%(day)s, %(event)s, %(key)s, %(code)s, %(count)s, %(now)s, %(samples)s::jsonb)
ON CONFLICT (day, event_id, key_id, code) DO UPDATE SET
  count = r.count + EXCLUDED.count, last_at = EXCLUDED.last_at,
  samples = jsonb_path_query_array(r.samples || EXCLUDED.samples, '$[last - 49 to last]')"""


def count_refusal(refused: Refused, *, event: int | str | None, key: int | None) -> None:
    """Count one refusal. Never raises: the caller's answer does not depend on the statistics."""
    count_refusals([(refused, event)], key=key)


def count_refusals(refusals: Iterable[tuple[Refused, int | str | None]], *, key: int | None) -> None:
    """Count the refusals of one call. `event` names one, or nothing at all."""
    named = [(refused, _usable(event)) for refused, event in refusals]
    if not named:
        return
    now = datetime.now(UTC)
    try:
        with transaction.atomic(), transaction.get_connection().cursor() as cursor:
            references = {event for _, event in named}
            cursor.execute(
                KNOWN,
                ([r for r in references if isinstance(r, int)], [r for r in references if isinstance(r, str)]),
            )
            known: dict[int | str | None, int] = {}
            for number, slug in cursor.fetchall():
                known[number] = known[slug] = number
            counted: dict[tuple[int | None, str], list[Refused]] = {}
            for refused, event in named:
                counted.setdefault((known.get(event), refused.code[:40]), []).append(refused)
            # By the rows they end in, and so in one order in every transaction: two calls cannot deadlock.
            for (found, code), same in sorted(counted.items(), key=lambda item: (item[0][0] or 0, item[0][1])):
                cursor.execute(COUNT, _parameters(same, found, key, code, now))
    except Error:
        logger.exception("A refusal could not be counted")


def _usable(event: int | str | None) -> int | str | None:
    """Give what may name an event; what cannot is nobody's event, and may be text that PostgreSQL does not take."""
    if isinstance(event, bool):
        return None
    if isinstance(event, int):
        return event if 1 <= event <= MAX_EVENT_NUMBER else None
    return event if isinstance(event, str) and is_slug(event) else None


def _parameters(
    same: Sequence[Refused], event: int | None, key: int | None, code: str, now: datetime
) -> dict[str, object]:
    at = now.isoformat(timespec="seconds")
    samples = [{"at": at, "fields": _fields(refused)} for refused in same[-SAMPLES:]]
    return {
        "day": now.date(),
        "event": event,
        "key": key,
        "code": code,
        "count": len(same),
        "now": now,
        "samples": json.dumps(samples),
    }


def _fields(refused: Refused) -> list[str]:
    # Names only, and only of members that the contract or the event knows: an unknown member's name may be a value.
    unknown = ("UNKNOWN_MEMBER", "UNDECLARED", "INVALID_NAME", "INVALID_CHARACTER")
    return [p.field for p in refused.problems if p.code not in unknown][:MAX_SAMPLE_FIELDS]
