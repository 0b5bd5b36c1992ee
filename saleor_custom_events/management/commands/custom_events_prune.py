"""`manage.py custom_events_prune`: what the periodic tidying does, at once and to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.host import current_host
from saleor_custom_events.log.old_rows import remove_rows
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.tasks import TIDIED_AT_ONCE, TIDYING


class Command(BaseCommand):
    """Removes all that is over: for a shop whose beat was away for long, or whose retention was shortened."""

    help = (
        "Removes what has expired, in the pieces in which workers do it every five minutes: data fields older than "
        "RETENTION_DATA_DAYS, rows older than RETENTION_ROWS_DAYS, remembered keys, entries, happenings. What still "
        "waits stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy until nothing is left, and say how much was removed of what."""
        if settings.DISABLED:
            raise CommandError("switched off by SALEOR_CUSTOM_EVENTS_DISABLED")
        with current_host().database_access():
            for what, remove, days in (
                ("data fields", remove_data_fields, settings.RETENTION_DATA_DAYS),
                ("occurrences with their runs", remove_rows, settings.RETENTION_ROWS_DAYS),
            ):
                if days > 0:
                    self.stdout.write(f"{what}: {_removed(remove, days)}")
            for name, tidy in TIDYING.items():
                removed = last = tidy(TIDIED_AT_ONCE)
                while last >= TIDIED_AT_ONCE:
                    last = tidy(TIDIED_AT_ONCE)
                    removed += last
                self.stdout.write(f"{name}: {removed}")


def _removed(remove: Callable[[datetime, float], int], days: int) -> int:
    border, end = database_now() - timedelta(days=days), float("inf")
    # The first goes on where a worker stopped, the second from the beginning.
    return remove(border, end) + remove(border, end)
