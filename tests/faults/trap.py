"""A receiver that holds an answer back: its sender has done its outside effect, and cannot have settled it."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from queue import Queue

from saleor_custom_events.hosts.sandbox.receivers import Received
from tests.faults.shop import PATIENCE, Shop

#: The step run as it stands while its webhook is under way.
SENDER = """
SELECT s.status, s.result->>'worker' FROM saleor_custom_events_steprun s
WHERE s.invocation_id = %s AND s.visit = %s"""


@dataclass(frozen=True, slots=True)
class Caught:
    """A request that waits for its answer."""

    key: str
    invocation: int
    visit: int


class Trap:
    """Catches one request each time it is set, never one of an invocation that it caught before."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._lock = threading.Lock()
        self._set = False
        self._caught: Queue[Caught] = Queue()
        self._let_go = threading.Event()
        #: Keys of all that were caught.
        self.keys: set[str] = set()
        shop.live.receiver.answer = self._answer

    def set(self) -> None:
        """Hold back the answer to the next request."""
        self._let_go.clear()
        self._set = True

    def wait(self) -> Caught:
        """Give the request that was caught. Raises queue.Empty where none comes."""
        return self._caught.get(timeout=PATIENCE)

    def kill_sender(self, caught: Caught) -> str:
        """Kill the worker that waits for the answer, then answer into the void; gives the worker's name."""
        status, sender = self._step(caught)
        group = os.getpgid(int(sender.rpartition(":")[2]))
        children = self._shop.live.processes.children.values()
        (name,) = (child.name for child in children if child.process.pid == group)
        self._shop.live.kill_worker(name)
        assert status == self._step(caught)[0] == "trying", "the effect has happened and is not settled"
        self._let_go.set()
        return name

    def _step(self, caught: Caught) -> tuple[str, str]:
        ((status, sender),) = self._shop.live.sql(SENDER, caught.invocation, caught.visit)
        return str(status), str(sender)

    def _answer(self, received: Received) -> int:
        body = json.loads(received.body)
        caught = Caught(received.headers["idempotency-key"], int(body["invocation"]["id"]), int(body["step"]["visit"]))
        with self._lock:
            holds = self._set and caught.key not in self.keys
            if holds:
                self._set = False
                self.keys.add(caught.key)
        if holds:
            self._caught.put(caught)
            self._let_go.wait(PATIENCE)
        return 200
