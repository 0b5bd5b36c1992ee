"""The engine: a pure function from (definition, state, facts, clock) to what happens next.

No Django, no clock, no I/O: `running` feeds it and carries out what it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from saleor_custom_events.host import Customer
from saleor_custom_events.scenarios.conditions import Scope, holds, needs_customer
from saleor_custom_events.scenarios.definition import (
    ActionStep,
    ConditionStep,
    Definition,
    Step,
    WaitStep,
)
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """Where an invocation stands between two calls; all that is kept of it beside its log."""

    #: The step it stands before; None once there is nothing more to do.
    step: str | None
    #: The number of that visit, counted from 1 over the whole invocation: the step run's identity.
    visit: int = 1
    #: While a wait step holds it.
    wait_until: datetime | None = None
    #: What steps gave to later ones, by step id.
    outputs: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    #: While a step that failed is gone through once more: its first visit, whose effect is tried again.
    repeats: int | None = None

    @property
    def effect_visit(self) -> int:
        """Give the visit by which receivers know this step's effect: a retry is to be recognised as one."""
        return self.repeats or self.visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """A step that the engine itself went through: one row of the timeline. A wait step: once it lets go."""

    step: str
    visit: int
    #: `condition`, `wait`, `exit`.
    kind: str
    status: StepStatus
    #: For a condition: `{"branch": 0 | "otherwise", "comparisons": [{"branch", "operand", "operator",
    #: "value", "actual", "holds", "note"?}, …]}`, the values that decided, of every branch looked at.
    #: For a wait: `{"until": iso}`.
    decision: Mapping[str, Json]
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """An action is to be performed; come back with its `Acted`."""

    step: ActionStep


@dataclass(frozen=True, slots=True)
class Ask:
    """A condition looks at the customer: come back with what the store knows (or that it knows nobody)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until` (aware, UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class End:
    """The invocation is over."""

    status: Status
    reason: Reason | None = None


Next: TypeAlias = Act | Ask | Wait | End


@dataclass(frozen=True, slots=True)
class Acted:
    """The action's step is over, one way or the other, and the invocation goes on behind it."""

    output: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store said about the customer; None: it knows nobody by that identity."""

    customer: Customer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What one call of `advance` came to."""

    state: State
    passed: tuple[Passed, ...]
    then: Next


def begin(definition: Definition) -> State:
    """Give the state of an invocation that has done nothing yet."""
    return State(step=definition.first)


def advance(
    definition: Definition,
    state: State,
    occurrence: OccurrenceFacts,
    now: datetime,
    *,
    known: Known | None = None,
    acted: Acted | None = None,
) -> Progress:
    """Go on from `state` until something is needed that the engine has not: time, the customer, an action.

    `now` is aware, UTC. `known` answers an `Ask`; only conditions that need it look at it. `acted` answers
    an `Act`, and only that: ValueError where the state stands at no action. A state that has ended has no
    step, and advancing it again completes at once.
    """
    walk = _Walk(definition, state, occurrence, now, known)
    if acted is not None:
        walk.leave_action(acted)
    while (then := walk.take_step()) is None:
        pass
    return Progress(state=walk.state, passed=tuple(walk.passed), then=then)


class _Walk:
    """One call of `advance`: what it has come to so far."""

    def __init__(
        self,
        definition: Definition,
        state: State,
        occurrence: OccurrenceFacts,
        now: datetime,
        known: Known | None,
    ) -> None:
        self.state = state
        self.passed: list[Passed] = []
        self._definition = definition
        self._occurrence = occurrence
        self._now = now
        # Where nothing names a customer of the store, nobody has to be asked.
        self._known = known if known or occurrence.has_customer else Known(None)

    def leave_action(self, acted: Acted) -> None:
        step = self._definition.step(self.state.step) if self.state.step else None
        if not isinstance(step, ActionStep):
            raise ValueError(f"No action stands at {self.state.step!r}.")
        if acted.output:
            self.state = replace(self.state, outputs={**self.state.outputs, step.id: acted.output})
        self._go_on(step.next)

    def take_step(self) -> Next | None:
        """Do what the step at hand says; None where the next one can follow at once."""
        if self.state.step is None:
            return End(Status.COMPLETED)
        if self.state.visit > MAX_VISITS:
            return self._end(Status.FAILED, Reason.LIMIT)
        step = self._definition.step(self.state.step)
        if step is None:
            return self._end(Status.FAILED, Reason.DEFINITION)
        if isinstance(step, ActionStep):
            return Act(step)
        if isinstance(step, ConditionStep):
            return self._decide(step)
        if isinstance(step, WaitStep):
            return self._wait(step)
        self._note(step, "exit", StepStatus.DONE, {})
        return self._end(Status.COMPLETED, Reason.EXIT)

    def _decide(self, step: ConditionStep) -> Next | None:
        comparisons: list[Json] = []
        for i, branch in enumerate(step.branches):
            if self._known is None and needs_customer(branch.when):
                return Ask()
            decided, compared = holds(branch.when, self._scope())
            comparisons += [{"branch": i, **entry} for entry in compared if isinstance(entry, dict)]
            if decided:
                self._note(step, "condition", StepStatus.DONE, {"branch": i, "comparisons": comparisons})
                self._go_on(branch.next)
                return None
        decision: dict[str, Json] = {"branch": "otherwise", "comparisons": comparisons}
        self._note(step, "condition", StepStatus.DONE, decision)
        self._go_on(step.otherwise)
        return None

    def _scope(self) -> Scope:
        customer = self._known.customer if self._known else None
        return Scope(occurrence=self._occurrence, customer=customer, outputs=self.state.outputs)

    def _wait(self, step: WaitStep) -> Next | None:
        until = self.state.wait_until
        if until is None:
            until = self._now + step.duration
            self.state = replace(self.state, wait_until=until)
        if self._now < until:
            return Wait(until)
        self._note(step, "wait", StepStatus.DONE, {"until": until.isoformat()})
        self._go_on(step.next)
        return None

    def _go_on(self, target: str | None) -> None:
        self.state = replace(self.state, step=target, visit=self.state.visit + 1, wait_until=None, repeats=None)

    def _end(self, status: Status, reason: Reason) -> End:
        self.state = replace(self.state, step=None, wait_until=None)
        return End(status, reason)

    def _note(self, step: Step, kind: str, status: StepStatus, decision: Mapping[str, Json]) -> None:
        self.passed.append(
            Passed(
                step=step.id,
                visit=self.state.visit,
                kind=kind,
                status=status,
                decision=decision,
                at=self._now,
            )
        )
