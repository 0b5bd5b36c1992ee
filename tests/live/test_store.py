"""The store in processes of its own: from a firing over HTTP to the receiver, and what a test may break of it."""

import pytest
import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.live.making import a_listening_webhook
from tests.live.store import FIRST, LiveStore

PATIENCE = 30.0


def test_a_firing_reaches_the_receiver_through_a_real_worker(live_store: LiveStore):
    event = a_listening_webhook(live_store, "/through")
    answer = live_store.fire(
        {"customEventId": event, "customerEmail": "a@example.com"}, credential=live_store.token("app_all")
    )
    assert answer.status_code == 202
    assert until(lambda: live_store.receiver.at("/through"), PATIENCE)


def test_a_killed_worker_is_gone_and_a_new_one_goes_on(live_store: LiveStore):
    event = a_listening_webhook(live_store, "/revived")
    live_store.kill_worker(FIRST)
    live_store.fire({"customEventId": event, "customerEmail": "a@example.com"}, credential=live_store.token("app_all"))
    assert not until(lambda: live_store.receiver.at("/revived"), 3)
    live_store.start_worker()
    assert until(lambda: live_store.receiver.at("/revived"), PATIENCE)


@pytest.mark.parametrize("gone", ["cut", "black_hole"])
def test_while_redis_is_gone_firings_are_accepted_quickly_and_all_run_once_it_is_back(live_store: LiveStore, gone: str):
    path = f"/without-redis-{gone}"
    event = a_listening_webhook(live_store, path)
    headers = {"Authorization": f"Bearer {live_store.token('app_all')}"}
    getattr(live_store.redis, gone)()
    with requests.Session() as session:
        slowest = 0.0
        for number in range(100):
            body = {"customEventId": event, "customerEmail": "a@example.com", "idempotencyKey": f"{gone}-{number}"}
            answer = session.post(f"{live_store.plugin_url}fire", json=body, headers=headers, timeout=30)
            assert answer.status_code == 202
            slowest = max(slowest, answer.elapsed.total_seconds())
    assert slowest < 2
    live_store.redis.heal()
    assert until(lambda: len(live_store.receiver.at(path)) >= 100, 4 * PATIENCE)
    ids = {received.headers["webhook-id"] for received in live_store.receiver.at(path)}
    assert len(ids) == 100
    unfinished = "SELECT count(*) FROM saleor_custom_events_invocation WHERE event_id = %s AND status <> 'completed'"
    assert until(lambda: live_store.sql(unfinished, event) == [(0,)], PATIENCE)
