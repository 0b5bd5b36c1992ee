"""Data fields that name something of the store: what conditions and templates see of it, and when they do. Pure.

What is read is what the store has at the moment of a step, never what the caller said of it. A public key may name
whatever it likes, and would else read other people's orders by having them mailed to itself: what it names is given
only where it is the occurrence's own customer's, by account or by e-mail, or what every customer may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.operands import Kind
from saleor_custom_events.scenarios.values import REFERENCES, DataField, FieldType, Money, Value
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.objects import ObjectKind
from saleor_custom_events.store.references import (
    Referred,
    StoreCheckout,
    StoreItem,
    StoreLine,
    StoreOrder,
    StoreReference,
)

KINDS: Mapping[FieldType, ObjectKind] = {
    FieldType.VARIANT: ObjectKind.VARIANT,
    FieldType.PRODUCT: ObjectKind.PRODUCT,
    FieldType.CHECKOUT: ObjectKind.CHECKOUT,
    FieldType.ORDER: ObjectKind.ORDER,
}
_PRODUCT: Mapping[str, Kind] = {
    "name": Kind.TEXT,
    "slug": Kind.TEXT,
    "price": Kind.MONEY,
    "currency": Kind.TEXT,
    "inStock": Kind.BOOLEAN,
}
#: What stands behind `dataFields.<name>.` in conditions, by the field's type. Templates have the `lines` of checkouts
#: and orders as well.
MEMBERS: Mapping[FieldType, Mapping[str, Kind]] = {
    FieldType.PRODUCT: _PRODUCT,
    FieldType.VARIANT: {**_PRODUCT, "productName": Kind.TEXT, "sku": Kind.TEXT},
    FieldType.CHECKOUT: {
        "total": Kind.MONEY,
        "currency": Kind.TEXT,
        "quantity": Kind.NUMBER,
        "email": Kind.TEXT,
        "changedAt": Kind.TIME,
        "isOpen": Kind.BOOLEAN,
    },
    FieldType.ORDER: {
        "number": Kind.TEXT,
        "status": Kind.TEXT,
        "total": Kind.MONEY,
        "paid": Kind.MONEY,
        "isPaid": Kind.BOOLEAN,
        "currency": Kind.TEXT,
        "quantity": Kind.NUMBER,
        "email": Kind.TEXT,
        "placedAt": Kind.TIME,
    },
}


class Withheld(StrEnum):
    """Why nothing is given of what a data field names."""

    NOT_THERE = "NOT_IN_STORE"
    OF_ANOTHER = "OF_ANOTHER_CUSTOMER"
    NOT_VISIBLE = "NOT_VISIBLE_TO_CUSTOMERS"
    IN_FILTER = "FILTER_READS_NOTHING"


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the store has of what a data field names, by the names of MEMBERS; what is not there is left out."""

    values: Mapping[str, Value]
    lines: tuple[Mapping[str, Value], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one occurrence's data fields name, by the fields' names: what is given, or why nothing is."""

    given: Mapping[str, Given] = field(default_factory=dict)
    withheld: Mapping[str, Withheld] = field(default_factory=dict)


def references_in(occurrence: OccurrenceFacts) -> Mapping[str, StoreReference]:
    """Give what an occurrence's data fields name, by the fields' names."""
    return {
        one.name: StoreReference(kind=KINDS[one.type], id=one.value, channel=occurrence.channel)
        for one in occurrence.fields
        if one.type in REFERENCES and isinstance(one.value, str)
    }


def member_of(text: str, occurrence: OccurrenceFacts) -> tuple[DataField, str] | None:
    """Give the field and the member that what follows `dataFields.` means; None: it is a field's name, or nothing.

    A field's name may have dots: one that is so named comes first.
    """
    name, dot, member = text.rpartition(".")
    if not dot or any(one.name == text for one in occurrence.fields):
        return None
    found = next((one for one in occurrence.fields if one.name == name and one.type in REFERENCES), None)
    return (found, member) if found is not None and member in MEMBERS[found.type] else None


def reading_of(
    occurrence: OccurrenceFacts,
    customer: Customer | None,
    references: Mapping[str, StoreReference],
    found: Mapping[StoreReference, Referred],
    in_stock: Mapping[StoreReference, bool],
) -> Reading:
    """Say what is given of what the store has `found`. `customer`: whom the store knows by the occurrence."""
    given: dict[str, Given] = {}
    withheld: dict[str, Withheld] = {}
    for name, reference in references.items():
        one = found.get(reference)
        if one is None:
            withheld[name] = Withheld.NOT_THERE
        elif why := _why_not(one, occurrence, customer):
            withheld[name] = why
        else:
            given[name] = _given(one, in_stock.get(reference))
    return Reading(given=given, withheld=withheld)


def _why_not(one: Referred, occurrence: OccurrenceFacts, customer: Customer | None) -> Withheld | None:
    if not occurrence.publicly_sent:
        return None
    if isinstance(one, StoreItem):
        return None if one.is_visible else Withheld.NOT_VISIBLE
    return None if _is_theirs(one, occurrence, customer) else Withheld.OF_ANOTHER


def _is_theirs(one: StoreCheckout | StoreOrder, occurrence: OccurrenceFacts, customer: Customer | None) -> bool:
    """By the account or by the e-mail it was made with, as for `orders.` and `checkout.`: whoever has the address is
    written to about it by the store itself.
    """
    believed = occurrence.customer_reference
    ids = {customer.id if customer else None, believed.customer_id if occurrence.identity.is_verified else None}
    if one.customer_id is not None and one.customer_id in ids - {None}:
        return True
    emails = {email.lower() for email in (believed.email, customer.email if customer else None) if email}
    return one.email.lower() in emails  # "" is in none


def _given(one: Referred, in_stock: bool | None) -> Given:
    if isinstance(one, StoreItem):
        return Given(values=_item(one, in_stock))
    lines = tuple(_line(line, one.currency) for line in one.lines)
    values = _order(one) if isinstance(one, StoreOrder) else _checkout(one)
    return Given(values=values, lines=lines)


def _item(item: StoreItem, in_stock: bool | None) -> Mapping[str, Value]:
    values: dict[str, Value] = {"name": item.name, "slug": item.slug, "productName": item.product_name}
    if item.sku:
        values["sku"] = item.sku
    if item.price is not None:
        values |= {"price": Money(item.price, item.currency), "currency": item.currency}
    if in_stock is not None:
        values["inStock"] = in_stock
    return values


def _checkout(checkout: StoreCheckout) -> Mapping[str, Value]:
    reckoned: dict[str, Value] = {"total": Money(checkout.total, checkout.currency), "currency": checkout.currency}
    return {
        **(reckoned if checkout.currency else {}),
        "quantity": Decimal(checkout.quantity),
        "email": checkout.email,
        "changedAt": checkout.changed_at,
        "isOpen": checkout.is_open,
    }


def _order(order: StoreOrder) -> Mapping[str, Value]:
    return {
        "number": order.number,
        "status": order.status,
        "total": Money(order.total, order.currency),
        "paid": Money(order.paid, order.currency),
        "isPaid": order.paid >= order.total,
        "currency": order.currency,
        "quantity": Decimal(order.quantity),
        "email": order.email,
        "placedAt": order.placed_at,
    }


def _line(line: StoreLine, currency: str) -> Mapping[str, Value]:
    return {
        "productName": line.product_name,
        "variantName": line.variant_name,
        "variant": line.variant_id,
        "sku": line.sku,
        "quantity": Decimal(line.quantity),
        "price": Money(line.unit_price, currency),
        "total": Money(line.unit_price * line.quantity, currency),
    }
