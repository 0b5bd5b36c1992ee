"""The web process killed while it answers: what was accepted is there, and a caller who asks again changes nothing."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.faults.shop import Shop
from tests.host_contract.making import Event

CALLERS = 4
#: The process is killed so often, each time after some answers.
KILLS = 3
KEYS = "SELECT count(*), count(DISTINCT id) FROM saleor_custom_events_occurrence WHERE event_id = %s"


class Callers:
    """Some who fire at the same time, each firing again with its key until it is answered."""

    def __init__(self, shop: Shop, event: Event) -> None:
        self._shop, self._event = shop, event
        self._numbers = itertools.count()
        self._over = threading.Event()
        self.answered = threading.Semaphore(0)
        #: The occurrence of each key, as it was answered.
        self.accepted: dict[str, str] = {}
        self.unanswered = 0

    def fire_until_over(self) -> None:
        while not self._over.is_set():
            self._fire(f"key-{next(self._numbers)}")

    def end(self) -> None:
        self._over.set()

    def _fire(self, key: str) -> None:
        while True:
            try:
                answer = self._shop.fire(self._event, idempotencyKey=key)
            except requests.RequestException:
                self.unanswered += 1
                continue
            assert answer.status_code in (200, 202), answer.text
            self.accepted[key] = answer.json()["occurrenceId"]
            self.answered.release()
            return


def test_a_web_process_that_is_killed_loses_nothing_and_nothing_happens_twice(shop: Shop) -> None:
    event = shop.listened_event()
    callers = Callers(shop, event)
    with ThreadPoolExecutor(CALLERS) as pool:
        firing = [pool.submit(callers.fire_until_over) for _ in range(CALLERS)]
        try:
            for _ in range(KILLS):
                for _ in range(20):
                    assert callers.answered.acquire(timeout=60)
                shop.live.processes.kill("web")
                shop.live.start_web()
        finally:
            callers.end()
        for one in firing:
            one.result()
    assert callers.unanswered >= KILLS
    assert len(callers.accepted) >= KILLS * 20
    assert shop.live.sql(KEYS, event.number) == [(len(callers.accepted), len(set(callers.accepted.values())))]
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": len(callers.accepted)}
