"""The Redis that all processes of the store share, for what may be forgotten: limits and breakers.

Nothing that was accepted depends on it. Whoever asks it bounds the wait, and has an answer for its silence.
"""

from __future__ import annotations

from functools import lru_cache

import redis
from django.conf import settings as django_settings

from saleor_custom_events.conf import settings

_SCHEMES = ("redis://", "rediss://", "unix://")


def shared_redis(timeout: float) -> redis.Redis | None:
    """Give a client, one a process, on which neither connecting nor an answer takes longer than `timeout` seconds.

    None where the store has no Redis. Opens nothing yet.
    """
    address = redis_address()
    return _client(address, timeout) if address else None


def redis_address() -> str:
    """Give its URL: the operator's REDIS_URL, else the store's cache, else its broker; empty where none is a Redis."""
    cache = getattr(django_settings, "CACHES", {}).get("default", {}).get("LOCATION", "")
    if isinstance(cache, list | tuple):
        cache = cache[0] if cache else ""
    known = (settings.REDIS_URL, cache, getattr(django_settings, "CELERY_BROKER_URL", ""))
    return next((str(url) for url in known if str(url or "").startswith(_SCHEMES)), "")


@lru_cache(maxsize=8)
def _client(address: str, timeout: float) -> redis.Redis:
    return redis.Redis.from_url(address, socket_timeout=timeout, socket_connect_timeout=timeout)
