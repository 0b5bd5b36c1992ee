"""Does a condition hold? Typed comparisons over what an invocation knows. Nothing here raises.

How values meet:

- Texts compare without regard to case.
- Where one side is a date, a time on the other counts by its date in UTC.
- Amounts of money compare in the same currency only.
- A data field keeps the type it was sent with: the text "9" is no number. Customer metadata, steps'
  outputs and variables have no types of their own and are read as what they are compared with.
- Values of different types never match: the comparison is false, also `notEquals` and `notContains`, and a
  note says why.
- What is missing, or empty, is *not set*: then `isNotSet`, `notEquals`, `notContains` and `notWithinLast` hold, and no
  others do.
- The last days, and the next ones, are counted from the moment at which it is asked; a date counts by its day in UTC.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from saleor_custom_events.scenarios.actual_values import Actual, Scope, actual_of, member_at
from saleor_custom_events.scenarios.condition_parsing import number_in, read_value
from saleor_custom_events.scenarios.definition import (
    AllOf,
    Comparison,
    Condition,
    Not,
    Operand,
    Operator,
    Source,
)
from saleor_custom_events.scenarios.durations import written_duration
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.operands import LIVE, Kind, kind_of, type_name
from saleor_custom_events.scenarios.references import Withheld
from saleor_custom_events.scenarios.values import Json, Money, Value, value_to_json

__all__ = ["Scope", "data_fields_in", "holds", "needs_customer", "wanted_by"]

#: Characters of a text that the log keeps of either side of a comparison.
MAX_SHOWN = 200

_SET = {Operator.IS_SET: True, Operator.IS_NOT_SET: False}
_HOLD_UNSET = (Operator.NOT_EQUALS, Operator.NOT_CONTAINS, Operator.NOT_WITHIN_LAST)
_ORDERED: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUALS: eq,
    Operator.NOT_EQUALS: ne,
    Operator.GREATER: gt,
    Operator.GREATER_OR_EQUAL: ge,
    Operator.LESS: lt,
    Operator.LESS_OR_EQUAL: le,
}
_TEXTUAL: Mapping[Operator, Callable[[str, str], bool]] = {
    Operator.CONTAINS: lambda text, part: part in text,
    Operator.NOT_CONTAINS: lambda text, part: part not in text,
    Operator.STARTS_WITH: str.startswith,
    Operator.ENDS_WITH: str.endswith,
}


class _Mismatch(Exception):
    """The two sides cannot be compared; the message says why."""


def holds(condition: Condition, scope: Scope) -> tuple[bool, list[Json]]:
    """Say whether `condition` holds, and what decided, in the order in which it is written.

    Every comparison is made, also those that no longer matter, so that the log shows all values:
    `{"operand", "operator", "value", "actual", "holds", "note"?, "askedAt"?, "source"?, "withheld"?}`, texts cut to 200
    characters. `askedAt`: when the store was asked for what is asked anew each time. `source` of a data field: `store`,
    where it is the store that says so, `public`, where a public caller sent it and nobody vouches for it. `withheld`:
    why nothing is given of what it names.
    """
    compared: list[Json] = []
    return _holds(condition, scope, compared), compared


def needs_customer(condition: Condition) -> bool:
    """Say whether `condition` looks at the store's customer."""
    return any(comparison.operand.source is Source.CUSTOMER for comparison in _comparisons(condition))


def wanted_by(conditions: Iterable[Condition], occurrence: OccurrenceFacts) -> Wanted:
    """Say what `conditions` look at of what the store has at the moment."""
    operands = [c.operand for condition in conditions for c in _comparisons(condition)]
    named = (member_at(operand, occurrence) for operand in operands)
    return Wanted(
        references=frozenset(found[0].name for found in named if found),
        shopping=any(operand.source in (Source.ORDERS, Source.CHECKOUT) for operand in operands),
        stock=frozenset(operand.names[0] for operand in operands if operand.source is Source.STOCK),
    )


def data_fields_in(condition: Condition) -> frozenset[str]:
    """Give the names of the data fields that `condition` looks at."""
    operands = (comparison.operand for comparison in _comparisons(condition))
    return frozenset(operand.names[0] for operand in operands if operand.source in (Source.DATA_FIELD, Source.STOCK))


def _comparisons(condition: Condition) -> Iterator[Comparison]:
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from _comparisons(condition.condition)
    else:
        for part in condition.conditions:
            yield from _comparisons(part)


def _holds(condition: Condition, scope: Scope, compared: list[Json]) -> bool:
    if isinstance(condition, Comparison):
        return _compare(condition, scope, compared)
    if isinstance(condition, Not):
        return not _holds(condition.condition, scope, compared)
    results = [_holds(part, scope, compared) for part in condition.conditions]
    return all(results) if isinstance(condition, AllOf) else any(results)


def _compare(comparison: Comparison, scope: Scope, compared: list[Json]) -> bool:
    actual = actual_of(comparison, scope)
    entry: dict[str, Json] = {
        "operand": str(comparison.operand),
        "operator": comparison.operator.value,
        "value": _shown(comparison.value),
        "actual": _shown(actual),
    }
    entry |= _origin(comparison.operand, scope)
    try:
        result = _meets(comparison, actual, scope.moment)
    except _Mismatch as why:
        result, entry["note"] = False, str(why)
    entry["holds"] = result
    compared.append(entry)
    return result


def _origin(operand: Operand, scope: Scope) -> dict[str, Json]:
    """Give what the log says of where a value comes from."""
    live, occurrence = scope.live, scope.occurrence
    if live is not None and operand.source in LIVE:
        return {"askedAt": live.asked_at.isoformat()}
    if operand.source is not Source.DATA_FIELD:
        return {}
    if (found := member_at(operand, occurrence)) is None:
        sent = occurrence.publicly_sent and any(one.name == operand.names[0] for one in occurrence.fields)
        return {"source": "public"} if sent else {}
    if live is None:
        return {"withheld": Withheld.IN_FILTER.value}
    why = live.reading.withheld.get(found[0].name)
    return {"source": "store", "askedAt": live.asked_at.isoformat(), **({"withheld": why.value} if why else {})}


def _meets(comparison: Comparison, actual: Actual, now: datetime) -> bool:
    operator, value = comparison.operator, comparison.value
    is_set = actual is not None and actual != "" and actual != ()
    if operator in _SET:
        return is_set is _SET[operator]
    if actual is None or not is_set:
        return operator in _HOLD_UNSET
    untyped = kind_of(comparison.operand) is Kind.UNTYPED
    if isinstance(value, timedelta):
        return _is_recent(operator, _read_as(actual, now) if untyped else actual, value, now)
    if operator is Operator.ONE_OF:
        return isinstance(value, tuple) and _is_one_of(actual, value, untyped=untyped)
    assert value is not None
    assert not isinstance(value, tuple)
    return _pair_meets(operator, _read_as(actual, value) if untyped else actual, value)


def _is_recent(operator: Operator, actual: Value | tuple[str, ...], span: timedelta, now: datetime) -> bool:
    """Say whether a date or time lies within `span` before `now`, or after it. _Mismatch for anything else."""
    if not isinstance(actual, date):
        raise _Mismatch(f"{'A list' if isinstance(actual, tuple) else type_name(actual)} is no date.")
    begin, end = (now, now + span) if operator is Operator.WITHIN_NEXT else (now - span, now)
    if isinstance(actual, datetime):
        found = begin <= actual <= end
    else:
        found = _day(begin) <= actual <= _day(end)
    return found is not (operator is Operator.NOT_WITHIN_LAST)


def _is_one_of(actual: Value | tuple[str, ...], values: tuple[Value, ...], *, untyped: bool) -> bool:
    """Say whether any value equals. _Mismatch where the types of all of them are others."""
    mismatches = []
    for value in values:
        try:
            if _pair_meets(Operator.EQUALS, _read_as(actual, value) if untyped else actual, value):
                return True
        except _Mismatch as why:
            mismatches.append(why)
    if len(mismatches) == len(values):
        raise mismatches[0]
    return False


def _pair_meets(operator: Operator, actual: Value | tuple[str, ...], value: Value) -> bool:
    if isinstance(actual, tuple):
        return _list_meets(operator, actual, value)
    if operator in _TEXTUAL:
        if not isinstance(actual, str) or not isinstance(value, str):
            raise _Mismatch(f"{type_name(actual)} is no text.")
        return _TEXTUAL[operator](_folded(actual), _folded(value))
    left, right = _comparable(actual, value)
    return _ORDERED[operator](left, right)


def _list_meets(operator: Operator, actual: tuple[str, ...], value: Value) -> bool:
    if not isinstance(value, str) or operator not in (Operator.CONTAINS, Operator.NOT_CONTAINS):
        raise _Mismatch("A list only contains texts, or does not.")
    contained = _folded(value) in {_folded(item) for item in actual}
    return contained is (operator is Operator.CONTAINS)


def _comparable(actual: Value, value: Value) -> tuple[object, object]:
    """Give both sides in one type that has an order. _Mismatch where there is none."""
    if isinstance(actual, datetime) and isinstance(value, datetime):
        return actual, value
    if isinstance(actual, date) and isinstance(value, date):
        return _day(actual), _day(value)
    if isinstance(actual, Money) and isinstance(value, Money):
        if actual.currency != value.currency:
            raise _Mismatch(f"{actual.currency} and {value.currency} are different currencies.")
        return actual.amount, value.amount
    if isinstance(actual, Decimal) and isinstance(value, str):
        # A definition may write a number as a text; what was *sent* as a text stays one.
        value = value if (number := number_in(value)) is None else number
    if type_name(actual) != type_name(value):
        raise _Mismatch(f"{type_name(actual)} and {type_name(value)} are different types.")
    if isinstance(actual, str) and isinstance(value, str):
        return _folded(actual), _folded(value)
    return actual, value


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _day(moment: date) -> date:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


def _read_as(actual: Value | tuple[str, ...], value: Value) -> Value | tuple[str, ...]:
    """Read a text without a type of its own as the type of `value`, where it can be read so."""
    if not isinstance(actual, str) or isinstance(value, str):
        return actual
    text = actual.strip()
    try:
        if isinstance(value, bool):
            return {"true": True, "false": False}.get(text.casefold(), actual)
        if isinstance(value, Decimal):
            return actual if (number := number_in(text)) is None else number
        if isinstance(value, date):
            return read_value({"date": text} if len(text) == 10 else {"dateTime": text})
    except ValueError:
        pass
    return actual


def _shown(value: Actual | tuple[Value, ...] | timedelta) -> Json:
    if value is None:
        return None
    if isinstance(value, timedelta):
        return {"duration": written_duration(value)}
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if isinstance(value, str) and len(value) > MAX_SHOWN:
        return value[:MAX_SHOWN] + "…"
    return value_to_json(value)
