"""The JSON Schema of the format says the same as the parser, as far as a JSON Schema can."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from saleor_custom_events.actions.check import check_definition
from saleor_custom_events.actions.json_schema import action_schemas
from saleor_custom_events.actions.registry import actions
from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.json_schema import definition_schema
from saleor_custom_events.scenarios.parsing import parse_definition
from tests.scenarios.making import FULL
from tests.scenarios.write_schema import KEPT, written

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
SCHEMA = definition_schema(action_schemas(actions()))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def accepted(definition: Any) -> bool:
    return bool(VALIDATOR.is_valid(definition))


def objects(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every object of the format; what an action's settings say is the action's own."""
    if isinstance(raw, dict):
        yield path
        for name, value in raw.items():
            if name != "config":
                yield from objects(value, (*path, name))
    elif isinstance(raw, list):
        for i, item in enumerate(raw):
            yield from objects(item, (*path, i))


def at(raw: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        raw = raw[name]
    return raw


def without_actions(definition: dict[str, Any]) -> dict[str, Any]:
    """Give it with the settings of a real action: those of the tests are nobody's."""
    changed = copy.deepcopy(definition)
    for step in changed["steps"]:
        if step.get("type") == "action":
            step |= {"action": "send_webhook", "config": {"url": "https://example.com/hook"}}
    return changed


def test_the_kept_file_is_the_schema() -> None:
    """After a change that is meant: `python -m tests.scenarios.write_schema`."""
    assert KEPT.read_text() == written()


def test_it_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(json.loads(KEPT.read_text()))


def test_it_takes_everything_that_the_format_knows() -> None:
    VALIDATOR.validate(without_actions(FULL))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_it_takes_every_golden_definition(golden: Path) -> None:
    VALIDATOR.validate(without_actions(json.loads(golden.read_text())["definition"]))


@pytest.mark.parametrize("path", list(objects(FULL)), ids=str)
def test_an_unknown_member_is_refused_by_both(path: tuple[Any, ...]) -> None:
    definition = without_actions(FULL)
    at(definition, path)["surprise"] = 1

    assert check_definition(definition)[1]
    assert not accepted(definition)


@pytest.mark.parametrize(
    ("path", "member"), [(path, name) for path in objects(FULL) for name in at(FULL, path)], ids=str
)
def test_what_may_be_left_out_may_be_left_out_for_both(path: tuple[Any, ...], member: str) -> None:
    definition = without_actions(FULL)
    place = written_place((*path, member))
    del at(definition, path)[member]
    problems = check_definition(definition)[1]

    if not problems:
        assert accepted(definition)
    # That a period belongs to one kind of re-entry alone is the parser's to say.
    if place in {problem.field for problem in problems if problem.code == "REQUIRED"} and member != "period":
        assert not accepted(definition)


def written_place(path: tuple[Any, ...]) -> str:
    """Give a place as problems name it: `steps[3].config`."""
    return "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path).lstrip(".")


def _listed_in(definition: Any, place: str) -> set[str]:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(definition)
    (message,) = [problem.message for problem in caught.value.problems if problem.field == place]
    return set(re.sub(r"^.* one of (.*)\.$", r"\1", message).split(", "))


def test_it_knows_the_parsers_types_of_steps_and_flows() -> None:
    definition = {"spec": 1, "starts": FULL["starts"][:1], "steps": [{"id": "x", "type": "?"}]}
    steps = {step["properties"]["type"]["const"] for step in SCHEMA["$defs"]["step"]["oneOf"]}  # type: ignore[index, call-overload]
    assert steps == _listed_in(definition, "steps[0].type")

    start = {"id": "start", "type": "customEvent", "event": 7, "flow": {"type": "?"}}
    flows = {flow["properties"]["type"]["const"] for flow in SCHEMA["$defs"]["flow"]["oneOf"]}  # type: ignore[index, call-overload]
    assert flows == _listed_in({"spec": 1, "starts": [start], "steps": []}, "starts[0].flow.type")


@pytest.mark.parametrize(
    ("config", "good"),
    [
        ({"url": "https://example.com"}, True),
        ({}, False),
        ({"url": 5}, False),
        ({"url": "https://example.com", "surprise": 1}, False),
    ],
)
def test_it_knows_the_settings_of_actions(config: dict[str, Any], good: bool) -> None:
    step = {"id": "x", "type": "action", "action": "send_webhook", "config": config}

    assert accepted({"spec": 1, "starts": FULL["starts"][:1], "steps": [step]}) is good


def test_an_action_that_nobody_brings_is_refused() -> None:
    step = {"id": "x", "type": "action", "action": "send_pigeon", "config": {}}

    assert not accepted({"spec": 1, "starts": FULL["starts"][:1], "steps": [step]})
