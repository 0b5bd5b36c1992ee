"""What is kept of a data field: as it was sent, masked, hashed, or nothing at all. Pure.

Decided once, before filters are asked and before anything is stored: whoever looks at the field later, the log,
conditions, templates and other scenarios, sees what is kept and never what was sent.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from saleor_custom_events.firing.values import DeclaredField, Privacy
from saleor_custom_events.scenarios.values import DataField, FieldType, Money, Value

DOTS = "••••"
#: Characters at the end that a mask shows, and how long a text has to be for that: of a short one, a postal code or a
#: PIN, the end would tell too much.
SHOWN = 4
LONG_ENOUGH = 12


def kept_of(fields: Iterable[DataField], declared: Iterable[DeclaredField], key: bytes) -> tuple[DataField, ...]:
    """Give what may be kept of an occurrence's data fields, by the classes that its event declares.

    What is masked or hashed is a String from then on; what is dropped is not there. `key`: the shop's secret for
    hashes. A field that nobody declares is kept as it was sent.
    """
    classes = {one.name: one.privacy for one in declared}
    kept = (_kept(field, classes.get(field.name, Privacy.STORE), key) for field in fields)
    return tuple(field for field in kept if field is not None)


def _kept(field: DataField, privacy: Privacy, key: bytes) -> DataField | None:
    match privacy:
        case Privacy.STORE:
            return field
        case Privacy.MASK:
            return DataField(field.name, FieldType.STRING, masked(field.value))
        case Privacy.HASH:
            return DataField(field.name, FieldType.STRING, hashed(field.value, key))
        case Privacy.DROP:
            return None


def masked(value: Value) -> str:
    """Give dots and, of 12 characters or more, the last four."""
    text = _text(value)
    return DOTS + text[-SHOWN:] if len(text) >= LONG_ENOUGH else DOTS


def hashed(value: Value, key: bytes) -> str:
    """Give HMAC-SHA-256 of the value, 64 hexadecimal digits: the same for the same value in the same shop.

    Keyed, since a birthday, a postal code or a phone number is guessed from a plain hash in seconds.
    """
    return hmac.new(key, _text(value).encode(), hashlib.sha256).hexdigest()


def _text(value: Value) -> str:
    """Give one text for values that are the same: 1.50 and 1.5, a moment in whatever zone it was written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        digits = format(value, "f")
        # Not `normalize`, which rounds to 28 digits.
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, Money):
        return f"{_text(value.amount)} {value.currency}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, str) else value.isoformat()
