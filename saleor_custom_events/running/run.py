"""One invocation in a worker's hands, from its claim to its settlement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.firing.catalogue import definition_of, facts_of, version_number
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Occurrence, ScenarioVersion, StepRun
from saleor_custom_events.running.queue import Claim, Settlement, StepRow, open_steps
from saleor_custom_events.scenarios.advance import Acted, Known, Next, State, begin
from saleor_custom_events.scenarios.definition import Definition, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.values import Json


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
    #: Where it repeats a step that failed: the settings as they were rendered then; None where they never were.
    repeated_input: Json = None
    problem: str = ""
    known: Known | None = None
    acted: Acted | None = None
    then: Next | None = None
    #: Rows that are not yet written.
    steps: list[StepRow] = field(default_factory=list)
    reason: str = ""
    detail: str = ""

    @property
    def start(self) -> EventStart | None:
        """Give the start point it began at."""
        return self.definition.start(self.claim.start) if self.definition else None

    def note(self, reason: Reason, detail: str = "") -> None:
        """Remember why something did not go as planned; the first reason is the one that the row shows."""
        if not self.reason:
            self.reason, self.detail = reason.value, detail

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
        return Settlement(
            claim=self.claim,
            status=status,
            reason=self.reason,
            detail=self.detail,
            state=state_to_json(self.state),
            steps=steps,
            due_at=self.claim.due_at if released else due_at,
            held=held,
            released=released,
        )


def load(claims: Sequence[Claim]) -> list[Run]:
    """Read all that these claims need, with a number of queries that does not grow with theirs."""
    ids = [c.occurrence_id for c in claims]
    rows = Occurrence.objects.select_related("event", "data_fields").in_bulk(ids)
    open_by_invocation = open_steps([c.id for c in claims])
    runs = [_run(c, facts_of(rows[c.occurrence_id]), open_by_invocation.get(c.id)) for c in claims]
    _recall([run for run in runs if run.state.repeats is not None])
    return runs


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


def _run(claim: Claim, occurrence: OccurrenceFacts, open_step: StepRun | None) -> Run:
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
        problem=problem,
        reason=claim.reason,
    )


def learn_customers(runs: Sequence[Run]) -> None:
    """Ask the store about the customers of these runs, once for all of them."""
    asking = [run for run in runs if run.known is None]
    references = {run.occurrence.customer_reference for run in asking if run.occurrence.has_customer}
    customers = current_host().customers(sorted(references, key=str)) if references else {}
    for run in asking:
        run.known = Known(customers.get(run.occurrence.customer_reference))
