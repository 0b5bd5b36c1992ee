"""Waiting for events with real processes: a web process fires, other processes wait and work."""

from __future__ import annotations

import time
from secrets import token_hex
from typing import Any

import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.test_live_state import ordered
from tests.live.making import a_scenario, an_event
from tests.live.store import FIRST, LiveStore

PATIENCE = 30.0
ONE = "SELECT status, reason FROM saleor_custom_events_invocation WHERE event_id = %s ORDER BY id"


def fire(live: LiveStore, event: int, who: str, **more: Any) -> None:
    body = {"customEventId": event, "customerEmail": who, **more}
    assert live.fire(body, credential=live.token("app_all")).status_code == 202


def a_wait(live: LiveStore, awaited: int, path: str) -> int:
    """Make a scenario that waits for `awaited` and then sends a webhook to `path`; gives the event that starts it."""
    start = an_event(live)
    wait = {"id": "wait", "type": "waitForEvent", "event": awaited, "timeout": "P1D", "happened": "tell"}
    tell = {"id": "tell", "type": "action", "action": "send_webhook", "config": {"url": live.receiver.url + path}}
    a_scenario(live, start, [wait, tell])
    return start


def test_an_awaited_event_and_an_exit_rule_let_go_within_five_seconds(live_store: LiveStore) -> None:
    awaited, left = an_event(live_store), an_event(live_store)
    waiting = a_wait(live_store, awaited, "/awaited")
    leaving = an_event(live_store)
    wait = {"id": "wait", "type": "wait", "duration": "P1D"}
    a_scenario(live_store, leaving, [wait], exits=[{"type": "event", "event": left}])
    for event in (waiting, leaving):
        fire(live_store, event, "a@example.com")
        assert until(lambda event=event: live_store.sql(ONE, event) == [("waiting", "")], PATIENCE)  # type: ignore[misc]
    began = time.monotonic()
    fire(live_store, awaited, "a@example.com")
    fire(live_store, left, "a@example.com")
    assert until(lambda: live_store.receiver.at("/awaited"), 5)
    assert until(lambda: live_store.sql(ONE, leaving) == [("completed", "EXITED_EARLY")], 5)
    assert time.monotonic() - began < 5


def test_medusa_6016_what_happens_while_every_worker_is_dead_lets_go_once_one_is_back(live_store: LiveStore) -> None:
    awaited = an_event(live_store)
    waiting = a_wait(live_store, awaited, "/awaited-later")
    live_store.kill_worker(FIRST)
    people = [f"somebody{i}@example.com" for i in range(20)]
    for person in people:
        fire(live_store, waiting, person)
        fire(live_store, awaited, person)
    live_store.start_worker()
    assert until(lambda: len(live_store.receiver.at("/awaited-later")) == len(people), PATIENCE)
    assert live_store.sql(ONE, waiting) == [("completed", "")] * len(people)
    assert live_store.sql("SELECT count(*) FROM saleor_custom_events_awaiting WHERE event_id = %s", awaited) == [(0,)]


def test_orders_and_unsubscribing_while_every_worker_is_dead_let_go_once_one_is_back(live_store: LiveStore) -> None:
    wait = {"id": "wait", "type": "wait", "duration": "P1D"}
    ordering, leaving = an_event(live_store), an_event(live_store)
    a_scenario(live_store, ordering, [wait], exits=[{"type": "orderPlaced"}])
    a_scenario(live_store, leaving, [wait], exits=[{"type": "consentWithdrawn"}])
    guest = f"guest-{token_hex(4)}@example.com"
    for event in (ordering, leaving):
        fire(live_store, event, guest)
        assert until(lambda event=event: live_store.sql(ONE, event) == [("waiting", "")], PATIENCE)  # type: ignore[misc]
    live_store.kill_worker(FIRST)
    ordered(live_store, userEmail=guest)
    url = f"{live_store.plugin_url}unsubscribe/{live_store.unsubscribe_token(guest)}"
    assert requests.post(url, data={"unsubscribe": "1"}, timeout=30).ok
    live_store.start_worker()
    gone = [("completed", "EXITED_EARLY")]
    for event in (ordering, leaving):
        assert until(lambda event=event: live_store.sql(ONE, event) == gone, PATIENCE)  # type: ignore[misc]
