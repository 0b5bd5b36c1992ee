"""`manage.py custom_events_prune`: what the periodic tidying does, at once and to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.host import current_host
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.tasks import TIDIED_AT_ONCE, TIDYING


class Command(BaseCommand):
    """Removes all that is over: for a shop whose beat was away for long, or whose retention was shortened."""

    help = (
        "Removes what has expired, in the pieces in which workers do it every five minutes: data fields older than "
        "RETENTION_DATA_DAYS, remembered keys, entries, happenings, counts. What still waits stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy until nothing is left, and say how much was removed of what."""
        if settings.DISABLED:
            raise CommandError("switched off by SALEOR_CUSTOM_EVENTS_DISABLED")
        with current_host().database_access():
            if (days := settings.RETENTION_DATA_DAYS) > 0:
                self.stdout.write(f"data fields: {_data_fields(days)}")
            for name, tidy in TIDYING.items():
                removed = last = tidy(TIDIED_AT_ONCE)
                while last >= TIDIED_AT_ONCE:
                    last = tidy(TIDIED_AT_ONCE)
                    removed += last
                self.stdout.write(f"{name}: {removed}")


def _data_fields(days: int) -> int:
    border, end = database_now() - timedelta(days=days), float("inf")
    # The first goes on where a worker stopped, the second from the beginning.
    return remove_data_fields(border, end) + remove_data_fields(border, end)
