"""What Saleor needs around it while the tests run: a database of its own, and a database of Redis."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from tests.live.redis_database import NoneFree, own_redis_database
from tests.saleor.environment import NotPossible

DATABASE_URL = "postgres://saleor:saleor@127.0.0.1:5432/saleor"
REDIS_URL = "redis://127.0.0.1:6379/0"


@contextlib.contextmanager
def fresh_database(name: str) -> Iterator[str]:
    """Make a database, give its URL, and drop it at the end.

    A copy of the one in `DATABASE_URL` where that is migrated (a first `migrate` of Saleor takes minutes), else
    an empty one. Raises NotPossible.
    """
    url = os.environ.get("DATABASE_URL") or DATABASE_URL
    template = urlsplit(url).path.strip("/")
    try:
        admin = psycopg.connect(_named(url, "postgres"), autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise NotPossible(f"no PostgreSQL at DATABASE_URL: {str(error).splitlines()[0]}") from error
    with admin:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        admin.execute(drop)
        if _is_migrated(url):
            _copy(admin, template, name)
        else:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield _named(url, name)
        finally:
            admin.execute(drop)


def _copy(admin: psycopg.Connection[tuple[object, ...]], template: str, name: str) -> None:
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    until = time.monotonic() + 60
    while True:
        try:
            admin.execute(copy)
            return
        except psycopg.errors.ObjectInUse as error:
            # PostgreSQL copies only what nobody is connected to.
            if time.monotonic() > until:
                raise NotPossible(f"the database {template} is in use and cannot be copied") from error
            time.sleep(1)


def _is_migrated(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            applied = connection.execute("SELECT 1 FROM django_migrations WHERE app = 'account' LIMIT 1")
            return applied.fetchone() is not None
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return False


def _named(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, parts.fragment))


@contextlib.contextmanager
def own_database_of_redis() -> Iterator[dict[str, str]]:
    """Give Saleor's settings for Redis: cache and broker in a database of its own. Raises NotPossible."""
    with contextlib.ExitStack() as ending:
        try:
            url = ending.enter_context(own_redis_database(os.environ.get("REDIS_URL") or REDIS_URL))
        except (redis.RedisError, NoneFree) as error:
            raise NotPossible(f"no Redis at REDIS_URL: {error}") from error
        yield {"CACHE_URL": url, "CELERY_BROKER_URL": url}
