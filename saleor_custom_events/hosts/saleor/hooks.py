"""What Saleor tells its plugins of what happens in the shop, as `plugin.py` inherits it.

Saleor calls these in the thread of whoever does something in the shop, once that is committed, and answers an error
where one raises, though what was done is done. So each is a line that hands on an id: `happened` never raises, and what
stands around it is caught here. Saleor imports this with the plugin: everything of ours is imported when it is needed.

The same methods with the same arguments are there in Saleor 3.21, 3.22 and 3.23 (`saleor/plugins/manager.py`), but for
`product_variant_back_in_stock`, which 3.23 no longer calls.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)

#: A method of a plugin, as Saleor calls it: the object, and what the plugin before answered.
Hook = Callable[..., Any]


def _hook(kind: str, tell: Callable[[HappeningKind, Any], None]) -> Hook:
    """Make a method that tells of a happening of this kind, by its name in `HappeningKind`."""

    def method(self: Any, instance: Any, previous_value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            from saleor_custom_events.store.happenings import HappeningKind

            tell(HappeningKind[kind], instance)
        except Exception:
            logger.error("%s was not noted: nothing starts from it", kind, exc_info=trouble())
        return previous_value

    method.__doc__ = f"Note what Saleor tells of: {kind}."
    return method


def _of_object(kind: HappeningKind, instance: Any) -> None:
    from saleor_custom_events.firing.store_happenings import happened
    from saleor_custom_events.hosts.saleor.ids import global_id

    metadata = instance.metadata if kind.is_about_metadata else None
    happened(kind, global_id(kind.of, instance.pk), metadata=metadata)


def _of_the_gone(kind: HappeningKind, user: Any) -> None:
    """Tell of somebody who was deleted, and cannot be read later."""
    from saleor_custom_events.firing.store_happenings import happened
    from saleor_custom_events.hosts.saleor.ids import global_id
    from saleor_custom_events.hosts.told import person

    happened(kind, global_id(kind.of, user.pk), remembered={"email": user.email, **person(user)})


def _of_stock(kind: HappeningKind, stock: Any) -> None:
    from saleor_custom_events.firing.store_happenings import happened
    from saleor_custom_events.hosts.saleor.ids import global_id

    happened(kind, global_id(kind.of, stock.product_variant_id))


class StoreHooks:
    """A part of the plugin: what happens in the shop becomes happenings."""

    customer_created = _hook("CUSTOMER_CREATED", _of_object)
    account_confirmed = _hook("CUSTOMER_CONFIRMED", _of_object)
    #: By the staff.
    customer_deleted = _hook("CUSTOMER_DELETED", _of_the_gone)
    #: By the customer.
    account_deleted = _hook("CUSTOMER_DELETED", _of_the_gone)
    customer_metadata_updated = _hook("CUSTOMER_METADATA_CHANGED", _of_object)
    checkout_created = _hook("CHECKOUT_CREATED", _of_object)
    checkout_updated = _hook("CHECKOUT_UPDATED", _of_object)
    order_created = _hook("ORDER_CREATED", _of_object)
    order_confirmed = _hook("ORDER_CONFIRMED", _of_object)
    order_paid = _hook("ORDER_PAID", _of_object)
    order_fully_paid = _hook("ORDER_FULLY_PAID", _of_object)
    order_fulfilled = _hook("ORDER_FULFILLED", _of_object)
    order_cancelled = _hook("ORDER_CANCELLED", _of_object)
    order_refunded = _hook("ORDER_REFUNDED", _of_object)
    order_metadata_updated = _hook("ORDER_METADATA_CHANGED", _of_object)
    gift_card_created = _hook("GIFT_CARD_CREATED", _of_object)
    product_metadata_updated = _hook("PRODUCT_METADATA_CHANGED", _of_object)
    product_variant_back_in_stock = _hook("BACK_IN_STOCK", _of_stock)
