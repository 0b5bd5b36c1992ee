"""Saleor's mutations of what is in stock and of gift cards."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import GiftCard
from saleor_custom_events.hosts.sandbox.orders import SellingError, missing, variant_named
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.store.happenings import HappeningKind


class StockInput(graphene.InputObjectType):
    """How many there are; the sandbox has one warehouse."""

    warehouse = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class PriceInput(graphene.InputObjectType):
    """An amount."""

    amount = graphene.Float(required=True)
    currency = graphene.String(required=True)


class GiftCardCreateInput(graphene.InputObjectType):
    """What the staff write of a gift card."""

    balance = PriceInput(required=True)
    user_email = graphene.String()
    channel = graphene.String()
    is_active = graphene.Boolean(required=True)


class ProductVariantStocksUpdate(graphene.Mutation):
    """Counts anew."""

    class Arguments:
        variant_id = graphene.ID(required=True)
        stocks = graphene.NonNull(graphene.List(graphene.NonNull(StockInput)))

    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, variant_id: str, stocks: list[StockInput]) -> ProductVariantStocksUpdate:
        """Tell where there are some again."""
        require(info, "MANAGE_PRODUCTS")
        variant = variant_named(variant_id)
        if variant is None:
            return ProductVariantStocksUpdate(errors=missing("variantId"))
        before, variant.quantity = variant.quantity, sum(stock["quantity"] for stock in stocks)
        variant.save()
        if before == 0 and variant.quantity:
            tell(HappeningKind.BACK_IN_STOCK, variant_id)
        return ProductVariantStocksUpdate(errors=[])


class GiftCardCreate(graphene.Mutation):
    """Makes a gift card."""

    class Arguments:
        input = GiftCardCreateInput(required=True)

    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, input: GiftCardCreateInput) -> GiftCardCreate:
        """Its code is made up."""
        require(info, "MANAGE_GIFT_CARD")
        card = GiftCard.objects.create(
            code=token_hex(8), balance=input["balance"]["amount"], currency=input["balance"]["currency"]
        )
        tell(HappeningKind.GIFT_CARD_CREATED, global_id("GiftCard", card.pk))
        return GiftCardCreate(errors=[])


class StockingMutations:
    """Joined to the store's own."""

    product_variant_stocks_update = ProductVariantStocksUpdate.Field()
    gift_card_create = GiftCardCreate.Field()
