"""A database of Redis for one store alone: a worker of another on the same one would take its hints and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import redis

TAKEN = "custom-events-tests"


class NoneFree(RuntimeError):
    """No database of this Redis is empty."""


@contextmanager
def own_redis_database(url: str) -> Iterator[str]:
    """Give the URL of a database that was empty, on the Redis of `url`; it is empty again at the end.

    Raises NoneFree, redis.RedisError.
    """
    own = _database(url, _take(url))
    try:
        yield own
    finally:
        with suppress(redis.RedisError), redis.Redis.from_url(own, socket_timeout=5) as client:
            client.flushdb()


def _take(url: str) -> int:
    with redis.Redis.from_url(url, socket_timeout=5) as client:
        last = int(client.config_get("databases")["databases"]) - 1
    for number in range(last, 0, -1):
        with redis.Redis.from_url(_database(url, number), socket_timeout=5) as client:
            # Of two that find the same one empty, the mark lets one have it.
            if client.dbsize() == 0 and client.set(TAKEN, 1, nx=True):
                if client.dbsize() == 1:
                    return number
                client.delete(TAKEN)
    raise NoneFree(f"none of the {last} databases of Redis beside the first is empty")


def _database(url: str, number: int) -> str:
    return urlsplit(url)._replace(path=f"/{number}").geturl()
