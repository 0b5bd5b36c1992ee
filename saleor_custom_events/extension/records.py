"""What we made in the store by ourselves, one record each, and how it is kept right whoever looks at the same time."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction

from saleor_custom_events.conf import settings
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Installation
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)


def locked(name: str) -> Installation:
    """Give the record of this name, which nobody else has until the end of the transaction.

    Inserting waits for another process that is about to insert it, and then finds it there; the lock waits for
    whoever has it. So of several processes that migrate or start at once, one makes the thing, and the others find it.
    """
    Installation.objects.bulk_create([Installation(name=name)], ignore_conflicts=True)
    return Installation.objects.select_for_update().get(name=name)


def put_right(work: Callable[[], None], *, thing: str) -> None:
    """Do `work` in one transaction, unless DISABLED. Never raises: whatever it is called after goes on all the same."""
    if settings.DISABLED:
        return
    try:
        with current_host().database_access(), transaction.atomic():
            work()
    except Exception:
        logger.error("%s could not be made or put right", thing, exc_info=trouble())
