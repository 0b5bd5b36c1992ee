"""Saleor's mutations that make orders and checkouts, as much of them as scenarios can ask about afterwards."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import Checkout, CheckoutLine, Order, OrderLine, User
from saleor_custom_events.hosts.sandbox.orders import (
    MANAGE_ORDERS,
    SellingError,
    make_order,
    missing,
    moved,
    tell_of,
    variant_named,
)
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_of
from saleor_custom_events.store.happenings import HappeningKind


class OrderLineType(graphene.ObjectType):
    """A line of an order."""

    class Meta:
        name = "OrderLine"

    id = graphene.ID(required=True)

    def resolve_id(self: OrderLine, info: ResolveInfo) -> str:
        """Give the global id."""
        return global_id("OrderLine", self.pk)


class OrderType(graphene.ObjectType):
    """An order."""

    class Meta:
        name = "Order"

    id = graphene.ID(required=True)
    status = graphene.String(required=True)
    lines = graphene.NonNull(graphene.List(graphene.NonNull(OrderLineType)))

    def resolve_lines(self: Order, info: ResolveInfo) -> list[OrderLine]:
        """Give them as they were sold."""
        return list(self.items.order_by("pk"))

    def resolve_id(self: Order, info: ResolveInfo) -> str:
        """Give the global id."""
        return global_id("Order", self.pk)

    def resolve_status(self: Order, info: ResolveInfo) -> str:
        """Give Saleor's enum."""
        return self.status.upper()


class CheckoutType(graphene.ObjectType):
    """A checkout."""

    class Meta:
        name = "Checkout"

    id = graphene.ID(required=True)

    def resolve_id(self: Checkout, info: ResolveInfo) -> str:
        """Give the global id."""
        return global_id("Checkout", self.pk)


class OrderLineCreateInput(graphene.InputObjectType):
    """So many of a variant."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)


class CheckoutLineInput(graphene.InputObjectType):
    """So many of a variant."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)


class AddressInput(graphene.InputObjectType):
    """Somebody's address, which nobody here keeps."""

    first_name = graphene.String()
    last_name = graphene.String()
    street_address_1 = graphene.String(name="streetAddress1")
    city = graphene.String()
    postal_code = graphene.String()
    country = graphene.String()


class DraftOrderCreateInput(graphene.InputObjectType):
    """What staff write into a draft."""

    user = graphene.ID()
    user_email = graphene.String()
    channel_id = graphene.ID()
    billing_address = AddressInput()
    lines = graphene.List(graphene.NonNull(OrderLineCreateInput))


class CheckoutCreateInput(graphene.InputObjectType):
    """What a storefront begins a checkout with."""

    channel = graphene.String()
    email = graphene.String()
    billing_address = AddressInput()
    lines = graphene.NonNull(graphene.List(graphene.NonNull(CheckoutLineInput)))


class DraftOrderCreate(graphene.Mutation):
    """Makes a draft."""

    class Arguments:
        input = DraftOrderCreateInput(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, input: DraftOrderCreateInput) -> DraftOrderCreate:
        """Add up what its lines come to."""
        require(info, MANAGE_ORDERS)
        user = User.objects.filter(pk=key_of("User", input.get("user") or "")).first()
        lines = [(variant_named(line.variant_id), line.quantity) for line in input.get("lines") or ()]
        sold = [(variant, quantity) for variant, quantity in lines if variant is not None]
        if not sold or len(sold) < len(lines):
            return DraftOrderCreate(errors=missing("lines"))
        email = (user.email if user else input.get("user_email") or "").lower()
        return DraftOrderCreate(order=make_order(sold, user=user, email=email, status="draft"), errors=[])


class DraftOrderComplete(graphene.Mutation):
    """Places a draft."""

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str) -> DraftOrderComplete:
        """Make it an order."""
        require(info, MANAGE_ORDERS)
        order = moved(id, "draft", "unfulfilled")
        if order is None:
            return DraftOrderComplete(errors=missing())
        # As in a channel of Saleor's that confirms orders by itself.
        tell_of(order, HappeningKind.ORDER_CREATED, HappeningKind.ORDER_CONFIRMED)
        return DraftOrderComplete(order=order, errors=[])


class OrderCancel(graphene.Mutation):
    """Cancels an order."""

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str) -> OrderCancel:
        """It stands no longer."""
        require(info, MANAGE_ORDERS)
        order = moved(id, "unfulfilled", "canceled")
        if order is None:
            return OrderCancel(errors=missing())
        tell_of(order, HappeningKind.ORDER_CANCELLED)
        return OrderCancel(order=order, errors=[])


class CheckoutCreate(graphene.Mutation):
    """Begins a checkout, as anybody may."""

    class Arguments:
        input = CheckoutCreateInput(required=True)

    checkout = graphene.Field(CheckoutType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, input: CheckoutCreateInput) -> CheckoutCreate:
        """Keep its lines."""
        email = (input.get("email") or "").lower() or None
        named = [(variant_named(line.variant_id), line.quantity) for line in input.lines]
        held = [(variant, quantity) for variant, quantity in named if variant is not None]
        checkout = Checkout.objects.create(email=email, lines=len(held))
        CheckoutLine.objects.bulk_create(
            CheckoutLine(checkout=checkout, variant=variant, quantity=quantity) for variant, quantity in held
        )
        tell(HappeningKind.CHECKOUT_CREATED, global_id("Checkout", checkout.pk))
        return CheckoutCreate(checkout=checkout, errors=[])


class SellingMutations:
    """Joined to the store's own."""

    draft_order_create = DraftOrderCreate.Field()
    draft_order_complete = DraftOrderComplete.Field()
    order_cancel = OrderCancel.Field()
    checkout_create = CheckoutCreate.Field()
