"""What an event that is fired by the store says of it: its settings, and the data fields it comes with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from saleor_custom_events.firing.values import DeclaredField, FiredBy
from saleor_custom_events.scenarios.values import FieldType, Json
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import ObjectKind

#: How long a checkout may be left alone before it counts as abandoned, in minutes: 30 days at most.
MIN_MINUTES, MAX_MINUTES = 5, 30 * 24 * 60
MAX_KEYS, MAX_KEY = 20, 250

_CHECKOUT = {
    "checkout": FieldType.CHECKOUT,
    "total": FieldType.MONEY,
    "quantity": FieldType.NUMBER,
    "products": FieldType.TEXT,
    "createdAt": FieldType.DATETIME,
}
_ORDER = {
    "order": FieldType.ORDER,
    "number": FieldType.STRING,
    "status": FieldType.STRING,
    "total": FieldType.MONEY,
    "quantity": FieldType.NUMBER,
    "products": FieldType.TEXT,
    "placedAt": FieldType.DATETIME,
}
_FIELDS: Mapping[ObjectKind, Mapping[str, FieldType]] = {
    ObjectKind.CUSTOMER: {
        "firstName": FieldType.TEXT,
        "lastName": FieldType.TEXT,
        "languageCode": FieldType.STRING,
        "joinedAt": FieldType.DATETIME,
    },
    ObjectKind.CHECKOUT: _CHECKOUT,
    ObjectKind.ORDER: _ORDER,
    ObjectKind.GIFT_CARD: {
        "giftCard": FieldType.STRING,
        "codeEnd": FieldType.STRING,
        "balance": FieldType.MONEY,
        "expiresOn": FieldType.DATE,
    },
    ObjectKind.VARIANT: {
        "variant": FieldType.VARIANT,
        "variantName": FieldType.TEXT,
        "sku": FieldType.STRING,
        "product": FieldType.PRODUCT,
        "productName": FieldType.TEXT,
    },
    ObjectKind.PRODUCT: {"product": FieldType.PRODUCT, "productName": FieldType.TEXT},
}
#: Beside the object's own, where metadata changed: which key, and its value. Of several that changed each fires.
_METADATA = {"key": FieldType.TEXT, "value": FieldType.TEXT}


def fields_of(kind: HappeningKind) -> tuple[DeclaredField, ...]:
    """Give the data fields that a firing by this happening brings, where the object has them."""
    types = {**_FIELDS[kind.of], **(_METADATA if kind.is_about_metadata else {})}
    return tuple(DeclaredField(name=name, type=type) for name, type in types.items())


def read_fired_by(raw: Iterable[Mapping[str, object]]) -> tuple[FiredBy, ...]:
    """Read `CustomEvent.happenings`. What a later release wrote and this one does not know is left out."""
    known = set(HappeningKind)
    return tuple(
        FiredBy(
            kind=HappeningKind(str(item["kind"])),
            minutes=minutes if isinstance(minutes := item.get("minutes"), int) else None,
            keys=tuple(map(str, keys)) if isinstance(keys := item.get("keys"), list) else (),
        )
        for item in raw
        if item.get("kind") in known
    )


def write_fired_by(fired_by: Iterable[FiredBy]) -> list[Json]:
    """Give `CustomEvent.happenings`: only what the kind has."""
    return [
        {
            "kind": one.kind.value,
            **({"minutes": one.minutes} if one.minutes is not None else {}),
            **({"keys": [*one.keys]} if one.keys else {}),
        }
        for one in fired_by
    ]
