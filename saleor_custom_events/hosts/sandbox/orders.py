"""What the mutations of orders and of whatever else is sold have in common."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import graphene

from saleor_custom_events.hosts.sandbox.models import Order, OrderLine, User, Variant
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_of
from saleor_custom_events.store.happenings import HappeningKind

MANAGE_ORDERS = "MANAGE_ORDERS"


class SellingError(graphene.ObjectType):
    """Saleor's shape of an error."""

    class Meta:
        name = "OrderError"

    field = graphene.String()
    message = graphene.String()
    code = graphene.String(required=True)


def missing(field: str = "id") -> list[SellingError]:
    """Give the errors where an argument names nothing that there is."""
    return [SellingError(field=field, message="There is no such thing", code="NOT_FOUND")]


def variant_named(identifier: str) -> Variant | None:
    """Give the variant of this global id."""
    return Variant.objects.filter(pk=key_of("ProductVariant", identifier)).first()


def order_named(identifier: str) -> Order | None:
    """Give the order of this global id."""
    return Order.objects.filter(pk=key_of("Order", identifier)).first()


def make_order(lines: Sequence[tuple[Variant, int]], *, user: User | None, email: str, status: str) -> Order:
    """Make an order of variants, of which there is one at least, and so many of each, for what they cost now."""
    order = Order.objects.create(
        user=user,
        user_email=email,
        status=status,
        currency=lines[0][0].currency,
        total_gross_amount=sum((variant.price * quantity for variant, quantity in lines), Decimal(0)),
    )
    OrderLine.objects.bulk_create(
        OrderLine(order=order, variant=variant, quantity=quantity, unit_price=variant.price)
        for variant, quantity in lines
    )
    return order


def moved(identifier: str, before: str, after: str) -> Order | None:
    """Bring an order from one status to another; None where no such order has the first."""
    order = Order.objects.filter(pk=key_of("Order", identifier), status=before).first()
    if order is not None:
        order.status = after
        order.save(update_fields=["status"])
    return order


def tell_of(order: Order, *kinds: HappeningKind) -> None:
    """Tell what happened to an order."""
    for kind in kinds:
        tell(kind, global_id("Order", order.pk))
