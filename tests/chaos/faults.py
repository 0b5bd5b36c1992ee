"""Faults, one after the other, at moments that a seed chooses. All are made by one thread, so each is mended first."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import redis

from saleor_custom_events.hosts.sandbox.processes import NotReady
from tests.chaos.clocks import Clocks
from tests.faults.database import beside, nobody_let_in
from tests.live.store import LiveStore

WORKERS = ("worker-a", "worker-b")
#: Seconds between two faults, and for which something is away.
PAUSES = (0.5, 3.0)
AWAY = (0.5, 4.0)
#: Seconds by which a clock is wrong, in either direction: a minute to five days.
WRONG = (60, 5 * 86_400)


@dataclass
class Faults:
    """Everything that can go wrong with a store, and how often it did."""

    live: LiveStore
    #: Redis itself, past the proxy through which the store sees it.
    redis_url: str
    rng: random.Random
    clocks: Clocks
    done: Counter[str] = field(default_factory=Counter)

    def torment(self, seconds: float) -> None:
        """Make faults for so long; the last one is mended when this returns, and every clock is right."""
        faults: list[tuple[Callable[[], None], int]] = [
            (self.kill_a_worker, 6),
            (self.kill_all_workers, 2),
            (self.deploy_a_worker, 1),
            (self.kill_the_web, 2),
            (self.end_connections, 4),
            (self.close_the_database, 2),
            (self.flush_redis, 3),
            (self.cut_redis, 2),
            (self.black_hole_redis, 2),
            *([(self.move_a_clock, 8)] if self.clocks.library else []),
        ]
        makes, weights = zip(*faults, strict=True)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            (fault,) = self.rng.choices(makes, weights)
            fault()
            self.done[fault.__name__.replace("_", " ")] += 1
            time.sleep(self.rng.uniform(*PAUSES))
        self.put_clocks_right()

    def _for_a_while(self) -> None:
        time.sleep(self.rng.uniform(*AWAY))

    def kill_a_worker(self) -> None:
        """`kill -9` in the middle of whatever it does; another one comes in its place."""
        name = self.rng.choice(WORKERS)
        self.live.kill_worker(name)
        self.start_worker(name)

    def kill_all_workers(self) -> None:
        """Nobody works for a while."""
        for name in WORKERS:
            self.live.kill_worker(name)
        self._for_a_while()
        for name in WORKERS:
            self.start_worker(name)

    def deploy_a_worker(self) -> None:
        """A worker is asked to end, and does so in order."""
        name = self.rng.choice(WORKERS)
        self.live.stop_worker(name)
        self.start_worker(name)

    def kill_the_web(self) -> None:
        """Firings that are under way get no answer."""
        self.live.processes.kill("web")
        self.live.start_web()

    def end_connections(self) -> None:
        """PostgreSQL ends every connection of the store, some times in a row."""
        with beside(self.live) as other:
            for _ in range(self.rng.randint(1, 5)):
                other.end_all()
                time.sleep(self.rng.uniform(0, 0.3))

    def close_the_database(self) -> None:
        """Nobody is let in for a while."""
        with nobody_let_in(self.live):
            self._for_a_while()

    def flush_redis(self) -> None:
        """Every hint, and everything that breakers know, is gone."""
        with redis.Redis.from_url(self.redis_url) as server:
            server.flushall()

    def cut_redis(self) -> None:
        """Redis refuses everybody."""
        self.live.redis.cut()
        self._for_a_while()
        self.live.redis.heal()

    def black_hole_redis(self) -> None:
        """Redis takes everything and answers nothing."""
        self.live.redis.black_hole()
        self._for_a_while()
        self.live.redis.heal()

    def move_a_clock(self) -> None:
        """A worker's clock, and beat's with it, jumps by minutes to days, and stays wrong until it is moved again."""
        low, high = map(math.log, WRONG)
        seconds = round(math.exp(self.rng.uniform(low, high)))
        self.clocks.move(self.rng.choice(WORKERS), self.rng.choice((-1, 1)) * seconds)

    def put_clocks_right(self) -> None:
        """Correct every clock, and start the workers anew.

        Without what Celery's beat remembers: set back, it sends nothing until the time at which it last did.
        """
        for name in WORKERS:
            self.clocks.move(name, 0)
            self.live.stop_worker(name)
            for remembered in self.live.processes.folder.glob(f"{name}-beat*"):
                remembered.unlink()
            self.start_worker(name)

    def start_worker(self, name: str) -> None:
        """Start a worker, again where it died of a fault while it started. Beat is in the first."""
        with self.clocks.on(self.live, name):
            for _ in range(3):
                with suppress(NotReady):
                    self.live.start_worker(name, beat=name == WORKERS[0])
                    return
            self.live.start_worker(name, beat=name == WORKERS[0])
