"""What happens in a store and may fire custom events."""

from __future__ import annotations

from enum import StrEnum

from saleor_custom_events.store.objects import ObjectKind


class HappeningKind(StrEnum):
    """What happens in a store and may fire custom events."""

    CUSTOMER_CREATED = "customerCreated"
    CUSTOMER_CONFIRMED = "customerConfirmed"
    CUSTOMER_DELETED = "customerDeleted"
    CUSTOMER_METADATA_CHANGED = "customerMetadataChanged"
    CHECKOUT_CREATED = "checkoutCreated"
    CHECKOUT_UPDATED = "checkoutUpdated"
    #: No hook tells of it: nothing was told of the checkout for a while.
    CHECKOUT_ABANDONED = "checkoutAbandoned"
    ORDER_CREATED = "orderCreated"
    ORDER_CONFIRMED = "orderConfirmed"
    #: Money came in, not necessarily all of it.
    ORDER_PAID = "orderPaid"
    ORDER_FULLY_PAID = "orderFullyPaid"
    ORDER_FULFILLED = "orderFulfilled"
    ORDER_CANCELLED = "orderCancelled"
    ORDER_REFUNDED = "orderRefunded"
    ORDER_METADATA_CHANGED = "orderMetadataChanged"
    GIFT_CARD_CREATED = "giftCardCreated"
    BACK_IN_STOCK = "backInStock"
    PRODUCT_METADATA_CHANGED = "productMetadataChanged"

    @property
    def of(self) -> ObjectKind:
        """Say what it happens to."""
        if self is HappeningKind.BACK_IN_STOCK:
            return ObjectKind.VARIANT
        return next(kind for kind in ObjectKind if self.name.startswith(kind.name))

    @property
    def is_about_metadata(self) -> bool:
        """Say whether it is told of with the metadata as it is then."""
        return self.name.endswith("METADATA_CHANGED")
