"""The filters that templates may use: Liquid's own where they cannot run away, ours where they deal with numbers.

Left out are those that reach the clock, decode into bytes that nothing can store, switch escaping off, or
take a time that grows with the square of what they get.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Any

from liquid.exceptions import FilterArgumentError
from liquid.filter import liquid_filter
from liquid.undefined import is_undefined

from saleor_custom_events.scenarios.limits import MAX_RENDERED
from saleor_custom_events.scenarios.template_values import Number
from saleor_custom_events.scenarios.values import Json

#: Liquid's own that stay as they are. `join` and the two `replace` are guarded below.
KEPT = frozenset(
    (
        *("append", "prepend", "replace", "replace_first", "remove", "remove_first", "slice", "split"),
        *("truncate", "truncatewords", "capitalize", "downcase", "upcase", "strip", "lstrip", "rstrip"),
        *("strip_newlines", "squish", "newline_to_br", "escape", "escape_once", "url_encode"),
        *("default", "size", "first", "last", "join", "sort", "reverse"),
    )
)
#: Digits that arithmetic keeps; a quotient is rounded to 28.
_EXACT = Context(prec=80, Emax=200, Emin=-200)
_DIVISION = Context(prec=28, Emax=200, Emin=-200)
_MAX_DIGITS = 60


def number_of(value: object) -> int | Number:
    """Give a filter's argument as a number; what is no number counts as 0, as in Liquid."""
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return Number(repr(value))
    try:
        number = Decimal(value.strip()[:100] if isinstance(value, str) else value)  # type: ignore[arg-type]
    except (DecimalException, TypeError, ValueError):
        return 0
    return Number(number) if number.is_finite() else 0


def _result(value: int | Decimal) -> int | Number:
    digits = value.adjusted() if isinstance(value, Decimal) else value.bit_length() * 3 // 10
    if digits > _MAX_DIGITS:
        raise FilterArgumentError("the result is too large", token=None)
    return value if isinstance(value, int) else Number(value)


def _arithmetic(
    whole: Callable[[int, int], int], exact: Callable[[Decimal, Decimal], Decimal]
) -> Callable[[object, object], object]:
    """Make a filter of two numbers: `whole` where both are whole numbers of the template's own, else `exact`."""

    @liquid_filter
    def apply(left: object, right: object) -> object:
        a, b = number_of(left), number_of(right)
        try:
            if isinstance(a, int) and isinstance(b, int):
                return _result(whole(a, b))
            return _result(exact(Decimal(a), Decimal(b)))
        except (ZeroDivisionError, DecimalException):
            raise FilterArgumentError("this cannot be calculated", token=None) from None

    return apply


def _rounded(how: str) -> Callable[..., object]:
    @liquid_filter
    def apply(value: object, digits: object = 0) -> object:
        places = min(max(int(number_of(digits)), 0), 30)
        number = Decimal(number_of(value))
        return _result(number.quantize(Decimal(1).scaleb(-places), rounding=how, context=_EXACT))

    return apply


@liquid_filter
def _abs(value: object) -> object:
    number = number_of(value)
    return _result(abs(number) if isinstance(number, int) else number.copy_abs())


@liquid_filter
def date(value: object, form: object = "") -> object:
    """Print a time or date in ISO 8601 by `form` (strftime); anything else comes back unchanged.

    In the time's own zone, which is UTC for all that the context holds. There is no "now": every try of a step has
    to say the same.
    """
    if not isinstance(form, str) or not form or not isinstance(value, str):
        return value
    if len(form) > 100:
        raise FilterArgumentError("date: the format is too long", token=None)
    try:
        return datetime.fromisoformat(value.strip()).strftime(form)
    except ValueError:
        return value


def as_json(value: object) -> str:
    """Print a value as JSON: true, false, the template's own whole numbers, null for what is missing, else a text.

    Numbers and amounts that were sent are texts, as in the standard body of a webhook: they stay exact. Lists and
    objects are such of all these.
    """
    return json.dumps(_jsonable(value), ensure_ascii=False)


def _jsonable(value: object) -> Json:
    if value is None or is_undefined(value):
        return None
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    # What prints as a text and has members (`template_values.Printed`) is a text.
    if isinstance(value, dict):
        return {str(name): _jsonable(item) for name, item in value.items()}
    return value if isinstance(value, bool | int) else str(value)


def guarded(name: str, own: Callable[..., Any]) -> Callable[..., Any]:
    """Give Liquid's own filter, behind a look at how long its result would be where that could explode."""
    if name not in ("replace", "replace_first", "join"):
        return own

    def apply(value: object, *arguments: object, **named: object) -> object:
        longest = _joined_length(value, arguments) if name == "join" else _replaced_length(value, arguments)
        if longest > MAX_RENDERED:
            raise FilterArgumentError(f"{name}: the result is too long", token=None)
        return own(value, *arguments, **named)

    for mark in ("with_environment", "with_context"):
        if hasattr(own, mark):
            setattr(apply, mark, True)
    return apply


def _replaced_length(value: object, arguments: tuple[object, ...]) -> int:
    text = str(value)
    old, new = (*(str(argument) for argument in arguments), "", "")[:2]
    return len(text) + text.count(old) * len(new)


def _joined_length(value: object, arguments: tuple[object, ...]) -> int:
    items = value if isinstance(value, list | tuple) else [value]
    separator = len(str(arguments[0])) if arguments else 1
    return sum(len(str(item)) + separator for item in items)


OWN: Mapping[str, Callable[..., object]] = {
    "plus": _arithmetic(lambda a, b: a + b, _EXACT.add),
    "minus": _arithmetic(lambda a, b: a - b, _EXACT.subtract),
    "times": _arithmetic(lambda a, b: a * b, _EXACT.multiply),
    "divided_by": _arithmetic(lambda a, b: a // b, _DIVISION.divide),
    "modulo": _arithmetic(lambda a, b: a % b, _EXACT.remainder),
    "at_most": _arithmetic(min, min),
    "at_least": _arithmetic(max, max),
    "abs": _abs,
    "round": _rounded(ROUND_HALF_UP),
    "ceil": _rounded(ROUND_CEILING),
    "floor": _rounded(ROUND_FLOOR),
    "date": date,
    "json": as_json,
}
