"""Saleor's mutations by which carts become orders and orders are paid, handed over and paid back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import graphene
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import Checkout, CheckoutLine, Order, OrderLine, Transaction
from saleor_custom_events.hosts.sandbox.selling import (
    MANAGE_ORDERS,
    CheckoutType,
    OrderType,
    SellingError,
    variant_named,
)
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_in, key_of
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


def _missing(field: str = "id") -> SellingError:
    return SellingError(field=field, message="There is no such thing", code="NOT_FOUND")


def _checkout_named(identifier: str) -> Checkout | None:
    key = key_in("Checkout", identifier)
    return Checkout.objects.filter(pk=key).first() if key else None


def _tell(kind: HappeningKind, order: Order) -> None:
    tell(kind, global_id("Order", order.pk))


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
            return CheckoutLinesUpdate(errors=[_missing()])
        for line in lines:
            variant = variant_named(line["variant_id"])
            if line["quantity"] > 0 and variant is not None:
                CheckoutLine.objects.update_or_create(
                    checkout=checkout, variant=variant, defaults={"quantity": line["quantity"]}
                )
            else:
                CheckoutLine.objects.filter(checkout=checkout, variant=variant).delete()
        checkout.lines = checkout.items.count()
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
            return CheckoutComplete(errors=[_missing()])
        lines = list(checkout.items.select_related("variant"))
        order = Order.objects.create(
            user=checkout.user,
            user_email=checkout.email or "",
            status="unfulfilled",
            currency=lines[0].variant.currency,
            total_gross_amount=sum((line.variant.price * line.quantity for line in lines), Decimal(0)),
        )
        OrderLine.objects.bulk_create(
            OrderLine(order=order, variant=line.variant, quantity=line.quantity, unit_price=line.variant.price)
            for line in lines
        )
        Transaction.objects.filter(checkout=checkout).update(order=order, checkout=None)
        checkout.delete()
        _tell(HappeningKind.ORDER_CREATED, order)
        _tell(HappeningKind.ORDER_CONFIRMED, order)
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
        order = Order.objects.filter(pk=key_of("Order", id)).first()
        checkout = _checkout_named(id)
        if order is None and checkout is None:
            return TransactionCreate(errors=[_missing()])
        made = Transaction.objects.create(order=order, checkout=checkout)
        if order is not None:
            order.total_charged_amount += Decimal(str(transaction["amount_charged"]["amount"]))
            order.save()
            _tell(HappeningKind.ORDER_PAID, order)
            if order.total_charged_amount >= order.total_gross_amount:
                _tell(HappeningKind.ORDER_FULLY_PAID, order)
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
            return TransactionUpdate(errors=[_missing("token")])
        if transaction.get("amount_refunded"):
            made.order.total_charged_amount -= Decimal(str(transaction["amount_refunded"]["amount"]))
            made.order.save()
            _tell(HappeningKind.ORDER_REFUNDED, made.order)
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
        order = Order.objects.filter(pk=key_of("Order", id)).first()
        if order is None:
            return OrderMarkAsPaid(errors=[_missing()])
        order.total_charged_amount = order.total_gross_amount
        order.save()
        _tell(HappeningKind.ORDER_FULLY_PAID, order)
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
        found = Order.objects.filter(pk=key_of("Order", order), status="unfulfilled").first()
        if found is None:
            return OrderFulfill(errors=[_missing("order")])
        found.status = "fulfilled"
        found.save()
        _tell(HappeningKind.ORDER_FULFILLED, found)
        return OrderFulfill(order=found, errors=[])


class PayingMutations:
    """Joined to the store's own."""

    checkout_lines_update = CheckoutLinesUpdate.Field()
    checkout_complete = CheckoutComplete.Field()
    transaction_create = TransactionCreate.Field()
    transaction_update = TransactionUpdate.Field()
    order_mark_as_paid = OrderMarkAsPaid.Field()
    order_fulfill = OrderFulfill.Field()
