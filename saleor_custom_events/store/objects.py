"""What things can happen to, as the store has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ObjectKind(StrEnum):
    """What something can happen to, by the name in Saleor's global ids."""

    CUSTOMER = "User"
    CHECKOUT = "Checkout"
    ORDER = "Order"
    GIFT_CARD = "GiftCard"
    VARIANT = "ProductVariant"
    PRODUCT = "Product"


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreObject:
    """Something of the store's, as it is at this moment: whom it is about, and what is told of it."""

    customer_id: str | None = None
    customer_email: str | None = None
    customer_external_reference: str | None = None
    #: Slug.
    channel: str | None = None
    #: By the names of `docs/store-events.md`, in the forms that the body of `fire` takes; times and dates in ISO 8601.
    #: What there is nothing of is left out.
    fields: Mapping[str, str | int | Mapping[str, str]] = field(default_factory=dict)
    #: Of a checkout: there is nothing in it.
    is_empty: bool = False
