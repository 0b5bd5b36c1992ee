"""Hints: never waited for, whatever the broker does; few, however often somebody rings; and back when it is back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import urlsplit

import pytest
import redis
from pytest_django.fixtures import Settings

from saleor_custom_events.hosts.sandbox.celery import app
from saleor_custom_events.hosts.sandbox.embedded import Servers
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.running.hint import PAUSE, Bell
from tests.faults.shop import PATIENCE, Shop
from tests.live.proxy import Proxy, proxy_to
from tests.live.store import FIRST

RINGS = 100_000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A queue that nobody reads, behind a proxy that can break."""

    broker: Proxy
    server: redis.Redis
    queue: str

    @property
    def messages(self) -> int:
        """Say how many hints are in the queue, asking Redis itself."""
        return int(self.server.llen(self.queue))  # type: ignore[arg-type]


@pytest.fixture
def line(servers: Servers, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Give a queue of this test alone, to which this process publishes."""
    target = urlsplit(servers.redis_url)
    settings.SALEOR_CUSTOM_EVENTS_QUEUE = f"hints-{token_hex(4)}"
    with (
        proxy_to(target.hostname or "127.0.0.1", target.port or 6379) as broker,
        redis.Redis.from_url(servers.redis_url) as server,
    ):
        monkeypatch.setattr(app.conf, "broker_write_url", f"redis://127.0.0.1:{broker.port}{target.path}")
        yield Line(broker=broker, server=server, queue=settings.SALEOR_CUSTOM_EVENTS_QUEUE)
        server.delete(settings.SALEOR_CUSTOM_EVENTS_QUEUE)


@pytest.fixture
def bell(line: Line) -> Iterator[Bell]:
    """Give a bell that rings into the line. It has said everything when the next test changes the queue."""
    bell = Bell()
    yield bell
    line.broker.heal()
    assert until(lambda: not bell._rung.is_set(), PATIENCE)


def seconds_to_ring(bell: Bell, times: int) -> float:
    """Ring again and again; gives how long that took."""
    began = time.monotonic()
    for _ in range(times):
        bell.ring()
    return time.monotonic() - began


def test_a_ring_becomes_a_message(line: Line, bell: Bell) -> None:
    bell.ring()
    assert until(lambda: line.messages >= 1, PATIENCE)
    before = line.messages
    bell.ring()
    assert until(lambda: line.messages > before, PATIENCE), "the last ring is never swallowed"


def test_many_rings_make_few_messages(line: Line, bell: Bell) -> None:
    began = time.monotonic()
    rings = 0
    while line.messages < 5:
        bell.ring()
        rings += 1
    assert rings > 20
    assert line.messages <= (time.monotonic() - began) / PAUSE + 1


@pytest.mark.parametrize("gone", ["cut", "black_hole"])
def test_a_hint_that_cannot_be_published_delays_nothing_and_comes_once_the_broker_is_back(
    line: Line, bell: Bell, gone: str
) -> None:
    bell.ring()
    assert until(lambda: line.messages >= 1, PATIENCE)
    getattr(line.broker, gone)()
    assert seconds_to_ring(bell, RINGS) < PATIENCE, "nobody who rings waits for the broker, not even a millisecond"
    settled = line.messages
    line.broker.heal()
    assert until(lambda: line.messages > settled, PATIENCE), "what was rung meanwhile"


def test_a_connection_on_which_no_answer_ever_comes_does_not_silence_the_process(line: Line, bell: Bell) -> None:
    bell.ring()
    assert until(lambda: line.messages >= 1, PATIENCE)
    line.broker.forget()
    settled = line.messages
    bell.ring()
    assert until(lambda: line.messages > settled, PATIENCE)


def test_a_firing_runs_by_its_hint_alone(shop: Shop) -> None:
    shop.live.stop_worker(FIRST)
    shop.live.start_worker("without-beat", beat=False)
    event = shop.listened_event()
    assert shop.fire(event).status_code == 202
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": 1}
