"""Servers first: a PostgreSQL and a Redis are running before anybody connects."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from saleor_custom_events.hosts.sandbox.addresses import database_of
from saleor_custom_events.hosts.sandbox.embedded import Servers
from saleor_custom_events.hosts.sandbox.embedded import servers as run_servers
from tests.live.fixtures import live_store, running_store

__all__ = ["live_store", "running_store"]

#: Beside the servers of `make bench` and `make chaos`, whose PostgreSQL keeps what it says it keeps.
FOLDER = Path(__file__).parent.parent / ".test" / "tests"
#: What is kept for a machine that loses its power; no test takes it away, and thousands of commits wait for it.
FOR_THE_DISK = ("fsync", "full_page_writes", "synchronous_commit")
SERVERS = pytest.StashKey[Servers]()
_running = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers, unless the environment names others.

    pytest-django has read the settings before any conftest, so the addresses are put into them here, while
    nobody has connected; every run has a test database of its own, so runs do not disturb each other.
    """
    found = config.stash[SERVERS] = _running.enter_context(run_servers(FOLDER))
    if not os.environ.get("DATABASE_URL"):
        _do_not_wait_for_the_disk(found.database_url)
    settings.DATABASES["default"].update(database_of(found.database_url))
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_custom_events_{os.getpid()}"
    # Who tests limits sets them: all other tests come from one address and fire for the same few people.
    for limit in ("STOREFRONT_KEY", "SERVER_KEY", "ADDRESS", "IDENTITY"):
        setattr(settings, f"SALEOR_CUSTOM_EVENTS_LIMIT_{limit}_RATE", 0)
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 0
    settings.REDIS_URL = settings.CELERY_BROKER_URL = settings.CELERY_RESULT_BACKEND = found.redis_url


def _do_not_wait_for_the_disk(database_url: str) -> None:
    """The embedded PostgreSQL is of these tests alone."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for setting in FOR_THE_DISK:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them."""
    _running.close()


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    """Give the servers that this run uses, for processes that a test starts."""
    return pytestconfig.stash[SERVERS]
