"""Saleor's query `voucher`, as much of it as shows which codes there are."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import Voucher, VoucherCode

MANAGE_DISCOUNTS = "MANAGE_DISCOUNTS"


class VoucherCodeType(graphene.ObjectType):
    """One code."""

    class Meta:
        name = "VoucherCode"

    code = graphene.String()
    is_active = graphene.Boolean()


class VoucherCodeCountableEdge(graphene.ObjectType):
    """Relay's edge."""

    node = graphene.Field(VoucherCodeType, required=True)


class VoucherCodeCountableConnection(graphene.ObjectType):
    """Relay's connection, of one page."""

    edges = graphene.NonNull(graphene.List(graphene.NonNull(VoucherCodeCountableEdge)))


class VoucherType(graphene.ObjectType):
    """A voucher."""

    class Meta:
        name = "Voucher"

    id = graphene.ID(required=True)
    name = graphene.String()
    codes = graphene.Field(VoucherCodeCountableConnection, first=graphene.Int(required=True))

    def resolve_id(self: Voucher, info: ResolveInfo) -> str:
        """Give Saleor's global id."""
        return tokens.global_id("Voucher", self.pk)

    def resolve_codes(self: Voucher, info: ResolveInfo, first: int) -> VoucherCodeCountableConnection:
        """Give the first codes; at most 100, as in Saleor."""
        page = VoucherCode.objects.filter(voucher=self).order_by("code")[: min(max(first, 0), 100)]
        return VoucherCodeCountableConnection(edges=[VoucherCodeCountableEdge(node=code) for code in page])


class VoucherQueries:
    """Joined to the store's own."""

    voucher = graphene.Field(VoucherType, id=graphene.ID(required=True))

    @staticmethod
    def resolve_voucher(root: Any, info: ResolveInfo, id: str) -> Voucher | None:
        """Find one, for whoever may see discounts."""
        require(info, MANAGE_DISCOUNTS)
        return Voucher.objects.filter(pk=tokens.key_of("Voucher", id)).first()
