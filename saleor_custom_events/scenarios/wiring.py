"""How steps hang together: unique ids, no `next` into the void, no circles, nothing out of reach."""

from __future__ import annotations

from collections.abc import Mapping

from saleor_custom_events.scenarios.definition import (
    ActionStep,
    ConditionStep,
    EventStart,
    ExitStep,
    SetVariableStep,
    SplitStep,
    Step,
    WaitForEventStep,
)
from saleor_custom_events.scenarios.mentions import Mentions
from saleor_custom_events.scenarios.reading import Findings


def check_wiring(
    starts: tuple[EventStart, ...],
    steps: tuple[Step, ...],
    mentions: Mentions,
    findings: Findings,
) -> None:
    """Note what is wrong between steps that are each right in themselves.

    `mentions`: the steps and variables that conditions and waits look at.
    """
    before = len(findings.problems)
    _check_ids(starts, steps, findings)
    _check_targets(steps, findings)
    _check_mentions(steps, mentions, findings)
    # Circles and reach mean something only where every arrow points somewhere.
    if len(findings.problems) == before:
        _check_circles(steps, findings)
        _check_reach(steps, findings)


def _arrows(step: Step) -> list[tuple[str, str]]:
    """Give the steps that come next and the members that say so."""
    named: list[tuple[str | None, str]]
    if isinstance(step, ExitStep):
        named = []
    elif isinstance(step, ConditionStep):
        named = [(branch.next, f"branches[{i}].next") for i, branch in enumerate(step.branches)]
        named.append((step.otherwise, "otherwise"))
    elif isinstance(step, SplitStep):
        named = [(branch.next, f"branches[{i}].next") for i, branch in enumerate(step.branches)]
    elif isinstance(step, WaitForEventStep):
        named = [(step.happened, "happened"), (step.timed_out, "timedOut")]
    else:
        named = [(step.next, "next")]
    return [(target, member) for target, member in named if target is not None]


def _check_ids(starts: tuple[EventStart, ...], steps: tuple[Step, ...], findings: Findings) -> None:
    seen: set[str] = set()
    places = [(start.id, f"starts[{i}].id") for i, start in enumerate(starts)]
    for identity, place in (*places, *((step.id, f"steps[{i}].id") for i, step in enumerate(steps))):
        if identity in seen:
            findings.add(place, "DUPLICATE", "Another start point or step has this id.")
        seen.add(identity)


def _check_targets(steps: tuple[Step, ...], findings: Findings) -> None:
    known = {step.id for step in steps}
    for i, step in enumerate(steps):
        for target, member in _arrows(step):
            if target not in known:
                findings.add(f"steps[{i}].{member}", "UNKNOWN_STEP", "There is no step with this id.")


def _check_mentions(steps: tuple[Step, ...], mentions: Mentions, findings: Findings) -> None:
    giving = {step.id for step in steps if isinstance(step, ActionStep | WaitForEventStep)}
    for identity, place in mentions.steps:
        if identity not in giving:
            message = "There is no action step and no wait for an event with this id."
            findings.add(place, "UNKNOWN_STEP", message)
    known = {step.name for step in steps if isinstance(step, SetVariableStep)}
    for name, place in mentions.variables:
        if name not in known:
            findings.add(place, "UNKNOWN_VARIABLE", "No step sets a variable with this name.")


def _check_circles(steps: tuple[Step, ...], findings: Findings) -> None:
    """Walk each path once; an arrow back to a step on the current path closes a circle."""
    index = {step.id: i for i, step in enumerate(steps)}
    finished: set[str] = set()
    for start in steps:
        path: dict[str, list[tuple[str, str]]] = {}
        if start.id not in finished:
            path[start.id] = _arrows(start)
        while path:
            current, arrows = next(reversed(path.items()))
            if not arrows:
                finished.add(current)
                del path[current]
                continue
            target, member = arrows.pop()
            if target in path:
                message = f"This leads back to {target!r}: a scenario may not go in circles."
                findings.add(f"steps[{index[current]}].{member}", "LOOP", message)
            elif target not in finished:
                path[target] = _arrows(steps[index[target]])


def _check_reach(steps: tuple[Step, ...], findings: Findings) -> None:
    by_id: Mapping[str, Step] = {step.id: step for step in steps}
    pending = [steps[0].id] if steps else []
    reached: set[str] = set()
    while pending:
        current = pending.pop()
        if current not in reached:
            reached.add(current)
            pending += [target for target, _ in _arrows(by_id[current])]
    for i, step in enumerate(steps):
        if step.id not in reached:
            findings.add(f"steps[{i}]", "UNREACHABLE", "No way leads to this step.")
