"""The worker: claim, advance, act, settle, in rounds. `docs/architecture.md` tells a round step by step."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from django.db import connections, transaction

from saleor_custom_events.away import database_is_away
from saleor_custom_events.conf import settings
from saleor_custom_events.host import current_host
from saleor_custom_events.pauses import Paused, what_is_paused
from saleor_custom_events.running import awaiting, holding, queue
from saleor_custom_events.running.acting import (
    Failed,
    Held,
    Later,
    Over,
    Result,
    Try,
    Verdict,
    conclude,
    perform,
    prepare,
    wants_customer,
)
from saleor_custom_events.running.beginning import let_begin
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.queue import Claim, Settlement, StepRow
from saleor_custom_events.running.run import (
    Run,
    learn_customers,
    learn_references,
    learn_what_happened,
    learn_what_is_asked,
    load,
    worker_name,
)
from saleor_custom_events.running.signs import learn_signs
from saleor_custom_events.running.suspects import put_aside_the_deadly, that_may_die_together
from saleor_custom_events.scenarios.advance import Act, Ask, End, Look, Wait
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.troubles import about, trouble

logger = logging.getLogger(__name__)

#: Seconds that a step waits for a row that the shop holds (a customer's); then the step is tried again later.
LOCK_TIMEOUT = 2.0
#: Events of which those who wait are told in one transaction.
KNOCKS = 500
T = TypeVar("T")


def run_due(budget: float | None = None) -> bool:
    """Run due invocations for `budget` seconds (setting TASK_BUDGET); True where work is left.

    Outside calls that were begun are waited for, so it may take their timeout longer.
    """
    if not current_host().is_active():
        return False
    time = Budget(settings.TASK_BUDGET if budget is None else budget)
    while True:
        paused = what_is_paused()
        if paused.everything:
            return False
        holding.let_go(paused, max(1, settings.BATCH // 2))
        _give_back_what_was_left()
        knocked = awaiting.knock(KNOCKS)
        claimed = queue.claim(settings.BATCH, settings.LEASE)
        if not claimed:
            if knocked == KNOCKS and not time.is_over:
                continue
            return knocked == KNOCKS
        try:
            claims, others = that_may_die_together(put_aside_the_deadly(claimed))
            queue.give_back(others)
            carry_on(load(holding.hold_beginnings(claims, what_is_paused())), time)
        except Exception as error:
            if database_is_away(error):
                _left.extend(claimed)
            raise
        if time.is_over:
            return True


#: Claimed by this process and left when the database went away. Nobody died on it: given back before the next claim, it
#: is due at once and not suspected, however often that happens. Where the process dies as well, its lease ends.
_left: list[Claim] = []


def _give_back_what_was_left() -> None:
    left = _left[:]
    queue.give_back(left)
    # Only now: where the database is away again, they are still to be given back.
    del _left[: len(left)]


@dataclass(kw_only=True, slots=True)
class _Round:
    """What one round has to do, sorted by how it is done."""

    settlements: list[Settlement] = field(default_factory=list)
    #: Went on without an effect: nothing is written before the next round.
    passing: list[Run] = field(default_factory=list)
    #: Begins to listen, or does already: somebody has to look what happened.
    looking: list[Run] = field(default_factory=list)
    inside: list[Try] = field(default_factory=list)
    outside: list[Try] = field(default_factory=list)
    #: Stands before an action that is paused, by the name of that pause.
    held: list[tuple[Run, str]] = field(default_factory=list)
    paused: Paused

    def add(self, run: Run) -> None:
        """Find out what this run needs."""
        if isinstance(run.then, Look):
            self.looking.append(run)
            return
        if not isinstance(run.then, Act):
            self.settlements.append(_settlement_of(run))
            return
        if self.paused.everything:
            self.settlements.append(run.settlement(Status.RUNNING, released=True))
            return
        if pause := holding.pause_before(run, self.paused):
            holding.note_held(run)
            self.held.append((run, pause))
            self.settlements.append(run.settlement(Status.RUNNING, held=True))
            return
        prepared = prepare(run, run.then.step)
        if isinstance(prepared, Try):
            (self.outside if prepared.is_outside else self.inside).append(prepared)
        elif (settlement := _after(run, prepared)) is not None:
            self.settlements.append(settlement)
        else:
            self.passing.append(run)


def carry_on(runs: Sequence[Run], budget: Budget) -> None:
    """Bring every run as far as it gets: to its end, into a wait, or back into the queue when time is over."""
    alive = let_begin(_put_aside_the_broken(runs))
    while alive:
        this = _Round(paused=what_is_paused())
        arrived = _advance_all(alive)
        learn_customers([run for run in arrived if wants_customer(run)])
        learn_references(arrived)
        for run in arrived:
            _guarded(run, partial(this.add, run))
        now, later = _affordable(this.outside, budget)
        this.settlements += [_marked(t) for t in now]
        beginning = [run for run in this.looking if run.listens != run.listened]
        listening = [run for run in this.looking if run.listens == run.listened]
        this.settlements += [run.settlement(Status.RUNNING, held=True) for run in beginning]
        ours = queue.settle(this.settlements, settings.LEASE)
        # At once: nothing may stand between a mark and its try that could outlast the lease.
        alive = [*this.passing, *_acted([t for t in now if t.run.claim.id in ours])]
        alive += holding.hold_runs([(run, pause) for run, pause in this.held if run.claim.id in ours])
        # Committed first, then looked at: what happens in between is either seen here, or knocks.
        listening += [run for run in beginning if run.claim.id in ours]
        learn_what_happened(listening)
        learn_signs(listening)
        alive += listening
        for attempt in this.inside:
            if not budget.begin():
                later.append(attempt)
            elif _guarded(attempt.run, partial(_within_the_step, attempt)):
                alive.append(attempt.run)
        if budget.is_over:
            queue.settle([t.run.settlement(Status.RUNNING, released=True) for t in later], settings.LEASE)
        else:
            alive += [t.run for t in later]


def _guarded(run: Run, work: Callable[[], T]) -> T | None:
    """Do something for one run; what goes wrong with it stays with it.

    Such a run is let go of: it comes back when its lease ends, and is put aside when that happens too often. A
    database that is away is not one run's fault.
    """
    try:
        return work()
    except Exception as error:
        if database_is_away(error):
            raise
        extra = about(occurrence=run.occurrence.id, invocation=run.claim.id, scenario=run.claim.scenario_id)
        logger.error("Invocation %s could not be carried on", run.claim.id, exc_info=trouble(), extra=extra)
        return None


def _put_aside_the_broken(runs: Sequence[Run]) -> list[Run]:
    """End what cannot be run: its version cannot be read."""
    sound: list[Run] = []
    settlements: list[Settlement] = []
    for run in runs:
        if run.definition is None:
            run.reason, run.detail = Reason.DEFINITION.value, run.problem
            settlements.append(run.settlement(Status.FAILED))
        else:
            sound.append(run)
    queue.settle(settlements, settings.LEASE)
    return sound


def _advance_all(runs: Sequence[Run]) -> list[Run]:
    """Advance every run to what it needs next, asking the store for all of them at once."""
    arrived: list[Run] = []
    todo = list(runs)
    while todo:
        todo = [run for run in todo if _guarded(run, partial(_advance, run))]
        arrived += [run for run in todo if not isinstance(run.then, Ask)]
        todo = [run for run in todo if isinstance(run.then, Ask)]
        if todo:
            learn_what_is_asked(todo)
    return arrived


def _advance(run: Run) -> bool:
    run.go_on()
    return True


def _settlement_of(run: Run) -> Settlement:
    """Give what is written of a run that waits or has ended."""
    if isinstance(run.then, Wait):
        run.steps.append(_waiting(run, run.then))
        return run.settlement(Status.WAITING, due_at=run.then.until)
    assert isinstance(run.then, End)
    if run.then.reason is not None:
        if run.then.decides:
            run.reason = ""
        run.note(run.then.reason, run.then.detail)
    return run.settlement(run.then.status)


def _waiting(run: Run, wait: Wait) -> StepRow:
    assert run.state.step is not None
    return StepRow(
        visit=run.state.visit,
        step=run.state.step,
        kind=wait.kind,
        status=StepStatus.WAITING,
        started_at=run.claim.now,
        result={"until": wait.until.isoformat(), **wait.said, "worker": worker_name()},
    )


def _after(run: Run, verdict: Verdict) -> Settlement | None:
    """Give the settlement of a run whose action's step came to `verdict`; None where it goes on."""
    if isinstance(verdict, Over):
        return run.settlement(Status.FAILED)
    if isinstance(verdict, Later):
        return run.settlement(Status.WAITING, due_at=verdict.at)
    return None


def _affordable(tries: list[Try], budget: Budget) -> tuple[list[Try], list[Try]]:
    """Split into what is tried now and what is left for the next round.

    One wave of CONCURRENCY, side by side: it is over within one timeout, long before the lease is.
    """
    if not tries or not budget.begin():
        return [], tries
    most = settings.CONCURRENCY
    return tries[:most], tries[most:]


def _marked(attempt: Try) -> Settlement:
    run = attempt.run
    run.steps.append(attempt.mark)
    return run.settlement(Status.RUNNING, held=True)


def _within_the_step(attempt: Try) -> bool:
    """Perform an action that commits with its step, and settle it in the same transaction.

    Where the action fails, what it wrote is rolled back and the failure is settled. True where the run goes on.
    """
    run = attempt.run
    with transaction.atomic():
        queue.wait_for_locks_at_most(LOCK_TIMEOUT)
        if not queue.hold(run.claim):
            return False
        settlement = _after(run, conclude(attempt, _perform_or_roll_back(attempt)))
        goes_on = False
        if settlement is None:
            run.go_on()
            goes_on = isinstance(run.then, Act | Ask | Look)
            settlement = run.settlement(Status.RUNNING, held=True) if goes_on else _settlement_of(run)
        queue.settle([settlement], settings.LEASE)
    return goes_on


def _perform_or_roll_back(attempt: Try) -> Result:
    with transaction.atomic():
        result = perform(attempt)
        if isinstance(result, Failed | Held):
            transaction.set_rollback(True)
    return result


def _acted(tries: list[Try]) -> list[Run]:
    """Perform marked tries side by side and settle those after which the invocation does not go on at once."""
    if not tries:
        return []
    if len(tries) == 1:
        results = [perform(tries[0])]
    else:
        with ThreadPoolExecutor(max_workers=len(tries), thread_name_prefix="custom-events") as pool:
            results = list(pool.map(_perform_in_thread, tries))
    settlements: list[Settlement] = []
    alive: list[Run] = []
    for attempt, result in zip(tries, results, strict=True):
        settlement = _after(attempt.run, conclude(attempt, result))
        if settlement is None:
            alive.append(attempt.run)
        else:
            settlements.append(settlement)
    queue.settle(settlements, settings.LEASE)
    return alive


def _perform_in_thread(attempt: Try) -> Result:
    """The same in a thread of its own, whose database connections nobody else would close."""
    try:
        with current_host().database_access():
            return perform(attempt)
    finally:
        connections.close_all()
