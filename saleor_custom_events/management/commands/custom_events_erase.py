"""`manage.py custom_events_erase (--email ADDRESS | --customer ID) [--yes]`: a customer, gone from all that we keep."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.errors import Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.log import erasing
from saleor_custom_events.log.erasure import erase_customer, plan_erasure
from saleor_custom_events.management.files import WRONG, operator
from saleor_custom_events.models import Erasure, ErasureCause, ErasureStatus

#: Seconds between two looks at whether transactions that began before are over.
PAUSE = 0.5


class Command(BaseCommand):
    """Erases a customer and prints the certificate."""

    help = (
        "Erases a customer from everything that custom events keep, and prints the certificate. Without --yes it is "
        "only said what that would do. Killed in the middle, workers finish it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add who is meant."""
        parser.add_argument("--email", metavar="ADDRESS")
        parser.add_argument("--customer", metavar="ID", help="Saleor's global id")
        parser.add_argument("--yes", action="store_true", help="erase, instead of saying what that would do")

    def handle(self, *args: Any, email: str | None, customer: str | None, yes: bool, **options: Any) -> None:
        """Plan, or erase until all is done."""
        who, whom = operator("custom_events_erase"), {"email": email, "customer_id": customer}
        try:
            with current_host().database_access():
                if not yes:
                    self._plan(plan_erasure(who, **whom))
                    return
                erasure = erase_customer(who, **whom, cause=ErasureCause.COMMAND)
                self._certify(_finished(erasure))
        except Refused as refused:
            raise CommandError(
                refused.problems[0].message if refused.problems else refused.message, returncode=WRONG
            ) from None

    def _plan(self, plan: Any) -> None:
        self.stdout.write(
            f"{plan.occurrences} occurrences (10000: as many or more), {plan.under_way} runs under way, "
            f"{len(plan.emails)} addresses, {len(plan.customer_ids)} customer ids, {plan.anonymous_ids} browsers. "
            "Erase them with --yes."
        )

    def _certify(self, erasure: Erasure) -> None:
        self.stdout.write(f"Certificate {erasure.pk}, {erasure.finished_at:%Y-%m-%d %H:%M:%S} UTC")
        for what, rows in sorted(erasure.counts.items()):
            self.stdout.write(f"  {what}: {rows}")
        self.stdout.write(f"What is sent late brings nobody back until {erasure.holds_until:%Y-%m-%d}.")


def _finished(erasure: Erasure) -> Erasure:
    while True:
        erasing.go_on(60)
        erasure.refresh_from_db()
        if erasure.status == ErasureStatus.DONE:
            return erasure
        time.sleep(PAUSE)
