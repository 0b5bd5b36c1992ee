"""A million runs of one version: how long its results take, and the rows behind a count; and what counting costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection

from saleor_custom_events.clock import database_now
from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire, fire_many
from saleor_custom_events.log import tallying
from saleor_custom_events.log.counted import CountedFilter
from saleor_custom_events.log.reading import LogFilter, read_log
from saleor_custom_events.log.results import Outcome, read_results
from saleor_custom_events.models import Invocation, Scenario
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.bench.figures import rounds, show
from tests.shop import a_scenario, an_event

SERVER = Caller(kind=CallerKind.SERVER_KEY, id="bench")
STAFF = Caller(kind=CallerKind.STAFF, id="VXNlcjox", permissions=frozenset({"MANAGE_DISCOUNTS"}))
#: Rows in pieces: each is a transaction of moderate size, and counted by the triggers as one statement.
PIECE = 50_000
DAYS = 30
ROUNDS = 20
#: Runs that are counted while they are run, and not counted, by turns.
INVOCATIONS = 800
HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
STEPS = [
    {"id": "high", "type": "condition", "branches": [{"when": HIGH, "next": "nap"}], "otherwise": "end"},
    {"id": "nap", "type": "wait", "duration": "PT1S", "next": "end"},
    {"id": "end", "type": "exit"},
]
#: Runs of a month, each with three steps; of a thousand one failed at its second.
FILL = """
WITH made AS (
  INSERT INTO saleor_custom_events_invocation (occurrence_id, event_id, scenario_id, version_id, scenario_name, start,
    status, reason, detail, customer_email, logged, created_at, ended_at, state, claims)
  SELECT i.occurrence_id, i.event_id, i.scenario_id, i.version_id, i.scenario_name, i.start,
    CASE WHEN n %% 1000 = 0 THEN 'failed' ELSE 'completed' END,
    CASE WHEN n %% 1000 = 0 THEN 'FAILED_LIMIT' ELSE 'EXITED' END, '',
    'customer' || n || '@example.com', true, m.at, m.at, '{}', 0
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
  CROSS JOIN LATERAL (SELECT now() - n * %(apart)s * interval '1 second' AS at) m,
    saleor_custom_events_invocation i WHERE i.id = %(invocation)s
  RETURNING id, created_at, status)
INSERT INTO saleor_custom_events_steprun (invocation_id, visit, step, kind, status, reason, detail, attempts, effect,
  result, started_at, ended_at)
SELECT m.id, s.visit, s.step, s.kind, CASE WHEN s.visit = 2 AND m.status = 'failed' THEN 'failed' ELSE 'done' END,
  CASE WHEN s.visit = 2 AND m.status = 'failed' THEN 'FAILED_LIMIT' ELSE '' END, '', 1, '',
  CASE s.visit WHEN 1 THEN '{"branch": 0}' ELSE '{}' END::jsonb, m.created_at, m.created_at
FROM made m, (VALUES (1, 'high', 'condition'), (2, 'nap', 'wait'), (3, 'end', 'exit')) AS s(visit, step, kind)
WHERE s.visit < 3 OR m.status = 'completed'"""
TABLES = ("invocation", "steprun")


def measure_results(rows: int) -> None:
    """Print what counting costs, then how long results of `rows` runs take, folded and with the last hour not yet."""
    _counting()
    scenario, model = _one()
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for first in range(1, rows + 1, PIECE):
            given = {"first": first, "last": min(first + PIECE - 1, rows), "apart": DAYS * 86_400 / rows}
            cursor.execute(FILL, {**given, "invocation": model.pk})
            while tallying.tidy(100_000):
                pass
        show("results_rows_insert", [rows / (time.perf_counter() - began)], "rows/s")
        for table in (*TABLES, "tally", "tallychange"):
            # As autovacuum does in its own time.
            cursor.execute(f"VACUUM ANALYZE saleor_custom_events_{table}")
    show("results_rows", [Invocation.objects.filter(scenario=scenario).count()], "rows")
    measures: dict[str, Callable[[], float]] = {
        "results_day": lambda: _results(scenario, 1),
        "results_month": lambda: _results(scenario, DAYS),
        "common": lambda: _page(scenario, CountedFilter(id="nap", outcome=Outcome.PASSED)),
        "way": lambda: _page(scenario, CountedFilter(id="high", outcome=Outcome.PASSED, way="0")),
        "rare": lambda: _page(scenario, CountedFilter(id="nap", outcome=Outcome.FAILED, reason="FAILED_LIMIT")),
    }
    taken = rounds(measures, ROUNDS)
    show("results_day", taken["results_day"], "ms")
    show("results_month", taken["results_month"], "ms", "results_day", taken["results_day"])
    show("counted_page_common", taken["common"], "ms")
    show("counted_page_way", taken["way"], "ms", "counted_page_common", taken["common"])
    show("counted_page_rare", taken["rare"], "ms", "counted_page_common", taken["common"])


def _one() -> tuple[Scenario, Invocation]:
    event = an_event()
    scenario = a_scenario(event, steps=STEPS)
    body: dict[str, Any] = {"customEventId": event.pk, "customerEmail": "customer0@example.com"}
    fire(read_firing(body), SERVER)
    run_due(60)
    return scenario, Invocation.objects.get(event=event)


def _results(scenario: Scenario, days: int) -> float:
    now = database_now()
    began = time.perf_counter()
    found = read_results(STAFF, scenario.pk, 1, now - timedelta(days=days), now)
    if found is None or not found.parts:
        raise RuntimeError("Nothing was counted.")
    return (time.perf_counter() - began) * 1000


def _page(scenario: Scenario, step: CountedFilter) -> float:
    began = time.perf_counter()
    page = read_log(STAFF, LogFilter(scenario=scenario.pk, version=1, step=step), Slice(first=50))
    if len(page.rows) != 50:
        raise RuntimeError("The page is not full.")
    return (time.perf_counter() - began) * 1000


def _counting() -> None:
    """Fire and run with the triggers, and without them, by turns."""
    event = an_event()
    a_scenario(event, steps=[STEPS[0] | {"branches": [{"when": HIGH, "next": "end"}]}, STEPS[2]])
    taken = rounds({"counted": lambda: _runs(event.pk), "not": lambda: _uncounted(event.pk)}, 5)
    show("invocations_not_counted", taken["not"], "invocations/s")
    show("invocations_counted", taken["counted"], "invocations/s", "invocations_not_counted", taken["not"])


def _runs(event: int) -> float:
    bodies = [{"customEventId": event, "customerEmail": f"known{i}@example.com"} for i in range(INVOCATIONS)]
    began = time.perf_counter()
    fire_many([read_firing(body) for body in bodies], SERVER)
    while Invocation.objects.filter(due_at__isnull=False).exists():
        run_due(60)
    return INVOCATIONS / (time.perf_counter() - began)


def _uncounted(event: int) -> float:
    with _without_triggers():
        return _runs(event)


@contextmanager
def _without_triggers() -> Iterator[None]:
    def switch(to: str) -> None:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE saleor_custom_events_{table} {to} TRIGGER USER")

    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")
