"""A dry run goes the way that the engine goes, with its own clock and without effects."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.scenarios.advance import Known, State
from saleor_custom_events.scenarios.definition import ActionStep, Definition, WaitStep
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.trying import Foreseen, Tried, try_out
from saleor_custom_events.scenarios.values import DataField, FieldType
from tests.scenarios.making import SCORE, condition, definition, leaf, wait
from tests.scenarios.test_conditions import OCCURRENCE_FACTS
from tests.scenarios.test_golden import FILES, clock_of, customer_of, live_of, occurrence_of, scenario_of

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
DONE = Foreseen(status=StepStatus.DONE, input={"url": "https://x.example/"})
SKIPPED = Foreseen(status=StepStatus.SKIPPED, reason="SKIPPED_NO_EMAIL", shown=Reason.NO_EMAIL)
FAILED = Foreseen(status=StepStatus.FAILED, reason="EMPTY_SUBJECT", detail="Empty.", shown=Reason.ACTION)


def action(id: str = "a", next: str | None = None) -> dict[str, Any]:
    return {"id": id, "type": "action", "action": "send_webhook", "config": {}, "next": next}


def tried(*steps: Any, foreseen: dict[str, Foreseen] | None = None) -> Tried:
    known = foreseen or {}
    made = parse_definition(definition(*steps))
    return try_out(made, OCCURRENCE_FACTS, Known(None), NOW, lambda step, state: known.get(step.id, DONE))


def _expected(golden: dict[str, Any]) -> tuple[list[tuple[str, str]], Any, dict[str, Any]]:
    """Give the steps in their order, what came then, and what was seen of each; some scripts stop before the end."""
    order: list[tuple[str, str]] = []
    conditions: dict[str, Any] = {}
    asked: str | None = None
    then: dict[str, Any] = {}
    for turn in golden["script"]:
        if "acted" in turn and asked:
            order.append((asked, "action"))
        then = turn["expect"]["then"]
        asked = then.get("act")
        order += [(passed["step"], passed["kind"]) for passed in turn["expect"]["passed"]]
        conditions |= {passed["step"]: passed for passed in turn["expect"]["passed"]}
        if "end" in then:
            break
    return order, then, conditions


def _without_outputs(file: Path) -> bool:
    """Nobody knows beforehand what an action will bring, or what will happen."""
    script = json.loads(file.read_text())["script"]
    return not any(turn.get("acted") or turn.get("happened") or turn.get("seen") for turn in script)


@pytest.mark.parametrize("file", [*filter(_without_outputs, FILES)], ids=lambda file: file.stem)
def test_every_golden_invocation_is_foreseen(file: Path) -> None:
    golden = json.loads(file.read_text())
    order, end, passed = _expected(golden)
    known = Known(customer_of(golden["customer"]))
    made = parse_definition(golden["definition"])

    clock = clock_of(golden)
    occurrence = occurrence_of(golden["occurrence"], clock)

    stores = iter([t.get("store", {}) for t in golden["script"] for _ in t["expect"].get("wanted", [])])

    foreseen = try_out(
        made,
        occurrence,
        known,
        clock,
        lambda step, state: DONE,
        scenario=scenario_of(golden),
        learn=lambda wanted, now: live_of(next(stores), now),
    )

    came = [(s.step, "action" if s.kind == "send_webhook" else s.kind) for s in foreseen.steps]
    assert came[: len(order)] == order
    if "end" in end:
        assert len(came) == len(order)
        # The first reason is the one that shows.
        first = next((seen["reason"] for seen in passed.values() if "reason" in seen), end["reason"])
        assert {"end": foreseen.status.value, "reason": foreseen.reason or None} == {**end, "reason": first}
    for step in foreseen.steps:
        shown = {name: value for name, value in passed.get(step.step, {}).items() if name not in ("step", "kind")}
        # Of waits the script has its own clock.
        if step.kind == "condition":
            assert isinstance(step.result, dict)
            assert {name: step.result[name] for name in shown} == shown


def test_waits_move_the_clock_and_nothing_else_does() -> None:
    came = tried(action("a", "w"), wait("w", "P1D", next="v"), wait("v", "PT1H", next="b"), action("b", "x"), leaf())

    day = timedelta(days=1)
    assert [(step.step, step.at - NOW) for step in came.steps] == [
        ("a", timedelta()),
        ("w", timedelta()),
        ("v", day),
        ("b", day + timedelta(hours=1)),
        ("x", day + timedelta(hours=1)),
    ]
    assert [step.result for step in came.steps[1:3]] == [
        {"until": (NOW + day).isoformat()},
        {"until": (NOW + day + timedelta(hours=1)).isoformat()},
    ]
    assert [step.visit for step in came.steps] == [1, 2, 3, 4, 5]


def test_an_actions_step_shows_what_it_would_do() -> None:
    (step,) = tried(action()).steps

    assert (step.kind, step.status, step.input, step.result) == ("send_webhook", "done", DONE.input, None)


def test_a_step_that_is_left_out_is_passed_and_its_reason_is_the_one_that_shows() -> None:
    came = tried(action("a", "x"), leaf(), foreseen={"a": SKIPPED})

    assert [(step.step, step.status, step.reason) for step in came.steps] == [
        ("a", "skipped", "SKIPPED_NO_EMAIL"),
        ("x", "done", ""),
    ]
    assert (came.status, came.reason) == (Status.COMPLETED, "SKIPPED_NO_EMAIL")


def test_a_step_that_fails_is_the_last_and_says_why_it_ended() -> None:
    came = tried(action("a", "b"), action("b", "x"), leaf(), foreseen={"a": SKIPPED, "b": FAILED})

    assert [(step.step, step.status) for step in came.steps] == [("a", "skipped"), ("b", "failed")]
    assert came.steps[-1].detail == "Empty."
    assert (came.status, came.reason) == (Status.FAILED, "FAILED_ACTION")


def test_a_decision_is_shown_as_in_a_step_run() -> None:
    (step, *_) = tried(condition(SCORE, "x", otherwise=None), leaf()).steps

    assert isinstance(step.result, dict)
    assert set(step.result) == {"branch", "comparisons"}


def test_every_step_says_which_way_it_goes_on() -> None:
    fork = {**condition(SCORE, "a", otherwise="b"), "id": "c"}
    came = tried(fork, action("a", "w"), action("b", "w"), wait("w", next=None))

    assert [(step.step, step.way) for step in came.steps] == [("c", "otherwise"), ("b", "next"), ("w", "next")]


def test_no_way_leads_on_from_where_it_ends() -> None:
    past = {"id": "u", "type": "waitUntil", "date": {"date": "2020-01-01"}, "past": "exit", "next": None}
    gone = {**past, "past": "continue"}

    assert tried(action("a", "x"), leaf()).steps[-1].way == ""
    assert tried(action("a", "b"), action("b"), foreseen={"b": FAILED}).steps[-1].way == ""
    assert tried(past).steps[-1].way == ""
    assert tried(gone).steps[-1].way == "next"
    assert [step.way for step in tried(action("a"), foreseen={"a": SKIPPED}).steps] == ["next"]


def test_it_ends_whatever_the_definition_is() -> None:
    """The parser lets no circle pass; this one never met it."""
    day = timedelta(days=1)
    circle = Definition(spec=1, starts=(), steps=(WaitStep(id="w", duration=day, next="w"),))

    came = try_out(circle, OCCURRENCE_FACTS, Known(None), NOW, lambda step, state: DONE)

    assert (came.status, came.reason, len(came.steps)) == (Status.FAILED, "FAILED_LIMIT", MAX_VISITS)


def test_an_action_is_asked_with_the_state_that_it_stands_before() -> None:
    asked: list[tuple[str, State]] = []

    def foresee(step: ActionStep, state: State) -> Foreseen:
        asked.append((step.id, state))
        return DONE

    try_out(parse_definition(definition(action("a", "b"), action("b"))), OCCURRENCE_FACTS, Known(None), NOW, foresee)

    assert asked == [("a", State(step="a", visit=1)), ("b", State(step="b", visit=2))]


def awaits(**more: Any) -> dict[str, Any]:
    step = {"id": "e", "type": "waitForEvent", "event": 8, "timeout": "P3D", "happened": "x", "timedOut": None}
    return step | more


def answered(step: dict[str, Any], **fields: Any) -> Tried:
    given = tuple(DataField(name, FieldType.NUMBER, Decimal(value)) for name, value in fields.items())
    made = parse_definition(definition(step, leaf()))
    answers = {"e": given}
    return try_out(made, OCCURRENCE_FACTS, Known(None), NOW, lambda step, state: DONE, answers=answers)


def test_what_a_step_waits_for_does_not_happen_unless_somebody_says_so() -> None:
    (step,) = tried(awaits(), leaf()).steps
    assert (step.result or {})["branch"] == "timedOut"  # type: ignore[index, call-overload]
    assert step.at == NOW


def test_an_event_that_is_to_happen_happens_at_once_with_its_data_fields() -> None:
    came = answered(awaits(), total=120)
    assert [(step.step, step.at) for step in came.steps] == [("e", NOW), ("x", NOW)]
    assert came.steps[0].result["branch"] == "happened"  # type: ignore[index, call-overload]


def test_an_answer_that_the_filter_does_not_want_is_none() -> None:
    wanted = {"left": "dataFields.total", "operator": "greaterThan", "right": 100}
    assert answered(awaits(filter=wanted), total=101).steps[0].result["branch"] == "happened"  # type: ignore[index, call-overload]
    assert answered(awaits(filter=wanted), total=99).steps[0].result["branch"] == "timedOut"  # type: ignore[index, call-overload]


def test_what_an_event_brings_is_there_for_later_steps() -> None:
    look = condition({"left": "steps.e.total", "operator": "greaterThan", "right": 100}, "x", otherwise=None)
    made = parse_definition(definition(awaits(happened="c"), look, leaf()))
    given = {"e": (DataField("total", FieldType.NUMBER, Decimal(120)),)}

    came = try_out(made, OCCURRENCE_FACTS, Known(None), NOW, lambda step, state: DONE, answers=given)

    assert [step.step for step in came.steps] == ["e", "c", "x"]
