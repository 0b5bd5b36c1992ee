"""One invocation in a worker's hands, from its claim to its settlement."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from saleor_custom_events.conf import settings
from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.firing.catalogue import definition_of, facts_of, version_number
from saleor_custom_events.firing.linked import with_owners
from saleor_custom_events.host import current_host
from saleor_custom_events.live_state import Wish, ask_store
from saleor_custom_events.models import Occurrence, ScenarioVersion, StepRun
from saleor_custom_events.running.awaiting import Found, Listening, Question, listening, look
from saleor_custom_events.running.queue import Claim, Settlement, StepRow, open_steps
from saleor_custom_events.running.telling import tell_of_passed
from saleor_custom_events.scenarios.advance import (
    WAITS,
    Act,
    Acted,
    Ask,
    Known,
    Live,
    Look,
    Next,
    Passed,
    ScenarioFacts,
    Seen,
    State,
    Wait,
    advance,
    begin,
)
from saleor_custom_events.scenarios.awaiting import identities_of, listens
from saleor_custom_events.scenarios.definition import Definition, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.signs import sign_names
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.templates import references_named
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.customers import Customer


def worker_name() -> str:
    """Say which process this is, for the timeline."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass(slots=True)
class Run:
    """Mutable, unlike everything it is made of: it is what a worker has found out so far and not yet written."""

    claim: Claim
    occurrence: OccurrenceFacts
    #: None where this release cannot read the version; `problem` says why.
    definition: Definition | None
    version: int
    state: State
    #: The step run it was in when it was claimed, if that had not ended.
    open_step: StepRun | None
    #: The firing's span (`Occurrence.trace`).
    trace: str | None = None
    #: Where it repeats a step that failed: the settings as they were rendered then; None where they never were.
    repeated_input: Json = None
    problem: str = ""
    known: Known | None = None
    acted: Acted | None = None
    #: What the store has, for the step that asked for it.
    live: Live | None = None
    then: Next | None = None
    #: What happened of what it listens to, once somebody has looked.
    happened: tuple[OccurrenceFacts, ...] | None = None
    seen: Seen | None = None
    #: What it listens to: as it is committed, and as it ought to be.
    listened: frozenset[Listening] = frozenset()
    listens: frozenset[Listening] = frozenset()
    #: Rows that are not yet written.
    steps: list[StepRow] = field(default_factory=list)
    reason: str = ""
    detail: str = ""

    @property
    def start(self) -> EventStart | None:
        """Give the start point it began at."""
        return self.definition.start(self.claim.start) if self.definition else None

    @property
    def customer(self) -> Customer | None:
        """Give the customer as the store was last asked; None where it knows nobody, or was not asked yet."""
        return self.known.customer if self.known else None

    def note(self, reason: Reason, detail: str = "") -> None:
        """Remember why something did not go as planned; the first reason is the one that the row shows."""
        if not self.reason:
            self.reason, self.detail = reason.value, detail

    @property
    def scenario(self) -> ScenarioFacts:
        """Give what steps may know of the scenario."""
        return ScenarioFacts(
            id=self.claim.scenario_id,
            name=self.claim.scenario_name,
            version=self.version,
            zone=settings.TIME_ZONE_DEFAULT,
            allows_unverified=self.start is not None and self.start.allow_unverified,
        )

    def go_on(self) -> None:
        """Advance to what is needed next, and remember what was passed."""
        assert self.definition is not None
        progress = advance(
            self.definition,
            self.state,
            self.occurrence,
            self.claim.now,
            scenario=self.scenario,
            known=self.known,
            acted=self.acted,
            happened=self.happened,
            seen=self.seen,
            live=self.live,
        )
        self.acted, self.happened, self.seen, self.live = None, None, None, None
        self.state, self.then = progress.state, progress.then
        tell_of_passed(self, progress.passed)
        for passed in progress.passed:
            self.steps.append(row_of(passed))
            if passed.reason is not None:
                self.note(passed.reason, passed.detail)
        if isinstance(self.then, Look):
            self.listens = self._listening(self.then)
        elif not isinstance(self.then, Wait) or not (self.then.awaits or self.then.signs):
            # A wait that listens keeps to the names that it looked under, whatever the store says since.
            self.listens = frozenset()

    def _listening(self, look: Look) -> frozenset[Listening]:
        names = identities_of(self.occurrence) if look.awaits else ()
        signed = sign_names(self.occurrence, self.customer) if look.signs else ()
        events = {(awaited.event, name) for awaited in look.awaits for name in names}
        return frozenset(events | {(sign.topic, name) for sign in look.signs for name in signed})

    def settlement(
        self,
        status: Status,
        *,
        due_at: datetime | None = None,
        held: bool = False,
        released: bool = False,
    ) -> Settlement:
        """Give what is to be written now, and forget those rows: they are written once."""
        steps, self.steps = tuple(self.steps), []
        changed = self.listens != self.listened
        self.listened = self.listens
        return Settlement(
            claim=self.claim,
            status=status,
            reason=self.reason,
            detail=self.detail,
            state=state_to_json(self.state),
            steps=steps,
            due_at=self.claim.due_at if released else due_at,
            held=held,
            listens=self.listens if changed else None,
            heeds=isinstance(self.then, Wait) and bool(self.listens),
            released=released,
        )


def load(claims: Sequence[Claim]) -> list[Run]:
    """Read all that these claims need, with a number of queries that does not grow with theirs."""
    ids = [c.occurrence_id for c in claims]
    rows = Occurrence.objects.select_related("event", "data_fields").in_bulk(ids)
    open_by_invocation = open_steps([c.id for c in claims])
    facts = with_owners({key: facts_of(row) for key, row in rows.items()})
    runs = [_run(c, facts[c.occurrence_id], open_by_invocation.get(c.id), rows[c.occurrence_id].trace) for c in claims]
    _recall([run for run in runs if run.state.repeats is not None])
    _recall_listening([run for run in runs if run.definition and listens(run.definition)])
    return runs


def _recall_listening(waiting: Sequence[Run]) -> None:
    """Find what these runs listen to already. Asks only if there are any."""
    found = listening([run.claim.id for run in waiting]) if waiting else {}
    for run in waiting:
        run.listened = run.listens = found[run.claim.id]


def _recall(repeating: Sequence[Run]) -> None:
    """Find what the steps that are repeated were given the first time. Asks only if there are any."""
    if not repeating:
        return
    rows = StepRun.objects.filter(
        invocation__in=[run.claim.id for run in repeating], visit__in={run.state.repeats for run in repeating}
    )
    inputs = {(row.invocation_id, row.visit): row.input for row in rows}
    for run in repeating:
        run.repeated_input = inputs.get((run.claim.id, run.state.effect_visit))


def _run(claim: Claim, occurrence: OccurrenceFacts, open_step: StepRun | None, trace: str | None) -> Run:
    definition: Definition | None = None
    problem = ""
    version = 0
    try:
        version = version_number(claim.version_id)
        definition = definition_of(claim.version_id)
    except (DefinitionError, ScenarioVersion.DoesNotExist) as error:
        problem = str(error)
    if claim.state:
        state = state_from_json(claim.state)
    else:
        state = begin(definition) if definition else State(step=None)
    return Run(
        claim=claim,
        occurrence=occurrence,
        definition=definition,
        version=version,
        state=state,
        open_step=open_step,
        trace=trace,
        problem=problem,
        reason=claim.reason,
    )


def row_of(passed: Passed) -> StepRow:
    """Give the step run of a step that the engine went through."""
    result: dict[str, Json] = dict(passed.decision)
    # A wait has two rows' worth of workers: who began it, and who came back to it.
    result["resumedBy" if passed.kind in WAITS else "worker"] = worker_name()
    return StepRow(
        visit=passed.visit,
        step=passed.step,
        kind=passed.kind,
        status=passed.status,
        reason=passed.reason.value if passed.reason else "",
        detail=passed.detail,
        started_at=passed.at,
        attempts=1,
        result=result,
        ended_at=passed.at,
    )


def learn_what_happened(runs: Sequence[Run]) -> None:
    """Look what happened of what these runs listen to, once for all of them; what they listen to is committed."""
    found = look([question for run in runs for question in _questions(run)])
    for run in runs:
        mine = found.get(run.claim.id, Found())
        run.happened = tuple(mine.occurrences)
        run.seen = Seen(order=min(mine.orders, key=lambda order: order.at, default=None))


def _questions(run: Run) -> Iterator[Question]:
    if isinstance(run.then, Look):
        begun = run.occurrence.registered_at
        since = {awaited.event: awaited.since for awaited in run.then.awaits}
        for event, name in sorted(run.listens):
            yield Question(run.claim.id, (event, name), since.get(event, begun))


def learn_customers(runs: Sequence[Run]) -> None:
    """Ask the store about the customers of these runs, once for all of them."""
    asking = [run for run in runs if run.known is None]
    references = {run.occurrence.customer_reference for run in asking if run.occurrence.has_customer}
    customers = current_host().customers(sorted(references, key=str)) if references else {}
    for run in asking:
        run.known = Known(customers.get(run.occurrence.customer_reference))


def learn_what_is_asked(runs: Sequence[Run]) -> None:
    """Answer what these runs ask: their customers first, then what the store has for them, once for all of them."""
    learn_customers(runs)
    asking = [run for run in runs if isinstance(run.then, Ask) and run.then.wanted]
    for run, live in zip(asking, ask_store([_wish(run) for run in asking]), strict=True):
        run.live = live


def learn_references(runs: Sequence[Run]) -> None:
    """Read what the data fields name that the actions before these runs may print, once for all of them."""
    asking = [(run, wanted) for run in runs if isinstance(run.then, Act) and (wanted := _printed(run, run.then))]
    learn_customers([run for run, _ in asking])
    wishes = [(run.occurrence, run.customer, wanted) for run, wanted in asking]
    for (run, _), live in zip(asking, ask_store(wishes), strict=True):
        run.live = live


def _printed(run: Run, act: Act) -> Wanted:
    return Wanted(references=references_named(str(act.step.config), run.occurrence))


def _wish(run: Run) -> Wish:
    assert isinstance(run.then, Ask)
    return run.occurrence, run.customer, run.then.wanted
