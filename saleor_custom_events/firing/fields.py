"""Data fields: from what was sent to typed values, by the event's declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from saleor_custom_events.errors import Problem
from saleor_custom_events.firing.body import MAX_FIELD_NAME, is_web_address
from saleor_custom_events.firing.references import LONGEST, read_reference
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.values import DataField, FieldType, Json, Money, Value

MAX_STRING = 255
MAX_TEXT = 16_000
#: Digits before and after the point: more is no amount and no count, and would not fit PostgreSQL's numeric.
MAX_DIGITS = 30
_TYPES = {kind.value.lower(): kind for kind in FieldType}


@dataclass(frozen=True, slots=True)
class TypedFields:
    """Data fields with their types, and what is wrong with them."""

    fields: tuple[DataField, ...]
    #: What cannot be stored at all: the call is refused whatever the event says.
    unusable: tuple[Problem, ...]
    #: What breaks the event's declarations.
    violations: tuple[Problem, ...]


class _Unusable(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message


def type_fields(
    sent: Mapping[str, Json] | tuple[Mapping[str, Json], ...], declared: tuple[DeclaredField, ...]
) -> TypedFields:
    """Give every field its type: the declared one where the value allows it, else the sender's, else its form's.

    Never raises. Problems name `dataFields.<name>`.
    """
    by_name = {declaration.name: declaration for declaration in declared}
    fields: dict[str, DataField] = {}
    unusable: list[Problem] = []
    violations: list[Problem] = []
    for name, kind, raw in _sent(sent, unusable):
        place = f"dataFields.{name}"
        if name in fields:
            unusable.append(Problem(field=place, code="DUPLICATE", message="The field is given twice."))
            continue
        try:
            fields[name] = _typed(name, kind, raw, by_name.get(name), violations)
        except _Unusable as wrong:
            unusable.append(Problem(field=place, code=wrong.code, message=wrong.message))
    if declared:
        violations += _undeclared(fields, by_name)
    return TypedFields(tuple(fields.values()), tuple(unusable), tuple(violations))


def _undeclared(fields: Mapping[str, DataField], declared: Mapping[str, DeclaredField]) -> Iterable[Problem]:
    for name in fields:
        if name not in declared:
            yield Problem(
                field=f"dataFields.{name}",
                code="UNDECLARED",
                message="The event does not declare this field.",
            )
    for name, declaration in declared.items():
        if declaration.required and name not in fields:
            yield Problem(field=f"dataFields.{name}", code="REQUIRED", message="The event requires this field.")


def _sent(
    sent: Mapping[str, Json] | tuple[Mapping[str, Json], ...], unusable: list[Problem]
) -> Iterable[tuple[str, FieldType | None, Json]]:
    if isinstance(sent, Mapping):
        for name, raw in sent.items():
            if _usable_name(name, f"dataFields.{name[:MAX_FIELD_NAME]}", unusable):
                yield name, None, raw
        return
    for i, item in enumerate(sent):
        place = f"dataFields[{i}]"
        given, kind = item.get("name"), _TYPES.get(str(item.get("type", "")).lower())
        if unknown := set(item) - {"name", "type", "value"}:
            unusable.append(
                Problem(field=f"{place}.{min(unknown)}", code="UNKNOWN_MEMBER", message="There is no such member.")
            )
        elif kind is None:
            message = f"The type has to be one of {', '.join(FieldType)}."
            unusable.append(Problem(field=f"{place}.type", code="INVALID", message=message))
        elif _usable_name(given, f"{place}.name", unusable):
            yield str(given), kind, item.get("value")


def _usable_name(name: Json, place: str, unusable: list[Problem]) -> bool:
    if isinstance(name, str) and 0 < len(name) <= MAX_FIELD_NAME and name.isprintable():
        return True
    message = f"A field's name has 1 to {MAX_FIELD_NAME} printable characters."
    unusable.append(Problem(field=place, code="INVALID_NAME", message=message))
    return False


def _typed(
    name: str,
    kind: FieldType | None,
    raw: Json,
    declaration: DeclaredField | None,
    violations: list[Problem],
) -> DataField:
    if declaration is not None:
        try:
            return DataField(name, declaration.type, read_value(declaration.type, raw))
        except _Unusable as wrong:
            message = f"Declared as {declaration.type}: {wrong.message}"
            violations.append(Problem(field=f"dataFields.{name}", code="WRONG_TYPE", message=message))
    kind = kind or _form_type(raw)
    return DataField(name, kind, read_value(kind, raw))


def _form_type(raw: Json) -> FieldType:
    """Give the type that a value of the object form has by itself."""
    if isinstance(raw, bool):
        return FieldType.BOOLEAN
    if isinstance(raw, int | Decimal):
        return FieldType.NUMBER
    if isinstance(raw, str):
        return FieldType.STRING if len(raw) <= MAX_STRING else FieldType.TEXT
    if isinstance(raw, dict) and set(raw) == {"amount", "currency"}:
        return FieldType.MONEY
    if raw is None:
        raise _Unusable("WRONG_TYPE", "null is no value: leave the field out.")
    raise _Unusable(
        "WRONG_TYPE",
        "Lists and objects are not values of a data field. Send one field for each part, or the whole as a JSON text; "
        'an amount is {"amount": "199.90", "currency": "PLN"}.',
    )


def read_value(kind: FieldType, raw: Json) -> Value:
    """Read one value as `kind`; raises _Unusable."""
    match kind:
        case FieldType.STRING:
            return _string(raw, MAX_STRING)
        case FieldType.TEXT:
            return _string(raw, MAX_TEXT)
        case FieldType.URL:
            return _address(_string(raw, 2048))
        case FieldType.NUMBER:
            return _number(raw)
        case FieldType.MONEY:
            return _money(raw)
        case FieldType.BOOLEAN:
            return _boolean(raw)
        case FieldType.DATE | FieldType.DATETIME:
            return _moment(kind, _string(raw, 64))
        case FieldType.VARIANT | FieldType.PRODUCT | FieldType.CHECKOUT | FieldType.ORDER:
            return _reference(kind, _string(raw, LONGEST))


def _string(raw: Json, longest: int) -> str:
    if not isinstance(raw, str):
        raise _Unusable("WRONG_TYPE", "This has to be a string.")
    if len(raw) > longest:
        raise _Unusable("TOO_LONG", f"At most {longest} characters.")
    return raw


def _address(text: str) -> str:
    if not is_web_address(text):
        raise _Unusable("INVALID_URL", "This has to begin with http:// or https://.")
    return text


def _reference(kind: FieldType, text: str) -> str:
    try:
        return read_reference(kind, text)
    except ValueError as wrong:
        raise _Unusable("WRONG_TYPE", str(wrong)) from None


def _number(raw: Json) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal):
        raise _Unusable("WRONG_TYPE", "This has to be a number.")
    if isinstance(raw, str) and len(raw) > 2 * MAX_DIGITS:
        raise _Unusable("TOO_LONG", "The number has too many digits.")
    try:
        number = Decimal(raw)
    except InvalidOperation:
        raise _Unusable("WRONG_TYPE", "This has to be a number.") from None
    if not number.is_finite():
        raise _Unusable("WRONG_TYPE", "This has to be a finite number.")
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > MAX_DIGITS or not -MAX_DIGITS <= exponent <= MAX_DIGITS:
        raise _Unusable("TOO_LONG", "The number has too many digits.")
    return number


def _money(raw: Json) -> Money:
    if isinstance(raw, str):  # ECDP's list: "199.90 PLN"
        amount, _, code = raw.strip().partition(" ")
        raw = {"amount": amount, "currency": code}
    if not isinstance(raw, dict) or set(raw) != {"amount", "currency"}:
        raise _Unusable("WRONG_TYPE", 'This has to be {"amount": "199.90", "currency": "PLN"}.')
    currency = raw["currency"]
    if not (isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise _Unusable("INVALID_CURRENCY", "The currency has to be an ISO 4217 code, PLN.")
    return Money(_number(raw["amount"]), currency.upper())


def _boolean(raw: Json) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    raise _Unusable("WRONG_TYPE", "This has to be true or false.")


def _moment(kind: FieldType, text: str) -> date | datetime:
    try:
        if kind is FieldType.DATE:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        if moment.utcoffset() is not None and 1000 <= moment.year <= 9000:
            return moment
    except (ValueError, OverflowError):
        pass
    example = "2026-01-31" if kind is FieldType.DATE else "2026-01-31T12:00:00+01:00, with its offset"
    raise _Unusable("WRONG_TYPE", f"This has to be a {kind} in ISO 8601: {example}.")
