"""A log that has been filled for months is read as fast as a new one: by how much PostgreSQL has to look at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.log.reading import LogFilter, read_log
from saleor_custom_events.models import CustomEvent
from tests.defining.people import BOSS
from tests.shop import an_event

pytestmark = pytest.mark.django_db

ROWS = 60_000
PAGE = 50
#: Rows that PostgreSQL may look at for one page, the page's own included.
LOOKED_AT = 2 * PAGE
FILL = """
WITH made AS (
  INSERT INTO saleor_custom_events_occurrence
    (id, event_id, registered_at, occurred_at, caller_kind, caller_id, caller_name, identity,
     customer_email, logged, hops)
  SELECT gen_random_uuid(), CASE WHEN n %% 20 = 0 THEN %(event)s ELSE %(other)s END,
    now() - n * interval '1 minute', now(), 'server_key', '',
    '', 'trusted', 'customer' || n %% 500 || '@example.com', true, 0
  FROM generate_series(1, %(rows)s) n
  RETURNING id, event_id, registered_at, customer_email)
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_name, start, status, reason, detail, customer_email, logged, created_at, ended_at,
   state, claims)
SELECT id, event_id, '', '', 'skipped', 'SKIPPED_NO_SCENARIO', '', customer_email, true, registered_at, registered_at,
  '{}', 0
FROM made"""


@pytest.fixture
def filled() -> CustomEvent:
    """Fill the log with six weeks, every twentieth row of this event; statistics as autovacuum has them."""
    event = an_event()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"event": event.pk, "other": an_event().pk, "rows": ROWS})
        cursor.execute("ANALYZE saleor_custom_events_invocation")
        cursor.execute("ANALYZE saleor_custom_events_occurrence")
    return event


def looked_at(plan: dict[str, Any]) -> int:
    """Sum what each scan of a plan gave and threw away."""
    own = 0
    if "Relation Name" in plan:
        own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(own) + sum(looked_at(below) for below in plan.get("Plans", []))


def costs(wanted: LogFilter, page: Slice) -> list[int]:
    """Read a page and give how many rows each of its queries looks at, as the planner chooses by itself."""
    with CaptureQueriesContext(connection) as captured:
        assert len(read_log(BOSS, wanted, page).rows) == PAGE
    with connection.cursor() as cursor:
        plans = []
        for query in captured:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
            (given,) = cursor.fetchone()
            plans.append(json.loads(given) if isinstance(given, str) else given)
    return [looked_at(plan[0]["Plan"]) for plan in plans]


def after_the_middle(wanted: LogFilter) -> Slice:
    """Give a page far from the newest rows."""
    cursor = None
    for _ in range(2):
        cursor = read_log(BOSS, wanted, Slice(first=100, after=cursor)).cursors[-1]
    return Slice(first=PAGE, after=cursor)


@pytest.mark.parametrize("deep", [False, True], ids=["newest", "deeper"])
@pytest.mark.parametrize("by", ["all", "event", "status", "reason"])
def test_directus_23349_a_page_of_a_filled_log_looks_at_a_page_of_rows(
    filled: CustomEvent, by: str, deep: bool
) -> None:
    filters: dict[str, dict[str, Any]] = {
        "all": {},
        "event": {"event": filled.pk},
        "status": {"statuses": ("skipped",)},
        "reason": {"reasons": ("SKIPPED_NO_SCENARIO",)},
    }
    wanted = LogFilter(**filters[by])
    for rows in costs(wanted, after_the_middle(wanted) if deep else Slice(first=PAGE)):
        assert rows <= LOOKED_AT


def test_directus_23349_one_customers_page_looks_at_that_customers_rows(filled: CustomEvent) -> None:
    for rows in costs(LogFilter(email="customer7@example.com"), Slice(first=PAGE)):
        assert rows <= LOOKED_AT


OLD = """
WITH told AS (
  UPDATE saleor_custom_events_occurrence SET customer_id = %(id)s, customer_email = NULL
  WHERE id IN (SELECT id FROM saleor_custom_events_occurrence WHERE customer_email <> %(email)s
    ORDER BY registered_at LIMIT 60)
  RETURNING id),
unnamed AS (
  UPDATE saleor_custom_events_invocation SET customer_email = NULL WHERE occurrence_id IN (SELECT id FROM told))
DELETE FROM saleor_custom_events_invocation WHERE customer_email = %(email)s"""


def test_a_customers_old_rows_are_found_by_the_id_and_not_by_going_through_the_log(filled: CustomEvent) -> None:
    customer = User.objects.create(email="customer7@example.com")
    with connection.cursor() as cursor:
        cursor.execute(OLD, {"id": global_id("User", customer.pk), "email": customer.email})
        cursor.execute("ANALYZE saleor_custom_events_invocation")
        cursor.execute("ANALYZE saleor_custom_events_occurrence")

    for rows in costs(LogFilter(customer=global_id("User", customer.pk)), Slice(first=PAGE)):
        assert rows <= 4 * LOOKED_AT
