"""What data fields name in the store: variants, products, checkouts and orders, as hosts read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from saleor_custom_events.store.objects import ObjectKind

#: Lines of a checkout or an order that are read; the rest is counted in its total and quantity alone.
MAX_LINES = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreReference:
    """The name of something in the store."""

    #: VARIANT, PRODUCT, CHECKOUT or ORDER.
    kind: ObjectKind
    #: Saleor's global id.
    id: str
    #: Slug of the channel whose prices count; None: none is known, and there is no price.
    channel: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreItem:
    """A variant, or a product, which costs what its cheapest variant does."""

    #: The variant's, or the product's.
    name: str
    product_name: str
    #: Of the product.
    slug: str
    #: Empty of a product.
    sku: str = ""
    #: What one costs in the channel now, discounts of the catalogue taken off; None: it is not sold there.
    price: Decimal | None = None
    #: ISO 4217; empty where there is no price.
    currency: str = ""
    #: Whether customers may see it in the channel (without one: in any).
    is_visible: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreLine:
    """So many of a variant."""

    product_name: str
    variant_name: str
    #: Global id; empty where the variant is gone.
    variant_id: str
    sku: str
    quantity: int
    #: What one of them costs.
    unit_price: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreCheckout:
    """A checkout."""

    #: Global id of the account it is of.
    customer_id: str | None
    #: Its own, else the account's.
    email: str
    currency: str
    #: With tax and delivery, as the store last reckoned it; where the checkout was changed since, what its lines cost.
    total: Decimal
    #: Of all lines together.
    quantity: int
    #: Aware.
    changed_at: datetime
    #: It has lines and was changed within the last 30 days.
    is_open: bool
    #: The first MAX_LINES.
    lines: tuple[StoreLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreOrder:
    """An order that was placed, whatever has become of it since."""

    customer_id: str | None
    email: str
    #: As customers know it.
    number: str
    #: Saleor's, in capitals: `UNFULFILLED`, `CANCELED` …
    status: str
    currency: str
    #: With tax and delivery.
    total: Decimal
    #: What was paid of it.
    paid: Decimal
    quantity: int
    #: Aware.
    placed_at: datetime
    lines: tuple[StoreLine, ...] = ()


Referred: TypeAlias = StoreItem | StoreCheckout | StoreOrder
