"""What a pause holds, as the log shows it: the reason is found out when somebody looks, and written nowhere.

So a row that is let go of says at once what it said before, and 100,000 rows are not touched when everything is paused.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now

from saleor_custom_events.models import Invocation, Pause
from saleor_custom_events.pauses import EVERYTHING, PauseKind, kind_and_subject
from saleor_custom_events.scenarios.outcomes import Reason

#: More are not counted.
COUNTED = 100_000
_BY_KIND = {PauseKind.EVENT: Reason.HELD_EVENT, PauseKind.ACTION: Reason.HELD_ACTION}
_IN_FORCE = Pause.objects.filter(drained_at__isnull=True)


def with_stopped(rows: QuerySet[Invocation]) -> QuerySet[Any]:
    """Let each row know as `stopped` whether it would run now, were not everything paused. Asked once a query."""
    everything = Exists(_IN_FORCE.filter(name=EVERYTHING, resumed_at__isnull=True))
    due = Q(due_at__lte=Now(), parked__isnull=True)
    return rows.annotate(stopped=ExpressionWrapper(due & Q(everything), output_field=BooleanField()))


def held_because(row: Any) -> tuple[Reason, str] | None:
    """Give why a row of `with_stopped` is held, with a sentence in English; None where it is not."""
    if row.stopped:
        return Reason.HELD_ALL, "Everything is paused."
    if row.pause is None or row.due_at is None:
        return None
    kind, subject = kind_and_subject(row.pause)
    what = "Its event" if kind is PauseKind.EVENT else f"The action {subject}"
    return _BY_KIND[kind], f"{what} is paused."


def for_reasons(reasons: Collection[str]) -> Q:
    """Ask rows of `with_stopped` for these reasons: those that are written, and those that a pause gives."""
    asked: list[Q] = []
    if written := [reason for reason in reasons if reason not in _HELD]:
        asked.append(Q(reason__in=written))
    if Reason.HELD_ALL in reasons:
        asked.append(Q(stopped=True))
    for kind, reason in _BY_KIND.items():
        if reason in reasons:
            names = _IN_FORCE.filter(name__startswith=f"{kind.value}:").values("name")
            asked.append(Q(pause__in=names, due_at__isnull=False))
    return reduce(or_, asked, Q(pk__in=()))


def held_count(name: str) -> int:
    """Say how many invocations the pause of that name holds now; COUNTED stands for that or more. One query."""
    held = Q(pause=name, due_at__isnull=False)
    if name == EVERYTHING:
        held = Q(due_at__lte=Now(), parked__isnull=True)
    return Invocation.objects.filter(held)[:COUNTED].count()


_HELD = frozenset({Reason.HELD_ALL.value, *(reason.value for reason in _BY_KIND.values())})
