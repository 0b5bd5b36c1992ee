"""The store's own `/graphql/`: as much of Saleor's schema as custom events touch, and our fields joined to it."""

from __future__ import annotations

import json
from typing import Any

import graphene
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from graphql import ResolveInfo

from saleor_custom_events.doors.graphql.schema import CustomEventMutations, CustomEventQueries
from saleor_custom_events.doors.graphql.view import format_error
from saleor_custom_events.extension.app import keep as keep_dashboard_app
from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.accounts import AccountMutations
from saleor_custom_events.hosts.sandbox.asking import asking_user, require
from saleor_custom_events.hosts.sandbox.dashboard.graphql import AppQueries, PermissionType, permissions_of
from saleor_custom_events.hosts.sandbox.host import PLUGIN_ID
from saleor_custom_events.hosts.sandbox.models import Plugin, User
from saleor_custom_events.hosts.sandbox.paying import PayingMutations
from saleor_custom_events.hosts.sandbox.selling import SellingMutations
from saleor_custom_events.hosts.sandbox.stocking import StockingMutations
from saleor_custom_events.hosts.sandbox.voucher_queries import VoucherQueries

#: Whose contract the sandbox keeps.
SALEOR_VERSION = "3.23.28"


class MetadataItem(graphene.ObjectType):
    """One entry of a user's metadata."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class UserType(graphene.ObjectType):
    """A customer or a member of staff."""

    class Meta:
        name = "User"

    id = graphene.ID(required=True)
    email = graphene.String(required=True)
    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    is_staff = graphene.Boolean(required=True)
    is_active = graphene.Boolean(required=True)
    external_reference = graphene.String()
    metadata = graphene.NonNull(graphene.List(graphene.NonNull(MetadataItem)))
    private_metadata = graphene.NonNull(graphene.List(graphene.NonNull(MetadataItem)))
    note = graphene.String()
    user_permissions = graphene.List(graphene.NonNull(PermissionType))

    def resolve_id(self: User, info: ResolveInfo) -> str:
        """Give Saleor's global id."""
        return tokens.global_id("User", self.pk)

    def resolve_metadata(self: User, info: ResolveInfo) -> list[MetadataItem]:
        """Give what anybody who sees the user may see."""
        return _items(self.metadata)

    def resolve_private_metadata(self: User, info: ResolveInfo) -> list[MetadataItem]:
        """Give what only staff may see."""
        require(info, "MANAGE_USERS")
        return _items(self.private_metadata)

    def resolve_note(self: User, info: ResolveInfo) -> str:
        """Give what only staff may see."""
        require(info, "MANAGE_USERS")
        return self.note

    def resolve_user_permissions(self: User, info: ResolveInfo) -> list[PermissionType]:
        """Give what the user may do."""
        return permissions_of(list(tokens.held(self)))


def _items(entries: dict[str, str]) -> list[MetadataItem]:
    return [MetadataItem(key=key, value=value) for key, value in entries.items()]


class UserCountableEdge(graphene.ObjectType):
    """Relay's edge."""

    node = graphene.Field(UserType, required=True)


class UserCountableConnection(graphene.ObjectType):
    """Relay's connection, of one page."""

    edges = graphene.NonNull(graphene.List(graphene.NonNull(UserCountableEdge)))


class Shop(graphene.ObjectType):
    """The store."""

    name = graphene.String(required=True)
    version = graphene.String(required=True)


class StoreQueries:
    """Saleor's queries that custom events and their tests need."""

    me = graphene.Field(UserType)
    user = graphene.Field(UserType, id=graphene.ID(), email=graphene.String(), external_reference=graphene.String())
    customers = graphene.Field(UserCountableConnection, first=graphene.Int(required=True))
    shop = graphene.Field(Shop, required=True)

    @staticmethod
    def resolve_me(root: Any, info: ResolveInfo) -> User | None:
        """Give the user whose token came along."""
        return asking_user(info)

    @staticmethod
    def resolve_user(root: Any, info: ResolveInfo, **given: str | None) -> User | None:
        """Find one user, by whichever is given."""
        require(info, "MANAGE_USERS")
        who = {name: value for name, value in given.items() if value is not None}
        if "id" in who:
            return User.objects.filter(pk=tokens.key_of("User", who["id"])).first()
        return User.objects.filter(**who).first() if who else None

    @staticmethod
    def resolve_customers(root: Any, info: ResolveInfo, first: int) -> UserCountableConnection:
        """Give the first customers, newest first; at most 100, as in Saleor."""
        require(info, "MANAGE_USERS")
        page = User.objects.filter(~Q(is_staff=True)).order_by("-pk")[: min(max(first, 0), 100)]
        return UserCountableConnection(edges=[UserCountableEdge(node=user) for user in page])

    @staticmethod
    def resolve_shop(root: Any, info: ResolveInfo) -> Shop:
        """Give what everybody may know."""
        return Shop(name="Sandbox store", version=SALEOR_VERSION)


class StoreError(graphene.ObjectType):
    """Saleor's shape of an error."""

    class Meta:
        name = "AccountError"

    field = graphene.String()
    message = graphene.String()
    code = graphene.String(required=True)


class CreateToken(graphene.Mutation):
    """Logs in by e-mail and password."""

    class Arguments:
        email = graphene.String(required=True)
        password = graphene.String(required=True)

    token = graphene.String()
    refresh_token = graphene.String()
    user = graphene.Field(UserType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(StoreError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, email: str, password: str) -> CreateToken:
        """Give an access and a refresh token."""
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None or not user.check_password(password):
            wrong = StoreError(field="email", message="Please, enter valid credentials", code="INVALID_CREDENTIALS")
            return CreateToken(errors=[wrong])
        return CreateToken(
            token=tokens.user_token(user),
            refresh_token=tokens.user_token(user, "refresh"),
            user=user,
            errors=[],
        )


class RefreshToken(graphene.Mutation):
    """Gives a new access token for a refresh token."""

    class Arguments:
        refresh_token = graphene.String(required=True)

    token = graphene.String()
    user = graphene.Field(UserType)
    errors = graphene.NonNull(graphene.List(graphene.NonNull(StoreError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, refresh_token: str) -> RefreshToken:
        """Give a token that is good for another five minutes."""
        try:
            user = tokens.bearer_of(refresh_token, types=("refresh",)).user
        except tokens.InvalidToken as error:
            wrong = StoreError(field="refreshToken", message=str(error), code="JWT_INVALID_TOKEN")
            return RefreshToken(errors=[wrong])
        return RefreshToken(token=tokens.user_token(user), user=user, errors=[])


class PluginUpdateInput(graphene.InputObjectType):
    """What can be changed of a plugin."""

    active = graphene.Boolean(required=True)


class PluginUpdate(graphene.Mutation):
    """Switches the plugin on and off, as the dashboard's plugin page does."""

    class Arguments:
        id = graphene.ID(required=True)
        input = PluginUpdateInput(required=True)

    errors = graphene.NonNull(graphene.List(graphene.NonNull(StoreError)))

    @staticmethod
    def mutate(root: Any, info: ResolveInfo, id: str, input: PluginUpdateInput) -> PluginUpdate:
        """Keep it in the database, where every process looks; the dashboard's app follows it."""
        require(info, "MANAGE_PLUGINS")
        if id != PLUGIN_ID:
            return PluginUpdate(errors=[StoreError(field="id", message="No such plugin", code="NOT_FOUND")])
        Plugin.objects.update_or_create(identifier=id, defaults={"active": input.active})
        keep_dashboard_app()
        return PluginUpdate(errors=[])


class Query(CustomEventQueries, StoreQueries, AppQueries, VoucherQueries, graphene.ObjectType):
    """Saleor's and ours."""


class Mutation(
    CustomEventMutations, SellingMutations, PayingMutations, StockingMutations, AccountMutations, graphene.ObjectType
):
    """Saleor's and ours."""

    token_create = CreateToken.Field()
    token_refresh = RefreshToken.Field()
    plugin_update = PluginUpdate.Field()


schema = graphene.Schema(query=Query, mutation=Mutation)


def answer(request: HttpRequest) -> HttpResponse:
    """Answer one GraphQL request in JSON; errors are shaped as Saleor shapes them."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    try:
        sent = json.loads(request.body)
        query, variables = sent["query"], sent.get("variables")
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"errors": [{"message": "Must provide a query string."}]}, status=400)
    result = schema.execute(
        query, variable_values=variables, operation_name=sent.get("operationName"), context_value=request
    )
    answered: dict[str, Any] = {"data": result.data}
    if result.errors:
        answered["errors"] = [format_error(error) for error in result.errors]
    return JsonResponse(answered, status=400 if result.invalid else 200)
