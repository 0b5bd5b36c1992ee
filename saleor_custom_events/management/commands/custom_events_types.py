"""`manage.py custom_events_types [--all] [--to FILE]`: the store's events as TypeScript."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from saleor_custom_events.defining.typescript import types_of_events
from saleor_custom_events.management.files import operator


class Command(BaseCommand):
    """Gives the store's events as TypeScript."""

    help = (
        "Prints the public events with the types of their data fields, as a .d.ts for client.js: code that fires an "
        "event that is not there, or with other fields, is then an error of the compiler."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which events, and where to."""
        parser.add_argument("--all", action="store_true", help="those as well that only servers and staff may fire")
        parser.add_argument("--to", type=Path, metavar="FILE", help="write to a file instead of printing")

    def handle(self, *args: Any, to: Path | None, **options: Any) -> None:
        """Print or write them."""
        types = types_of_events(operator("custom_events_types"), public_only=not options["all"])
        if to is None:
            self.stdout.write(types, ending="")
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(types, encoding="utf-8")
            self.stdout.write(str(to))
