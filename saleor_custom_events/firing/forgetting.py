"""Removing who and what of occurrences without logging, once it is not needed any more. Pure: statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saleor_custom_events.firing.statements import Statement


def forget(occurrence_ids: Sequence[str]) -> tuple[Statement, ...]:
    """Give what removes identity and data fields of occurrences without logging, once nothing of them is under way
    and nobody who waits may still look back to them.

    The occurrences are locked first: of two invocations that end at the same moment in two transactions, the second
    sees the first one's end.
    """
    return _forget("o.id = ANY(%s::uuid[])", (sorted(occurrence_ids),))


def forget_those(occurrences: Statement) -> tuple[Statement, ...]:
    """Give the same for the occurrences whose ids a query gives."""
    return _forget(f"o.id IN ({occurrences.sql})", occurrences.parameters)


def _forget(those: str, ids: tuple[Any, ...]) -> tuple[Statement, ...]:
    over = """
  AND NOT EXISTS (SELECT 1 FROM saleor_custom_events_invocation i
                  WHERE i.occurrence_id = o.id AND i.due_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM saleor_custom_events_happening h WHERE h.occurrence_id = o.id)"""
    return (
        Statement(
            f"""
SELECT o.id FROM saleor_custom_events_occurrence o WHERE {those} AND NOT o.logged ORDER BY o.id FOR UPDATE""",  # noqa: S608
            ids,
        ),
        Statement(
            f"""
DELETE FROM saleor_custom_events_datafields f USING saleor_custom_events_occurrence o
WHERE f.occurrence_id = o.id AND {those} AND NOT o.logged{over}""",  # noqa: S608
            ids,
        ),
        Statement(
            f"""
DELETE FROM saleor_custom_events_steprun s
USING saleor_custom_events_invocation v, saleor_custom_events_occurrence o
WHERE s.invocation_id = v.id AND v.occurrence_id = o.id AND {those} AND NOT o.logged{over}""",  # noqa: S608
            ids,
        ),
        Statement(
            f"""
UPDATE saleor_custom_events_invocation v SET state = '{{}}', detail = ''
FROM saleor_custom_events_occurrence o
WHERE v.occurrence_id = o.id AND {those} AND NOT o.logged{over}""",  # noqa: S608
            ids,
        ),
        Statement(
            f"""
UPDATE saleor_custom_events_occurrence o
SET customer_email = NULL, customer_id = NULL, customer_external_reference = NULL, anonymous_id = NULL, url = NULL,
  customer_email_hash = NULL, customer_phone = NULL, trace = NULL,
  caller_id = CASE WHEN o.caller_kind = 'customer' THEN '' ELSE o.caller_id END
WHERE {those} AND NOT o.logged{over}""",  # noqa: S608
            ids,
        ),
    )
