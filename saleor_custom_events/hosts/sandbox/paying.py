"""Saleor's mutations by which carts become orders and orders are paid, handed over and paid back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import graphene
from django.utils import timezone
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import Checkout, CheckoutLine, Transaction
from saleor_custom_events.hosts.sandbox.orders import (
    MANAGE_ORDERS,
    SellingError,
    make_order,
    missing,
    moved,
    order_named,
    tell_of,
    variant_named,
)
from saleor_custom_events.hosts.sandbox.selling import CheckoutType, OrderType
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import key_in
from saleor_custom_events.store.happenings import HappeningKind


class CheckoutLineUpdateInput(graphene.InputObjectType):
    """So many of a variant; none takes it out."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)


class MoneyInput(graphene.InputObjectType):
    """An amount."""

    amount = graphene.Float(required=True)
    currency = graphene.String(required=True)


class TransactionInput(graphene.InputObjectType):
    """What somebody else's payment has come to by now."""

    name = graphene.String()
    amount_charged = MoneyInput()
    amount_refunded = MoneyInput()


class OrderFulfillStockInput(graphene.InputObjectType):
    """How many come from where."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """How much of a line is handed over."""

    order_line_id = graphene.ID(required=True)
    stocks = graphene.NonNull(graphene.List(graphene.NonNull(OrderFulfillStockInput)))


class OrderFulfillInput(graphene.InputObjectType):
    """What is handed over: here, all of it."""

    lines = graphene.NonNull(graphene.List(graphene.NonNull(OrderFulfillLineInput)))


class TransactionItem(graphene.ObjectType):
    """A payment."""

    token = graphene.UUID(required=True)


def _checkout_named(identifier: str) -> Checkout | None:
    key = key_in("Checkout", identifier)
    return Checkout.objects.filter(pk=key).first() if key else None


class CheckoutLinesUpdate(graphene.Mutation):
    """Changes what is in a checkout, as anybody may who knows its id."""

    class Arguments:
        id = graphene.ID(required=True)
        lines = graphene.NonNull(graphene.List(graphene.NonNull(CheckoutLineUpdateInput)))

    checkout = graphene.Field(CheckoutType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str, lines: list[CheckoutLineUpdateInput]) -> CheckoutLinesUpdate:
        """Set the quantities that are given."""
        checkout = _checkout_named(id)
        if checkout is None:
            return CheckoutLinesUpdate(errors=missing())
        for line in lines:
            variant = variant_named(line["variant_id"])
            if line["quantity"] > 0 and variant is not None:
                CheckoutLine.objects.update_or_create(
                    checkout=checkout, variant=variant, defaults={"quantity": line["quantity"]}
                )
            else:
                CheckoutLine.objects.filter(checkout=checkout, variant=variant).delete()
        checkout.lines, checkout.last_change = checkout.items.count(), timezone.now()
        checkout.save()
        tell(HappeningKind.CHECKOUT_UPDATED, id)
        return CheckoutLinesUpdate(checkout=checkout, errors=[])


class CheckoutComplete(graphene.Mutation):
    """Makes an order of a checkout that was paid."""

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str) -> CheckoutComplete:
        """Place the order; the checkout is gone."""
        checkout = _checkout_named(id)
        if checkout is None:
            return CheckoutComplete(errors=missing())
        lines = [(line.variant, line.quantity) for line in checkout.items.select_related("variant")]
        if not lines:
            return CheckoutComplete(errors=missing("lines"))
        order = make_order(lines, user=checkout.user, email=checkout.email or "", status="unfulfilled")
        Transaction.objects.filter(checkout=checkout).update(order=order, checkout=None)
        checkout.delete()
        tell_of(order, HappeningKind.ORDER_CREATED, HappeningKind.ORDER_CONFIRMED)
        return CheckoutComplete(order=order, errors=[])


class TransactionCreate(graphene.Mutation):
    """Notes a payment of somebody else's."""

    class Arguments:
        id = graphene.ID(required=True)
        transaction = TransactionInput(required=True)

    transaction = graphene.Field(TransactionItem)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str, transaction: TransactionInput) -> TransactionCreate:
        """Add up what was paid."""
        require(info, "HANDLE_PAYMENTS")
        order = order_named(id)
        checkout = _checkout_named(id)
        if order is None and checkout is None:
            return TransactionCreate(errors=missing())
        made = Transaction.objects.create(order=order, checkout=checkout)
        if order is not None:
            order.total_charged_amount += Decimal(str(transaction["amount_charged"]["amount"]))
            order.save()
            tell_of(order, HappeningKind.ORDER_PAID)
            if order.total_charged_amount >= order.total_gross_amount:
                tell_of(order, HappeningKind.ORDER_FULLY_PAID)
        return TransactionCreate(transaction=TransactionItem(token=made.token), errors=[])


class TransactionUpdate(graphene.Mutation):
    """Notes what has become of a payment."""

    class Arguments:
        token = graphene.UUID(required=True)
        transaction = TransactionInput(required=True)

    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, token: UUID, transaction: TransactionInput) -> TransactionUpdate:
        """Take off what was paid back."""
        require(info, "HANDLE_PAYMENTS")
        made = Transaction.objects.select_related("order").filter(token=token).first()
        if made is None or made.order is None:
            return TransactionUpdate(errors=missing("token"))
        if transaction.get("amount_refunded"):
            made.order.total_charged_amount -= Decimal(str(transaction["amount_refunded"]["amount"]))
            made.order.save()
            tell_of(made.order, HappeningKind.ORDER_REFUNDED)
        return TransactionUpdate(errors=[])


class OrderMarkAsPaid(graphene.Mutation):
    """Notes that an order was paid in some other way."""

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str) -> OrderMarkAsPaid:
        """Nothing is left to pay."""
        require(info, MANAGE_ORDERS)
        order = order_named(id)
        if order is None:
            return OrderMarkAsPaid(errors=missing())
        order.total_charged_amount = order.total_gross_amount
        order.save()
        tell_of(order, HappeningKind.ORDER_FULLY_PAID)
        return OrderMarkAsPaid(order=order, errors=[])


class OrderFulfill(graphene.Mutation):
    """Hands an order over."""

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    order = graphene.Field(OrderType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, order: str, input: OrderFulfillInput) -> OrderFulfill:
        """All of it, whatever is named."""
        require(info, MANAGE_ORDERS)
        found = moved(order, "unfulfilled", "fulfilled")
        if found is None:
            return OrderFulfill(errors=missing("order"))
        tell_of(found, HappeningKind.ORDER_FULFILLED)
        return OrderFulfill(order=found, errors=[])


class PayingMutations:
    """Joined to the store's own."""

    checkout_lines_update = CheckoutLinesUpdate.Field()
    checkout_complete = CheckoutComplete.Field()
    transaction_create = TransactionCreate.Field()
    transaction_update = TransactionUpdate.Field()
    order_mark_as_paid = OrderMarkAsPaid.Field()
    order_fulfill = OrderFulfill.Field()
