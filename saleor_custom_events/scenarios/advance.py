"""The engine: a pure function from (definition, state, facts, clock) to what happens next.

No Django, no clock, no I/O: `running` feeds it and carries out what it asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Live
from saleor_custom_events.scenarios.progress import (
    Act,
    Acted,
    Ask,
    Awaited,
    End,
    Known,
    Look,
    Next,
    Passed,
    Progress,
    ScenarioFacts,
    State,
    Wait,
)
from saleor_custom_events.scenarios.signs import Seen
from saleor_custom_events.scenarios.walking import WAITS, Walk

__all__ = [
    "WAITS",
    "Act",
    "Acted",
    "Ask",
    "Awaited",
    "End",
    "Known",
    "Live",
    "Look",
    "Next",
    "Passed",
    "Progress",
    "ScenarioFacts",
    "Seen",
    "State",
    "Wait",
    "advance",
    "begin",
]

_NOWHERE = ScenarioFacts()


def begin(definition: Definition) -> State:
    """Give the state of an invocation that has done nothing yet."""
    return State(step=definition.first)


def advance(
    definition: Definition,
    state: State,
    occurrence: OccurrenceFacts,
    now: datetime,
    *,
    scenario: ScenarioFacts = _NOWHERE,
    known: Known | None = None,
    acted: Acted | None = None,
    happened: Sequence[OccurrenceFacts] | None = None,
    seen: Seen | None = None,
    live: Live | None = None,
) -> Progress:
    """Go on from `state` until something is needed that the engine has not: time, the customer, an action.

    `now` is aware, UTC. `known` answers an `Ask`; only steps that need it look at it. `acted` answers an `Act`, and
    only that: ValueError where the state stands at no action. `happened` answers a `Look`: occurrences of the awaited
    events, in any order, of this customer and perhaps of others; `seen` goes with it where the `Look` names signs.
    Neither is looked at for a later wait. `live` answers an `Ask` that wants more than the customer, and is not looked
    at for a later step. A state that has ended has no step, and advancing it again completes at once.
    """
    walk = Walk(definition, state, occurrence, now, scenario, known, happened, live, seen)
    if acted is not None:
        walk.leave_action(acted)
    while (then := walk.take_step()) is None:
        pass
    return Progress(state=walk.state, passed=tuple(walk.passed), then=then)
