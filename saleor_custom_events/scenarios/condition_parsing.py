"""Conditions, from JSON to frozen objects. The format is described in `docs/definition.md`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from saleor_custom_events.scenarios.definition import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operand,
    Operator,
    Source,
)
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.scenarios.limits import (
    MAX_COMPARISONS,
    MAX_CONDITION_DEPTH,
    MAX_DIGITS,
    MAX_SPAN_DAYS,
    MAX_TEXT,
    MAX_VALUES,
)
from saleor_custom_events.scenarios.mentions import Mentions
from saleor_custom_events.scenarios.operands import (
    ORDER,
    RECENT,
    UNARY,
    Kind,
    kind_of,
    operator_problem,
    read_operand,
    value_problem,
)
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import Json, Money, Value

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a condition may look at, by where it stands."""

    sources: frozenset[Source]
    #: Said of everything else.
    refusal: str = ""


#: Of one occurrence, when nobody has looked up a customer.
IN_FILTER = Sight(
    frozenset({Source.DATA_FIELD, Source.OCCURRENCE}),
    "A filter sees the occurrence only: use a condition step instead.",
)
#: Before the first step.
IN_CUSTOMER_FILTER = Sight(
    IN_FILTER.sources | {Source.CUSTOMER},
    "A customer filter sees the occurrence and the customer only: use a condition step instead.",
)
IN_STEP = Sight(frozenset(Source))


class ConditionParser:
    """Reads one condition; faults go into `findings`, steps and variables that it names into `mentions`."""

    def __init__(self, findings: Findings, mentions: Mentions, sight: Sight) -> None:
        self._findings = findings
        self._mentions = mentions
        self._sight = sight
        self._comparisons = 0

    def parse(self, raw: Json, place: str) -> Condition | None:
        """Give the condition at `place`, or None where it cannot be read."""
        return self._condition(raw, place, 1)

    def _condition(self, raw: Json, place: str, depth: int) -> Condition | None:
        if depth > MAX_CONDITION_DEPTH:
            self._findings.add(place, "LIMIT", f"Conditions nest {MAX_CONDITION_DEPTH} deep at most.")
            return None
        if isinstance(raw, dict) and "left" in raw:
            return self._comparison(raw, place)
        members = self._findings.members(raw, place, optional=("all", "any", "not"))
        if members is None:
            return None
        given = [name for name in ("all", "any", "not") if name in members]
        if len(given) != 1:
            self._findings.add(place, "INVALID", "A condition has one of `all`, `any`, `not`, or `left`.")
            return None
        name = given[0]
        if name == "not":
            inner = self._condition(members["not"], f"{place}.not", depth + 1)
            return Not(inner) if inner else None
        parts = self._parts(members[name], f"{place}.{name}", depth)
        return AllOf(parts) if name == "all" else AnyOf(parts)

    def _parts(self, raw: Json, place: str, depth: int) -> tuple[Condition, ...]:
        items = self._findings.items(raw, place, at_least=1, at_most=MAX_COMPARISONS)
        parts = [self._condition(item, f"{place}[{i}]", depth + 1) for i, item in enumerate(items)]
        return tuple(part for part in parts if part is not None)

    def _comparison(self, raw: dict[str, Json], place: str) -> Comparison | None:
        self._comparisons += 1
        if self._comparisons > MAX_COMPARISONS:
            self._findings.add(place, "LIMIT", f"A condition has {MAX_COMPARISONS} comparisons at most.")
            return None
        self._findings.members(raw, place, required=("left", "operator"), optional=("right",))
        operand = self._operand(raw["left"], f"{place}.left")
        known = ", ".join(Operator)
        operator = self._findings.choice(raw.get("operator"), f"{place}.operator", Operator, known)
        if operand is None or operator is None:
            return None
        kind = kind_of(operand)
        if problem := operator_problem(kind, operator):
            self._findings.add(f"{place}.operator", "INVALID", problem)
            return None
        return Comparison(operand, operator, self._right(raw, kind, operator, f"{place}.right"))

    def _operand(self, raw: Json, place: str) -> Operand | None:
        text = self._findings.text(raw, place, longest=MAX_TEXT)
        operand = read_operand(text) if text else None
        if operand is None:
            message = (
                "Name dataFields.…, occurrence.…, customer.…, variables.…, steps.<id>.…, orders.…, checkout.… or "
                "stock.dataFields.… here."
            )
            self._findings.add(place, "UNKNOWN_OPERAND", message)
        elif operand.source not in self._sight.sources:
            self._findings.add(place, "NOT_IN_FILTER", self._sight.refusal)
        else:
            self._mentions.note(operand, place)
        return operand

    def _right(
        self, raw: dict[str, Json], kind: Kind, operator: Operator, place: str
    ) -> Value | tuple[Value, ...] | timedelta | None:
        if operator in UNARY:
            if raw.get("right") is not None:
                self._findings.add(place, "UNKNOWN_MEMBER", "This operator compares with nothing.")
            return None
        if "right" not in raw:
            self._findings.add(place, "REQUIRED", "This operator needs a value to compare with.")
            return None
        if operator in RECENT:
            return self._span(raw["right"], place)
        if operator is Operator.ONE_OF:
            items = self._findings.items(raw["right"], place, at_least=1, at_most=MAX_VALUES)
            values = [self._value(item, kind, operator, f"{place}[{i}]") for i, item in enumerate(items)]
            return tuple(value for value in values if value is not None)
        return self._value(raw["right"], kind, operator, place)

    def _span(self, raw: Json, place: str) -> timedelta | None:
        text = raw["duration"] if isinstance(raw, dict) and set(raw) == {"duration"} else None
        span = read_duration(text) if isinstance(text, str) else None
        if span is None or not timedelta(seconds=1) <= span <= timedelta(days=MAX_SPAN_DAYS):
            message = f'Write a time of up to {MAX_SPAN_DAYS} days: {{"duration": "P30D"}}.'
            self._findings.add(place, "INVALID_DURATION", message)
            return None
        return span

    def _value(self, raw: Json, kind: Kind, operator: Operator, place: str) -> Value | None:
        try:
            value = read_value(raw)
        except ValueError as wrong:
            self._findings.add(place, "INVALID", str(wrong))
            return None
        if isinstance(value, str) and (kind is Kind.NUMBER or (operator in ORDER and kind is not Kind.MONEY)):
            number = number_in(value)
            value = value if number is None else number
        if problem := value_problem(kind, operator, value):
            self._findings.add(place, "INVALID", problem)
        return value


def read_value(raw: Json) -> Value:
    """Give the typed value of a comparison's right side.

    A text, a number, true or false as they are (a number also as a text, where only a number makes sense, or
    where a number is compared: no float holds every decimal); `{"number": "12.50"}`, `{"date": "2026-01-02"}`,
    `{"amount": "199.90", "currency": "PLN"}`, `{"dateTime": "2026-01-02T10:00:00+01:00"}`. ValueError, with a
    sentence, otherwise.
    """
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        return _text(raw)
    if isinstance(raw, int | float | Decimal):
        return read_number(raw)
    if isinstance(raw, dict):
        if set(raw) == {"number"}:
            return read_number(raw["number"])
        if set(raw) == {"amount", "currency"}:
            return _money(raw["amount"], raw["currency"])
        if set(raw) == {"date"}:
            return _date(raw["date"])
        if set(raw) == {"dateTime"}:
            return _time(raw["dateTime"])
    raise ValueError(
        "Give a text, a number, true or false, or an object: number, date, dateTime, or amount and currency."
    )


def _text(raw: str) -> str:
    if len(raw) > MAX_TEXT:
        raise ValueError(f"This may be {MAX_TEXT} characters long at most.")
    return unicodedata.normalize("NFC", raw)


def read_number(raw: Json) -> Decimal:
    """Give a finite number of at most 30 digits on either side of the point; ValueError otherwise.

    A float is taken as it was written (its shortest form), never as its binary value.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError("This has to be a number.")
    if isinstance(raw, str) and len(raw) > 2 * MAX_DIGITS + 2:
        raise ValueError(f"A number has {MAX_DIGITS} digits at most on either side of the point.")
    try:
        number = Decimal(raw) if isinstance(raw, int) else Decimal(str(raw))
    except InvalidOperation:
        raise ValueError("This has to be a number.") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("This has to be a number.")
    if number.adjusted() >= MAX_DIGITS or exponent < -MAX_DIGITS or exponent > MAX_DIGITS:
        raise ValueError(f"A number has {MAX_DIGITS} digits at most on either side of the point.")
    return number


def number_in(text: str) -> Decimal | None:
    """Give the number that a text is, or None."""
    try:
        return read_number(text.strip())
    except ValueError:
        return None


def _money(amount: Json, currency: Json) -> Money:
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise ValueError("A currency is three capital letters (ISO 4217).")
    return Money(read_number(amount), currency)


def _date(raw: Json) -> date:
    try:
        if isinstance(raw, str) and len(raw) == 10:
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise ValueError("A date is written 2026-01-02.")


def _time(raw: Json) -> datetime:
    try:
        moment = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("A time is written with its offset: 2026-01-02T10:00:00+01:00.")
