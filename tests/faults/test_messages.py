"""Messages to workers that come twice, late or never: they are hints, and what is to be done stands in PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import redis
from celery import Celery

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE, Shop
from tests.faults.test_killed_workers import ENDED_TWICE, INVOCATION_ENDED_TWICE, WORKERS, start
from tests.host_contract.making import Event

FIRINGS = 60
MESSAGES = 200
#: Celery's default, in which our messages are.
QUEUE = "celery"


def event_with_a_webhook(shop: Shop) -> Event:
    url = f"{shop.live.receiver.url}/messages"
    return shop.listened_event(
        {"id": "hook", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": "end"},
        {"id": "end", "type": "exit"},
    )


def keys_that_arrived(shop: Shop) -> list[str]:
    return [request.headers["idempotency-key"] for request in shop.live.receiver.at("/messages")]


def test_a_message_that_comes_two_hundred_times_does_everything_once(recorded: Shop) -> None:
    shop = recorded
    event = event_with_a_webhook(shop)
    start(shop)
    before = len(keys_that_arrived(shop))
    with Celery(broker=shop.live.processes.environment["REDIS_URL"]) as app, ThreadPoolExecutor(2) as pool:
        sending = pool.submit(lambda: [app.send_task("saleor_custom_events.run_due") for _ in range(MESSAGES)])
        shop.fire_batch(event, [{"n": n} for n in range(FIRINGS)])
        sending.result()
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": FIRINGS}
    assert shop.live.sql(ENDED_TWICE) == []
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
    arrived = keys_that_arrived(shop)[before:]
    assert len(arrived) == len(set(arrived)) == FIRINGS
    assert all(child.alive for name, child in shop.live.processes.children.items() if name in WORKERS)


def test_messages_that_are_lost_with_all_of_redis_lose_no_work(shop: Shop) -> None:
    event = event_with_a_webhook(shop)
    shop.live.stop_worker()
    shop.fire_batch(event, [{"n": n} for n in range(FIRINGS)])
    broker = redis.Redis.from_url(shop.live.processes.environment["REDIS_URL"])
    assert until(lambda: broker.llen(QUEUE) > 0, PATIENCE), "the message is there, and nobody has read it"
    broker.flushdb()
    shop.live.start_worker()
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": FIRINGS}


def test_a_redis_that_answers_late_makes_nothing_wrong(shop: Shop) -> None:
    event = event_with_a_webhook(shop)
    before = dict(shop.live.processes.children)
    shop.live.redis.slow_down(0.4)
    statuses = {shop.fire(event, dataFields={"n": n}).status_code for n in range(10)}
    assert statuses == {202}
    shop.live.redis.heal()
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": 10}
    assert shop.live.processes.children == before
    assert all(child.alive for child in before.values())
