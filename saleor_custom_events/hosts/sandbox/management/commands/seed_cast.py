"""`manage seed_cast [--migrate] [--password TEXT]`: makes one of each kind of caller, prints their credentials."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from saleor_custom_events.hosts.sandbox.casting import cast


class Command(BaseCommand):
    """See `casting.cast`."""

    help = "Makes a customer, four members of staff, three apps and a channel; prints their credentials as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--migrate` and `--password`."""
        parser.add_argument("--migrate", action="store_true", help="run `migrate` first")
        parser.add_argument("--password", help="everybody's; a random one each where it is left out")

    def handle(self, *args: Any, migrate: bool, password: str | None, **options: Any) -> None:
        """Print one line of JSON."""
        if migrate:
            call_command("migrate", verbosity=0)
        self.stdout.write(json.dumps(cast(password)))
