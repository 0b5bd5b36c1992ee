"""`manage.py custom_events_export_customer (--email ADDRESS | --customer ID) [--to FILE]`: all that is kept of one."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.errors import Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.log.customer_export import export_customer
from saleor_custom_events.management.files import WRONG, operator


class Command(BaseCommand):
    """Writes all that is kept of a customer, an occurrence at a time."""

    help = "Writes everything that custom events keep of a customer as one JSON document (docs/privacy.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who is meant, and where to."""
        parser.add_argument("--email", metavar="ADDRESS")
        parser.add_argument("--customer", metavar="ID", help="Saleor's global id")
        parser.add_argument("--to", type=Path, metavar="FILE", help="printed if left out")

    def handle(self, *args: Any, email: str | None, customer: str | None, to: Path | None, **options: Any) -> None:
        """Write it."""
        try:
            with current_host().database_access():
                pieces = _document(email, customer)
                # Refused before a file is made.
                first = next(pieces)
                with nullcontext() if to is None else to.open("w", encoding="utf-8") as file:
                    for piece in chain([first], pieces):
                        self.stdout.write(piece, ending="") if file is None else file.write(piece)
        except Refused as refused:
            raise CommandError(
                refused.problems[0].message if refused.problems else refused.message, returncode=WRONG
            ) from None


def _document(email: str | None, customer: str | None) -> Iterator[str]:
    """Give one JSON object in pieces: what stands once, then the occurrences."""
    between = ""
    for part in export_customer(operator("custom_events_export_customer"), email=email, customer_id=customer):
        if part.head is not None:
            head = json.dumps(part.head, ensure_ascii=False, indent=1)
            yield f'{head.rstrip().removesuffix("}").rstrip()},\n "occurrences": ['
        for occurrence in part.occurrences:
            yield f"{between}\n{json.dumps(occurrence, ensure_ascii=False)}"
            between = ","
    yield "\n]}\n"
