"""`manage.py custom_events_status [--wait SECONDS]`: one line a check, with its mend."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.conf import settings
from saleor_custom_events.running.status import Check, checks_of_running


class Command(BaseCommand):
    """Says whether custom events run here, and what mends what does not."""

    help = (
        "Says whether custom events run here: migrations, beat, worker, broker, due work, public URL, mail, dashboard."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--wait`."""
        parser.add_argument(
            "--wait",
            type=float,
            nargs="?",
            const=60.0,
            default=0.0,
            metavar="SECONDS",
            help="ask again until all is well, at most this long (60)",
        )

    def handle(self, *args: Any, wait: float, **options: Any) -> None:
        """Print the checks; the exit is 1 where one is not well."""
        if settings.DISABLED:
            self.stdout.write("switched off by SALEOR_CUSTOM_EVENTS_DISABLED")
            return
        end = time.monotonic() + wait
        checks = list(checks_of_running())
        while not all(check.ok for check in checks) and time.monotonic() < end:
            time.sleep(1)
            checks = list(checks_of_running())
        for check in checks:
            self.stdout.write(line_of(check))
        if bad := [check.name for check in checks if not check.ok]:
            raise CommandError(f"not well: {', '.join(bad)}")


def line_of(check: Check) -> str:
    """Give a check as one line of text."""
    mend = f" → {check.mend}" if check.mend else ""
    return f"{'ok ' if check.ok else 'BAD'}  {check.name:<11} {check.state}{mend}"
