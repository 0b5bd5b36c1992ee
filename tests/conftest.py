"""Servers first: a PostgreSQL and a Redis are running before anybody connects."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from saleor_custom_events.hosts.sandbox.addresses import database_of
from saleor_custom_events.hosts.sandbox.embedded import servers

FOLDER = Path(__file__).parent.parent / ".test"
_running = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers, unless the environment names others.

    pytest-django has read the settings before any conftest, so the addresses are put into them here, while
    nobody has connected; every run has a test database of its own, so runs do not disturb each other.
    """
    if config.option.collectonly:
        return
    found = _running.enter_context(servers(FOLDER))
    os.environ.update(found.environment)
    settings.DATABASES["default"].update(database_of(found.database_url))
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_custom_events_{os.getpid()}"
    settings.REDIS_URL = settings.CELERY_BROKER_URL = settings.CELERY_RESULT_BACKEND = found.redis_url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them."""
    _running.close()
