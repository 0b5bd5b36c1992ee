"""PostgreSQL ends every connection, and lets nobody in for a while: what was answered with 202 is there and runs."""

from __future__ import annotations

import json
import threading
import time
from queue import Queue

import pytest
import requests

from tests.faults.database import beside, nobody_let_in
from tests.faults.shop import PATIENCE, Shop
from tests.host_contract.making import Event

#: Firings accepted while connections are ended again and again, and those that lose theirs.
FIRINGS = 60
HITS = 3
ACCEPTED = "SELECT id::text FROM saleor_custom_events_occurrence WHERE event_id = %s"


@pytest.fixture
def event(shop: Shop) -> Event:
    """Give an event whose scenario sends a webhook, so that workers are in the middle of something."""
    url = f"{shop.live.receiver.url}/database-away"
    return shop.listened_event(
        {"id": "hook", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "end"},
        {"id": "end", "type": "exit"},
    )


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
        with beside(self._shop.live) as other:
            while self._strikes.get():
                self.ended += other.end_all()


def refused_as_busy(answer: requests.Response) -> bool:
    """Say whether an answer is a problem that invites to try again."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    return (answer.status_code, kind, answer.json()["code"]) == (503, "application/problem+json", "BUSY")


def test_without_a_database_a_firing_is_told_to_come_back_and_workers_survive(shop: Shop, event: Event) -> None:
    before = dict(shop.live.processes.children)
    with nobody_let_in(shop.live):
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
