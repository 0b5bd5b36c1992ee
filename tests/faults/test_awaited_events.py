"""Waits for events with workers that are killed at any moment: who waits, and whom it comes to, by SQL."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.faults.shop import Shop
from tests.faults.test_killed_workers import INVOCATION_ENDED_TWICE, WORKERS, start
from tests.host_contract.making import Event

#: In each round some begin to wait, their event happens at the same time, and both workers are killed.
ROUNDS = 4
PEOPLE = 120

ENDS = """
SELECT i.status, i.reason, s.result->>'branch', count(*) FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.step = 'wait'
WHERE i.event_id = %s GROUP BY 1, 2, 3"""
#: Whose own occurrence did not let it go.
STRANGERS = """
SELECT count(*) FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_occurrence begun ON begun.id = i.occurrence_id
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.step = 'wait'
JOIN saleor_custom_events_occurrence came ON came.id = (s.result->>'occurrenceId')::uuid
WHERE i.event_id = %s AND (came.customer_email <> begun.customer_email OR came.registered_at <= begun.registered_at)"""
LISTENING = """
SELECT count(*) FROM saleor_custom_events_awaiting a JOIN saleor_custom_events_invocation i ON i.id = a.invocation_id
WHERE i.event_id = %s"""
PENDING = "SELECT count(*) FROM saleor_custom_events_happening WHERE pending"


def fire(shop: Shop, event: Event, people: Sequence[int]) -> None:
    bodies = [{"customEventId": event.number, "customerEmail": f"p{n}@example.com"} for n in people]
    answer = shop.live.post("fire/batch", {"events": bodies}, credential=shop.key)
    assert answer.status_code == 202, answer.text


def test_killed_workers_miss_no_event_that_somebody_waits_for_medusa_6016(recorded: Shop) -> None:
    shop = recorded
    awaited, start_event = shop.make.event(), shop.make.event()
    wait = {"id": "wait", "type": "waitForEvent", "event": awaited.number, "timeout": "P1D", "happened": "tell"}
    tell = {"id": "tell", "type": "action", "action": "send_webhook", "next": "end"}
    tell |= {"config": {"url": f"{shop.live.receiver.url}/came"}}
    shop.make.scenario(start_event, [wait, tell, {"id": "end", "type": "exit"}])
    start(shop)
    for round in range(ROUNDS):
        people = range(PEOPLE)[round::ROUNDS]
        fire(shop, start_event, people)
        half = random.sample(people, len(people) // 2)
        fire(shop, awaited, half)
        for name in random.sample(WORKERS, len(WORKERS)):
            time.sleep(random.uniform(0, 0.6))
            shop.live.kill_worker(name)
        fire(shop, awaited, [person for person in people if person not in half])
        start(shop)
    shop.wait_for_the_end(start_event)
    assert shop.live.sql(ENDS, start_event.number) == [("completed", "EXITED", "happened", PEOPLE)]
    assert shop.count(STRANGERS, start_event.number) == 0
    assert shop.count(LISTENING, start_event.number) == 0
    assert shop.count(PENDING) == 0
    assert len({hook.headers["idempotency-key"] for hook in shop.live.receiver.at("/came")}) == PEOPLE
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
