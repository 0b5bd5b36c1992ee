"""Saleor's mutations of customers and of metadata, as much of them as happenings are told of."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import Model
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox.asking import require
from saleor_custom_events.hosts.sandbox.models import User, Variant
from saleor_custom_events.hosts.sandbox.orders import MANAGE_ORDERS, SellingError, missing, order_named
from saleor_custom_events.hosts.sandbox.telling import tell
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_of
from saleor_custom_events.hosts.told import person
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import ObjectKind

MANAGE_USERS = "MANAGE_USERS"


class CustomerId(graphene.ObjectType):
    """A customer who was made, or is gone."""

    class Meta:
        name = "CustomerOfMutation"

    id = graphene.ID(required=True)


class UserCreateInput(graphene.InputObjectType):
    """What the staff write of a customer."""

    email = graphene.String()
    first_name = graphene.String()
    last_name = graphene.String()


class MetadataInput(graphene.InputObjectType):
    """One entry."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class CustomerCreate(graphene.Mutation):
    """Makes an account, as the staff do."""

    class Arguments:
        input = UserCreateInput(required=True)

    user = graphene.Field(CustomerId)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, input: UserCreateInput) -> CustomerCreate:
        """Make it without a password: nobody logs in."""
        require(info, MANAGE_USERS)
        user = User.objects.create_user(
            input["email"], first_name=input.get("first_name") or "", last_name=input.get("last_name") or ""
        )
        tell(HappeningKind.CUSTOMER_CREATED, global_id("User", user.pk))
        return CustomerCreate(user=CustomerId(id=global_id("User", user.pk)), errors=[])


class CustomerDelete(graphene.Mutation):
    """Deletes an account."""

    class Arguments:
        id = graphene.ID(required=True)

    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str) -> CustomerDelete:
        """Tell who it was."""
        require(info, MANAGE_USERS)
        user = User.objects.filter(pk=key_of("User", id), is_staff=False).first()
        if user is None:
            return CustomerDelete(errors=missing())
        remembered = {"email": user.email, **person(user)}
        user.delete()
        tell(HappeningKind.CUSTOMER_DELETED, id, remembered=remembered)
        return CustomerDelete(errors=[])


class UpdateMetadata(graphene.Mutation):
    """Merges entries into the public metadata of a customer, an order or a product."""

    class Arguments:
        id = graphene.ID(required=True)
        input = graphene.NonNull(graphene.List(graphene.NonNull(MetadataInput)))

    errors = graphene.NonNull(graphene.List(graphene.NonNull(SellingError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str, input: list[MetadataInput]) -> UpdateMetadata:
        """Keep what is there."""
        entries = {entry["key"]: entry["value"] for entry in input}
        for kind, row in _named(id):
            require(info, _NEEDED[kind])
            row.metadata = {**row.metadata, **entries}
            row.save(update_fields=["metadata"])
            tell(HappeningKind[f"{_TOLD_AS[kind]}_METADATA_CHANGED"], id, metadata=row.metadata)
            return UpdateMetadata(errors=[])
        return UpdateMetadata(errors=missing())


_NEEDED = {
    ObjectKind.CUSTOMER: MANAGE_USERS,
    ObjectKind.ORDER: MANAGE_ORDERS,
    ObjectKind.PRODUCT: "MANAGE_PRODUCTS",
}
_TOLD_AS = {ObjectKind.CUSTOMER: "CUSTOMER", ObjectKind.ORDER: "ORDER", ObjectKind.PRODUCT: "PRODUCT"}


def _named(identifier: str) -> list[tuple[ObjectKind, Any]]:
    """Give what has this id; a product's metadata stands with its first variant."""
    rows: dict[ObjectKind, Model | None] = {
        ObjectKind.CUSTOMER: User.objects.filter(pk=key_of("User", identifier)).first(),
        ObjectKind.ORDER: order_named(identifier),
        ObjectKind.PRODUCT: Variant.objects.filter(product_id=key_of("Product", identifier)).order_by("pk").first(),
    }
    return [(kind, row) for kind, row in rows.items() if row is not None]


class AccountMutations:
    """Joined to the store's own."""

    customer_create = CustomerCreate.Field()
    customer_delete = CustomerDelete.Field()
    update_metadata = UpdateMetadata.Field()
