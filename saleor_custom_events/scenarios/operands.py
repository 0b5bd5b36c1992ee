"""What the left side of a comparison may name, and which operators go with which values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from saleor_custom_events.scenarios.definition import Operand, Operator, Source
from saleor_custom_events.scenarios.values import Money, Value


class Kind(StrEnum):
    """What stands behind an operand."""

    TEXT = "a text"
    NUMBER = "a number"
    MONEY = "an amount of money"
    BOOLEAN = "true or false"
    TIME = "a date or a time"
    TEXTS = "a list of texts"
    ANY = "any value"  # a data field: its type is the occurrence's
    UNTYPED = "a text that may say anything"  # metadata, a step's output, a variable: read as what it is compared with


OCCURRENCE: Mapping[str, Kind] = {
    "channel": Kind.TEXT,
    "url": Kind.TEXT,
    "identity": Kind.TEXT,
    "email": Kind.TEXT,
    "occurredAt": Kind.TIME,
    "registeredAt": Kind.TIME,
    "isVerified": Kind.BOOLEAN,
}
CUSTOMER: Mapping[str, Kind] = {
    "exists": Kind.BOOLEAN,
    "email": Kind.TEXT,
    "firstName": Kind.TEXT,
    "lastName": Kind.TEXT,
    "isActive": Kind.BOOLEAN,
    "languageCode": Kind.TEXT,
    "externalReference": Kind.TEXT,
    "joinedAt": Kind.TIME,
    "groups": Kind.TEXTS,
}
ORDERS: Mapping[str, Kind] = {
    "count": Kind.NUMBER,
    "countSinceEvent": Kind.NUMBER,
    "hasOrderedSinceEvent": Kind.BOOLEAN,
    "total": Kind.MONEY,
    "lastAt": Kind.TIME,
}
CHECKOUT: Mapping[str, Kind] = {
    "isOpen": Kind.BOOLEAN,
    "changedAt": Kind.TIME,
}
#: What has few names, all of them known.
_NAMED: Mapping[Source, Mapping[str, Kind]] = {
    Source.OCCURRENCE: OCCURRENCE,
    Source.CUSTOMER: CUSTOMER,
    Source.ORDERS: ORDERS,
    Source.CHECKOUT: CHECKOUT,
}
#: What is asked of the store anew whenever a condition step is come to.
LIVE = frozenset({Source.ORDERS, Source.CHECKOUT, Source.STOCK})

UNARY = frozenset({Operator.IS_SET, Operator.IS_NOT_SET})
ORDER = frozenset({Operator.GREATER, Operator.GREATER_OR_EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL})
TEXT = frozenset({Operator.CONTAINS, Operator.NOT_CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH})
#: A date or time against the moment at which it is asked: the right side is a length of time.
RECENT = frozenset({Operator.WITHIN_LAST, Operator.NOT_WITHIN_LAST, Operator.WITHIN_NEXT})
_LIST = UNARY | {Operator.CONTAINS, Operator.NOT_CONTAINS}


def read_operand(text: str) -> Operand | None:
    """Read `dataFields.score`, `customer.metadata.tier`, `steps.s3.status` …; None where nothing is named so.

    What follows `dataFields.`, `variables.`, `customer.metadata.`, `steps.<id>.` is one name to the end, dots and all.
    """
    stocked = text.removeprefix(f"{Source.STOCK}.")
    if stocked and stocked != text:
        return Operand(Source.STOCK, (stocked,))
    source, _, rest = text.partition(".")
    if source in (Source.DATA_FIELD, Source.VARIABLE) and rest:
        return Operand(Source(source), (rest,))
    for named, names in _NAMED.items():
        if source == named and rest in names:
            return Operand(named, (rest,))
    if source in (Source.CUSTOMER, Source.STEP):
        first, _, name = rest.partition(".")
        if name and first and (source == Source.STEP or first == "metadata"):
            return Operand(Source(source), (first, name))
    return None


def kind_of(operand: Operand) -> Kind:
    """Say what an operand gives."""
    if operand.source is Source.DATA_FIELD:
        return Kind.ANY
    if operand.source is Source.STOCK:
        return Kind.BOOLEAN
    if len(operand.names) == 2 or operand.source is Source.VARIABLE:
        return Kind.UNTYPED
    return _NAMED[operand.source][operand.names[0]]


def operator_problem(kind: Kind, operator: Operator) -> str | None:
    """Say why an operator never makes sense for such an operand, or None."""
    allowed: frozenset[Operator] | set[Operator] = set(Operator)
    if kind is Kind.TEXTS:
        allowed = _LIST
    elif kind is Kind.TEXT:
        allowed = set(Operator) - ORDER - RECENT
    elif kind is Kind.BOOLEAN:
        allowed = UNARY | {Operator.EQUALS, Operator.NOT_EQUALS}
    elif kind is Kind.NUMBER:
        allowed = set(Operator) - TEXT - RECENT
    elif kind is Kind.MONEY:
        # Which of several currencies it is about says the other side.
        allowed = ORDER | {Operator.EQUALS, Operator.NOT_EQUALS}
    elif kind is Kind.TIME:
        allowed = UNARY | ORDER | RECENT | {Operator.EQUALS, Operator.NOT_EQUALS}
    if operator in allowed:
        return None
    return f"This operator does not go with {kind}: use one of {', '.join(sorted(allowed))}."


def value_problem(kind: Kind, operator: Operator, value: Value) -> str | None:
    """Say why a right side can never match such an operand with such an operator, or None."""
    if operator in TEXT and not isinstance(value, str):
        return "This operator needs a text here."
    if operator in ORDER and not isinstance(value, Decimal | Money | date):
        return "This operator needs a number, an amount of money, a date or a time here."
    fits: dict[Kind, type[object]] = {
        Kind.TEXT: str,
        Kind.TEXTS: str,
        Kind.BOOLEAN: bool,
        Kind.NUMBER: Decimal,
        Kind.MONEY: Money,
        Kind.TIME: date,
    }
    if kind in fits and not isinstance(value, fits[kind]):
        return f"What stands on the left is {kind}."
    return None


def type_name(value: Value) -> str:
    """Name a value's type as data fields do."""
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, str):
        return "String"
    if isinstance(value, Decimal):
        return "Number"
    if isinstance(value, Money):
        return "Money"
    return "DateTime" if isinstance(value, datetime) else "Date"
