"""Whatever comes in: only DefinitionError comes out of parsing, and what was accepted runs to an end."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.advance import Act, Acted, Ask, End, Known, Wait, advance, begin
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.values import DataField, FieldType, Money
from tests.scenarios.making import FULL, definition
from tests.scenarios.test_conditions import ANN, NOW, OCCURRENCE_FACTS

#: Everything `json.loads` gives, and what slips into Python's dicts beside it.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**300)
    | st.floats()
    | st.decimals()
    | st.text()
    | st.sampled_from(["\0", "\ud800", "s1", "s3", "start", "steps.s3.status", "customer.email", "PT1H", "isSet"])
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))


def parse(raw: Any) -> Definition | None:
    try:
        return parse_definition(raw)
    except DefinitionError as error:
        assert error.problems
        assert all(problem.code and problem.message for problem in error.problems)
        json.dumps([problem.field for problem in error.problems]).encode()
        return None


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json(raw: Any) -> None:
    parse(raw)


@given(JSON, JSON)
@settings(max_examples=300, deadline=None)
def test_any_start_and_step(start: Any, step: Any) -> None:
    parse({"spec": 1, "starts": [start], "steps": [step]})


@given(st.lists(st.tuples(st.integers(0), st.sampled_from(["set", "remove", "copy"]), JSON), min_size=1, max_size=3))
@settings(max_examples=500, deadline=None)
def test_a_valid_definition_changed_at_random(changes: list[tuple[int, str, Any]]) -> None:
    raw = copy.deepcopy(FULL)
    for where, how, value in changes:
        _change(raw, where, how, value)
    if accepted := parse(raw):
        run(accepted, OCCURRENCE_FACTS)


def _change(raw: Any, where: int, how: str, value: Any) -> None:
    places = list(_places(raw))
    container, key = places[where % len(places)]
    if how == "remove":
        del container[key]
    else:
        other, name = places[(where // 7) % len(places)]
        container[key] = value if how == "set" else copy.deepcopy(other[name])


def _places(raw: Any) -> Any:
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, inner in list(items):
        yield raw, key
        yield from _places(inner)


OPERANDS = st.sampled_from(["dataFields.x", "occurrence.url", "occurrence.occurredAt", "occurrence.isVerified"]) | (
    st.sampled_from(["customer.email", "customer.groups", "customer.metadata.x", "customer.exists", "steps.a.x"])
)
OPERATORS = st.sampled_from(
    [
        "equals",
        "notEquals",
        "greaterThan",
        "greaterThanOrEqual",
        "lessThan",
        "lessThanOrEqual",
        "contains",
        "notContains",
        "startsWith",
        "endsWith",
        "oneOf",
        "isSet",
        "isNotSet",
    ]
)
ONE = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
    | st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.builds(lambda d: {"date": d.isoformat()}, st.dates())
    | st.builds(lambda t: {"dateTime": t.isoformat() + "+00:00"}, st.datetimes())
    | st.builds(lambda n: {"amount": str(n), "currency": "PLN"}, st.integers(-(10**20), 10**20))
)


def _comparison(left: str, operator: str, right: Any, rights: list[Any]) -> dict[str, Any]:
    if operator in ("isSet", "isNotSet"):
        return {"left": left, "operator": operator}
    return {"left": left, "operator": operator, "right": rights if operator == "oneOf" else right}


COMPARISONS = st.builds(_comparison, OPERANDS, OPERATORS, ONE, st.lists(ONE, min_size=1, max_size=4))
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=6,
)
DATA_FIELDS = (
    st.builds(lambda v: (FieldType.STRING, v), st.text(max_size=9))
    | st.builds(lambda v: (FieldType.NUMBER, v), st.decimals(allow_nan=False, allow_infinity=False))
    | st.builds(lambda v: (FieldType.BOOLEAN, v), st.booleans())
    | st.builds(lambda v: (FieldType.DATE, v), st.dates())
    | st.builds(lambda v: (FieldType.DATETIME, v), st.datetimes(timezones=st.timezones()))
    | st.builds(lambda v: (FieldType.MONEY, Money(v, "PLN")), st.decimals(allow_nan=False, allow_infinity=False))
)
OUTPUTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(CONDITIONS, DATA_FIELDS, OUTPUTS)
@settings(max_examples=500, deadline=None)
def test_every_accepted_condition_decides_whatever_it_meets(
    when: Any, field: tuple[FieldType, Any], given: Any
) -> None:
    action = {"id": "a", "type": "action", "action": "a", "next": "c"}
    step = {"id": "c", "type": "condition", "branches": [{"when": when, "next": "x"}], "otherwise": "x"}
    accepted = parse(definition(action, step, {"id": "x", "type": "exit"}))
    if accepted is not None:
        occurrence = _with_field(OCCURRENCE_FACTS, DataField("x", *field))
        assert run(accepted, occurrence, lambda: Acted({"x": given})) == 3


def _with_field(occurrence: OccurrenceFacts, field: DataField) -> OccurrenceFacts:
    members = {name: getattr(occurrence, name) for name in OccurrenceFacts.__slots__}
    return OccurrenceFacts(**{**members, "fields": (field,)})


def run(definition: Definition, occurrence: OccurrenceFacts, act: Callable[[], Acted] = Acted) -> int:
    """Run to the end, the state as JSON text between any two calls, and give the number of visits."""
    now, acted, known = NOW, None, None
    kept = json.dumps(state_to_json(begin(definition)))
    for _ in range(3 * MAX_VISITS):
        state = state_from_json(json.loads(kept))
        progress = advance(definition, state, occurrence, now, known=known, acted=acted)
        json.dumps([dict(passed.decision) for passed in progress.passed], allow_nan=False)
        kept, then, acted = json.dumps(state_to_json(progress.state)), progress.then, None
        if isinstance(then, End):
            return progress.state.visit if then.reason else progress.state.visit - 1
        if isinstance(then, Ask):
            known = Known(ANN)
        elif isinstance(then, Wait):
            now = then.until + timedelta(seconds=1)
        elif isinstance(then, Act):
            acted = act()
    raise AssertionError("This never ends.")
