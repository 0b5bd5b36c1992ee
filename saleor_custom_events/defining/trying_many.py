"""Trying a draft with the last occurrences of the log: how many would go which way, and what would be done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from saleor_custom_events.actions.registry import action
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.trial import DryRun, Trial, scenario_to_try, trial_of
from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.firing.catalogue import events_named
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Invocation, Occurrence
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.outcomes import StepStatus
from saleor_custom_events.scenarios.trying import TriedStep
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import CustomerReference

#: Occurrences of one trial, and seconds in which it takes new ones.
MOST = 500
SECONDS = 5.0
_AT_ONCE = 50
#: Rows of the log looked at for each occurrence that is wanted: it has one for every scenario that heard it.
_ROWS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How many ended in one way."""

    status: str
    #: Empty where there is nothing to explain.
    reason: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StepCounts:
    """What happened at one step."""

    step: str
    #: The step's type, or the action's name.
    kind: str
    #: How often it was come to.
    count: int
    #: By status and reason.
    outcomes: tuple[Ended, ...]
    #: By the way on: a branch's number, `otherwise`, `happened`, `timedOut`; `next` where there is no choice.
    ways: Mapping[str, int]

    @property
    def branches(self) -> Mapping[str, int]:
        """Give the ways among which it chose."""
        return {way: count for way, count in self.ways.items() if way != "next"}


@dataclass(frozen=True, kw_only=True, slots=True)
class StartCounts:
    """What came of the occurrences at one start point."""

    start: str
    started: int
    #: By reason.
    skipped: tuple[Ended, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What a draft would have made of the last occurrences."""

    #: Occurrences that were tried; fewer than asked for where the log has no more, or the time was over.
    tried: int
    #: False: the time was over before all were tried.
    is_complete: bool
    #: Of those that were tried: when the oldest and newest were registered; None where there were none.
    oldest: datetime | None
    newest: datetime | None
    started: int
    ended: tuple[Ended, ...]
    #: In the order of the draft.
    starts: tuple[StartCounts, ...]
    #: In the order of the draft.
    steps: tuple[StepCounts, ...]
    #: Actions that would be performed, by name: how often.
    effects: Mapping[str, int]


def try_many(
    caller: Caller,
    scenario_id: int,
    *,
    last: int,
    draft: Json = None,
    happened: Sequence[Answer] = (),
    begin_at: datetime | None = None,
) -> Tally:
    """Try a draft (the saved one where none is given) with the `last` logged occurrences of its events, newest first.

    Each is tried by itself, as `dry_run` does: what one of them would have changed for another (re-entry, flow) is not
    there, what the store has seen is. Ends after about SECONDS. Refused 403, 404, 400 as `dry_run`.
    """
    demand(caller, Operation.TEST_WITH_OCCURRENCE)
    if not 1 <= last <= MOST:
        raise refused_because(400, "INVALID", f"Give a number from 1 to {MOST}.", "last")
    scenario = scenario_to_try(scenario_id)
    trial = trial_of(scenario, draft, sees_customers=True, happened=happened, begin_at=begin_at)
    rows = _last_occurrences({start.event for start in trial.definition.starts}, last)
    end = time.monotonic() + SECONDS
    runs: list[DryRun] = []
    for run in _runs(trial, rows):
        runs.append(run)
        if time.monotonic() >= end:
            break
    return _tally(trial.definition, rows[: len(runs)], runs, is_complete=len(runs) == len(rows))


def _last_occurrences(events: Collection[int], last: int) -> list[Occurrence]:
    """Give the newest of them by the log's own index, one look for each event."""
    ids: set[UUID] = set()
    for event in events:
        rows = Invocation.objects.filter(logged=True, event=event, retry_of__isnull=True).order_by("-created_at", "-id")
        found = rows.values_list("occurrence_id", flat=True)[: last * _ROWS]
        ids.update(islice(dict.fromkeys(found), last))
    # Their ids are in the order of time.
    wanted = sorted(ids, reverse=True)
    kept = Occurrence.objects.filter(pk__in=wanted, logged=True, data_fields_removed_at__isnull=True)
    return list(kept.select_related("event", "data_fields").order_by("-pk")[:last])


def _runs(trial: Trial, rows: Sequence[Occurrence]) -> Iterator[DryRun]:
    """Try them one after another; customers are asked for in groups."""
    events = events_named({row.event_id for row in rows})
    for first in range(0, len(rows), _AT_ONCE):
        group = [trial.facts(row) for row in rows[first : first + _AT_ONCE]]
        starts = [trial.start_of_logged(facts, events[facts.event.number]) for facts in group]
        reasons = [trial.reason_against(facts, start) for facts, start in zip(group, starts, strict=True)]
        references: list[CustomerReference] = [
            facts.customer_reference
            for facts, reason in zip(group, reasons, strict=True)
            if reason is None and facts.has_customer
        ]
        customers = current_host().customers(references) if references else {}
        for facts, start, reason in zip(group, starts, reasons, strict=True):
            customer = customers.get(facts.customer_reference) if facts.has_customer else None
            yield trial.run(facts, start, reason, customer)


def _tally(definition: Definition, rows: Sequence[Occurrence], runs: Sequence[DryRun], *, is_complete: bool) -> Tally:
    steps = [step for run in runs for step in run.steps]
    done = Counter(step.kind for step in steps if step.status is StepStatus.DONE and action(step.kind) is not None)
    return Tally(
        tried=len(runs),
        is_complete=is_complete,
        oldest=rows[-1].registered_at if rows else None,
        newest=rows[0].registered_at if rows else None,
        started=sum(run.outcome == "started" for run in runs),
        ended=_ended(Counter((run.status.value, run.reason) for run in runs)),
        starts=tuple(_start_counts(start.id, runs) for start in definition.starts),
        steps=_step_counts(definition, steps),
        effects=dict(done),
    )


def _start_counts(start: str, runs: Sequence[DryRun]) -> StartCounts:
    here = [run for run in runs if run.start == start]
    skipped = Counter((run.status.value, run.reason) for run in here if run.outcome == "skipped")
    return StartCounts(start=start, started=len(here) - skipped.total(), skipped=_ended(skipped))


def _step_counts(definition: Definition, steps: Sequence[TriedStep]) -> tuple[StepCounts, ...]:
    outcomes: dict[str, Counter[tuple[str, str]]] = {}
    ways: dict[str, Counter[str]] = {}
    kinds: dict[str, str] = {}
    for step in steps:
        kinds[step.step] = step.kind
        outcomes.setdefault(step.step, Counter())[step.status.value, step.reason] += 1
        if step.way:
            ways.setdefault(step.step, Counter())[step.way] += 1
    return tuple(
        StepCounts(
            step=step.id,
            kind=kinds[step.id],
            count=outcomes[step.id].total(),
            outcomes=_ended(outcomes[step.id]),
            ways=dict(ways.get(step.id, Counter())),
        )
        for step in definition.steps
        if step.id in kinds
    )


def _ended(counted: Counter[tuple[str, str]]) -> tuple[Ended, ...]:
    """Give the counts, the most frequent first."""
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Ended(status=status, reason=reason, count=count) for (status, reason), count in ordered)
