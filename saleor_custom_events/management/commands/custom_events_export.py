"""`manage.py custom_events_export [NUMBER…] [--to FOLDER]`: scenarios as files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from text_unidecode import unidecode

from saleor_custom_events.defining.exporting import export_scenario
from saleor_custom_events.errors import Refused
from saleor_custom_events.management.files import WRONG, operator
from saleor_custom_events.models import Scenario, ScenarioStatus
from saleor_custom_events.scenarios.values import Json


class Command(BaseCommand):
    """Gives scenarios as files."""

    help = (
        "Writes scenarios as files that custom_events_import takes, in this store or another. Without --to one "
        "scenario is printed. The exit is 1 where one cannot be exported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what is exported, and where to."""
        parser.add_argument(
            "scenarios", nargs="*", type=int, metavar="NUMBER", help="all that are not archived if none"
        )
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="one file a scenario, named after it")
        parser.add_argument("--published", action="store_true", help="what runs, instead of the draft")

    def handle(self, *args: Any, scenarios: list[int], to: Path | None, published: bool, **options: Any) -> None:
        """Write or print them."""
        rows = Scenario.objects.select_related("published").order_by("pk")
        rows = rows.filter(pk__in=scenarios) if scenarios else rows.exclude(status=ScenarioStatus.ARCHIVED)
        found = list(rows)
        if missing := sorted(set(scenarios) - {scenario.pk for scenario in found}):
            raise CommandError(f"no such scenario: {', '.join(map(str, missing))}", returncode=WRONG)
        if to is None and len(found) != 1:
            raise CommandError("name one scenario to print, or a folder with --to", returncode=WRONG)
        for scenario in found:
            text = json.dumps(_exported(scenario, published), indent=2, ensure_ascii=False)
            if to is None:
                self.stdout.write(text)
            else:
                path = to / f"{scenario.pk}-{slugify(unidecode(scenario.name))[:80] or 'scenario'}.json"
                to.mkdir(parents=True, exist_ok=True)
                path.write_text(text + "\n", encoding="utf-8")
                self.stdout.write(str(path))


def _exported(scenario: Scenario, published: bool) -> Json:
    if published and scenario.published is None:
        raise CommandError(f"scenario {scenario.pk} was never published", returncode=WRONG)
    version = scenario.published.number if published and scenario.published else None
    try:
        return export_scenario(operator("custom_events_export"), scenario.pk, version=version)
    except Refused as refused:
        places = ", ".join(problem.field for problem in refused.problems)
        raise CommandError(f"scenario {scenario.pk}: {refused.message} {places}", returncode=WRONG) from None
