"""`manage.py custom_events_import FILE… --plan|--apply [--publish]`: scenarios from files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from saleor_custom_events.defining.importing import Plan, Target, apply_import, plan_import
from saleor_custom_events.errors import Refused
from saleor_custom_events.management.files import WRONG, lines_of, operator, read_json
from saleor_custom_events.scenarios.values import Json


class Command(BaseCommand):
    """Makes scenarios of files, or replaces the drafts of those that are called the same."""

    help = (
        "Makes scenarios of files: --plan says what that does, --apply does it, all files or none. A file becomes the "
        "scenario of the same name, or a new one where there is none. The exit is 1 where something was refused, 2 "
        "where a file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files and what is to be done."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--plan", action="store_true", help="say what would be done")
        what.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument("--publish", action="store_true", help="also let them run from now on")

    def handle(self, *args: Any, files: list[Path], apply: bool, publish: bool, **options: Any) -> None:
        """Plan or do it; one file that is refused leaves all undone."""
        read = [(path, read_json(path)) for path in files]
        with transaction.atomic():
            for path, raw in read:
                self._one(path, raw, apply, publish)

    def _one(self, path: Path, raw: Json, apply: bool, publish: bool) -> None:
        caller = operator("custom_events_import")
        try:
            if apply:
                done = apply_import(caller, raw, Target(), publish=publish)
                plan, end = done.plan, [f"  now: scenario {done.scenario.pk}, {done.scenario.status}"]
                end += [f"  warning: {warned.code}: {warned.message}" for warned in done.warnings]
            else:
                plan, end = plan_import(caller, raw, Target()), []
        except Refused as refused:
            for line in lines_of(path, refused.problems):
                self.stderr.write(line)
            raise CommandError(f"{path}: {refused.message} Nothing was done.", returncode=WRONG) from None
        self.stdout.write("\n".join([f"{path}:", *_lines(plan), *end]))


def _lines(plan: Plan) -> Iterator[str]:
    if plan.scenario is None:
        yield f"  make the scenario “{plan.name}”"
    elif plan.difference.is_empty:
        yield f"  scenario {plan.scenario.pk} “{plan.name}” is like this already"
    else:
        yield f"  change scenario {plan.scenario.pk} “{plan.name}”"
    for event in plan.events:
        if event.number is None:
            yield f"  make the event “{event.slug}”"
        elif event.differs:
            yield f"  event {event.number} “{event.slug}” differs in {', '.join(event.differs)}, and stays as it is"
    for change in (*plan.difference.starts, *plan.difference.steps, *plan.difference.exits):
        yield f"  {change.kind.value}: {change.id} ({change.type})"
    for place in plan.store_own:
        yield f"  look at {place}: what it names may be another store's"
