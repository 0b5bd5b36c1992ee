"""What the sandbox's customers have ordered and hold in checkouts, and what it has in stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from saleor_custom_events.hosts.sandbox.models import Checkout, Order, Variant
from saleor_custom_events.hosts.sandbox.tokens import key_of
from saleor_custom_events.store.shopping import Shopper, Shopping
from saleor_custom_events.store.stock import StockItem

#: Orders that were never placed, or do not stand.
LEFT_OUT = ("draft", "canceled", "expired")
OPEN_FOR = timedelta(days=30)


def shopping_of(shoppers: Sequence[Shopper]) -> Mapping[Shopper, Shopping]:
    """See `Host.shopping`: two queries."""
    users = {key_of("User", shopper.customer_id or "") for shopper in shoppers}
    emails = {(shopper.email or "").lower() for shopper in shoppers} - {""}
    orders = list(Order.objects.filter(Q(user__in=users) | Q(user_email__in=emails)).exclude(status__in=LEFT_OUT))
    since = timezone.now() - OPEN_FOR
    checkouts = list(
        Checkout.objects.filter(Q(user__in=users) | Q(email__in=emails), lines__gt=0, last_change__gt=since)
    )
    return {shopper: _shopping(shopper, orders, checkouts) for shopper in shoppers}


def _shopping(shopper: Shopper, orders: Iterable[Order], checkouts: Iterable[Checkout]) -> Shopping:
    user, email = key_of("User", shopper.customer_id or ""), (shopper.email or "").lower()
    mine = [order for order in orders if order.user_id == user or (email and order.user_email == email)]
    spent: dict[str, Decimal] = {}
    for order in mine:
        spent[order.currency] = spent.get(order.currency, Decimal(0)) + order.total_gross_amount
    held = [one.last_change for one in checkouts if one.user_id == user or (email and one.email == email)]
    return Shopping(
        orders=len(mine),
        orders_since=sum(order.created_at > shopper.since for order in mine),
        spent=spent,
        last_order_at=max((order.created_at for order in mine), default=None),
        checkout_changed_at=max(held, default=None),
    )


def in_stock(items: Sequence[StockItem]) -> Mapping[StockItem, bool]:
    """See `Host.in_stock`: one query."""
    variants = {item: key_of("ProductVariant", item.id) for item in items}
    products = {item: key_of("Product", item.id) for item in items}
    wanted = Q(pk__in=set(variants.values())) | Q(product_id__in=set(products.values()) - {0})
    rows = list(Variant.objects.filter(wanted).select_related("channel"))
    answer: dict[StockItem, bool] = {}
    for item in items:
        mine = [row for row in rows if row.pk == variants[item] or row.product_id == products[item]]
        if mine:
            answer[item] = any(
                (row.quantity is None or row.quantity > 0) and item.channel in (None, row.channel.slug) for row in mine
            )
    return answer
