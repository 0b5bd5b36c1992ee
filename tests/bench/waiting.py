"""A million invocations that wait: how late those begin whose time has come, and what it costs that the others wait."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events import tasks
from saleor_custom_events.conf import settings
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.hosts.sandbox.processes import Processes
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.models import Invocation
from saleor_custom_events.running.queue import CLAIM
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.bench.figures import show, show_share
from tests.shop import a_scenario, an_event

#: Of those that wait: so many become due one after the other while the bench looks, and so many at one moment.
STEADY = 3000
BURST = 1000
#: Fewer than this may not wait.
LEAST = STEADY + BURST
#: Seconds: from the insert's end until the first is due, in which the steady ones are, and until the burst.
LEAD = 15
SPAN = 60
BURST_AFTER = 30
#: Seconds over which the others are due, from an hour on: 380 days.
SPREAD = 380 * 24 * 3600
#: Seconds within which all of them have to have ended.
PATIENCE = 240.0
#: Claims that are looked at.
CLAIMS = 20

#: Rows in pieces: each is a transaction of moderate size.
PIECE = 100_000
#: A row that waits, again and again; every one with its occurrence and its step run, as if it had been fired.
COPY = """
WITH moments AS (
  SELECT n, gen_random_uuid() AS occurrence, now() + interval '1 hour' + n %% %(spread)s * interval '1 second' AS due
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) n),
occurred AS (
  INSERT INTO saleor_custom_events_occurrence (id, event_id, registered_at, occurred_at, caller_kind, caller_id,
    caller_name, identity, customer_email, logged, hops)
  SELECT m.occurrence, o.event_id, o.registered_at, o.occurred_at, o.caller_kind, o.caller_id, o.caller_name,
    o.identity, 'customer' || m.n || '@example.com', o.logged, o.hops
  FROM moments m, saleor_custom_events_occurrence o WHERE o.id = %(occurrence)s),
invoked AS (
  INSERT INTO saleor_custom_events_invocation (occurrence_id, event_id, scenario_id, version_id, scenario_name, start,
    status, reason, detail, customer_email, logged, created_at, state, due_at, claims)
  SELECT m.occurrence, i.event_id, i.scenario_id, i.version_id, i.scenario_name, i.start, i.status, i.reason, i.detail,
    'customer' || m.n || '@example.com', i.logged, i.created_at,
    jsonb_set(i.state, '{waitUntil}', to_jsonb(m.due)), m.due, 0
  FROM moments m, saleor_custom_events_invocation i WHERE i.id = %(invocation)s
  RETURNING id)
INSERT INTO saleor_custom_events_steprun (invocation_id, visit, step, kind, status, reason, detail, attempts, effect,
  input, result, started_at)
SELECT n.id, s.visit, s.step, s.kind, s.status, s.reason, s.detail, s.attempts, s.effect, s.input, s.result,
  s.started_at
FROM invoked n, saleor_custom_events_steprun s WHERE s.invocation_id = %(invocation)s"""
#: Copies refer to what is there: where the role may, nobody looks that up a million times.
HURRY = """
SELECT set_config('synchronous_commit', 'off', false),
  CASE WHEN rolsuper THEN set_config('session_replication_role', 'replica', false) END
FROM pg_roles WHERE rolname = current_user"""
#: When a row was due, and how many seconds after that its next step began.
BEGAN = """
SELECT (w.result->>'until')::timestamptz, extract(epoch FROM s.started_at - (w.result->>'until')::timestamptz)::float8
FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun w ON w.invocation_id = i.id AND w.visit = 1
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.visit = 2
WHERE i.logged AND i.status = 'completed' AND i.event_id = %s"""
#: Lets the first so many begin soon: some one after the other, the rest at one moment.
MOVE = """
UPDATE saleor_custom_events_invocation i SET due_at = m.due, state = jsonb_set(i.state, '{waitUntil}', to_jsonb(m.due))
FROM (
  SELECT id, statement_timestamp() + interval '1 second'
    * (%(lead)s + CASE WHEN n <= %(steady)s THEN n * %(span)s / %(steady)s ELSE %(burst_after)s END) AS due
  FROM (SELECT id, row_number() OVER (ORDER BY id)::float8 AS n FROM saleor_custom_events_invocation
        WHERE status = 'waiting' AND id <> %(invocation)s ORDER BY id LIMIT %(few)s) few) m
WHERE i.id = m.id"""
#: Reads the claim's plan without taking anything.
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "


def measure_waiting(processes: Processes, rows: int) -> None:
    """Print what it costs that `rows` wait, and a hundredth of them; then how late one worker process begins some."""
    model = _one_that_waits()
    began = time.perf_counter()
    _fill(model, rows // 100)
    _, few = _claims()
    _fill(model, rows - rows // 100)
    seconds = time.perf_counter() - began
    pages, many = _claims()
    show("waiting_rows", [Invocation.objects.filter(status="waiting").count()], "rows")
    show("waiting_rows_insert", [rows / seconds], "rows/s")
    show("idle_claim_1_percent", few, "ms")
    show("idle_claim", many, "ms", "idle_claim_1_percent", few)
    show("idle_claim_pages", [pages], "pages")
    of_what_waits, all_of_them = _statements_of_a_sweep()
    show("idle_queries_of_what_waits", [of_what_waits / settings.SWEEP_EVERY], "queries/s")
    show("idle_queries_all", [all_of_them / settings.SWEEP_EVERY], "queries/s")
    _lateness(processes, model)


def _statements_of_a_sweep() -> tuple[int, int]:
    """Count the statements of a sweep that finds nothing: those that look for what is due, and all."""
    tasks.sweep()  # the first says that it lives
    with CaptureQueriesContext(connection) as captured:
        tasks.sweep()
    return sum("saleor_custom_events_invocation" in query["sql"] for query in captured), len(captured)


def _one_that_waits() -> Invocation:
    event = an_event()
    wait = {"id": "wait", "type": "wait", "duration": "P300D", "next": "end"}
    a_scenario(event, steps=[wait, {"id": "end", "type": "exit"}])
    body: dict[str, Any] = {"customEventId": event.pk, "customerEmail": "customer0@example.com"}
    fire(read_firing(body), Caller(kind=CallerKind.SERVER_KEY, id="bench"))
    run_due(60)
    found = Invocation.objects.get(event=event)
    if found.status != "waiting":
        raise RuntimeError(f"It is {found.status} and does not wait.")
    return found


def _fill(model: Invocation, rows: int) -> None:
    """Copy what waits until there are so many more, due between an hour and a year from now."""
    given: dict[str, Any] = {"occurrence": model.occurrence_id, "invocation": model.pk, "spread": SPREAD}
    with connection.cursor() as cursor:
        cursor.execute(HURRY)
        for first in range(1, rows + 1, PIECE):
            cursor.execute(COPY, {**given, "first": first, "last": min(first + PIECE - 1, rows)})
        for table in ("occurrence", "invocation", "steprun"):
            # As autovacuum does in its own time.
            cursor.execute(f"VACUUM ANALYZE saleor_custom_events_{table}")
    # What was set for the copying goes with its connection.
    connection.close()


def _claims() -> tuple[int, list[float]]:
    """Give the pages and milliseconds that claims take which find nothing. RuntimeError where they use no index."""
    milliseconds = []
    for _ in range(CLAIMS):
        with connection.cursor() as cursor:
            cursor.execute(EXPLAIN + CLAIM, (settings.BATCH, uuid4(), settings.LEASE))
            (given,) = cursor.fetchone()
        (plan,) = json.loads(given) if isinstance(given, str) else given
        if "sce_invocation_due" not in json.dumps(plan):
            raise RuntimeError("The claim does not use the index of what is due.")
        milliseconds.append(plan["Execution Time"])
    return plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"], milliseconds


def _lateness(processes: Processes, model: Invocation) -> None:
    """Let some become due while one real worker with beat runs, and print how late each one's next step began."""
    processes.start_worker("worker", beat=True)
    given = {"lead": LEAD, "steady": STEADY, "span": SPAN, "burst_after": BURST_AFTER, "few": LEAST}
    with connection.cursor() as cursor:
        cursor.execute(MOVE, {**given, "invocation": model.pk})
    ended = Invocation.objects.filter(logged=True, status="completed", event=model.event_id)
    if not until(lambda: ended.count() == LEAST, PATIENCE):
        raise RuntimeError(f"Only {ended.count()} have ended.")
    processes.stop("worker")
    with connection.cursor() as cursor:
        cursor.execute(BEGAN, (model.event_id,))
        began = cursor.fetchall()
    at_once = Counter(due for due, _ in began).most_common(1)[0][0]
    steady = [late for due, late in began if due != at_once]
    burst = [late for due, late in began if due == at_once]
    for name, values in (("steady", steady), ("burst", burst)):
        for share in (50, 95):
            show_share(f"lateness_{name}_p{share}", values, share, "s")
