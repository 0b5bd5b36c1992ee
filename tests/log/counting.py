"""What the counts ought to be: counted from the rows themselves, the slow and obvious way."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from saleor_custom_events.models import Invocation, StepRun, Tally, TallyChange

#: Version, hour, part, outcome, which way or why, logged.
Place: TypeAlias = tuple[int, str, str, str, str, bool]
_STEPS = {"done": "passed", "skipped": "skipped", "failed": "failed", "unknown": "unknown"}


def counted() -> dict[Place, int]:
    """Give what is counted, folded or not yet; nothing of what came to nothing."""
    found: Counter[Place] = Counter()
    for rows, column in ((Tally.objects.all(), "count"), (TallyChange.objects.all(), "by")):
        for row in rows:
            hour = row.hour.isoformat()
            found[row.version_id, hour, row.part, row.outcome, row.about, row.logged] += getattr(row, column)
    return {place: number for place, number in found.items() if number}


def there() -> dict[Place, int]:
    """Count the rows: every invocation for its start point, and of every step its last visit."""
    found: Counter[Place] = Counter()
    for row in Invocation.objects.filter(version__isnull=False):
        assert row.version_id is not None
        hour = row.created_at.replace(minute=0, second=0, microsecond=0).isoformat()
        outcome = "under_way" if row.status in ("running", "waiting") else row.status
        about = row.reason if row.status in ("skipped", "failed") else ""
        found[row.version_id, hour, row.start, outcome, about, row.logged] += 1
        for step in {run.step: run for run in StepRun.objects.filter(invocation=row).order_by("visit")}.values():
            found[row.version_id, hour, step.step, *_of(step, row), row.logged] += 1
    return dict(found)


def _of(step: StepRun, invocation: Invocation) -> tuple[str, str]:
    outcome = _STEPS.get(step.status) or ("stopped" if invocation.due_at is None else "waiting")
    way = str(step.result.get("branch", ""))
    return outcome, {"passed": way, "skipped": step.reason, "failed": step.reason}.get(outcome, "")
