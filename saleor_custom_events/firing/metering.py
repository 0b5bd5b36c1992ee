"""Where firings are counted: in Redis, for all processes together, or in this process while Redis is away.

Counting is never worth waiting for: whoever finds that Redis does not answer, within TIMEOUT, says so to everybody, and
a thread of its own finds out when it is back. Until then every process counts by itself, by the same rates: what is
limited stays limited, to as many times as there are processes.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import redis

from saleor_custom_events.firing.limits import ROUNDING, Allowance, Counted, Stop, count, standing_of
from saleor_custom_events.shared_redis import shared_redis

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds for Redis to answer.
TIMEOUT = 0.25
#: Seconds until it is asked again when it has not.
SILENCE = 2.0
#: Seconds in which malformed requests are counted, and for which an address is blocked that sent too many.
WINDOW = 60.0
#: Names that a process keeps of each kind; of more, those that were longest not seen go.
MOST_NAMES = 20_000
#: One hash slot for all, so that one script may count them in a Redis Cluster as well.
PREFIX = "custom-events:{limits}:"

#: `limits.count`, where the moments are Redis' own. KEYS: names. ARGV: apart and burst of each, then for each firing
#: how many of them it falls under, and which. Gives for each firing 0 or which forbids it, and the seconds to wait; and
#: for each name how far ahead it is now. Texts, since Redis makes integers of Lua's numbers.
SHARED_COUNT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept, at, touched = redis.call('MGET', unpack(KEYS)), {}, {}
for i = 1, #KEYS do at[i] = math.max(tonumber(kept[i] or '') or 0, now) end
local stops, waits = {}, {}
local next = 2 * #KEYS + 1
while ARGV[next] do
  local size, stop, longest, wait = tonumber(ARGV[next]), 0, 0, {}
  for j = next + 1, next + size do
    local i = tonumber(ARGV[j])
    local apart, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    wait[j] = at[i] + apart - now - burst * apart
    longest = math.max(longest, wait[j])
  end
  for j = next + size, next + 1, -1 do
    if longest > ROUNDING and wait[j] >= longest - ROUNDING then stop = tonumber(ARGV[j]) end
  end
  if stop == 0 then
    for j = next + 1, next + size do
      local i = tonumber(ARGV[j])
      at[i], touched[i] = at[i] + tonumber(ARGV[2 * i - 1]), true
    end
  end
  stops[#stops + 1], waits[#waits + 1] = stop, string.format('%.6f', longest)
  next = next + size + 1
end
local ahead = {}
for i = 1, #KEYS do
  if touched[i] then
    redis.call('SET', KEYS[i], string.format('%.6f', at[i]), 'PX', math.ceil((at[i] - now) * 1000) + 1)
  end
  ahead[i] = string.format('%.6f', at[i] - now)
end
return {stops, waits, ahead}
""".replace("ROUNDING", f"{ROUNDING:f}")
#: KEYS: the count, the block. ARGV: how many are too many, and milliseconds. Gives the count, and until when it counts.
SHARED_COMPLAINT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
local left = redis.call('PTTL', KEYS[1])
if count >= tonumber(ARGV[1]) then
  redis.call('SET', KEYS[2], 1, 'PX', ARGV[2])
  redis.call('DEL', KEYS[1])
end
return {count, left}
"""


@dataclass(frozen=True, slots=True)
class Complaints:
    """What is known of an address' malformed requests."""

    count: int
    #: Seconds until they are forgotten.
    reset: float
    #: Seconds for which the address is blocked; 0: it is not.
    blocked: float


class Meter(Protocol):
    """Who counts."""

    def count(self, allowances: Sequence[Allowance], group: Sequence[Sequence[Allowance]]) -> Counted:
        """Count a group of firings in one step; `allowances` are all of theirs, and others of which to tell."""

    def complaints(self, name: str) -> Complaints:
        """Say what is known of an address."""

    def complain(self, name: str, most: int) -> Complaints:
        """Count one malformed request; the address that sent `most` of them within WINDOW is blocked for as long."""


class SharedMeter:
    """In Redis. Raises redis.RedisError."""

    def __init__(self, client: redis.Redis) -> None:
        self._client: Any = client

    def count(self, allowances: Sequence[Allowance], group: Sequence[Sequence[Allowance]]) -> Counted:
        """See `Meter`."""
        known = {one.name: number for number, one in enumerate(allowances, 1)}
        said: list[Any] = [value for one in allowances for value in (repr(one.rate.apart), one.rate.burst)]
        for firing in group:
            said += [len(firing), *(known[one.name] for one in firing)]
        script = self._client.register_script(SHARED_COUNT)
        stops, waits, ahead = script(keys=[PREFIX + name for name in known], args=said)
        return Counted(
            tuple(
                Stop(allowances[stop - 1], float(wait)) if stop else None
                for stop, wait in zip(stops, waits, strict=True)
            ),
            tuple(standing_of(one, float(seconds)) for one, seconds in zip(allowances, ahead, strict=True)),
        )

    def complaints(self, name: str) -> Complaints:
        """See `Meter`."""
        line = self._client.pipeline(transaction=False)
        line.get(self._count_of(name))
        line.pttl(self._count_of(name))
        line.pttl(self._block_of(name))
        counted, reset, blocked = line.execute()
        return Complaints(int(counted or 0), max(reset, 0) / 1000, max(blocked, 0) / 1000)

    def complain(self, name: str, most: int) -> Complaints:
        """See `Meter`."""
        keys = [self._count_of(name), self._block_of(name)]
        counted, left = self._client.register_script(SHARED_COMPLAINT)(keys=keys, args=[most, int(WINDOW * 1000)])
        return Complaints(counted, left / 1000, WINDOW if counted >= most else 0.0)

    def _count_of(self, name: str) -> str:
        return f"{PREFIX}{name}:count"

    def _block_of(self, name: str) -> str:
        return f"{PREFIX}{name}:block"


class OwnMeter:
    """In this process. Safe from several threads; keeps MOST_NAMES of each kind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments: dict[str, OrderedDict[str, float]] = {}
        self._complaints: OrderedDict[str, tuple[int, float, float]] = OrderedDict()

    def count(self, allowances: Sequence[Allowance], group: Sequence[Sequence[Allowance]]) -> Counted:
        """See `Meter`."""
        now = time.monotonic()
        with self._lock:
            before = {one.name: self._of(one).get(one.name, now) for one in allowances}
            kept = dict(before)
            stops = count(group, kept, now)
            for one in allowances:
                if kept[one.name] != before[one.name]:
                    _keep(self._of(one), one.name, kept[one.name])
        return Counted(stops, tuple(standing_of(one, kept[one.name] - now) for one in allowances))

    def complaints(self, name: str) -> Complaints:
        """See `Meter`."""
        now = time.monotonic()
        with self._lock:
            counted, ends, blocked = self._complaints.get(name, (0, 0.0, 0.0))
        return Complaints(counted if ends > now else 0, max(ends - now, 0.0), max(blocked - now, 0.0))

    def complain(self, name: str, most: int) -> Complaints:
        """See `Meter`."""
        now = time.monotonic()
        with self._lock:
            counted, ends, blocked = self._complaints.get(name, (0, 0.0, 0.0))
            counted, ends = (counted + 1, ends) if ends > now else (1, now + WINDOW)
            if counted >= most:
                blocked = now + WINDOW
            _keep(self._complaints, name, (0, 0.0, blocked) if counted >= most else (counted, ends, blocked))
        return Complaints(counted, ends - now, max(blocked - now, 0.0))

    def _of(self, allowance: Allowance) -> OrderedDict[str, float]:
        # A table a kind: whoever makes up e-mails pushes out others' e-mails, and never their own key or address.
        return self._moments.setdefault(allowance.kind, OrderedDict())


def _keep(table: OrderedDict[str, T], name: str, value: T) -> None:
    table[name] = value
    table.move_to_end(name)
    if len(table) > MOST_NAMES:
        table.popitem(last=False)


class Meters:
    """The one of this process: Redis where it answers, else its own. Never raises, waits for TIMEOUT at most."""

    def __init__(self) -> None:
        self._own = OwnMeter()
        self._lock = threading.Lock()
        #: The process in which Redis is away: a forked child has no thread that waits for it.
        self._away_in = 0

    def count(self, allowances: Sequence[Allowance], group: Sequence[Sequence[Allowance]]) -> Counted:
        """See `Meter`. Asks nobody where there is nothing to count."""
        if not allowances:
            return Counted((None,) * len(group), ())
        return self._ask(lambda meter: meter.count(allowances, group))

    def complaints(self, name: str) -> Complaints:
        """See `Meter`."""
        return self._ask(lambda meter: meter.complaints(name))

    def complain(self, name: str, most: int) -> Complaints:
        """See `Meter`."""
        return self._ask(lambda meter: meter.complain(name, most))

    def _ask(self, question: Callable[[Meter], T]) -> T:
        client = shared_redis(TIMEOUT) if self._away_in != os.getpid() else None
        if client is not None:
            try:
                return question(SharedMeter(client))
            except redis.RedisError as error:
                self._go_on_alone(client, error)
        return question(self._own)

    def _go_on_alone(self, client: redis.Redis, error: redis.RedisError) -> None:
        with self._lock:
            if self._away_in == os.getpid():
                return
            self._away_in = os.getpid()
        logger.warning("Limits are counted by each process for itself until Redis answers: %s", type(error).__name__)
        threading.Thread(target=self._wait_for, args=(client,), name="custom-events-limits", daemon=True).start()

    def _wait_for(self, client: redis.Redis) -> None:
        """Come back to Redis once it answers: in a thread, so that no firing finds out how long its silence is."""
        while True:
            time.sleep(SILENCE)
            try:
                client.ping()
            except redis.RedisError:
                continue
            self._away_in = 0
            return


meters = Meters()
