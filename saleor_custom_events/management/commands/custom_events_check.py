"""`manage.py custom_events_check FILE…`: whether scenarios as files are right, for CI."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.defining.drafts import storable_draft
from saleor_custom_events.defining.files import check_file
from saleor_custom_events.defining.importing import Target, plan_import
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.management.files import WRONG, lines_of, operator, read_json
from saleor_custom_events.scenarios.values import Json


class Command(BaseCommand):
    """Says what is wrong with scenarios as files."""

    help = (
        "Checks scenarios as files, as importing does: form, steps, conditions, templates, settings of actions. Asks "
        "no database, unless --store looks for the events as well. The exit is 0 where all is right, 1 where something "
        "is wrong, 2 where a file cannot be read."
    )
    #: No database is asked, so that it runs in CI.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--store", action="store_true", help="look in this store for the events that files name")

    def handle(self, *args: Any, files: list[Path], store: bool, **options: Any) -> None:
        """Print a line for each problem, and one for each file that is right."""
        wrong = 0
        for path in files:
            problems = _problems(read_json(path), store)
            for line in lines_of(path, problems):
                self.stderr.write(line)
            if not problems:
                self.stdout.write(f"{path}: ok")
            wrong += bool(problems)
        if wrong:
            raise CommandError(f"{wrong} of {len(files)} files are wrong", returncode=WRONG)


def _problems(raw: Json, store: bool) -> tuple[Problem, ...]:
    try:
        if not store:
            # As importing reads it: neither too large nor too deep.
            return check_file(storable_draft(raw, "file")).problems
        # Which scenario it would replace is nothing that a file has wrong.
        plan_import(operator("custom_events_check"), raw, Target(as_new=True))
    except Refused as refused:
        return refused.problems
    return ()
