"""Data fields get the type that the event declares, the sender names, or their form has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_custom_events.firing.fields import TypedFields, type_fields
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.values import (
    DataField,
    FieldType,
    Money,
    fields_from_json,
    fields_to_json,
)


def typed(value: Any, *declared: DeclaredField) -> TypedFields:
    return type_fields({"field": value}, declared)


@pytest.mark.parametrize(
    ("sent", "kind", "value"),
    [
        ("large", FieldType.STRING, "large"),
        ("x" * 256, FieldType.TEXT, "x" * 256),
        (3, FieldType.NUMBER, Decimal(3)),
        (Decimal("0.1"), FieldType.NUMBER, Decimal("0.1")),
        (True, FieldType.BOOLEAN, True),
        ({"amount": "199.90", "currency": "pln"}, FieldType.MONEY, Money(Decimal("199.90"), "PLN")),
    ],
)
def test_the_object_form_gives_the_type(sent: Any, kind: FieldType, value: Any) -> None:
    assert typed(sent).fields == (DataField("field", kind, value),)


@pytest.mark.parametrize("sent", [[1], {"nested": 1}, None, {"amount": 1, "currency": "PLN", "x": 1}])
def test_lists_objects_and_null_are_refused_with_the_way_round(sent: Any) -> None:
    (problem,) = typed(sent).unusable
    assert (problem.field, problem.code) == ("dataFields.field", "WRONG_TYPE")
    assert "field" in problem.message


@pytest.mark.parametrize("amount", ["1e400", "9" * 31, "NaN", "Infinity", "1e-99999999", "one", True])
def test_numbers_without_bound_are_refused(amount: Any) -> None:
    assert typed({"amount": amount, "currency": "PLN"}).unusable


@pytest.mark.parametrize("currency", ["zł", "PLNX", "", 1, None])
def test_a_currency_is_an_iso_code(currency: Any) -> None:
    assert typed({"amount": "1", "currency": currency}).unusable


def test_the_declared_type_wins() -> None:
    fields = typed("2026-01-31", DeclaredField(name="field", type=FieldType.DATE))
    assert fields.fields == (DataField("field", FieldType.DATE, date(2026, 1, 31)),)
    assert fields.violations == ()


def test_a_value_that_breaks_its_declaration_keeps_its_own_type() -> None:
    fields = typed("soon", DeclaredField(name="field", type=FieldType.DATE))
    assert fields.fields == (DataField("field", FieldType.STRING, "soon"),)
    assert [(p.field, p.code) for p in fields.violations] == [("dataFields.field", "WRONG_TYPE")]


def test_missing_and_undeclared_fields_are_violations() -> None:
    declared = DeclaredField(name="score", type=FieldType.NUMBER, required=True)
    fields = type_fields({"other": 1}, (declared,))
    assert {(p.field, p.code) for p in fields.violations} == {
        ("dataFields.other", "UNDECLARED"),
        ("dataFields.score", "REQUIRED"),
    }


def test_without_declarations_nothing_is_a_violation() -> None:
    assert type_fields({"other": 1}, ()).violations == ()


def test_the_list_form_names_types() -> None:
    sent = (
        {"name": "amount", "type": "Money", "value": "199.90 PLN"},
        {"name": "page", "type": "url", "value": "https://shop.example/"},
        {"name": "ok", "type": "Boolean", "value": "true"},
    )
    assert [f.value for f in type_fields(sent, ()).fields] == [
        Money(Decimal("199.90"), "PLN"),
        "https://shop.example/",
        True,
    ]


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"name": "a", "type": "Colour", "value": 1}, "dataFields[0].type"),
        ({"name": "", "type": "String", "value": ""}, "dataFields[0].name"),
        ({"name": "a", "type": "String", "value": "", "x": 1}, "dataFields[0].x"),
        ({"name": "a", "type": "Number", "value": "many"}, "dataFields.a"),
        ({"name": "a", "type": "URL", "value": "javascript:alert(1)"}, "dataFields.a"),
    ],
)
def test_a_wrong_item_of_the_list_is_named(item: dict[str, Any], place: str) -> None:
    assert [p.field for p in type_fields((item,), ()).unusable] == [place]


def test_a_field_given_twice_is_refused() -> None:
    item = {"name": "a", "type": "String", "value": "x"}
    assert [p.code for p in type_fields((item, item), ()).unusable] == ["DUPLICATE"]


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=10),
        st.booleans()
        | st.integers()
        | st.text()
        | st.decimals()
        | st.fixed_dictionaries({"amount": st.decimals(), "currency": st.text(max_size=3)}),
    )
)
def test_what_is_accepted_comes_back_from_storage_as_it_was(sent: dict[str, Any]) -> None:
    fields = type_fields(sent, ()).fields
    assert fields_from_json(fields_to_json(fields)) == fields
