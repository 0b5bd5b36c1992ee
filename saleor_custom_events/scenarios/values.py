"""Typed values: data fields as they were sent, and what a scenario's conditions compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

#: What `json.loads` gives.
Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


class FieldType(StrEnum):
    """The types of a data field: eight values (those of ExpertSender ECDP), four that name something of the store."""

    STRING = "String"  # ≤ 255 characters
    TEXT = "Text"
    NUMBER = "Number"
    MONEY = "Money"
    DATE = "Date"
    DATETIME = "DateTime"
    BOOLEAN = "Boolean"
    URL = "URL"
    VARIANT = "Variant"
    PRODUCT = "Product"
    CHECKOUT = "Checkout"
    ORDER = "Order"


#: Saleor's global id of something that scenarios read again when they look at it (`scenarios.references`).
REFERENCES = frozenset({FieldType.VARIANT, FieldType.PRODUCT, FieldType.CHECKOUT, FieldType.ORDER})


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


Value: TypeAlias = str | bool | Decimal | Money | date | datetime


@dataclass(frozen=True, slots=True)
class DataField:
    """A named, typed value sent with an occurrence. A DateTime is aware; a Number is never a float."""

    name: str
    type: FieldType
    value: Value


def value_to_json(value: Value) -> Json:
    """Give the JSON form: decimals as strings (no float on any way), dates in ISO 8601."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Money):
        return {"amount": format(value.amount, "f"), "currency": value.currency}
    return value.isoformat()


def value_from_json(kind: FieldType, raw: Json) -> Value:
    """Read back what `value_to_json` wrote. Not for callers' input: that is checked in `firing`."""
    if kind is FieldType.BOOLEAN:
        return bool(raw)
    if kind is FieldType.MONEY:
        assert isinstance(raw, dict)
        return Money(Decimal(str(raw["amount"])), str(raw["currency"]))
    text = str(raw)
    if kind is FieldType.NUMBER:
        return Decimal(text)
    if kind is FieldType.DATE:
        return date.fromisoformat(text)
    if kind is FieldType.DATETIME:
        return datetime.fromisoformat(text)
    return text


def fields_to_json(fields: tuple[DataField, ...]) -> list[Json]:
    """Give the stored form, in the order they were sent: `[{"name", "type", "value"}, …]`."""
    return [{"name": f.name, "type": f.type.value, "value": value_to_json(f.value)} for f in fields]


def fields_from_json(raw: Json) -> tuple[DataField, ...]:
    """Read back what `fields_to_json` wrote."""
    fields = []
    for item in raw if isinstance(raw, list) else ():
        assert isinstance(item, dict)
        kind = FieldType(str(item["type"]))
        fields.append(DataField(str(item["name"]), kind, value_from_json(kind, item["value"])))
    return tuple(fields)
