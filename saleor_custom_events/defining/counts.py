"""Counts that lists show beside each row: bounded, so that they cost the same at ten million rows.

Each is one query for all rows of a page: for every row an index is read from one end, and no further than COUNTED.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

#: Where counting ends: it stands for "that or more".
COUNTED = 10_000
DAY = timedelta(hours=24)

FIRED = """
SELECT n.id, (SELECT count(*) FROM (
  SELECT FROM saleor_custom_events_occurrence o WHERE o.event_id = n.id AND o.registered_at > %s LIMIT %s) counted)
FROM unnest(%s::bigint[]) AS n(id)"""
UNDER_WAY = """
SELECT n.id, (SELECT count(*) FROM (
  SELECT FROM saleor_custom_events_invocation i WHERE i.scenario_id = n.id AND i.due_at IS NOT NULL LIMIT %s) counted)
FROM unnest(%s::bigint[]) AS n(id)"""
UNDER_WAY_IN_VERSION = """
SELECT n.id, (SELECT count(*) FROM (
  SELECT FROM saleor_custom_events_invocation i
  WHERE i.scenario_id = n.scenario_id AND i.version_id = n.id AND i.due_at IS NOT NULL LIMIT %s) counted)
FROM saleor_custom_events_scenarioversion n WHERE n.id = ANY(%s::bigint[])"""


def fired_in_last_day(events: Collection[int]) -> Mapping[int, int]:
    """Say how many occurrences of each event were registered in the last 24 hours, COUNTED at most."""
    return _counted(FIRED, timezone.now() - DAY, COUNTED, list(events))


def under_way(scenarios: Collection[int]) -> Mapping[int, int]:
    """Say how many invocations of each scenario run or wait now, COUNTED at most; logged or not."""
    return _counted(UNDER_WAY, COUNTED, list(scenarios))


def under_way_in_versions(versions: Collection[int]) -> Mapping[int, int]:
    """Say how many invocations run or wait now in each version, by its primary key, COUNTED at most; logged or not."""
    return _counted(UNDER_WAY_IN_VERSION, COUNTED, list(versions))


def _counted(sql: str, *parameters: Any) -> Mapping[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())
