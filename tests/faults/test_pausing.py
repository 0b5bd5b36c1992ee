"""Kill switches thrown while two workers are at it: what that holds runs afterwards, once and in order."""

from __future__ import annotations

import pytest

from saleor_custom_events.hosts.sandbox.receivers import Received, until
from tests.faults.shop import PATIENCE, Shop
from tests.faults.test_killed_workers import ENDED_TWICE, INVOCATION_ENDED_TWICE, WORKERS, start
from tests.host_contract.making import Event

#: Before the switch is thrown, and while it is.
BEFORE, MEANWHILE = 200, 600
#: Two workers with 100 each in their hands: by so much one may be overtaken.
IN_HANDS = 200

IN_A_WORKERS_HANDS = """
SELECT count(*) FROM saleor_custom_events_invocation WHERE event_id = %s AND lease IS NOT NULL"""
HELD = "SELECT count(*) FROM saleor_custom_events_invocation WHERE event_id = %s AND pause IS NOT NULL"
WORKER_SEEN_SINCE = """
SELECT count(*) FROM saleor_custom_events_heartbeat WHERE name = 'worker' AND at > %s::timestamptz"""
THROWN = "SELECT count(*) FROM saleor_custom_events_pause WHERE drained_at IS NULL"
NOW = "SELECT clock_timestamp()::text"
#: A switch, and whether the rows that it holds are marked.
SWITCHES = {
    "all": ("customEventPauseAll", "customEventResumeAll", False),
    "event": ('customEventPause(id: "EVENT")', 'customEventResume(id: "EVENT")', True),
    "action": (
        'customEventActionPause(name: "send_webhook")',
        'customEventActionResume(name: "send_webhook")',
        True,
    ),
}


def throw(shop: Shop, event: Event, switch: str) -> None:
    mutation = switch.replace("EVENT", event.id)
    done = shop.live.ask(f"mutation {{ done: {mutation} {{ errors {{ code }} }} }}", by="staff_all")
    assert done["done"]["errors"] == []


def wait_until_nobody_has_any_in_their_hands(shop: Shop, event: Event) -> None:
    """A worker that comes by after the switch was thrown, and leaves with nothing."""
    ((since,),) = shop.live.sql(NOW)
    assert until(lambda: shop.count(WORKER_SEEN_SINCE, since), PATIENCE)
    assert until(lambda: shop.count(IN_A_WORKERS_HANDS, event.number) == 0, PATIENCE)


@pytest.mark.parametrize("kind", SWITCHES)
def test_thrown_under_load_and_thrown_back_everything_runs_once_and_in_order(recorded: Shop, kind: str) -> None:
    shop, (pause, resume, is_marked) = recorded, SWITCHES[kind]
    path = f"/paused-{kind}"
    event = shop.listened_event(
        {
            "id": "hook",
            "type": "action",
            "action": "send_webhook",
            "config": {"url": f"{shop.live.receiver.url}{path}", "body": "{{ dataFields.n }}"},
            "next": None,
        }
    )

    def received() -> list[Received]:
        return shop.live.receiver.at(path)

    start(shop)
    shop.fire_batch(event, [{"n": n} for n in range(BEFORE)])
    assert until(lambda: len(received()) > 0, PATIENCE)
    throw(shop, event, pause)
    for first in range(BEFORE, BEFORE + MEANWHILE, 100):
        shop.fire_batch(event, [{"n": n} for n in range(first, first + 100)])
    if is_marked:
        assert until(lambda: shop.count(HELD, event.number) >= MEANWHILE, PATIENCE)
    wait_until_nobody_has_any_in_their_hands(shop, event)
    so_far = numbers(received())
    assert max(so_far) < BEFORE, "nothing that came after the switch has begun"
    wait_until_nobody_has_any_in_their_hands(shop, event)
    assert len(received()) == len(so_far), "nor does anything begin while it is thrown"

    throw(shop, event, resume)
    shop.wait_for_the_end(event)
    told = numbers(received())
    assert sorted(told) == list(range(BEFORE + MEANWHILE)), "each was told once"
    later = [n - BEFORE for n in told if n >= BEFORE]
    assert max(abs(place - n) for place, n in enumerate(later)) <= IN_HANDS, "in the order in which they were fired"
    assert shop.outcomes(event) == {"completed": BEFORE + MEANWHILE}
    assert shop.live.sql(ENDED_TWICE) == []
    assert shop.live.sql(INVOCATION_ENDED_TWICE) == []
    assert until(lambda: shop.count(THROWN) == 0, PATIENCE)


def numbers(requests: list[Received]) -> list[int]:
    return [int(request.body) for request in requests]


def test_workers_killed_while_they_let_go_of_what_was_held_lose_nothing(recorded: Shop) -> None:
    shop, (pause, resume, _) = recorded, SWITCHES["event"]
    path = "/let-go-of"
    hook = {"url": f"{shop.live.receiver.url}{path}"}
    event = shop.listened_event(
        {"id": "hook", "type": "action", "action": "send_webhook", "config": hook, "next": None}
    )
    start(shop)
    throw(shop, event, pause)
    shop.fire_batch(event, [{"n": n} for n in range(MEANWHILE)])
    assert until(lambda: shop.count(HELD, event.number) == MEANWHILE, PATIENCE)
    throw(shop, event, resume)
    assert until(lambda: 0 < shop.count(HELD, event.number) < MEANWHILE, PATIENCE)
    for name in WORKERS:
        shop.live.kill_worker(name)
    start(shop)
    shop.wait_for_the_end(event)
    keys = {request.headers["idempotency-key"] for request in shop.live.receiver.at(path)}
    assert len(keys) == MEANWHILE
    assert shop.outcomes(event) == {"completed": MEANWHILE}
    assert shop.live.sql(ENDED_TWICE) == []
