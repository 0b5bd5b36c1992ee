"""Start points with workers that are killed at any moment: what flow control and re-entry promise holds by SQL."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE, Shop
from tests.faults.test_killed_workers import INVOCATION_ENDED_TWICE, WORKERS, start
from tests.host_contract.making import Event

#: In each round both workers are killed.
ROUNDS = 4
FIRED = 240
LANES = 6

SPANS = """
SELECT f.fields->0->>'value', i.id, min(s.started_at), i.ended_at
FROM saleor_custom_events_invocation i JOIN saleor_custom_events_datafields f ON f.occurrence_id = i.occurrence_id
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id
WHERE i.event_id = %s GROUP BY 1, 2 ORDER BY 1, 2"""
REASONS = """
SELECT status, reason, count(*) FROM saleor_custom_events_invocation WHERE event_id = %s GROUP BY 1, 2 ORDER BY 1, 2"""
#: Of every lane: how many are under way, how many ended well, and whether it is the newest that did.
NEWEST = """
SELECT count(*), count(*) FILTER (WHERE status = 'completed'),
  (array_agg(status ORDER BY i.id DESC))[1]
FROM saleor_custom_events_invocation i JOIN saleor_custom_events_datafields f ON f.occurrence_id = i.occurrence_id
WHERE i.event_id = %s GROUP BY f.fields->0->>'value'"""
STEPS_OF_THE_SKIPPED = """
SELECT count(*) FROM saleor_custom_events_steprun s JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id
WHERE i.event_id = %s AND i.status = 'skipped'"""
SETTLED_AFTERWARDS = """
SELECT count(*) FROM saleor_custom_events_steprun s JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id
WHERE i.event_id = %s AND i.status = 'cancelled' AND s.ended_at > i.ended_at + interval '1 second'"""
TWO_AT_ONCE = """
SELECT count(*) FROM (
  SELECT e.identity FROM saleor_custom_events_scenarioentry e
  JOIN saleor_custom_events_invocation i ON i.occurrence_id = e.occurrence_id AND i.scenario_id = e.scenario_id
  WHERE i.event_id = %s AND i.due_at IS NOT NULL GROUP BY 1 HAVING count(*) > 1) twice"""


def listened(shop: Shop, steps: Sequence[dict[str, Any]], **more: Any) -> Event:
    event = shop.make.event()
    shop.make.scenario(event, steps, **more)
    return event


def torment(shop: Shop, events: Sequence[Event]) -> None:
    """Fire into lanes, in pieces, and kill both workers after each piece, at moments nobody chose."""
    start(shop)
    for round in range(ROUNDS):
        for event in events:
            numbers = range(FIRED)[round::ROUNDS]
            shop.fire_batch(event, [{"lane": f"lane{n % LANES}", "n": n} for n in numbers])
        for name in random.sample(WORKERS, len(WORKERS)):
            time.sleep(random.uniform(0, 0.6))
            shop.live.kill_worker(name)
        start(shop)


def webhook(shop: Shop, path: str) -> list[dict[str, Any]]:
    url = f"{shop.live.receiver.url}/{path}"
    end = {"id": "end", "type": "exit"}
    return [{"id": "tell", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "end"}, end]


def test_killed_workers_never_let_two_of_one_lane_run_at_once_and_leave_none_behind_mautic_2004(recorded: Shop) -> None:
    shop = recorded
    alone = listened(shop, webhook(shop, "alone"), flow={"type": "oneAtATime", "key": "dataFields.lane"})
    torment(shop, [alone])
    shop.wait_for_the_end(alone)
    assert shop.outcomes(alone) == {"completed": FIRED}
    spans = shop.live.sql(SPANS, alone.number)
    assert len(spans) == FIRED
    for (lane, _, _, ended), (next_lane, number, begun, _) in pairwise(spans):
        assert lane != next_lane or begun >= ended, f"{number} began before the one before it had ended"
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []


def test_debounced_and_limited_ones_are_each_run_once_or_skipped_with_their_reason_mautic_3669(recorded: Shop) -> None:
    shop = recorded
    quiet = {"type": "debounce", "quiet": "PT1S", "atMost": "PT3S", "key": "dataFields.lane"}
    limit = {"type": "rateLimit", "count": 7, "per": "P1D", "key": "dataFields.lane"}
    debounced = listened(shop, webhook(shop, "debounced"), flow=quiet)
    limited = listened(shop, webhook(shop, "limited"), flow=limit)
    torment(shop, [debounced, limited])
    for event in (debounced, limited):
        shop.wait_for_the_end(event)
        assert shop.count(STEPS_OF_THE_SKIPPED, event.number) == 0
    ends = {(status, reason): count for status, reason, count in shop.live.sql(REASONS, debounced.number)}
    assert set(ends) == {("completed", "EXITED"), ("skipped", "SKIPPED_DEBOUNCED")}
    assert sum(ends.values()) == FIRED
    assert {newest for _, _, newest in shop.live.sql(NEWEST, debounced.number)} == {"completed"}
    assert (
        len({hook.headers["idempotency-key"] for hook in shop.live.receiver.at("/debounced")})
        == ends["completed", "EXITED"]
    )
    assert shop.live.sql(REASONS, limited.number) == [
        ("completed", "EXITED", 7 * LANES),
        ("skipped", "SKIPPED_RATE_LIMIT", FIRED - 7 * LANES),
    ]
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []


def test_restarting_over_killed_workers_leaves_one_and_nothing_of_the_ended_ones_goes_on(recorded: Shop) -> None:
    shop = recorded
    nap = {"id": "nap", "type": "wait", "duration": "PT1S", "next": "tell"}
    event = listened(shop, [nap, *webhook(shop, "restarted")], reentry="restart")
    start(shop)
    with ThreadPoolExecutor(4) as pool:
        for round in range(ROUNDS):
            numbers = range(FIRED // 2)[round::ROUNDS]
            list(pool.map(lambda n: shop.fire(event, customerEmail=f"c{n % LANES}@example.com"), numbers))
            assert shop.count(TWO_AT_ONCE, event.number) == 0
            for name in random.sample(WORKERS, len(WORKERS)):
                time.sleep(random.uniform(0, 0.6))
                shop.live.kill_worker(name)
            start(shop)
    assert until(lambda: set(shop.outcomes(event)) <= {"completed", "cancelled"}, PATIENCE)
    ends = {(status, reason): count for status, reason, count in shop.live.sql(REASONS, event.number)}
    assert set(ends) == {("cancelled", "CANCELLED_RESTARTED"), ("completed", "EXITED")}
    assert sum(ends.values()) == FIRED // 2
    assert ends["completed", "EXITED"] >= LANES
    assert shop.count(SETTLED_AFTERWARDS, event.number) == 0
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
