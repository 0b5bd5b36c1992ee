"""What the golden scenarios cannot show: limits, misuse, states that somebody else wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from saleor_custom_events.scenarios.advance import Act, Acted, End, State, advance
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from tests.scenarios.making import definition, leaf, wait
from tests.scenarios.test_conditions import NOW, OCCURRENCE_FACTS

ACTION = {"id": "a", "type": "action", "action": "send_webhook", "config": {}, "next": "w"}
DEFINITION = parse_definition(definition(ACTION, wait(next="x"), leaf()))


def test_an_invocation_that_visits_too_much_fails() -> None:
    there = advance(DEFINITION, State(step="a", visit=MAX_VISITS), OCCURRENCE_FACTS, NOW)
    assert isinstance(there.then, Act)
    beyond = advance(DEFINITION, State(step="a", visit=MAX_VISITS + 1), OCCURRENCE_FACTS, NOW)
    assert beyond.then == End(Status.FAILED, Reason.LIMIT)
    assert beyond.state.step is None


def test_a_state_at_a_step_that_does_not_exist_fails() -> None:
    assert advance(DEFINITION, State(step="gone"), OCCURRENCE_FACTS, NOW).then == End(Status.FAILED, Reason.DEFINITION)


@pytest.mark.parametrize("step", ["w", "x", "gone", None])
def test_an_answer_that_nobody_asked_for_is_our_fault(step: str | None) -> None:
    with pytest.raises(ValueError, match="No action"):
        advance(DEFINITION, State(step=step), OCCURRENCE_FACTS, NOW, acted=Acted())


def test_a_state_of_a_release_that_knew_no_retries_is_read() -> None:
    assert state_from_json({"step": "w", "visit": 3, "waitUntil": None, "outputs": {}}) == State(step="w", visit=3)


def test_a_step_that_is_gone_through_again_keeps_its_effects_visit_and_the_next_has_its_own() -> None:
    again = State(step="a", visit=3, repeats=1)
    assert again.effect_visit == 1
    behind = advance(DEFINITION, again, OCCURRENCE_FACTS, NOW, acted=Acted()).state
    assert (behind.visit, behind.effect_visit) == (4, 4)


def test_a_state_survives_as_json() -> None:
    state = State(step="w", visit=3, wait_until=datetime(2026, 2, 1, tzinfo=UTC), outputs={"a": {"status": 200}})
    assert state_from_json(state_to_json(state)) == state
    repeating = State(step="a", visit=3, repeats=1)
    assert state_from_json(state_to_json(repeating)) == repeating
    assert state_from_json(state_to_json(State(step=None))) == State(step=None)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"step": 5, "visit": 1, "outputs": {}},
        {"step": "a", "visit": "1", "outputs": {}},
        {"step": "a", "visit": 1, "outputs": []},
        {"step": "a", "visit": 1, "outputs": {"a": 5}},
        {"step": "a", "visit": 1, "outputs": {}, "waitUntil": "soon"},
    ],
)
def test_what_is_no_state_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever of them it is
        state_from_json(raw)
