"""PostgreSQL ends every connection, and lets nobody in for a while: what was answered with 202 is there and runs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import psycopg
import pytest
import requests
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE, Shop
from tests.host_contract.making import Event

#: Firings accepted while connections are ended again and again, and those that lose theirs.
FIRINGS = 60
HITS = 3
END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
ACCEPTED = "SELECT id::text FROM saleor_custom_events_occurrence WHERE event_id = %s"


@pytest.fixture
def event(shop: Shop) -> Event:
    """Give an event whose scenario sends a webhook, so that workers are in the middle of something."""
    url = f"{shop.live.receiver.url}/database-away"
    return shop.listened_event(
        {"id": "hook", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "end"},
        {"id": "end", "type": "exit"},
    )


@contextmanager
def server(shop: Shop) -> Iterator[tuple[psycopg.Connection, str]]:
    """Give a connection to another database of the same server, and the name of the shop's."""
    name = str(conninfo_to_dict(shop.live.database_url)["dbname"])
    with psycopg.connect(shop.live.database_url, dbname="postgres", autocommit=True) as connection:
        yield connection, name


@contextmanager
def nobody_let_in(shop: Shop) -> Iterator[None]:
    """End every connection to the shop's database and refuse new ones."""
    with server(shop) as (connection, name):
        lock = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        connection.execute(lock.format(sql.Identifier(name), sql.Literal(False)))
        try:
            # Again until nobody is left: who was on the way in when the door closed comes after the first.
            assert until(lambda: connection.execute(END_ALL, (name,)).rowcount == 0, PATIENCE)
            yield
        finally:
            connection.execute(lock.format(sql.Identifier(name), sql.Literal(True)))


class Striker:
    """Ends every connection to the shop's database, beside what is done meanwhile, as often as it is told to.

    Not by the clock: on a busy machine no worker would come to the end of anything between two strikes.
    """

    def __init__(self, shop: Shop) -> None:
        self.ended = 0
        self._shop = shop
        self._strikes: Queue[bool] = Queue()

    def strike(self) -> None:
        """Strike once, at some moment that comes soon."""
        self._strikes.put(True)

    def __enter__(self) -> Striker:
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._strikes.put(False)
        self._thread.join()

    def _work(self) -> None:
        with server(self._shop) as (connection, name):
            while self._strikes.get():
                self.ended += connection.execute(END_ALL, (name,)).rowcount


def refused_as_busy(answer: requests.Response) -> bool:
    """Say whether an answer is a problem that invites to try again."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    return (answer.status_code, kind, answer.json()["code"]) == (503, "application/problem+json", "BUSY")


def test_without_a_database_a_firing_is_told_to_come_back_and_workers_survive(shop: Shop, event: Event) -> None:
    before = dict(shop.live.processes.children)
    with nobody_let_in(shop):
        assert refused_as_busy(shop.fire(event))
        ready = requests.get(f"{shop.live.plugin_url}health?ready=1", timeout=PATIENCE)
        assert ready.status_code == 503
    assert shop.fire(event).status_code == 202
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": 1}, "what was answered with 503 was not kept"
    assert shop.live.processes.children == before
    assert all(child.alive for child in before.values())


def test_what_was_accepted_while_connections_were_ended_is_there_and_runs(shop: Shop, event: Event) -> None:
    accepted: set[str] = set()
    busy = 0
    until_broken = time.monotonic() + 3 * PATIENCE
    with Striker(shop) as striker:
        while len(accepted) < FIRINGS or busy < HITS or striker.ended < FIRINGS:
            assert time.monotonic() < until_broken, (len(accepted), busy, striker.ended)
            striker.strike()
            answer = shop.fire(event)
            if answer.status_code == 202:
                accepted.add(answer.json()["occurrenceId"])
            else:
                assert refused_as_busy(answer)
                busy += 1
    kept = {row[0] for row in shop.live.sql(ACCEPTED, event.number)}
    assert accepted <= kept
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": len(kept)}
    sent = [json.loads(request.body)["occurrence"]["id"] for request in shop.live.receiver.at("/database-away")]
    assert kept <= set(sent)
