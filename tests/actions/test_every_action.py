"""What every action has to bring, so that it can be shown, chosen, understood and trusted."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.actions.base import Action, Effect, Label
from saleor_custom_events.actions.forms import check_settings, form_of, member_name
from saleor_custom_events.actions.registry import actions
from tests.actions.performing import World, perform

OURS = [action for action in actions() if type(action).__module__.startswith("saleor_custom_events.")]
HERE = Path(__file__).parent
DOCS = (HERE.parent.parent / "docs" / "actions.md").read_text()
every_action = pytest.mark.parametrize("action", OURS, ids=lambda action: action.name)


def section(action: Action[Any]) -> str:
    """Give what the documentation says about the action, up to the next heading."""
    _, found, rest = DOCS.partition(f"\n## `{action.name}`")
    assert found, f"docs/actions.md has no section for {action.name}"
    return rest.partition("\n## ")[0]


def assert_translated(label: Label | None) -> None:
    assert label is not None
    for text in (label.en, label.pl):
        assert text.strip() == text != ""


@every_action
def test_it_can_be_registered(action: Action[Any]) -> None:
    check_settings(action)


@every_action
def test_it_has_labels_in_both_languages(action: Action[Any]) -> None:
    assert_translated(action.label)
    assert_translated(action.help)
    assert action.help.en.endswith(".")
    assert action.help.pl.endswith(".")
    for field in dataclasses.fields(action.Settings):
        form = form_of(field)
        assert_translated(form.label)
        for label in (form.help, *(label for _, label in form.choices)):
            if label is not None:
                assert_translated(label)


@every_action
def test_it_has_cases_of_its_own(action: Action[Any]) -> None:
    cases = ast.parse((HERE / f"test_{action.name}.py").read_text())
    tests = [node for node in ast.walk(cases) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    assert len(tests) >= 4


@every_action
def test_it_is_described(action: Action[Any]) -> None:
    text = section(action)
    assert action.label.en in text
    assert {Effect.WITH_STEP: "with the step", Effect.AT_LEAST_ONCE: "at least once"}.get(
        action.effect, "at most once"
    ) in text
    for permission in action.permissions:
        assert permission in text
    for field in dataclasses.fields(action.Settings):
        assert f"`{member_name(field.name)}`" in text


@every_action
def test_it_stands_in_a_short_file_of_its_own(action: Action[Any]) -> None:
    module = Path(inspect.getfile(type(action)))
    assert module.stem == action.name
    assert len(module.read_text().splitlines()) < 150


def test_there_are_at_least_four() -> None:
    assert len(OURS) >= 4


def test_the_example_of_an_action_of_ones_own_works() -> None:
    example: dict[str, Any] = {}
    exec(DOCS.partition("```python\n")[2].partition("```")[0], example)
    check_settings(example["SendSms"])
    world = World()
    assert perform(example["SendSms"](), {"text": "Hi {{ customer.firstName }}"}, world).result == {"status": 204}
    assert world.requests[0]["body"] == b"Hi Ann"
