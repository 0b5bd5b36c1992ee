"""What is to happen in a dry run, where steps wait for events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.catalogue import events_named
from saleor_custom_events.firing.fields import type_fields
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.definition import Definition, WaitForEventStep
from saleor_custom_events.scenarios.trying import Answers
from saleor_custom_events.scenarios.values import DataField, Json


@dataclass(frozen=True, slots=True)
class Answer:
    """That the event happens which a step waits for."""

    #: The step's id.
    step: str
    #: As in the body of `fire`; None: none.
    data_fields: Json = None


def answers_of(definition: Definition, given: Sequence[Answer]) -> Answers:
    """Give the answers with typed data fields, as firing would type them.

    Refused 400 `INVALID`: a step that waits for no event, or is answered twice (`happened[1].step`); data fields that
    could not be stored (`happened[0].dataFields.score`).
    """
    waiting = {step.id: step.event for step in definition.steps if isinstance(step, WaitForEventStep)}
    named = {waiting[answer.step] for answer in given if answer.step in waiting}
    declared = {number: event.declared for number, event in events_named(named).items()} if named else {}
    problems: list[Problem] = []
    answers = {}
    for i, answer in enumerate(given):
        place = f"happened[{i}]"
        if answer.step not in waiting or answer.step in answers:
            message = "No step with this id waits for an event, or it is answered twice."
            problems.append(Problem(field=f"{place}.step", code="UNKNOWN_STEP", message=message))
            continue
        fields, wrong = _typed(answer, declared.get(waiting[answer.step], ()))
        problems += [problem.under(place) for problem in wrong]
        answers[answer.step] = fields
    if problems:
        raise Refused(400, "INVALID", "Something in this call is not valid.", *problems)
    return answers


def _typed(answer: Answer, declared: tuple[DeclaredField, ...]) -> tuple[tuple[DataField, ...], tuple[Problem, ...]]:
    body: dict[str, Json] = {"customEventId": 1, "anonymousId": "dry run", "dataFields": answer.data_fields}
    try:
        firing = read_firing(body)
    except Refused as refused:
        return (), refused.problems
    typed = type_fields(firing.data_fields, declared)
    return typed.fields, typed.unusable
