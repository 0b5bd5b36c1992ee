"""The engine: a pure function from (definition, state, facts, clock) to what happens next.

No Django, no clock, no I/O: `running` feeds it and carries out what it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from saleor_custom_events.host import Customer
from saleor_custom_events.scenarios.definition import ActionStep, Definition
from saleor_custom_events.scenarios.facts import OccurrenceFacts
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """A step that the engine itself went through: one row of the timeline."""

    step: str
    visit: int
    #: `condition`, `wait`, `exit`.
    kind: str
    status: StepStatus
    #: For a condition: `{"branch": 0 | "otherwise", "comparisons": [{"operand", "operator", "value",
    #: "actual", "holds", "note"?}, …]}`, the values that decided. For a wait: `{"until": iso}`.
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
