"""Firings that never stop: each is sent until it is accepted, with one key, as a good client does."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.chaos.scenarios import LANES, Events
from tests.host_contract.making import Event
from tests.live.store import LiveStore

PEOPLE = 20
CLIENTS = 3
#: How often each event is fired; lanes are slow, and must not fall behind.
WEIGHTS = (3, 3, 3, 3, 1)
#: Seconds between two firings of one client, on average.
PAUSE = 0.25
#: Seconds after which a request that got no answer is sent again.
PATIENCE = 10.0
#: How many of a stock event come in one batch.
BATCH = 3


@dataclass
class Ledger:
    """What was accepted, as the clients know it: occurrence ids by the event's number."""

    accepted: dict[int, set[str]] = field(default_factory=dict)
    #: Firings that had to be sent more than once, and answers that were neither success nor an invitation to come back.
    sent_again: int = 0
    wrong: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def accept(self, event: Event, ids: list[str], *, again: bool) -> None:
        """Note what one call was answered with."""
        with self._lock:
            self.accepted.setdefault(event.number, set()).update(ids)
            self.sent_again += again

    def refuse(self, answer: str) -> None:
        """Note an answer that no client can do anything about."""
        with self._lock:
            self.wrong.append(answer)

    @property
    def total(self) -> int:
        """Say how many occurrences were accepted."""
        with self._lock:
            return sum(map(len, self.accepted.values()))


class Load:
    """As a context: clients fire until its end, and have every answer then."""

    def __init__(self, live: LiveStore, key: str, events: Events, seed: int) -> None:
        self.ledger = Ledger()
        self._live, self._key, self._events = live, key, events
        self._over = threading.Event()
        rngs = [random.Random(f"{seed}-{n}") for n in range(CLIENTS)]
        self._clients = [threading.Thread(target=self._fire_on, args=(n, rng)) for n, rng in enumerate(rngs)]

    def __enter__(self) -> Load:
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()

    def wait(self) -> None:
        """Wait for the answers to what is under way: only where the store is whole do they come."""
        for client in self._clients:
            client.join()

    def _fire_on(self, client: int, rng: random.Random) -> None:
        count = 0
        while not self._over.wait(rng.expovariate(1 / PAUSE)):
            count += 1
            (event,) = rng.choices(self._events.fired, WEIGHTS)
            batch = BATCH if event == self._events.stock else 1
            self._send(event, [self._body(event, rng, f"c{client}-{count}-{i}") for i in range(batch)])

    def _body(self, event: Event, rng: random.Random, key: str) -> dict[str, Any]:
        fields = {"n": key, "kind": rng.choice(["odd", "even"]), "lane": f"lane{rng.randrange(LANES)}"}
        return {
            "customEventId": event.number,
            "customerEmail": f"person{rng.randrange(PEOPLE)}@example.com",
            "idempotencyKey": key,
            "dataFields": fields,
        }

    def _send(self, event: Event, bodies: list[dict[str, Any]]) -> None:
        """Send until there is an answer that says what became of it. A batch is always sent as one."""
        for attempt in range(1_000):
            if attempt:
                time.sleep(0.5)
            try:
                answer = self._post(bodies)
            except requests.RequestException:
                continue
            if answer.status_code in (200, 202, 207):
                said = answer.json()
                results = said.get("results", [said])
                if all(result.get("occurrenceId") for result in results):
                    self.ledger.accept(event, [result["occurrenceId"] for result in results], again=attempt > 0)
                    return
            if answer.status_code != 503:
                self.ledger.refuse(f"{answer.status_code}: {answer.text[:300]}")
                return
        self.ledger.refuse(f"never accepted: {bodies[0]['idempotencyKey']}")

    def _post(self, bodies: list[dict[str, Any]]) -> requests.Response:
        path, body = ("fire", bodies[0]) if len(bodies) == 1 else ("fire/batch", {"events": bodies})
        headers = {"Authorization": f"Bearer {self._key}"}
        return requests.post(self._live.plugin_url + path, json=body, headers=headers, timeout=PATIENCE)
