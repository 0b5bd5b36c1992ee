"""`manage.py custom_events_requeue`: what was put aside or failed for good goes on at its failed step."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.clock import database_now
from saleor_custom_events.defining.scenarios import demand_for
from saleor_custom_events.errors import Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.management.files import WRONG, operator
from saleor_custom_events.models import Invocation
from saleor_custom_events.running.hint import ring
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.scenarios.outcomes import Reason, Status

#: What a person may let go on without knowing each: workers died on it, or something was broken for a while.
REASONS = (Reason.QUARANTINED, Reason.RETRIES, Reason.ACTION, Reason.TEMPLATE, Reason.DEFINITION)


class Command(BaseCommand):
    """Requeues, or says what that would be."""

    help = (
        "Lets invocations that failed go on at the step that failed, with the version that they ran: by default those "
        "that were put aside because workers died on them. Without --yes they are only counted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which."""
        parser.add_argument("--reason", choices=[one.value for one in REASONS], default=Reason.QUARANTINED.value)
        parser.add_argument("--scenario", type=int, metavar="NUMBER")
        parser.add_argument("--event", type=int, metavar="NUMBER")
        parser.add_argument("--within", default="P7D", metavar="DURATION", help="ended in the last … (P7D)")
        parser.add_argument("--yes", action="store_true", help="let them go on, instead of counting them")

    def handle(
        self,
        *args: Any,
        reason: str,
        scenario: int | None,
        event: int | None,
        within: str,
        yes: bool,
        **options: Any,
    ) -> None:
        """Go through them in their order; the exit is 1 where one could not go on."""
        span = read_duration(within)
        if span is None:
            raise CommandError("--within: write a time as ISO 8601 does, P7D or PT6H.", returncode=WRONG)
        with current_host().database_access():
            rows = Invocation.objects.filter(status=Status.FAILED, reason=reason, ended_at__gte=database_now() - span)
            if scenario is not None:
                rows = rows.filter(scenario=scenario)
            if event is not None:
                rows = rows.filter(event=event)
            numbers = list(rows.order_by("pk").values_list("pk", flat=True))
            if not yes:
                self.stdout.write(f"{len(numbers)} invocations failed with {reason}. Let them go on with --yes.")
                return
            refused = self._requeue(numbers)
        if refused:
            raise CommandError(
                ", ".join(f"{code}: {count}" for code, count in sorted(refused.items())), returncode=WRONG
            )

    def _requeue(self, numbers: list[int]) -> Counter[str]:
        who = operator("custom_events_requeue")
        refused: Counter[str] = Counter()
        for number in numbers:
            try:
                retry(
                    number,
                    RetryVersion.ORIGINAL,
                    RetryFrom.FAILED_STEP,
                    by=who.name,
                    allow=partial(demand_for, who),
                )
            except Refused as said:
                refused[said.code] += 1
        ring()
        self.stdout.write(f"{len(numbers) - refused.total()} of {len(numbers)} go on.")
        return refused
