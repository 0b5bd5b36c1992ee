"""What the engine and its callers say to each other: where an invocation stands, and what it needs next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from saleor_custom_events.scenarios.definition import ActionStep
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.signs import Sign
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.customers import Customer


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """Where an invocation stands between two calls; all that is kept of it beside its log."""

    #: The step it stands before; None once there is nothing more to do.
    step: str | None
    #: The number of that visit, counted from 1 over the whole invocation: the step run's identity.
    visit: int = 1
    #: While a wait holds it.
    wait_until: datetime | None = None
    #: What steps gave to later ones, by step id.
    outputs: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    #: While a step that failed is gone through once more: its first visit, whose effect is tried again.
    repeats: int | None = None
    #: What steps named for later ones.
    variables: Mapping[str, str] = field(default_factory=dict)
    #: When the last wait was over, by its own reckoning and not by when a worker came; None: there was none yet.
    #: What happens later than this is there for the next wait for an event.
    since: datetime | None = None
    #: The store was seen to say that the customer agrees to marketing.
    consented: bool = False

    @property
    def effect_visit(self) -> int:
        """Give the visit by which receivers know this step's effect: a retry is to be recognised as one."""
        return self.repeats or self.visit


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioFacts:
    """The scenario that is run, as far as steps look at it."""

    #: The scenario's number.
    id: int = 0
    name: str = ""
    version: int = 0
    #: The time zone of steps that name none (IANA's name).
    zone: str = "UTC"
    #: The start point is also for unverified addresses.
    allows_unverified: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """A step that the engine itself went through: one row of the timeline. A wait: once it lets go."""

    step: str
    visit: int
    #: The step's `type`: `condition`, `wait`, `waitForEvent` …
    kind: str
    status: StepStatus
    #: What decided, as `docs/definition.md` lists it for each type (section "What the log says").
    decision: Mapping[str, Json]
    at: datetime
    #: Why it was left out or failed.
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An action is to be performed; come back with its `Acted`."""

    step: ActionStep


@dataclass(frozen=True, slots=True)
class Ask:
    """A step looks at the customer: come back with what the store knows (or that it knows nobody).

    Where it also looks at orders, checkouts or stock (`wanted`): come back with `live` as well.
    """

    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A custom event (its number) that a wait listens to. What was registered later than `since` counts."""

    event: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """Before this wait means anything, have its events noticed from now on; come back with what `happened` since.

    Where it also listens to `signs`: come back with what was `seen` of them.
    """

    until: datetime
    awaits: tuple[Awaited, ...]
    signs: frozenset[Sign] = frozenset()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until` (aware, UTC), unless one of its events (`awaits`) or `signs` happens."""

    until: datetime
    kind: str = "wait"
    awaits: tuple[Awaited, ...] = ()
    signs: frozenset[Sign] = frozenset()
    #: What is to be shown of it beside `until`.
    said: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """The invocation is over."""

    status: Status
    reason: Reason | None = None
    detail: str = ""

    @property
    def decides(self) -> bool:
        """Whether this is what the row shows, whatever else was noted on the way."""
        return self.status is Status.FAILED or self.reason is Reason.EXIT_EARLY


Next: TypeAlias = Act | Ask | Look | Wait | End


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
