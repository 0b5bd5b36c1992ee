"""Redis stopped, and Redis that answers nothing: firing goes on as before, and all of it runs once Redis is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers, free_port, start_redis
from saleor_custom_events.running.hint import TIMEOUT
from tests.faults.shop import Shop
from tests.host_contract.making import Event, Maker
from tests.live.proxy import Proxy
from tests.live.store import running

FIRINGS = 100


def seconds_of_firing(shop: Shop, event: Event) -> float:
    """Fire FIRINGS times, one after the other, all of them accepted; gives how long all of it took."""
    began = time.monotonic()
    statuses = {shop.fire(event).status_code for _ in range(FIRINGS)}
    assert statuses == {202}
    return time.monotonic() - began


@pytest.mark.parametrize("break_redis", [Proxy.cut, Proxy.black_hole], ids=["stopped", "black-holed"])
def test_firing_does_not_need_redis_and_all_runs_once_it_is_back(
    shop: Shop, break_redis: Callable[[Proxy], None]
) -> None:
    event = shop.listened_event()
    seconds_of_firing(shop, event)
    shop.wait_for_the_end(event)
    before = dict(shop.live.processes.children)
    break_redis(shop.live.redis)
    away = seconds_of_firing(shop, event)
    assert away < FIRINGS * TIMEOUT / 2, "each that waited for Redis would wait for all of its patience"
    shop.live.redis.heal()
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": 2 * FIRINGS}
    assert shop.live.processes.children == before, "nothing was started anew"
    assert all(child.alive for child in before.values())


def test_redis_killed_takes_no_work_with_it(servers: Servers, tmp_path: Path) -> None:
    port = free_port()
    process, url = start_redis(tmp_path, port)
    try:
        with running(Servers(database_url=servers.database_url, redis_url=url), tmp_path / "live") as live:
            make = Maker(live)
            shop = Shop(live=live, make=make, key=make.key("SERVER"))
            event = shop.listened_event()
            process.kill()
            process.wait()
            assert {shop.fire(event).status_code for _ in range(FIRINGS)} == {202}
            assert sum(shop.outcomes(event).values()) == FIRINGS
            process, _ = start_redis(tmp_path, port)
            shop.wait_for_the_end(event)
            assert shop.outcomes(event) == {"completed": FIRINGS}
            assert all(child.alive for child in live.processes.children.values())
    finally:
        process.kill()
        process.wait()
