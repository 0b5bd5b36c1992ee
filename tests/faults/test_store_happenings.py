"""What happened in the store fires once, whatever becomes of the workers that deal with it."""

from __future__ import annotations

import random
import time

from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.hosts.sandbox.tokens import global_id
from tests.faults.shop import PATIENCE, Shop

#: In each round, so that both workers have their hands full when they are killed.
HAPPENINGS = 1500
#: How often both workers are killed, some moment after they have begun.
ROUNDS = 6
MOMENT = 0.4
WORKERS = ("worker-a", "worker-b")
ORDER = """
INSERT INTO sandbox_order (user_email, status, currency, total_gross_amount, created_at)
VALUES ('anna@example.com', 'unfulfilled', 'USD', 10, now()) RETURNING id"""
NOTED = """
INSERT INTO saleor_custom_events_storehappening
  (kind, object_id, remembered, happened_at, due_at, attempts, revision)
SELECT 'orderPaid', %s, '{}'::jsonb, now(), now(), 0, 1 FROM generate_series(1, %s) RETURNING id"""
LEFT = "SELECT count(*) FROM saleor_custom_events_storehappening"
FIRED = "SELECT count(*) FROM saleor_custom_events_occurrence WHERE event_id = %s"
KEYS = "SELECT count(DISTINCT key) FROM saleor_custom_events_idempotencykey WHERE event_id = %s"


def test_workers_that_are_killed_fire_everything_once(shop: Shop) -> None:
    event = shop.make.event(happenings=[{"kind": "ORDER_PAID"}])
    ((order,),) = shop.live.sql(ORDER)
    chance, in_the_middle = random.Random(7), 0

    for _ in range(ROUNDS):
        before = shop.count(FIRED, event.number)
        shop.live.sql(NOTED, global_id("Order", order), HAPPENINGS)
        for name in WORKERS:
            shop.live.start_worker(name, beat=True)
        assert until(lambda before=before: shop.count(FIRED, event.number) > before, PATIENCE)
        time.sleep(chance.random() * MOMENT)
        for name in WORKERS:
            shop.live.kill_worker(name)
        in_the_middle += shop.count(LEFT) > 0
    shop.live.start_worker()

    assert until(lambda: shop.count(LEFT) == 0, PATIENCE), f"{shop.count(LEFT)} are left"
    assert shop.count(FIRED, event.number) == shop.count(KEYS, event.number) == ROUNDS * HAPPENINGS
    assert in_the_middle, "They had always done all of it before they were killed"
