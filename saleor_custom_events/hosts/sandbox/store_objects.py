"""What the sandbox tells of an object to which something happened, as Saleor's host does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from saleor_custom_events.hosts.sandbox.models import Checkout, GiftCard, Order, User, Variant
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_in
from saleor_custom_events.hosts.told import money, person, product_names, whom
from saleor_custom_events.store.objects import ObjectKind, StoreObject


def store_objects(kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
    """See `Host.store_objects`: a query for the objects, and one for each kind of what belongs to them."""
    rows, tell = _TOLD[kind]
    column = "product_id" if kind is ObjectKind.PRODUCT else "pk"
    keys = {str(key): one for one in ids if (key := key_in(kind, one))}
    return {keys[str(getattr(row, column))]: tell(row) for row in rows().filter(**{f"{column}__in": keys})}


def _customer(user: User) -> StoreObject:
    return StoreObject(**whom(user), fields={**person(user), "joinedAt": user.date_joined.isoformat()})


def _checkout(checkout: Checkout) -> StoreObject:
    lines = list(checkout.items.all())
    fields: dict[str, str | int | dict[str, str]] = {
        "checkout": global_id("Checkout", checkout.pk),
        "quantity": sum(line.quantity for line in lines),
        "products": product_names(line.variant.product_name for line in lines),
    }
    if lines:
        total = sum((line.quantity * line.variant.price for line in lines), Decimal(0))
        fields["total"] = money(total, lines[0].variant.currency)
    return StoreObject(**whom(checkout.user, checkout.email), fields=fields, is_empty=not checkout.lines)


def _order(order: Order) -> StoreObject:
    lines = list(order.items.all())
    fields: dict[str, str | int | dict[str, str]] = {
        "order": global_id("Order", order.pk),
        "number": str(order.pk),
        "status": order.status,
        "total": money(order.total_gross_amount, order.currency),
        "quantity": sum(line.quantity for line in lines),
        "products": product_names(line.variant.product_name for line in lines),
        "placedAt": order.created_at.isoformat(),
    }
    return StoreObject(**whom(order.user, order.user_email), fields=fields)


def _gift_card(card: GiftCard) -> StoreObject:
    fields: dict[str, str | dict[str, str]] = {
        "giftCard": global_id("GiftCard", card.pk),
        "codeEnd": card.code[-4:],
        "balance": money(card.balance, card.currency),
    }
    return StoreObject(fields=fields)


def _variant(variant: Variant) -> StoreObject:
    fields = {
        "variant": global_id("ProductVariant", variant.pk),
        "variantName": variant.name,
        "sku": variant.sku,
        "product": global_id("Product", variant.product_id),
        "productName": variant.product_name,
    }
    return StoreObject(fields=fields)


def _product(variant: Variant) -> StoreObject:
    return StoreObject(
        fields={"product": global_id("Product", variant.product_id), "productName": variant.product_name}
    )


_TOLD: Mapping[ObjectKind, tuple[Callable[[], Any], Callable[[Any], StoreObject]]] = {
    ObjectKind.CUSTOMER: (lambda: User.objects.all(), _customer),
    ObjectKind.CHECKOUT: (
        lambda: Checkout.objects.select_related("user").prefetch_related("items__variant"),
        _checkout,
    ),
    ObjectKind.ORDER: (lambda: Order.objects.select_related("user").prefetch_related("items__variant"), _order),
    ObjectKind.GIFT_CARD: (lambda: GiftCard.objects.all(), _gift_card),
    ObjectKind.VARIANT: (lambda: Variant.objects.all(), _variant),
    ObjectKind.PRODUCT: (lambda: Variant.objects.all(), _product),
}
