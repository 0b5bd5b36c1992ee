"""What is decided when an invocation begins: whose hash or phone number it came with, the customer's filter, and
re-entry where the firing could not decide it.

A firing looks up no customer and cannot know which of several occurrences will be the last. So it leaves these
to the worker, before the first step. A person's retry asks neither filter nor re-entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection, transaction

from saleor_custom_events.conf import settings
from saleor_custom_events.firing.entering import Entering, enter, entry_of, replaced_by, take_over
from saleor_custom_events.firing.forgetting import forget_those
from saleor_custom_events.firing.statements import Statement
from saleor_custom_events.models import ScenarioEntry
from saleor_custom_events.running import queue
from saleor_custom_events.running.finding import find_people
from saleor_custom_events.running.run import Run, learn_customers
from saleor_custom_events.scenarios.conditions import Scope, holds, needs_customer
from saleor_custom_events.scenarios.definition import Condition, EventStart, Reentry
from saleor_custom_events.scenarios.flows import Debounce
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.values import Json


def let_begin(runs: Sequence[Run]) -> list[Run]:
    """Give the runs that go on: those under way, and those that may begin. The others are settled, or not ours."""
    unfound = find_people(runs)
    beginning = _let_in(runs)
    for run in beginning:
        if run.claim.id in unfound:
            run.note(Reason.CUSTOMER_NOT_FOUND, unfound[run.claim.id])
    return beginning


def _let_in(runs: Sequence[Run]) -> list[Run]:
    asking = [(run, run.start) for run in runs if _begins(run) and run.start is not None]
    asking = [(run, start) for run, start in asking if _asks(start) or _enters_late(run, start)]
    if not asking:
        return list(runs)
    learn_customers([run for run, start in asking if start.customer_filter and needs_customer(start.customer_filter)])
    kept_out = {run.claim.id for run, start in asking if not _passes(run, start.customer_filter)}
    queue.settle([run.settlement(Status.SKIPPED) for run, _ in asking if run.claim.id in kept_out], settings.LEASE)
    going = [(run, start) for run, start in asking if run.claim.id not in kept_out]
    ours = _begun([run for run, start in going if isinstance(start.flow, Debounce)])
    dropped = {run.claim.id for run, start in going if isinstance(start.flow, Debounce) and run.claim.id not in ours}
    for run, start in going:
        if run.claim.id not in dropped and _enters_late(run, start) and not _enters(run, start):
            dropped.add(run.claim.id)
    return [run for run in runs if run.claim.id not in kept_out | dropped]


def _begins(run: Run) -> bool:
    return not run.claim.state and run.claim.retry_of is None


def _asks(start: EventStart) -> bool:
    return start.customer_filter is not None or isinstance(start.flow, Debounce)


def _enters_late(run: Run, start: EventStart) -> bool:
    return start.reentry is not Reentry.EVERY and (start.enters_late or run.occurrence.is_named_indirectly)


def _passes(run: Run, condition: Condition | None) -> bool:
    if condition is None:
        return True
    decided, compared = holds(condition, Scope(occurrence=run.occurrence, customer=run.customer, now=run.claim.now))
    if not decided:
        run.note(Reason.FILTER, "; ".join(_in_words(compared)))
    return decided


def _in_words(compared: Sequence[Json]) -> Iterator[str]:
    """Say which comparisons did not hold, with the value that was there."""
    for one in compared:
        if isinstance(one, dict) and not one["holds"]:
            wanted = "" if one["value"] is None else f" {one['value']}"
            yield f"{one['operand']} {one['operator']}{wanted}: it was {one['actual']}"


BEGIN = """
UPDATE saleor_custom_events_invocation i SET status = %s
FROM unnest(%s::bigint[], %s::uuid[]) AS n(id, lease) WHERE i.id = n.id AND i.lease = n.lease RETURNING i.id"""


def _begun(runs: Sequence[Run]) -> set[int]:
    """Note that debounced invocations have begun, and give those that are still ours.

    From here on no later occurrence takes their place: that asks for the status, under the lock of the same row.
    """
    if not runs:
        return set()
    claims = sorted((run.claim for run in runs), key=lambda claim: claim.id)
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, (Status.RUNNING.value, [c.id for c in claims], [c.lease for c in claims]))
        return {row[0] for row in cursor.fetchall()}


def _enters(run: Run, start: EventStart) -> bool:
    """Decide re-entry in a transaction of its own, under the lock of the invocation; where it is refused, settle."""
    with transaction.atomic():
        if not queue.hold(run.claim):
            return False
        entry = entry_of(start, run.occurrence, run.claim.now)
        if entry is None:
            return True
        entering = Entering(
            scenario_id=run.claim.scenario_id, occurrence_id=run.occurrence.id, at=run.claim.now, entry=entry
        )
        _execute(_statements(entering))
        mine = UUID(run.occurrence.id)
        if ScenarioEntry.objects.filter(
            scenario=entering.scenario_id, identity=entry.identity, occurrence_id=mine
        ).exists():
            return True
        run.note(Reason.REENTRY)
        queue.settle([run.settlement(Status.SKIPPED)], settings.LEASE)
        return False


def _statements(entering: Entering) -> Iterator[Statement]:
    if entering.entry.rule is not Reentry.RESTART:
        yield from enter([entering])
        return
    yield from take_over([entering])
    yield from forget_those(replaced_by([entering]))


def _execute(statements: Iterator[Statement]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.sql, statement.parameters)
