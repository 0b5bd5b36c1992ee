"""`manage.py custom_events_uninstall [--yes]`: what is to be done before `pip uninstall saleor-custom-events`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection

from saleor_custom_events.conf import settings
from saleor_custom_events.extension.leaving import remove_apps, remove_periodic_tasks
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Invocation

#: PostgreSQL's own estimate, where it has one: counting millions of rows would take minutes.
ROWS = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"
FEW = 10_000


class Command(BaseCommand):
    """Leaves no app and no periodic task in the store, and says what data remains."""

    help = (
        "Removes our apps and periodic tasks from the store and says what data remains. Without --yes nothing is done. "
        "Run it with SALEOR_CUSTOM_EVENTS_DISABLED=1 in all processes, so that none makes them again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--yes`."""
        parser.add_argument("--yes", action="store_true", help="do it, instead of saying what would be done")

    def handle(self, *args: Any, yes: bool, **options: Any) -> None:
        """Do it, or say it."""
        with current_host().database_access():
            under_way = Invocation.objects.filter(due_at__isnull=False).count()
            if yes:
                self.stdout.write(f"{remove_apps()} apps removed; {remove_periodic_tasks()} periodic tasks removed")
            else:
                self.stdout.write("Would remove our apps and periodic tasks; do it with --yes.")
            self.stdout.write(f"{under_way} invocations are under way, and go no further once the package is gone")
            self.stdout.write("What remains in the database:")
            for table, rows in _tables():
                self.stdout.write(f"  {table}: {rows}")
        self.stdout.write(
            "To remove that as well: `manage.py migrate saleor_custom_events zero`, before `pip uninstall`. "
            "The plugin's own fields stay in the store's list of plugins."
        )
        if not settings.DISABLED:
            self.stdout.write(
                "NOTE: set SALEOR_CUSTOM_EVENTS_DISABLED=1 and restart web, workers and beat: while one of them runs "
                "without it, beat may write the periodic tasks anew when it starts."
            )


def _tables() -> list[tuple[str, str]]:
    return [(model._meta.db_table, _rows(model._meta.db_table)) for model in _models()]


def _models() -> list[Any]:
    ours = apps.get_app_config("saleor_custom_events").get_models(include_auto_created=True)
    return sorted(ours, key=lambda model: str(model._meta.db_table))


def _rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, (table,))
        (estimate,) = cursor.fetchone()
        if estimate >= FEW:
            return f"about {estimate} rows"
        cursor.execute(f"SELECT count(*) FROM (SELECT FROM {table} LIMIT {FEW}) AS few")  # noqa: S608, our own names
        (exact,) = cursor.fetchone()
    return f"{exact} rows" if exact < FEW else f"{FEW} rows or more"
