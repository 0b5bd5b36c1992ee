"""Workers killed at any moment, also between an outside effect and its settling: all ends, and nothing ends twice."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest

from saleor_custom_events.hosts.sandbox.receivers import Received
from tests.faults.shop import Shop
from tests.faults.trap import Trap
from tests.host_contract.making import Event

WORKERS = ("worker-a", "worker-b")
#: In each round, both workers are killed; in every second one, one of them in the middle of a webhook.
ROUNDS = 10
INVOCATIONS = 1000
#: Seconds after a firing within which a worker is killed: before, while and after it has the work in its hands.
MOMENT = 0.6
#: Every invocation passes five steps, whichever way it goes.
VISITS = 5

#: Whatever becomes an end, and whatever is done to what has ended, recorded by the database itself.
RECORD_ENDS = """
CREATE TABLE ended_step (invocation bigint, visit int);
CREATE FUNCTION record_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO ended_step VALUES (NEW.invocation_id, NEW.visit); RETURN NULL; END $$;
CREATE TRIGGER record_step AFTER INSERT OR UPDATE ON saleor_custom_events_steprun
FOR EACH ROW WHEN (NEW.status IN ('done', 'skipped', 'failed', 'unknown')) EXECUTE FUNCTION record_step();
CREATE TABLE ended_invocation (invocation bigint);
CREATE FUNCTION record_invocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO ended_invocation VALUES (NEW.id); RETURN NULL; END $$;
CREATE TRIGGER record_invocation AFTER UPDATE ON saleor_custom_events_invocation
FOR EACH ROW WHEN (NEW.due_at IS NULL) EXECUTE FUNCTION record_invocation();
"""
FORGET_ENDS = """
DROP TRIGGER record_step ON saleor_custom_events_steprun;
DROP TRIGGER record_invocation ON saleor_custom_events_invocation;
DROP FUNCTION record_step; DROP FUNCTION record_invocation;
DROP TABLE ended_step; DROP TABLE ended_invocation;
"""
STEPS_THAT_ENDED = """
SELECT s.visit, count(*), count(DISTINCT s.invocation_id) FROM saleor_custom_events_steprun s
JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id
WHERE i.event_id = %s AND s.status = 'done' AND s.ended_at IS NOT NULL GROUP BY s.visit ORDER BY s.visit"""
STEPS = """
SELECT count(*) FROM saleor_custom_events_steprun s
JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id WHERE i.event_id = %s"""
ENDED_TWICE = "SELECT invocation, visit, count(*) FROM ended_step GROUP BY 1, 2 HAVING count(*) > 1"
INVOCATION_ENDED_TWICE = "SELECT invocation, count(*) FROM ended_invocation GROUP BY 1 HAVING count(*) > 1"
#: What is counted at each part of the version that an event started.
COUNTED = """
SELECT part, sum(n)::int FROM (
  SELECT version_id, part, outcome, count AS n FROM saleor_custom_events_tally
  UNION ALL SELECT version_id, part, outcome, by FROM saleor_custom_events_tallychange) counted
WHERE version_id = (SELECT version_id FROM saleor_custom_events_invocation WHERE event_id = %s LIMIT 1)
  AND outcome = %s GROUP BY part HAVING sum(n) <> 0 ORDER BY part"""
FIRED_BY = """
SELECT count(*), count(DISTINCT caused_by) FROM saleor_custom_events_occurrence WHERE event_id = %s"""


@pytest.fixture
def followed(shop: Shop) -> Event:
    """Give an event that scenarios fire."""
    return shop.make.event()


@pytest.fixture
def tormented(recorded: Shop, followed: Event) -> Event:
    """Give an event whose scenario does something outside, waits, and does something inside."""
    url = f"{recorded.live.receiver.url}/killed"
    odd = {"left": "dataFields.kind", "operator": "equals", "right": "odd"}
    return recorded.listened_event(
        {"id": "kind", "type": "condition", "branches": [{"when": odd, "next": "odd"}], "otherwise": "even"},
        {"id": "odd", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "nap"},
        {"id": "nap", "type": "wait", "duration": "PT1S", "next": "follow"},
        {
            "id": "follow",
            "type": "action",
            "action": "fire_event",
            "config": {"event": followed.number, "copyFields": True},
            "next": "end",
        },
        {"id": "even", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "rest"},
        {"id": "rest", "type": "wait", "duration": "PT1S", "next": "tag"},
        {
            "id": "tag",
            "type": "action",
            "action": "set_customer_metadata",
            "config": {"entries": {"last": "{{ dataFields.n }}"}},
            "next": "end",
        },
        {"id": "end", "type": "exit"},
    )


def test_killed_workers_lose_nothing_and_settle_nothing_twice(shop: Shop, tormented: Event, followed: Event) -> None:
    trap = Trap(shop)
    start(shop)
    killed = 0
    for round in range(ROUNDS):
        caught_one = round % 2 == 0
        if caught_one:
            trap.set()
        fire(shop, tormented, numbers=range(INVOCATIONS)[round::ROUNDS])
        left = list(WORKERS)
        if caught_one:
            left.remove(trap.kill_sender(trap.wait()))
        for name in random.sample(left, len(left)):
            time.sleep(random.uniform(0, MOMENT))
            shop.live.kill_worker(name)
        killed += len(WORKERS)
        start(shop)
    assert killed >= 20
    assert len(trap.keys) >= 5
    shop.wait_for_the_end(tormented)
    assert shop.outcomes(tormented) == {"completed": INVOCATIONS}
    every_visit_ended_once(shop, tormented)
    what_is_counted_is_what_happened(shop, tormented)
    webhooks_have_one_body_a_key(shop.live.receiver.at("/killed"), trap.keys)
    fired = shop.live.sql(FIRED_BY, followed.number)
    assert fired == [(INVOCATIONS // 2, INVOCATIONS // 2)], "fired once by every invocation that went that way"


def start(shop: Shop) -> None:
    """Start both workers, side by side; beat is in the first."""
    with ThreadPoolExecutor(len(WORKERS)) as pool:
        list(pool.map(lambda name: shop.live.start_worker(name, beat=name == WORKERS[0]), WORKERS))


def fire(shop: Shop, event: Event, numbers: range) -> None:
    """Fire once for each of the numbers, every second one of the kind `odd`."""
    shop.fire_batch(event, [{"n": n, "kind": "odd" if n % 2 else "even"} for n in numbers])


def every_visit_ended_once(shop: Shop, event: Event) -> None:
    """Assert that each visit has one step run, that it ended well, and that nothing was ever written to it after."""
    assert shop.live.sql(STEPS_THAT_ENDED, event.number) == [
        (visit, INVOCATIONS, INVOCATIONS) for visit in range(1, VISITS + 1)
    ]
    assert shop.count(STEPS, event.number) == INVOCATIONS * VISITS
    assert shop.live.sql(ENDED_TWICE) == []
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
    assert shop.count("SELECT count(*) FROM ended_step") == INVOCATIONS * VISITS, "the triggers saw every end"
    assert shop.count("SELECT count(*) FROM ended_invocation") == INVOCATIONS


def what_is_counted_is_what_happened(shop: Shop, event: Event) -> None:
    """Assert that every run is counted at each of its steps as passed, and nowhere as anything else."""
    half = INVOCATIONS // 2
    of_a_way = [(part, half) for part in ("even", "follow", "nap", "odd", "rest", "tag")]
    everybody = [("end", INVOCATIONS), ("kind", INVOCATIONS)]
    assert shop.live.sql(COUNTED, event.number, "passed") == sorted([*of_a_way, *everybody])
    assert [count for _, count in shop.live.sql(COUNTED, event.number, "completed")] == [INVOCATIONS]
    for outcome in ("under_way", "waiting", "stopped", "failed", "unknown", "skipped"):
        assert shop.live.sql(COUNTED, event.number, outcome) == [], outcome


def webhooks_have_one_body_a_key(received: list[Received], killed_at: set[str]) -> None:
    """Assert what a receiver relies on: every key came, with one body, and those of dead workers came again."""
    bodies: dict[str, list[bytes]] = defaultdict(list)
    for request in received:
        bodies[request.headers["idempotency-key"]].append(request.body)
    assert len(bodies) == INVOCATIONS
    assert {key for key, sent in bodies.items() if len(set(sent)) > 1} == set()
    assert {key for key in killed_at if len(bodies[key]) < 2} == set(), "their effects were tried again"
    assert len(set().union(*bodies.values())) == INVOCATIONS, "no body belongs to two keys"
