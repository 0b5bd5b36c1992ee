"""What data fields name in Saleor, as it is at this moment. Reads columns that 3.21 to 3.23 have, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from saleor.checkout.models import Checkout, CheckoutLine
from saleor.core.db.connection import allow_writer
from saleor.core.prices import quantize_price
from saleor.order import OrderStatus
from saleor.order.models import Order, OrderLine
from saleor.product.models import Product, ProductChannelListing, ProductVariant, ProductVariantChannelListing

from saleor_custom_events.hosts.saleor.ids import global_id, number_in, uuid_in
from saleor_custom_events.hosts.saleor.shopping import OPEN_FOR
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

#: A listing's variant, channel, price and currency.
Price = tuple[int, str, Decimal | None, str]


def read_referred(references: Sequence[StoreReference]) -> Mapping[StoreReference, Referred]:
    """See `Host.read_referred`: at most three queries for each kind."""
    by_kind: dict[ObjectKind, list[StoreReference]] = defaultdict(list)
    for reference in references:
        by_kind[reference.kind].append(reference)
    answer: dict[StoreReference, Referred] = {}
    with allow_writer():
        answer |= _variants(by_kind[ObjectKind.VARIANT])
        answer |= _products(by_kind[ObjectKind.PRODUCT])
        answer |= _checkouts(by_kind[ObjectKind.CHECKOUT])
        answer |= _orders(by_kind[ObjectKind.ORDER])
    return answer


def _variants(references: Sequence[StoreReference]) -> Mapping[StoreReference, StoreItem]:
    numbers = {one: number_in(one.id, "ProductVariant") for one in references}
    wanted = set(numbers.values()) - {None}
    if not wanted:
        return {}
    rows = ProductVariant.objects.filter(pk__in=wanted)
    found = {
        row[0]: row for row in rows.values_list("pk", "name", "sku", "product_id", "product__name", "product__slug")
    }
    prices = _prices(Q(variant__in=wanted))
    visible = _visible({row[3] for row in found.values()})
    answer = {}
    for one, number in numbers.items():
        if number in found:
            _, name, sku, product, product_name, slug = found[number]
            answer[one] = StoreItem(
                name=name or product_name,
                product_name=product_name,
                slug=slug,
                sku=sku or "",
                is_visible=_is_visible(visible[product], one.channel),
                **_price((price for price in prices if price[0] == number), one.channel),
            )
    return answer


def _products(references: Sequence[StoreReference]) -> Mapping[StoreReference, StoreItem]:
    numbers = {one: number_in(one.id, "Product") for one in references}
    wanted = set(numbers.values()) - {None}
    if not wanted:
        return {}
    found = {row[0]: row for row in Product.objects.filter(pk__in=wanted).values_list("pk", "name", "slug")}
    product_of = dict(ProductVariant.objects.filter(product__in=wanted).values_list("pk", "product_id"))
    prices = _prices(Q(variant__in=product_of))
    visible = _visible(wanted)
    answer = {}
    for one, number in numbers.items():
        if number in found:
            _, name, slug = found[number]
            answer[one] = StoreItem(
                name=name,
                product_name=name,
                slug=slug,
                is_visible=_is_visible(visible[number], one.channel),
                **_price((price for price in prices if product_of[price[0]] == number), one.channel),
            )
    return answer


def _prices(listed: Q) -> list[Price]:
    rows = ProductVariantChannelListing.objects.filter(listed)
    found = rows.values_list("variant_id", "channel__slug", "price_amount", "discounted_price_amount", "currency")
    return [
        (variant, channel, price if discounted is None else discounted, currency)
        for variant, channel, price, discounted, currency in found
    ]


def _price(prices: Iterable[Price], channel: str | None) -> dict[str, Any]:
    here = [(amount, currency) for _, slug, amount, currency in prices if slug == channel and amount is not None]
    if not here:
        return {}
    amount, currency = min(here)
    return {"price": quantize_price(amount, currency), "currency": currency}


def _visible(products: Collection[int | None]) -> Mapping[int | None, set[str]]:
    """Give the channels in which customers may see each product."""
    rows = ProductChannelListing.objects.filter(
        Q(published_at__isnull=True) | Q(published_at__lte=timezone.now()),
        product__in=products,
        is_published=True,
        channel__is_active=True,
    )
    visible: dict[int | None, set[str]] = defaultdict(set)
    for product, channel in rows.values_list("product_id", "channel__slug"):
        visible[product].add(channel)
    return visible


def _is_visible(channels: set[str], channel: str | None) -> bool:
    return bool(channels) if channel is None else channel in channels


def _checkouts(references: Sequence[StoreReference]) -> Mapping[StoreReference, StoreCheckout]:
    keys = {one: uuid_in(one.id, "Checkout") for one in references}
    wanted = set(keys.values()) - {None}
    if not wanted:
        return {}
    rows = Checkout.objects.filter(pk__in=wanted).values_list(
        "pk", "user_id", "email", "user__email", "currency", "total_gross_amount", "price_expiration", "last_change",
        "channel__slug",
    )  # fmt: skip
    found = {row[0]: row for row in rows}
    lines = defaultdict(list)
    held = CheckoutLine.objects.filter(checkout__in=wanted).order_by("created_at", "pk")
    for line in held.values_list(
        "checkout_id", "variant_id", "variant__product__name", "variant__name", "variant__sku", "quantity",
        "total_price_gross_amount", "price_override", "is_gift",
    ):  # fmt: skip
        lines[line[0]].append(line)
    prices = {
        price[:2]: price[2] for price in _prices(Q(variant__in={one[1] for some in lines.values() for one in some}))
    }
    return {one: _checkout(found[key], lines[key], prices) for one, key in keys.items() if key in found}


def _checkout(
    row: tuple[Any, ...], lines: Sequence[tuple[Any, ...]], prices: Mapping[tuple[int, str], Decimal | None]
) -> StoreCheckout:
    _, user, email, user_email, currency, total, reckoned_until, changed_at, channel = row
    # Saleor reckons a checkout when somebody asks for it, and sets this back when its lines change.
    is_reckoned = reckoned_until > changed_at
    held = []
    for _, variant, product_name, name, sku, quantity, gross, override, is_gift in lines:
        listed = Decimal(0) if is_gift else override if override is not None else prices.get((variant, channel))
        unit = gross / quantity if is_reckoned else listed or Decimal(0)
        held.append(_line(product_name, name, variant, sku, quantity, quantize_price(unit, currency)))
    if not is_reckoned:
        total = sum((line.unit_price * line.quantity for line in held), Decimal(0))
    return StoreCheckout(
        customer_id=global_id("User", user) if user else None,
        email=email or user_email or "",
        currency=currency,
        total=quantize_price(total, currency),
        quantity=sum(line.quantity for line in held),
        changed_at=changed_at,
        is_open=bool(held) and changed_at > timezone.now() - OPEN_FOR,
        lines=tuple(held[:MAX_LINES]),
    )


def _orders(references: Sequence[StoreReference]) -> Mapping[StoreReference, StoreOrder]:
    keys = {one: uuid_in(one.id, "Order") for one in references}
    wanted = set(keys.values()) - {None}
    if not wanted:
        return {}
    rows = Order.objects.filter(pk__in=wanted).exclude(status=OrderStatus.DRAFT)
    found = {
        row[0]: row
        for row in rows.values_list(
            "pk", "user_id", "user_email", "number", "status", "currency", "total_gross_amount",
            "total_charged_amount", "created_at",
        )
    }  # fmt: skip
    lines = defaultdict(list)
    sold = OrderLine.objects.filter(order__in=found).order_by("created_at", "pk")
    for line in sold.values_list(
        "order_id", "product_name", "variant_name", "variant_id", "product_sku", "quantity",
        "unit_price_gross_amount",
    ):  # fmt: skip
        lines[line[0]].append(line)
    return {one: _order(found[key], lines[key]) for one, key in keys.items() if key in found}


def _order(row: tuple[Any, ...], lines: Sequence[tuple[Any, ...]]) -> StoreOrder:
    _, user, email, number, status, currency, total, paid, placed_at = row
    return StoreOrder(
        customer_id=global_id("User", user) if user else None,
        email=email or "",
        number=str(number),
        status=str(status).upper().replace(" ", "_"),
        currency=currency,
        total=quantize_price(total, currency),
        paid=quantize_price(paid, currency),
        quantity=sum(line[5] for line in lines),
        placed_at=placed_at,
        lines=tuple(
            _line(product, name, variant, sku, quantity, quantize_price(price, currency))
            for _, product, name, variant, sku, quantity, price in lines[:MAX_LINES]
        ),
    )


def _line(product: str, name: str, variant: int | None, sku: str | None, quantity: int, price: Decimal) -> StoreLine:
    return StoreLine(
        product_name=product,
        variant_name=name or "",
        variant_id=global_id("ProductVariant", variant) if variant else "",
        sku=sku or "",
        quantity=quantity,
        unit_price=price,
    )
