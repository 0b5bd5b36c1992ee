"""`manage seed_cast [--password TEXT]`: makes one of each kind of caller and prints their credentials as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from saleor_custom_events.hosts.sandbox.casting import cast


class Command(BaseCommand):
    """See `casting.cast`."""

    help = "Makes a customer, four members of staff, three apps and a channel; prints their credentials as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--password`."""
        parser.add_argument("--password", help="everybody's; a random one each where it is left out")

    def handle(self, *args: Any, password: str | None, **options: Any) -> None:
        """Print one line of JSON."""
        self.stdout.write(json.dumps(cast(password)))
