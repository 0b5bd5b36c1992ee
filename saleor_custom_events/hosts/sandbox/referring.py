"""What data fields name in the sandbox's store, as it is at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from saleor_custom_events.hosts.sandbox.models import Checkout, CheckoutLine, Order, OrderLine, User, Variant
from saleor_custom_events.hosts.sandbox.shopping import OPEN_FOR
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_in, key_of
from saleor_custom_events.store.objects import ObjectKind
from saleor_custom_events.store.references import (
    MAX_LINES,
    Referred,
    StoreCheckout,
    StoreItem,
    StoreLine,
    StoreOrder,
    StoreReference,
)

_CENT = Decimal("0.01")


def read_referred(references: Sequence[StoreReference]) -> Mapping[StoreReference, Referred]:
    """See `Host.read_referred`: at most five queries."""
    by_kind: dict[ObjectKind, list[StoreReference]] = defaultdict(list)
    for reference in references:
        by_kind[reference.kind].append(reference)
    items = by_kind[ObjectKind.VARIANT] + by_kind[ObjectKind.PRODUCT]
    answer: dict[StoreReference, Referred] = dict(_items(items))
    answer |= _named(by_kind[ObjectKind.CHECKOUT], Checkout.objects.all(), CheckoutLine.objects.all(), _checkout)
    placed = Order.objects.exclude(status="draft")
    answer |= _named(by_kind[ObjectKind.ORDER], placed, OrderLine.objects.all(), _order)
    return answer


def _items(references: Sequence[StoreReference]) -> Mapping[StoreReference, StoreItem]:
    if not references:
        return {}
    variants = {one: key_of("ProductVariant", one.id) for one in references}
    products = {one: key_of("Product", one.id) for one in references}
    wanted = Q(pk__in=set(variants.values())) | Q(product_id__in=set(products.values()) - {0})
    rows = list(Variant.objects.filter(wanted).select_related("channel").order_by("pk"))
    found: dict[StoreReference, StoreItem] = {}
    for one in references:
        mine = [row for row in rows if row.pk == variants[one] or row.product_id == products[one]]
        if mine:
            found[one] = _item(one, mine)
    return found


def _item(reference: StoreReference, rows: Sequence[Variant]) -> StoreItem:
    first, is_variant = rows[0], reference.kind is ObjectKind.VARIANT
    here = [row for row in rows if row.channel.slug == reference.channel]
    seen = here if reference.channel is not None else rows
    return StoreItem(
        name=first.name if is_variant else first.product_name,
        product_name=first.product_name,
        slug=slugify(first.product_name),
        sku=first.sku if is_variant else "",
        price=_sum([min(row.price for row in here)]) if here else None,
        currency=here[0].currency if here else "",
        is_visible=any(row.is_published for row in seen),
    )


def _named(
    references: Sequence[StoreReference],
    rows: QuerySet[Any],
    lines: QuerySet[Any],
    tell: Callable[[Any, Sequence[Any]], Referred],
) -> Mapping[StoreReference, Referred]:
    """Read rows and their lines, with a query for each."""
    if not references:
        return {}
    keys = {one: key_in(one.kind, one.id) for one in references}
    found = {str(row.pk): row for row in rows.filter(pk__in=set(keys.values()) - {""}).select_related("user")}
    name = "checkout" if rows.model is Checkout else "order"
    lines_of: dict[str, list[Any]] = defaultdict(list)
    for line in lines.filter(**{f"{name}__in": found.values()}).select_related("variant").order_by("pk"):
        lines_of[str(getattr(line, f"{name}_id"))].append(line)
    return {one: tell(found[key], lines_of[key]) for one, key in keys.items() if key in found}


def _checkout(checkout: Checkout, lines: Sequence[CheckoutLine]) -> StoreCheckout:
    return StoreCheckout(
        **_whose(checkout.user, checkout.email),
        currency=lines[0].variant.currency if lines else "",
        total=_sum(line.variant.price * line.quantity for line in lines),
        quantity=sum(line.quantity for line in lines),
        changed_at=checkout.last_change,
        is_open=checkout.lines > 0 and checkout.last_change > timezone.now() - OPEN_FOR,
        lines=tuple(_line(line, line.variant.price) for line in lines[:MAX_LINES]),
    )


def _order(order: Order, lines: Sequence[OrderLine]) -> StoreOrder:
    return StoreOrder(
        **_whose(order.user, order.user_email),
        number=str(order.pk),
        status=order.status.upper(),
        currency=order.currency,
        total=_sum([order.total_gross_amount]),
        paid=_sum([order.total_charged_amount]),
        quantity=sum(line.quantity for line in lines),
        placed_at=order.created_at,
        lines=tuple(_line(line, line.unit_price) for line in lines[:MAX_LINES]),
    )


def _line(line: OrderLine | CheckoutLine, price: Decimal) -> StoreLine:
    return StoreLine(
        product_name=line.variant.product_name,
        variant_name=line.variant.name,
        variant_id=global_id("ProductVariant", line.variant_id),
        sku=line.variant.sku,
        quantity=line.quantity,
        unit_price=_sum([price]),
    )


def _whose(user: User | None, email: str | None) -> dict[str, Any]:
    return {
        "customer_id": global_id("User", user.pk) if user else None,
        "email": email or (user.email if user else ""),
    }


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0)).quantize(_CENT)
