"""Redis stopped, and Redis that answers nothing: what is limited stays limited, and what was accepted is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE, Shop
from tests.live.proxy import Proxy

BURST = 10
OCCURRENCES = "SELECT count(*) FROM saleor_custom_events_occurrence WHERE event_id = %s"
REFUSED = (
    "SELECT coalesce(sum(count), 0) FROM saleor_custom_events_refusal WHERE event_id = %s AND code = 'RATE_LIMITED'"
)


@pytest.fixture
def limited(shop: Shop) -> Iterator[Shop]:
    """A shop where a storefront's key fires BURST times, and once more in three hours."""
    with shop.live.web_with(
        SALEOR_CUSTOM_EVENTS_LIMIT_STOREFRONT_KEY_RATE="0.0001",
        SALEOR_CUSTOM_EVENTS_LIMIT_STOREFRONT_KEY_BURST=str(BURST),
    ):
        yield shop


@pytest.mark.parametrize("break_redis", [Proxy.cut, Proxy.black_hole], ids=["stopped", "black-holed"])
def test_a_key_stays_limited_while_redis_is_away(limited: Shop, break_redis: Callable[[Proxy], None]) -> None:
    live, key = limited.live, limited.make.key("STOREFRONT")
    event = limited.make.event(public=True)

    def fire(number: int) -> int:
        body = {"customEventId": event.number, "anonymousId": f"visitor-{number}"}
        return live.fire(body, credential=key).status_code

    assert fire(0) == 202, "counted in Redis"
    break_redis(live.redis)

    statuses = [fire(number) for number in range(1, BURST + 6)]

    assert statuses == [202] * BURST + [429] * 5
    assert limited.count(OCCURRENCES, event.number) == 1 + BURST
    assert until(lambda: limited.count(REFUSED, event.number) == 5, PATIENCE)
    live.redis.heal()
    # Redis counted one firing and has all others to give: that it answers again is seen by that.
    assert until(lambda: fire(-1) == 202, PATIENCE)
