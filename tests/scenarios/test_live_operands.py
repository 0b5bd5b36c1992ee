"""Operands that are asked of the store: where they may stand, and what goes with them."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.parsing import parse_definition

WHEN = {"left": "orders.count", "operator": "greaterThan", "right": 1}


def faults(when: Any = WHEN, *steps: Any, **start: Any) -> list[tuple[str | None, str]]:
    look = {"id": "look", "type": "condition", "branches": [{"when": when, "next": None}], "otherwise": None}
    begins = {"id": "start", "type": "customEvent", "event": 7, **start}
    try:
        parse_definition({"spec": 1, "starts": [begins], "steps": [look, *steps]})
    except DefinitionError as error:
        return [(problem.field, problem.code) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        ("orders.count", "oneOf", [1, 2]),
        ("orders.count", "equals", "2"),
        ("orders.countSinceEvent", "isSet", None),
        ("orders.hasOrderedSinceEvent", "equals", True),
        ("orders.total", "lessThan", {"amount": "9.90", "currency": "PLN"}),
        ("orders.lastAt", "greaterThan", {"date": "2026-01-02"}),
        ("checkout.isOpen", "equals", True),
        ("checkout.changedAt", "lessThan", {"dateTime": "2026-01-02T10:00:00Z"}),
        ("stock.dataFields.the variant.v2", "equals", False),
    ],
)
def test_a_condition_step_may_look(left: str, operator: str, right: Any) -> None:
    assert faults({"left": left, "operator": operator, "right": right}) == []


@pytest.mark.parametrize(
    ("left", "operator", "right", "where"),
    [
        ("orders.total", "greaterThan", 100, "right"),
        ("orders.total", "greaterThan", "100", "right"),
        ("orders.total", "isSet", None, "operator"),
        ("orders.count", "contains", "1", "operator"),
        ("orders.count", "equals", "many", "right"),
        ("checkout.isOpen", "greaterThan", 1, "operator"),
        ("stock.dataFields.", "equals", True, "left"),
        ("stock.variant", "equals", True, "left"),
        ("orders.average", "equals", 1, "left"),
    ],
)
def test_what_can_never_hold_is_refused(left: str, operator: str, right: Any, where: str) -> None:
    (fault,) = faults({"left": left, "operator": operator, "right": right})

    assert fault[0] == f"steps[0].branches[0].when.{where}"


@pytest.mark.parametrize("where", ["filter", "customerFilter"])
def test_no_filter_of_a_start_point_sees_them(where: str) -> None:
    assert faults(WHEN, **{where: WHEN}) == [(f"starts[0].{where}.left", "NOT_IN_FILTER")]
