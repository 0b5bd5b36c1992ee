"""Workers that stand still for longer than they may hold what they claimed, and workers that are asked to end."""

from __future__ import annotations

import os
import signal
import threading
import time

from saleor_custom_events.hosts.sandbox.receivers import Received
from tests.faults.shop import PATIENCE, Shop
from tests.faults.test_killed_workers import ENDED_TWICE, INVOCATION_ENDED_TWICE
from tests.live.store import FIRST

INVOCATIONS = 40
SECOND = "worker-b"
BY_STEP = """
SELECT s.step, s.status, count(*) FROM saleor_custom_events_steprun s
JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id WHERE i.event_id = %s GROUP BY 1, 2 ORDER BY 1"""


def test_who_wakes_up_with_what_another_has_done_meanwhile_settles_nothing_twice(recorded: Shop) -> None:
    shop = recorded
    event = shop.listened_event(
        {
            "id": "hook",
            "type": "action",
            "action": "send_webhook",
            "config": {"url": url_of(shop, "/paused")},
            "next": "end",
        },
        {"id": "end", "type": "exit"},
    )
    sleeper = shop.live.processes.children[FIRST]
    asleep: list[Received] = []

    def answer(received: Received) -> int:
        if received.path == "/paused" and not asleep:
            # In the middle of its webhooks: what it has claimed stays claimed.
            asleep.append(received)
            os.killpg(sleeper.process.pid, signal.SIGSTOP)
        return 200

    shop.live.receiver.answer = answer
    try:
        shop.fire_batch(event, [{"n": n} for n in range(INVOCATIONS)])
        shop.live.start_worker(SECOND)
        shop.wait_for_the_end(event)
        assert asleep
        assert shop.outcomes(event) == {"completed": INVOCATIONS}
    finally:
        os.killpg(sleeper.process.pid, signal.SIGCONT)
    # What it had in its hands it would settle now; that it lives on is seen by what it does next.
    shop.live.kill_worker(SECOND)
    assert shop.fire(event).status_code == 202
    shop.wait_for_the_end(event)
    assert sleeper.alive
    assert shop.live.sql(BY_STEP, event.number) == [
        ("end", "done", INVOCATIONS + 1),
        ("hook", "done", INVOCATIONS + 1),
    ]
    assert shop.live.sql(ENDED_TWICE) == []
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
    keys = [request.headers["idempotency-key"] for request in shop.live.receiver.at("/paused")]
    assert len(set(keys)) == INVOCATIONS + 1, "who was asked again can tell by the key"


def test_who_is_asked_to_end_leaves_nothing_half_done(recorded: Shop) -> None:
    shop = recorded
    event = shop.listened_event(
        {
            "id": "hook",
            "type": "action",
            "action": "send_webhook",
            "config": {"url": url_of(shop, "/ended")},
            "next": "end",
        },
        {"id": "end", "type": "exit"},
    )
    began = threading.Event()

    def answer(received: Received) -> int:
        began.set()
        time.sleep(0.2)
        return 200

    shop.live.receiver.answer = answer
    shop.fire_batch(event, [{"n": n} for n in range(INVOCATIONS)])
    assert began.wait(PATIENCE)
    shop.live.stop_worker()
    shop.live.start_worker()
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": INVOCATIONS}
    assert shop.live.sql(ENDED_TWICE) == []
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
    keys = [request.headers["idempotency-key"] for request in shop.live.receiver.at("/ended")]
    assert len(keys) == len(set(keys)) == INVOCATIONS, "what was begun was ended, and what was not is begun by the next"


def url_of(shop: Shop, path: str) -> str:
    return f"{shop.live.receiver.url}{path}"
