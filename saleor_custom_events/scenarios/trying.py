"""A dry run: one invocation from its first step to its end, by the engine that runs it, without effects or waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from saleor_custom_events.scenarios.advance import (
    Act,
    Acted,
    Ask,
    End,
    Known,
    Live,
    Look,
    Passed,
    ScenarioFacts,
    State,
    Wait,
    advance,
    begin,
)
from saleor_custom_events.scenarios.definition import ActionStep, Definition, WaitForEventStep
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.values import DataField, Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """What would become of an action's step, as far as that is known without performing it."""

    #: DONE: it would be performed.
    status: StepStatus
    #: A reason, or the action's own code; empty where there is nothing to explain.
    reason: str = ""
    detail: str = ""
    #: The reason that the invocation would show.
    shown: Reason | None = None
    #: The settings as they would be rendered; None where it does not come to that.
    input: Json = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TriedStep:
    """What one step would do."""

    visit: int
    step: str
    #: The step's `type`, or the action's name.
    kind: str
    #: DONE, SKIPPED or FAILED.
    status: StepStatus
    reason: str = ""
    detail: str = ""
    #: What the clock would say when the step is reached; aware, UTC.
    at: datetime
    #: An action's settings, rendered.
    input: Json = None
    #: What decided, as in a step run: the branch and its comparisons; until when it would wait.
    result: Json = None
    #: The way on: a branch's number (from 0), `otherwise`, `happened`, `timedOut`; `next` of a step that has no choice.
    #: Empty: it ends at this step.
    way: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What an invocation would come to."""

    status: Status
    #: Why it ended otherwise than by its last step; the first reason, as the log shows it.
    reason: str
    steps: tuple[TriedStep, ...]


#: Says what would become of the action step that the state stands before.
Foresee = Callable[[ActionStep, State], Foreseen]


#: By the id of a step that waits for an event: the data fields with which that event happens; else it times out.
Answers = Mapping[str, tuple[DataField, ...]]

#: Asks the store what a step wants to know of it; the time is what the clock of the dry run says.
Learn = Callable[[Wanted, datetime], Live]


def _learn_nothing(wanted: Wanted, now: datetime) -> Live:
    return Live(asked_at=now)


def try_out(
    definition: Definition,
    occurrence: OccurrenceFacts,
    known: Known,
    now: datetime,
    foresee: Foresee,
    *,
    scenario: ScenarioFacts | None = None,
    answers: Answers = MappingProxyType({}),
    learn: Learn = _learn_nothing,
) -> Tried:
    """Go through `definition` from `now` (aware, UTC) on; a wait moves the clock to its end.

    `known`: what the store says of the customer, all the way through; `learn` is asked for orders, checkouts and stock,
    which are those of today, wherever the clock stands. Actions give nothing to later steps here, since
    nobody knows what they would bring back. What a step waits for happens as soon as it waits, where `answers` says so
    and the step's filter holds; no exit rule lets go. Ends: `advance` goes no further than MAX_VISITS, and waits once
    a visit.
    """
    walk = _Walk(now)
    state, acted, happened, live = begin(definition), None, None, None
    facts = scenario or ScenarioFacts()
    while True:
        progress = advance(
            definition,
            state,
            occurrence,
            walk.now,
            scenario=facts,
            known=known,
            acted=acted,
            happened=happened,
            live=live,
        )
        state, acted, happened, live = progress.state, None, None, None
        walk.pass_by(progress.passed)
        match progress.then:
            case Ask(wanted):
                live = learn(wanted, walk.now)
            case Look():
                happened = _happened(definition, state, occurrence, walk.now, answers)
            case Wait(until):
                walk.wait(state.visit, until)
            case Act(step):
                foreseen = foresee(step, state)
                walk.act(step, state.visit, foreseen)
                if foreseen.status is StepStatus.FAILED:
                    return walk.ended(Status.FAILED, foreseen.shown, decides=True)
                acted = Acted()
            case End(status, reason) as end:
                return walk.ended(status, reason, decides=end.decides)


def _happened(
    definition: Definition, state: State, occurrence: OccurrenceFacts, now: datetime, answers: Answers
) -> tuple[OccurrenceFacts, ...]:
    """Give the occurrence that the step at hand waits for, where it is to happen: just now."""
    step = definition.step(state.step) if state.step else None
    if not isinstance(step, WaitForEventStep) or step.id not in answers:
        return ()
    earliest = (state.since or occurrence.registered_at) + timedelta(microseconds=1)
    made = replace(
        occurrence,
        id=f"{occurrence.id}:{step.id}",
        event=EventFacts(number=step.event, slug="", name=""),
        registered_at=max(now, earliest),
        occurred_at=max(now, earliest),
        fields=answers[step.id],
    )
    return (made,)


class _Walk:
    """What one dry run has come to so far."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._steps: list[TriedStep] = []
        self._reason: Reason | None = None
        #: When visits were reached that waited.
        self._reached: dict[int, datetime] = {}

    def wait(self, visit: int, until: datetime) -> None:
        self._reached[visit] = self.now
        self.now = until

    def pass_by(self, passed: tuple[Passed, ...]) -> None:
        for one in passed:
            self._reason = self._reason or one.reason
            self._steps.append(
                TriedStep(
                    visit=one.visit,
                    step=one.step,
                    kind=one.kind,
                    status=one.status,
                    reason=one.reason or "",
                    detail=one.detail,
                    at=self._reached.get(one.visit, one.at),
                    result=dict(one.decision),
                )
            )

    def act(self, step: ActionStep, visit: int, foreseen: Foreseen) -> None:
        self._reason = self._reason or foreseen.shown
        self._steps.append(
            TriedStep(
                visit=visit,
                step=step.id,
                kind=step.action,
                status=foreseen.status,
                reason=foreseen.reason,
                detail=foreseen.detail,
                at=self.now,
                input=foreseen.input,
            )
        )

    def ended(self, status: Status, reason: Reason | None, *, decides: bool = False) -> Tried:
        """Give the whole. The first reason is the one that shows, unless a failure `decides`, as in a real run."""
        shown = reason if decides else self._reason or reason
        # Behind the last step comes nothing, and nothing has a reason; what a step itself ends has one.
        stops = bool(self._steps) and (reason is not None or self._steps[-1].status is StepStatus.FAILED)
        gone = self._steps[:-1] if stops else self._steps
        last = self._steps[-1:] if stops else []
        steps = (*(replace(step, way=_way(step)) for step in gone), *last)
        return Tried(status=status, reason=shown.value if shown else "", steps=steps)


def _way(step: TriedStep) -> str:
    branch = step.result.get("branch") if isinstance(step.result, dict) else None
    return "next" if branch is None else str(branch)
