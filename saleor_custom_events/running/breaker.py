"""A breaker for each receiver: one that keeps failing is left alone for a while, instead of being asked by everybody.

After BREAKER_FAILURES failures within a minute, with no success in between, its breaker opens: nobody asks for 30 s,
then one asks (half-open), and either all goes on, or it stays open for twice as long, 15 minutes at most. What it
holds back is tried later, and does not count as a try.

All workers share it in Redis. Where there is none, or it does not answer, each process has its own: a
breaker that forgets, or opens late, costs a few requests and nothing else, so it is never worth waiting for, and two
who count at once may do so in any order.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import redis

from saleor_custom_events.conf import settings
from saleor_custom_events.shared_redis import shared_redis

logger = logging.getLogger(__name__)

#: Seconds.
WINDOW = 60.0
FIRST = 30.0
LONGEST = 900.0
#: How long the last opening is remembered, so that the next is longer.
REMEMBERED = 3600.0
#: What is held back does not come back all at once.
JITTER = 0.25
#: For Redis to answer, and until it is asked again when it has not.
TIMEOUT = 0.25
SILENCE = 30.0


class Shelf(Protocol):
    """Where breakers stand: names with a time to live, all in seconds."""

    def left(self, name: str) -> float:
        """Say for how long a name is still there; 0 where it is not."""

    def put(self, name: str, seconds: float) -> bool:
        """Put a name there unless it is; says whether it was not."""

    def count(self, name: str, seconds: float) -> int:
        """Count a name up, from the first time for `seconds`; gives how often."""

    def drop(self, *names: str) -> None:
        """Take names away."""


class OwnShelf:
    """In this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, int]] = {}

    def left(self, name: str) -> float:
        """See `Shelf`."""
        with self._lock:
            return self._left(name)

    def put(self, name: str, seconds: float) -> bool:
        """See `Shelf`."""
        with self._lock:
            if self._left(name) > 0:
                return False
            self._known[name] = (time.monotonic() + seconds, 0)
            return True

    def count(self, name: str, seconds: float) -> int:
        """See `Shelf`."""
        with self._lock:
            end, number = self._known[name] if self._left(name) > 0 else (time.monotonic() + seconds, 0)
            self._known[name] = (end, number + 1)
            return number + 1

    def drop(self, *names: str) -> None:
        """See `Shelf`."""
        with self._lock:
            for name in names:
                self._known.pop(name, None)

    def _left(self, name: str) -> float:
        end = self._known.get(name, (0.0, 0))[0]
        if (left := end - time.monotonic()) > 0:
            return left
        self._known.pop(name, None)
        return 0.0


class SharedShelf:
    """In Redis."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def left(self, name: str) -> float:
        """See `Shelf`."""
        return max(float(self._client.pttl(name)) / 1000, 0.0)

    def put(self, name: str, seconds: float) -> bool:
        """See `Shelf`."""
        return bool(self._client.set(name, 1, nx=True, px=int(seconds * 1000)))

    def count(self, name: str, seconds: float) -> int:
        """See `Shelf`."""
        line = self._client.pipeline()
        line.set(name, 0, nx=True, px=int(seconds * 1000))
        line.incr(name)
        return int(line.execute()[1])

    def drop(self, *names: str) -> None:
        """See `Shelf`."""
        self._client.delete(*names)


class Breaker:
    """One receiver's. Ask `held_for` before a request, and say `succeeded` or `failed` after it."""

    def __init__(self, receiver: str, shelf: Shelf) -> None:
        self._shelf = shelf
        self._open, self._failures, self._probe, self._level = (
            f"custom-events:breaker:{receiver}:{part}" for part in ("open", "failures", "probe", "level")
        )

    def held_for(self) -> timedelta | None:
        """Say how long not to ask; None: ask now. Where it was open, whoever gets None first is the one who tries."""
        left = self._shelf.left(self._open)
        if left <= 0 and self._shelf.left(self._level) > 0 and not self._shelf.put(self._probe, probe_seconds()):
            left = max(self._shelf.left(self._probe), 1.0)
        return timedelta(seconds=left * (1 + random.uniform(0, JITTER))) if left > 0 else None  # noqa: S311

    def succeeded(self) -> None:
        """It is well: nothing of it is remembered."""
        self._shelf.drop(self._open, self._failures, self._probe, self._level)

    def failed(self) -> None:
        """It gave no answer, or one of 5xx. The one who tried a breaker that was open counts for all."""
        was_open = self._shelf.left(self._level) > 0
        if not was_open and self._shelf.count(self._failures, WINDOW) < settings.BREAKER_FAILURES:
            return
        if was_open and self._shelf.left(self._open) > 0:
            return  # begun before it opened
        level = self._shelf.count(self._level, REMEMBERED)
        # Its last pause may have less than a millisecond to go, and would be in the way of the next.
        self._shelf.drop(self._open, self._failures)
        self._shelf.put(self._open, min(FIRST * 2 ** (level - 1), LONGEST))
        self._shelf.drop(self._probe)


def probe_seconds() -> float:
    """Give how long the one who tries may take, before another may: its request ends long before."""
    return float(settings.WEBHOOK_TIMEOUT) * 2


class Breakers:
    """All receivers' of this process. Never raises, never waits longer than TIMEOUT."""

    def __init__(self) -> None:
        self._own = OwnShelf()
        self._silent_until = 0.0

    def held_for(self, url: str) -> timedelta | None:
        """Say how long a receiver is to be left alone; None: not at all."""
        if settings.BREAKER_FAILURES <= 0:
            return None
        held: timedelta | None = self._ask("held_for", url)
        return held

    def tell(self, url: str, *, well: bool) -> None:
        """Say how a request ended."""
        if settings.BREAKER_FAILURES > 0:
            self._ask("succeeded" if well else "failed", url)

    def _ask(self, question: str, url: str) -> Any:
        shared = shared_redis(TIMEOUT) if time.monotonic() >= self._silent_until else None
        if shared is not None:
            try:
                return getattr(Breaker(receiver_of(url), SharedShelf(shared)), question)()
            except redis.RedisError as error:
                logger.warning("Breakers are not shared for a while: %s", type(error).__name__)
                self._silent_until = time.monotonic() + SILENCE
        return getattr(Breaker(receiver_of(url), self._own), question)()


def receiver_of(url: str) -> str:
    """Give what one breaker is for: host and port."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


breakers = Breakers()
