"""A scenario's definition as frozen objects, made from JSON by `parsing.parse_definition`.

The format's own description, member by member, is in `docs/definition.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from saleor_custom_events.scenarios.flows import Debounce, Flow
from saleor_custom_events.scenarios.signs import Sign
from saleor_custom_events.scenarios.values import Json, Value

SPEC_VERSION = 1


class Operator(StrEnum):
    """How two values are compared. Texts compare without regard to case."""

    EQUALS = "equals"
    NOT_EQUALS = "notEquals"
    GREATER = "greaterThan"
    GREATER_OR_EQUAL = "greaterThanOrEqual"
    LESS = "lessThan"
    LESS_OR_EQUAL = "lessThanOrEqual"
    CONTAINS = "contains"
    NOT_CONTAINS = "notContains"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    ONE_OF = "oneOf"
    IS_SET = "isSet"
    IS_NOT_SET = "isNotSet"
    WITHIN_LAST = "withinLast"
    NOT_WITHIN_LAST = "notWithinLast"
    WITHIN_NEXT = "withinNext"


class Source(StrEnum):
    """Where the left side of a comparison comes from."""

    DATA_FIELD = "dataFields"
    OCCURRENCE = "occurrence"
    CUSTOMER = "customer"
    STEP = "steps"
    VARIABLE = "variables"
    ORDERS = "orders"
    CHECKOUT = "checkout"
    #: Its one name is the data field that names the variant or product.
    STOCK = "stock.dataFields"


@dataclass(frozen=True, slots=True)
class Operand:
    """`dataFields.score` is Operand(DATA_FIELD, ("score",)); `customer.metadata.tier` has two names."""

    source: Source
    names: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join((self.source.value, *self.names))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One typed comparison. `value` is None for isSet/isNotSet, a tuple for oneOf, a length of time for withinLast …"""

    operand: Operand
    operator: Operator
    value: Value | tuple[Value, ...] | timedelta | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds where all of them hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where at least one of them holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where it does not."""

    condition: Condition


Condition: TypeAlias = Comparison | AllOf | AnyOf | Not


class Reentry(StrEnum):
    """How often the same customer may enter the scenario."""

    EVERY = "every"
    ONCE = "once"
    ONCE_PER_PERIOD = "oncePerPeriod"
    NOT_WHILE_RUNNING = "notWhileRunning"
    RESTART = "restart"


@dataclass(frozen=True, kw_only=True, slots=True)
class EventStart:
    """Start point "Custom event"."""

    id: str
    #: The custom event's number.
    event: int
    filter: Condition | None = None
    #: Looks at the customer too, and so is decided by the worker when the invocation begins.
    customer_filter: Condition | None = None
    reentry: Reentry = Reentry.EVERY
    #: Of the re-entry oncePerPeriod.
    period: timedelta | None = None
    flow: Flow | None = None
    #: "Also for unverified addresses".
    allow_unverified: bool = False

    @property
    def enters_late(self) -> bool:
        """Whether re-entry is decided when the invocation begins: until then it may still be dropped."""
        return self.reentry is not Reentry.EVERY and (
            self.customer_filter is not None or isinstance(self.flow, Debounce)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """One way out of a condition step; `next` None ends the invocation."""

    when: Condition
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionStep:
    """Goes to the first branch that holds, else to `otherwise`; None ends the invocation."""

    id: str
    branches: tuple[Branch, ...]
    otherwise: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitStep:
    """Holds the invocation for a time of 1 second to 400 days."""

    id: str
    duration: timedelta
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionStep:
    """Does something to the world."""

    id: str
    #: The registered action's name, `send_webhook`.
    action: str
    #: The action's settings as written; the action itself reads and checks them.
    config: Mapping[str, Json]
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExitStep:
    """Ends the invocation, and says so in the log."""

    id: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SplitBranch:
    """One way out of a split; `next` None ends the invocation."""

    #: Its share, of the sum of all branches' weights.
    weight: int
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SplitStep:
    """Sends customers one way or another at random; the same customer always the same way."""

    id: str
    branches: tuple[SplitBranch, ...]
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offset:
    """Before (both negative) or after a date: days of the calendar, and time within a day."""

    days: int = 0
    time: timedelta = timedelta(0)


class Past(StrEnum):
    """What to do where a date has passed already."""

    CONTINUE = "continue"
    EXIT = "exit"


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitUntilStep:
    """Holds the invocation until a date, or until some time before or after it."""

    id: str
    #: Where the date stands, or the date or moment (aware) itself.
    date: Operand | date
    offset: Offset
    past: Past
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitForTimeStep:
    """Holds the invocation until it is a certain time, on one of some weekdays."""

    id: str
    #: On the clocks of `zone`.
    time: time
    #: 0 is Monday.
    weekdays: frozenset[int]
    #: IANA's name, or where it stands; None: the operator's setting.
    zone: str | Operand | None
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitForEventStep:
    """Holds the invocation until the same customer's event happens, or for a time."""

    id: str
    #: The custom event's number.
    event: int
    #: Looks at the awaited occurrence.
    filter: Condition | None
    timeout: timedelta
    happened: str | None
    timed_out: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetVariableStep:
    """Gives later steps a text under a name."""

    id: str
    name: str
    #: Liquid.
    value: str
    next: str | None
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentStep:
    """Tells whoever reads the scenario something, and does nothing."""

    id: str
    text: str
    next: str | None
    label: str = ""


Step: TypeAlias = (
    ConditionStep
    | SplitStep
    | WaitStep
    | WaitUntilStep
    | WaitForTimeStep
    | WaitForEventStep
    | ActionStep
    | SetVariableStep
    | CommentStep
    | ExitStep
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventExit:
    """Ends an invocation that waits as soon as the same customer's event happens."""

    #: The custom event's number.
    event: int
    #: Looks at that occurrence.
    filter: Condition | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignExit:
    """Ends an invocation that waits as soon as the customer places an order, or withdraws consent."""

    sign: Sign


ExitRule: TypeAlias = EventExit | SignExit


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A scenario that passed every check of the parser: ids are unique, every `next` exists, no loops."""

    spec: int
    starts: tuple[EventStart, ...]
    #: The first of `steps` is where an invocation begins; no steps: it completes at once.
    steps: tuple[Step, ...]
    #: What ends an invocation while it waits, at whatever step.
    exits: tuple[ExitRule, ...] = ()

    @property
    def event_exits(self) -> Mapping[int, EventExit]:
        """Give the exit rules that listen to custom events, by their places in `exits`."""
        return {i: rule for i, rule in enumerate(self.exits) if isinstance(rule, EventExit)}

    @property
    def signs(self) -> frozenset[Sign]:
        """Give what else lets go of an invocation."""
        return frozenset(rule.sign for rule in self.exits if isinstance(rule, SignExit))

    @property
    def first(self) -> str | None:
        """Give the id of the step where an invocation begins."""
        return self.steps[0].id if self.steps else None

    def step(self, step_id: str) -> Step | None:
        """Give the step with this id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def start(self, start_id: str) -> EventStart | None:
        """Give the start point with this id."""
        return next((start for start in self.starts if start.id == start_id), None)
