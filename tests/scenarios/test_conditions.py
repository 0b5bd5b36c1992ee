"""What the golden scenarios do not show of comparing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from saleor_custom_events.scenarios.actual_values import actual_value
from saleor_custom_events.scenarios.conditions import Scope, holds, needs_customer
from saleor_custom_events.scenarios.definition import Condition, ConditionStep
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.operands import CUSTOMER, OCCURRENCE, read_operand
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.values import DataField, FieldType, Value
from saleor_custom_events.store.customers import Customer
from tests.scenarios.making import SCORE, condition, definition

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
OCCURRENCE_FACTS = OccurrenceFacts(
    id="01943e9a-0000-7000-8000-000000000000",
    event=EventFacts(number=7, slug="quiz", name="Quiz"),
    registered_at=NOW,
    occurred_at=NOW,
    identity=Identity.TRUSTED,
    customer_email="ann@example.com",
    channel="pl",
    url="https://shop.example/",
)
ANN = Customer(
    id="VXNlcjox",
    email="ann@example.com",
    first_name="Ann",
    last_name="Nowak",
    language_code="pl",
    external_reference="crm-1",
    joined_at=NOW,
    metadata={"x": "1"},
    groups=("VIP",),
)


def parsed(when: Any) -> Condition:
    step = parse_definition(definition(condition(when))).steps[0]
    assert isinstance(step, ConditionStep)
    return step.branches[0].when


def compare(kind: FieldType, actual: Value, operator: str, right: Any) -> tuple[bool, str | None]:
    """Give whether it holds, and the note."""
    occurrence = replace(OCCURRENCE_FACTS, fields=(DataField("x", kind, actual),))
    when = parsed({"left": "dataFields.x", "operator": operator, "right": right})
    result, (entry,) = holds(when, Scope(occurrence=occurrence))
    assert isinstance(entry, dict)
    note = entry.get("note")
    return result, note if isinstance(note, str) else None


@pytest.mark.parametrize(
    ("operator", "results"),
    [
        ("equals", (False, True, False)),
        ("notEquals", (True, False, True)),
        ("greaterThan", (False, False, True)),
        ("greaterThanOrEqual", (False, True, True)),
        ("lessThan", (True, False, False)),
        ("lessThanOrEqual", (True, True, False)),
    ],
)
def test_below_at_and_above_for_everything_that_has_an_order(operator: str, results: tuple[bool, ...]) -> None:
    numbers: list[Value] = [Decimal("1.9"), Decimal("2.00"), Decimal("2.1")]
    days: list[Value] = [date(2026, 1, d) for d in (1, 2, 3)]
    times: list[Value] = [datetime(2026, 1, 2, 10, 0, s, tzinfo=UTC) for s in (0, 1, 2)]
    assert tuple(compare(FieldType.NUMBER, v, operator, 2)[0] for v in numbers) == results
    assert tuple(compare(FieldType.DATE, v, operator, {"date": "2026-01-02"})[0] for v in days) == results
    right = {"dateTime": "2026-01-02T11:00:01+01:00"}
    assert tuple(compare(FieldType.DATETIME, v, operator, right)[0] for v in times) == results


@pytest.mark.parametrize(
    ("operator", "right", "result"),
    [
        ("contains", "SIZE", True),
        ("contains", "shoe", False),
        ("notContains", "shoe", True),
        ("notContains", "size", False),
        ("startsWith", "My", True),
        ("startsWith", "size", False),
        ("endsWith", "quiz", True),
        ("endsWith", "my", False),
        ("oneOf", ["no", "MY SIZE QUIZ"], True),
        ("oneOf", ["no", "my size"], False),
    ],
)
def test_texts(operator: str, right: Any, result: bool) -> None:
    assert compare(FieldType.STRING, "My size quiz", operator, right) == (result, None)


@pytest.mark.parametrize("operator", ["contains", "notContains", "startsWith", "endsWith"])
def test_what_is_no_text_contains_nothing(operator: str) -> None:
    assert compare(FieldType.NUMBER, Decimal(5), operator, "5") == (False, "Number is no text.")


@pytest.mark.parametrize("operator", ["equals", "notEquals"])
def test_a_number_meets_no_word(operator: str) -> None:
    assert compare(FieldType.NUMBER, Decimal(5), operator, "five") == (False, "Number and String are different types.")


def test_one_of_has_a_note_only_where_no_value_is_of_the_type() -> None:
    assert compare(FieldType.STRING, "M", "oneOf", [1, "L"]) == (False, None)
    assert compare(FieldType.STRING, "M", "oneOf", [1, 2]) == (False, "String and Number are different types.")


@pytest.mark.parametrize("name", OCCURRENCE)
def test_every_name_of_the_occurrence_gives_something(name: str) -> None:
    operand = read_operand(f"occurrence.{name}")
    assert operand is not None
    assert actual_value(operand, Scope(occurrence=OCCURRENCE_FACTS)) is not None


@pytest.mark.parametrize("name", CUSTOMER)
def test_every_name_of_the_customer_gives_something(name: str) -> None:
    operand = read_operand(f"customer.{name}")
    assert operand is not None
    assert actual_value(operand, Scope(occurrence=OCCURRENCE_FACTS, customer=ANN)) is not None
    unknown = actual_value(operand, Scope(occurrence=OCCURRENCE_FACTS))
    assert unknown == {"exists": False, "email": "ann@example.com"}.get(name)


@pytest.mark.parametrize(
    ("stored", "operator", "right", "result"),
    [
        ("12", "greaterThan", 5, True),
        ("twelve", "greaterThan", 5, False),
        ("TRUE", "equals", True, True),
        ("false", "equals", True, False),
        ("2026-01-03", "greaterThan", {"date": "2026-01-02"}, True),
        ("2026-01-02T10:00:00Z", "equals", {"dateTime": "2026-01-02T11:00:00+01:00"}, True),
        ("2026-13-02", "equals", {"date": "2026-01-02"}, False),
        ("12", "oneOf", [1, 12.0], True),
        ("12", "equals", "12", True),
    ],
)
def test_metadata_is_read_as_what_it_is_compared_with(stored: str, operator: str, right: Any, result: bool) -> None:
    when = parsed({"left": "customer.metadata.key", "operator": operator, "right": right})
    customer = replace(ANN, metadata={"key": stored})
    assert holds(when, Scope(occurrence=OCCURRENCE_FACTS, customer=customer))[0] is result


def test_only_conditions_on_the_customer_need_it() -> None:
    looks_at_customer = {"left": "customer.exists", "operator": "isSet"}
    assert needs_customer(parsed({"all": [SCORE, {"any": [{"not": looks_at_customer}]}]}))
    assert not needs_customer(parsed({"all": [SCORE, {"left": "occurrence.email", "operator": "isSet"}]}))
