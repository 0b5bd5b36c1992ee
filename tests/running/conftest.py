"""A shop in which webhooks may reach this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.receiver import Receiver, receiver

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def hook(settings: Settings) -> Iterator[Receiver]:
    """Give a receiver that webhooks reach, signed with SECRET."""
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    settings.SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET = SECRET
    with receiver() as state:
        yield state
