"""`manage.py custom_events_dashboard install|remove|status`: our app in the store's dashboard, by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.conf import settings
from saleor_custom_events.extension import app
from saleor_custom_events.management.commands.custom_events_status import line_of
from saleor_custom_events.running.status import check_of_dashboard


class Command(BaseCommand):
    """Does by hand what happens after `migrate` by itself, and undoes it."""

    help = (
        "The app by which the store's dashboard shows custom events. It is made after `migrate` without this command, "
        "and kept right; `remove` takes it away for good, `install` brings it back and switches it on, whoever "
        "removed it or switched it off, `status` says how it stands."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what is to be done."""
        parser.add_argument("what", choices=("install", "remove", "status"))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it and print one line; of `status` the exit is 1 where it is not well."""
        if settings.DISABLED:
            raise CommandError("switched off by SALEOR_CUSTOM_EVENTS_DISABLED")
        if what == "remove":
            self.stdout.write("removed" if app.remove() else "there was none; none will be made")
            return
        if what == "install":
            app.install()
        check = check_of_dashboard()
        self.stdout.write(line_of(check))
        if not check.ok:
            raise CommandError("not well: dashboard")
