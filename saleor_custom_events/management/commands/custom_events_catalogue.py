"""`manage.py custom_events_catalogue [FILE]`: the store's events, for checking code elsewhere."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from saleor_custom_events.code_check.catalogue import write_catalogue
from saleor_custom_events.defining.knowing import known_events


class Command(BaseCommand):
    """Gives the catalogue of the store's events."""

    help = (
        "Writes the store's events with their declared data fields as JSON, for custom_events_code_check. Nothing of "
        "firings or customers is in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where it goes."""
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="printed if none is given")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Write or print it."""
        text = json.dumps(write_catalogue(known_events()), indent=2, ensure_ascii=False)
        if file is None:
            self.stdout.write(text)
        else:
            file.write_text(text + "\n", encoding="utf-8")
