"""What is measured. The store is the sandbox's: one uvicorn process; no worker runs beside the firing measures."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire_many
from saleor_custom_events.log.reading import LogFilter, Slice, read_log
from saleor_custom_events.models import CustomEvent, Invocation, KeyType
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.bench.figures import rounds, show
from tests.bench.load import Request, per_second
from tests.shop import a_key, a_scenario, an_event

CONNECTIONS = 8
BATCH = 500
SINGLE = 160
INVOCATIONS = 800
ROUNDS = 5
BASELINE = "a plain Django view with one INSERT, same server"
STAFF = Caller(
    kind=CallerKind.STAFF,
    id="VXNlcjox",
    permissions=frozenset({"MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"}),
)
_people = count(1)


def measure_all(base_url: str) -> None:
    """Print every figure."""
    _say("firing")
    _firing(base_url)
    _say("running")
    _running()
    _say("the log")
    _log()


def _say(what: str) -> None:
    print(f"measuring {what} …", file=sys.stderr, flush=True)


def _member(event: CustomEvent) -> dict[str, Any]:
    number = next(_people)
    return {
        "customEventId": event.pk,
        "customerEmail": f"customer{number}@example.com",
        "idempotencyKey": f"key-{number}",
        "url": "https://shop.example/quiz",
        "dataFields": {"score": number % 100, "size": "M", "amount": {"amount": "199.90", "currency": "PLN"}},
    }


def _firing(base_url: str) -> None:
    """Half of what is fired starts a scenario: one event with a listener, one without."""
    heard, unheard = an_event(), an_event()
    a_scenario(heard)
    events = [heard, unheard]
    secret, _ = a_key(KeyType.SERVER)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    door = f"{base_url}/plugins/global/custom-events"

    def single() -> bytes:
        return json.dumps(_member(events[next(_people) % 2])).encode()

    def batch() -> bytes:
        return json.dumps({"events": [_member(events[i % 2]) for i in range(BATCH)]}).encode()

    insert = Request(f"{base_url}/bench/insert", headers, single)
    fire = Request(f"{door}/fire", headers, single)
    fire_batch = Request(f"{door}/fire/batch", headers, batch)
    taken = rounds(
        {
            "insert": lambda: per_second(insert, connections=CONNECTIONS, requests=SINGLE),
            "fire": lambda: per_second(fire, connections=CONNECTIONS, requests=SINGLE),
            "batch": lambda: BATCH * per_second(fire_batch, connections=1, requests=4),
            "direct": lambda: _fires_directly(heard, SINGLE, 1),
            "direct batch": lambda: _fires_directly(heard, BATCH, BATCH),
        },
        ROUNDS,
    )
    show("baseline_insert", taken["insert"], "requests/s")
    show("fire_http", taken["fire"], "firings/s", BASELINE, taken["insert"])
    show("fire_http_batch_500", taken["batch"], "firings/s", BASELINE, taken["insert"])
    show("fire_in_process", taken["direct"], "firings/s", BASELINE, taken["insert"])
    show("fire_in_process_batch_500", taken["direct batch"], "firings/s", BASELINE, taken["insert"])


def _fires_directly(event: CustomEvent, firings: int, at_once: int) -> float:
    """Fire as `api.fire` does, on a connection that is open already; one transaction for each `at_once`."""
    read = [read_firing(_member(event)) for _ in range(firings)]
    caller = Caller(kind=CallerKind.SERVER_KEY, id="bench")
    began = time.perf_counter()
    for first in range(0, firings, at_once):
        fire_many(read[first : first + at_once], caller)
    return firings / (time.perf_counter() - began)


def _running() -> None:
    """One worker process, which is this one; everything is due before it begins."""
    decide: list[dict[str, Any]] = [
        {
            "id": "choose",
            "type": "condition",
            "branches": [{"when": {"left": "dataFields.score", "operator": "lessThan", "right": 50}, "next": "end"}],
            "otherwise": None,
        },
        {"id": "end", "type": "exit"},
    ]
    remember = {
        "id": "end",
        "type": "action",
        "action": "set_customer_metadata",
        "config": {"entries": {"score": "{{ dataFields.score }}"}},
        "next": None,
    }
    get_user_model().objects.bulk_create(get_user_model()(email=f"known{i}@example.com") for i in range(INVOCATIONS))
    _drain()
    taken = rounds(
        {"condition": _invocations(decide), "metadata": _invocations([decide[0], remember])},
        3,
    )
    show("invocations_condition_exit", taken["condition"], "invocations/s")
    show(
        "invocations_condition_metadata",
        taken["metadata"],
        "invocations/s",
        "invocations_condition_exit",
        taken["condition"],
    )


def _invocations(steps: list[dict[str, Any]]) -> Callable[[], float]:
    event = an_event()
    a_scenario(event, steps=steps)

    def measured() -> float:
        firings = [
            read_firing({**_member(event), "customerEmail": f"known{i}@example.com"}) for i in range(INVOCATIONS)
        ]
        fire_many(firings, Caller(kind=CallerKind.SERVER_KEY, id="bench"))
        began = time.perf_counter()
        _drain()
        seconds = time.perf_counter() - began
        ended = Invocation.objects.filter(event=event, status="completed").count()
        if ended % INVOCATIONS:
            raise RuntimeError(f"{ended} invocations ended")
        return INVOCATIONS / seconds

    return measured


def _drain() -> None:
    while Invocation.objects.filter(due_at__isnull=False).exists():
        run_due(60)


ROWS = """
WITH made AS (
  INSERT INTO saleor_custom_events_occurrence
    (id, event_id, registered_at, occurred_at, caller_kind, caller_id, caller_name, identity,
     customer_email, logged, hops)
  SELECT gen_random_uuid(), %(event)s, now() - n * interval '1 second', now(), 'server_key', '', '', 'trusted',
    'customer' || n %% 1000 || '@example.com', true, 0
  FROM generate_series(1, %(rows)s) n
  RETURNING id, registered_at, customer_email)
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_name, start, status, reason, detail, customer_email, logged, created_at, ended_at,
   state, claims)
SELECT id, %(event)s, '', '', 'skipped', 'SKIPPED_NO_SCENARIO', '', customer_email, true, registered_at, registered_at,
  '{}', 0
FROM made"""


def _log() -> None:
    """The newest page of one event's log, and of one customer's in it, at two sizes of the same table."""
    small, large = an_event(), an_event()
    with connection.cursor() as cursor:
        for event, rows in ((small, 1000), (large, 100_000)):
            cursor.execute(ROWS, {"event": event.pk, "rows": rows})
        cursor.execute("ANALYZE saleor_custom_events_invocation")
    taken = rounds(
        {
            "small": lambda: _page(LogFilter(event=small.pk)),
            "large": lambda: _page(LogFilter(event=large.pk)),
            "email": lambda: _page(LogFilter(event=large.pk, email="customer7@example.com")),
        },
        30,
    )
    show("log_page_1k_rows", taken["small"], "ms")
    show("log_page_100k_rows", taken["large"], "ms", "log_page_1k_rows", taken["small"])
    show("log_page_100k_rows_by_email", taken["email"], "ms", "log_page_1k_rows", taken["small"])


def _page(wanted: LogFilter) -> float:
    began = time.perf_counter()
    page = read_log(STAFF, wanted, Slice(first=50))
    if not page.rows:
        raise RuntimeError("an empty page")
    return (time.perf_counter() - began) * 1000
