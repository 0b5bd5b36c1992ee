"""Checking a whole definition: its form, and the settings of every action in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saleor_custom_events.actions.base import Action, Input
from saleor_custom_events.actions.forms import read_settings, settings_named, templates_of
from saleor_custom_events.actions.registry import action
from saleor_custom_events.errors import DefinitionError, Problem
from saleor_custom_events.scenarios import conditions, templates
from saleor_custom_events.scenarios.definition import (
    ActionStep,
    ConditionStep,
    Definition,
    Operand,
    SetVariableStep,
    Source,
    Step,
    WaitForTimeStep,
    WaitUntilStep,
)
from saleor_custom_events.scenarios.parsing import parse_definition, upgrade
from saleor_custom_events.scenarios.values import Json


def check_definition(raw: Json) -> tuple[Definition | None, tuple[Problem, ...]]:
    """Give the definition, or None and everything that is wrong with it, by place (`steps[3].config.url`).

    A definition is given only where nothing is wrong: it could be published as it is.
    """
    try:
        current = upgrade(raw)
    except DefinitionError as error:
        return None, error.problems
    definition, problems = _parsed(current)
    known = {problem.field for problem in problems}
    problems += tuple(problem for problem in _action_problems(current) if problem.field not in known)
    return (None, problems) if problems else (definition, ())


def _parsed(raw: Json) -> tuple[Definition | None, tuple[Problem, ...]]:
    try:
        return parse_definition(raw), ()
    except DefinitionError as error:
        return None, error.problems


def _action_problems(raw: dict[str, Json]) -> Iterator[Problem]:
    """Look at action steps as they are written, since the definition around them may be unreadable."""
    for i, step in _action_steps(raw):
        name, config = step["action"], step.get("config", {})
        if not isinstance(name, str) or not isinstance(config, dict):
            continue
        found = action(name)
        if found is None:
            message = f"There is no action {name[:64]!r}."
            yield Problem(field=f"steps[{i}].action", code="UNKNOWN_ACTION", message=message)
        else:
            yield from read_settings(found, config, f"steps[{i}].config")[1]


def _action_steps(raw: Json) -> Iterator[tuple[int, dict[str, Json]]]:
    """Give the steps of a draft that name an action, each with its place, as far as it can be read."""
    steps = raw.get("steps") if isinstance(raw, dict) else None
    for i, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict) and step.get("type") == "action" and "action" in step:
            yield i, step


def actions_written(raw: Json) -> tuple[tuple[str, Action[Any]], ...]:
    """Give the action of every step of a draft, with the step's id, as far as it can be read."""
    pairs = ((step.get("id"), step["action"]) for _, step in _action_steps(raw))
    named = ((step, action(name)) for step, name in pairs if isinstance(step, str) and isinstance(name, str))
    return tuple((step, found) for step, found in named if found is not None)


def events_fired(definition: Definition) -> tuple[tuple[str, int], ...]:
    """Give the custom events (numbers) that actions of a definition name, each with its place."""
    return tuple(
        (f"steps[{i}].config.{name}", number)
        for i, step in enumerate(definition.steps)
        if isinstance(step, ActionStep) and (found := action(step.action)) is not None
        for name, number in _events(found, step)
    )


def _events(found: Action[Any], step: ActionStep) -> Iterator[tuple[str, int]]:
    for name in settings_named(found, Input.EVENT):
        number = step.config.get(name)
        if isinstance(number, int):
            yield name, number


def actions_of(definition: Definition) -> tuple[tuple[ActionStep, Action[Any]], ...]:
    """Give every action step with its action; one whose package is gone is left out (the check names it)."""
    pairs = ((step, action(step.action)) for step in definition.steps if isinstance(step, ActionStep))
    return tuple((step, found) for step, found in pairs if found is not None)


def data_fields_of(step: Step) -> frozenset[str]:
    """Give the names of the data fields that a step looks at: in its conditions, templates, dates and zones."""
    if isinstance(step, ConditionStep):
        return frozenset().union(*(conditions.data_fields_in(branch.when) for branch in step.branches))
    if isinstance(step, SetVariableStep):
        return templates.data_fields_in(step.value)
    if isinstance(step, WaitUntilStep | WaitForTimeStep):
        named = step.date if isinstance(step, WaitUntilStep) else step.zone
        if isinstance(named, Operand) and named.source is Source.DATA_FIELD:
            return frozenset({named.names[0]})
    if isinstance(step, ActionStep) and (found := action(step.action)) is not None:
        settings, _ = read_settings(found, step.config, "config")
        return frozenset().union(*(templates.data_fields_in(text) for text in templates_of(settings)))
    return frozenset()
