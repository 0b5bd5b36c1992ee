"""What an action would do, without doing it: its settings rendered, or why it would not come to that."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from saleor_custom_events.actions.base import Action, InvocationFacts
from saleor_custom_events.actions.forms import settings_to_json
from saleor_custom_events.actions.rendering import Stopped, allowed_action, rendered_settings
from saleor_custom_events.errors import ActionError
from saleor_custom_events.scenarios.advance import State
from saleor_custom_events.scenarios.definition import ActionStep, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_FORESEEN
from saleor_custom_events.scenarios.outcomes import Reason, StepStatus
from saleor_custom_events.scenarios.references import Reading
from saleor_custom_events.scenarios.templates import NOTHING_READ, context_of, references_named
from saleor_custom_events.scenarios.trying import Foreseen
from saleor_custom_events.store.customers import Customer


@dataclass(slots=True)
class Foresight:
    """Foresees one dry run's action steps; call it with each of them (`scenarios.trying.Foresee`)."""

    occurrence: OccurrenceFacts
    start: EventStart
    #: What the store knows; None: nobody, or it was not asked.
    customer: Customer | None
    scenario_id: int
    scenario_name: str
    #: The version that publishing would make.
    scenario_version: int
    #: Says whether this has taken long enough: templates of one step are bounded, those of a whole draft are not.
    is_over: Callable[[], bool]
    #: Reads what data fields of these names name in the store.
    read: Callable[[frozenset[str]], Reading] = lambda _: NOTHING_READ
    #: Characters rendered so far.
    _rendered: int = field(default=0, init=False)

    def __call__(self, step: ActionStep, state: State) -> Foreseen:
        """Say what would become of the step that `state` stands before."""
        action = allowed_action(step, self.occurrence, self.start)
        if isinstance(action, Stopped):
            return _stopped(action)
        if self._rendered > MAX_FORESEEN or self.is_over():
            return _stopped(Stopped(StepStatus.FAILED, Reason.LIMIT, "A dry run goes no further than this."))
        named = references_named(str(step.config), self.occurrence)
        reading = self.read(named) if named else NOTHING_READ
        settings = rendered_settings(action, step, self._context(state, reading))
        if isinstance(settings, Stopped):
            return _stopped(settings)
        shown = settings_to_json(settings)
        self._rendered += len(json.dumps(shown))
        try:
            skipped = action.foresee(settings, self._facts(action, step, state))
        except ActionError as error:
            return Foreseen(
                status=StepStatus.FAILED, reason=error.code, detail=str(error), shown=Reason.ACTION, input=shown
            )
        if skipped is not None:
            return Foreseen(status=StepStatus.SKIPPED, reason=skipped.value, shown=skipped, input=shown)
        return Foreseen(status=StepStatus.DONE, input=shown)

    def _context(self, state: State, reading: Reading) -> Any:
        return context_of(
            self.occurrence,
            customer=self.customer,
            scenario_id=self.scenario_id,
            scenario_name=self.scenario_name,
            scenario_version=self.scenario_version,
            outputs=state.outputs,
            variables=state.variables,
            reading=reading,
        )

    def _facts(self, action: Action[Any], step: ActionStep, state: State) -> InvocationFacts:
        return InvocationFacts(
            id=0,
            scenario_id=self.scenario_id,
            scenario_name=self.scenario_name,
            scenario_version=self.scenario_version,
            step=step.id,
            visit=state.visit,
            attempt=1,
            occurrence=self.occurrence,
            customer=self.customer if action.needs_customer else None,
        )


def _stopped(stopped: Stopped) -> Foreseen:
    return Foreseen(status=stopped.status, reason=stopped.reason.value, detail=stopped.detail, shown=stopped.reason)
