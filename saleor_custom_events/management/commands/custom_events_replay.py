"""`manage.py custom_events_replay`: many rows of the log again from their start, as the dashboard's replay does."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.clock import database_now
from saleor_custom_events.defining.scenarios import demand_for
from saleor_custom_events.errors import Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.management.files import WRONG, operator
from saleor_custom_events.running.foreseen_replay import foresee_replay
from saleor_custom_events.running.replaying import STATUSES, Wanted, begin_replay
from saleor_custom_events.running.retrying import RetryVersion
from saleor_custom_events.scenarios.durations import read_duration


class Command(BaseCommand):
    """Previews a replay, or begins it; workers do it."""

    help = "Runs many rows of the log again from their start. Without --yes it is only said what that would do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add which rows, and how."""
        parser.add_argument("--event", type=int, metavar="NUMBER")
        parser.add_argument("--scenario", type=int, metavar="NUMBER")
        parser.add_argument("--status", choices=[one.value for one in STATUSES], action="append", required=True)
        parser.add_argument("--reason", action="append", metavar="CODE")
        parser.add_argument("--from", dest="begin", required=True, metavar="TIME", help="2026-01-31T12:00:00+01:00")
        parser.add_argument("--to", dest="end", metavar="TIME", help="now, if left out")
        parser.add_argument(
            "--with-version", dest="which", choices=[one.value for one in RetryVersion], default="original"
        )
        parser.add_argument("--over", default="PT0S", metavar="DURATION", help="spread out over PT6H")
        parser.add_argument("--yes", action="store_true", help="begin, instead of saying what it would do")

    def handle(self, *args: Any, yes: bool, **options: Any) -> None:
        """Print what it would do, or the number of the replay that has begun."""
        who = operator("custom_events_replay")
        version, allow = RetryVersion(options["which"]), partial(demand_for, who)
        over = read_duration(options["over"])
        if over is None:
            raise CommandError("--over: write a time as ISO 8601 does, PT6H or P1D.", returncode=WRONG)
        try:
            with current_host().database_access():
                wanted = _wanted(**options)
                if yes:
                    self.stdout.write(self._begun(begin_replay(wanted, version, over, by=who.name, allow=allow)))
                    return
                plan = foresee_replay(wanted, version, allow=allow)
        except Refused as refused:
            message = "; ".join(problem.message for problem in refused.problems) or refused.message
            raise CommandError(message, returncode=WRONG) from None
        effects = ", ".join(f"{action} {times}" for action, times in sorted(plan.effects.items())) or "none"
        left_out = ", ".join(f"{code} {rows}" for code, rows in sorted(plan.left_out.items())) or "none"
        self.stdout.write(
            f"{plan.total} rows match. Of the newest {plan.sampled}: effects: {effects}; left out: {left_out}. "
            "Begin with --yes."
        )

    @staticmethod
    def _begun(replay: Any) -> str:
        return f"Replay {replay.pk} of {replay.total} rows has begun; workers do it."


def _wanted(**given: Any) -> Wanted:
    return Wanted(
        event=given["event"],
        scenario=given["scenario"],
        statuses=tuple(given["status"]),
        reasons=None if given["reason"] is None else tuple(given["reason"]),
        created_from=_moment("--from", given["begin"]),
        created_to=database_now() if given["end"] is None else _moment("--to", given["end"]),
    )


def _moment(option: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = f"{option}: write a time with its offset, 2026-01-31T12:00:00+01:00."
        raise CommandError(message, returncode=WRONG) from None
    return moment
