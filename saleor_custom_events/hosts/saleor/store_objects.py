"""What Saleor tells of an object to which something happened: see `docs/store-events.md`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from saleor.account.models import User
from saleor.checkout.models import Checkout
from saleor.core.db.connection import allow_writer
from saleor.giftcard.models import GiftCard
from saleor.order.models import Order
from saleor.product.models import Product, ProductVariant

from saleor_custom_events.hosts.saleor.ids import global_id, number_in, uuid_in
from saleor_custom_events.hosts.saleor.referring import read_referred
from saleor_custom_events.hosts.told import money, person, product_names, whom
from saleor_custom_events.store.objects import ObjectKind, StoreObject
from saleor_custom_events.store.references import StoreCheckout, StoreReference


def store_objects(kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
    """See `Host.store_objects`: a query for the objects, and one for each kind of what belongs to them."""
    keys = {key: one for one in ids if (key := _key_in(one, kind)) is not None}
    with allow_writer():
        if kind is ObjectKind.CHECKOUT:
            return _checkouts(keys)
        return {keys[row.pk]: _TOLD[kind](row) for row in _ROWS[kind]().filter(pk__in=keys)}


def _key_in(identifier: str, kind: ObjectKind) -> UUID | int | None:
    read = uuid_in if kind in (ObjectKind.CHECKOUT, ObjectKind.ORDER) else number_in
    return read(identifier, kind)


_ROWS: Mapping[ObjectKind, Callable[[], Any]] = {
    ObjectKind.CUSTOMER: lambda: User.objects.all(),
    ObjectKind.ORDER: lambda: Order.objects.select_related("user", "channel").prefetch_related("lines"),
    ObjectKind.GIFT_CARD: lambda: GiftCard.objects.select_related("used_by", "created_by"),
    ObjectKind.VARIANT: lambda: ProductVariant.objects.select_related("product"),
    ObjectKind.PRODUCT: lambda: Product.objects.all(),
}


def _customer(user: User) -> StoreObject:
    return StoreObject(**whom(user), fields={**person(user), "joinedAt": user.date_joined.isoformat()})


def _checkouts(keys: Mapping[UUID | int, str]) -> dict[str, StoreObject]:
    """Give checkouts with a total as scenarios read it, whether Saleor has reckoned it lately or not."""
    rows = Checkout.objects.select_related("user", "channel").filter(pk__in=keys)
    found = {StoreReference(kind=ObjectKind.CHECKOUT, id=keys[row.pk], channel=row.channel.slug): row for row in rows}
    return {
        reference.id: _checkout(found[reference], reference, told)
        for reference, told in read_referred(list(found)).items()
        if isinstance(told, StoreCheckout)
    }


def _checkout(checkout: Checkout, reference: StoreReference, told: StoreCheckout) -> StoreObject:
    fields = {
        "checkout": reference.id,
        "total": money(told.total, told.currency),
        "quantity": told.quantity,
        "products": product_names(line.product_name for line in told.lines),
        "createdAt": checkout.created_at.isoformat(),
    }
    about = whom(checkout.user, checkout.email)
    return StoreObject(**about, channel=reference.channel, fields=fields, is_empty=not told.lines)


def _order(order: Order) -> StoreObject:
    lines = list(order.lines.all())
    fields = {
        "order": global_id("Order", order.pk),
        "number": str(order.number),
        "status": str(order.status),
        "total": money(order.total_gross_amount, order.currency),
        "quantity": sum(line.quantity for line in lines),
        "products": product_names(line.product_name for line in lines),
        "placedAt": order.created_at.isoformat(),
    }
    return StoreObject(**whom(order.user, order.user_email), channel=order.channel.slug, fields=fields)


def _gift_card(card: GiftCard) -> StoreObject:
    """Whoever uses it, or else bought it; whoever of the staff made it is not who it is about."""
    maker = card.created_by
    bought = maker is None or not maker.is_staff
    fields = {
        "giftCard": global_id("GiftCard", card.pk),
        "codeEnd": card.code[-4:],
        "balance": money(card.current_balance_amount, card.currency),
        **({"expiresOn": card.expiry_date.isoformat()} if card.expiry_date else {}),
    }
    about = whom(card.used_by, card.used_by_email) or (whom(maker, card.created_by_email) if bought else {})
    return StoreObject(**about, fields=fields)


def _variant(variant: ProductVariant) -> StoreObject:
    fields = {
        "variant": global_id("ProductVariant", variant.pk),
        "variantName": variant.name,
        "sku": variant.sku or "",
        "product": global_id("Product", variant.product_id),
        "productName": variant.product.name,
    }
    return StoreObject(fields=fields)


def _product(product: Product) -> StoreObject:
    return StoreObject(fields={"product": global_id("Product", product.pk), "productName": product.name})


_TOLD: Mapping[ObjectKind, Callable[[Any], StoreObject]] = {
    ObjectKind.CUSTOMER: _customer,
    ObjectKind.ORDER: _order,
    ObjectKind.GIFT_CARD: _gift_card,
    ObjectKind.VARIANT: _variant,
    ObjectKind.PRODUCT: _product,
}
