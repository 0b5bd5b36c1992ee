"""What a dashboard asks the store's `/graphql/` of apps: as much of Saleor's schema (3.23) as it needs."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import QuerySet
from graphene.types.generic import GenericScalar
from graphql import ResolveInfo

from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.asking import asking_caller, asking_user, require_staff
from saleor_custom_events.hosts.sandbox.models import App, AppExtension, AppType
from saleor_custom_events.store.dashboard import Target


class PermissionType(graphene.ObjectType):
    """A permission."""

    class Meta:
        name = "Permission"

    code = graphene.String(required=True)
    name = graphene.String(required=True)


def permissions_of(codes: list[str]) -> list[PermissionType]:
    """Give permissions as the schema shows them: `MANAGE_APPS`, “Manage apps”."""
    return [PermissionType(code=code, name=code.replace("_", " ").capitalize()) for code in sorted(codes)]


class AppExtensionType(graphene.ObjectType):
    """An entry in the dashboard's navigation, or a card on one of its pages."""

    class Meta:
        name = "AppExtension"

    id = graphene.ID(required=True)
    label = graphene.String(required=True)
    identifier = graphene.String()
    url = graphene.String(required=True)
    mount_name = graphene.String(required=True)
    target_name = graphene.String(required=True)
    permissions = graphene.NonNull(graphene.List(graphene.NonNull(PermissionType)))
    access_token = graphene.String()
    settings = GenericScalar(required=True)
    app = graphene.Field(lambda: AppGraphType, required=True)

    def resolve_id(self: AppExtension, info: ResolveInfo) -> str:
        return tokens.global_id("AppExtension", self.pk)

    def resolve_mount_name(self: AppExtension, info: ResolveInfo) -> str:
        return self.mount.upper()

    def resolve_target_name(self: AppExtension, info: ResolveInfo) -> str:
        return self.target.upper()

    def resolve_settings(self: AppExtension, info: ResolveInfo) -> dict[str, Any]:
        return {"widgetTarget": {"method": "GET"}} if self.target == Target.WIDGET else {}

    def resolve_permissions(self: AppExtension, info: ResolveInfo) -> list[PermissionType]:
        return permissions_of(self.permissions)

    def resolve_access_token(self: AppExtension, info: ResolveInfo) -> str | None:
        """Give a token for the extension's own permissions, to users who hold all of them."""
        user = asking_user(info)
        if user is None or not asking_caller(info).permissions.issuperset(self.permissions):
            return None
        return tokens.user_token(user, "thirdparty", narrowed=self.permissions, app=self.app)


class AppGraphType(graphene.ObjectType):
    """An app."""

    class Meta:
        name = "App"

    id = graphene.ID(required=True)
    identifier = graphene.String()
    name = graphene.String()
    type = graphene.String()
    is_active = graphene.Boolean()
    app_url = graphene.String()
    about_app = graphene.String()
    author = graphene.String()
    version = graphene.String()
    permissions = graphene.List(graphene.NonNull(PermissionType))
    extensions = graphene.NonNull(graphene.List(graphene.NonNull(AppExtensionType)))
    access_token = graphene.String()

    def resolve_id(self: App, info: ResolveInfo) -> str:
        return tokens.global_id("App", self.pk)

    def resolve_type(self: App, info: ResolveInfo) -> str:
        return self.type.upper()

    def resolve_permissions(self: App, info: ResolveInfo) -> list[PermissionType]:
        return permissions_of(self.permissions)

    def resolve_extensions(self: App, info: ResolveInfo) -> QuerySet[AppExtension]:
        return self.extensions.select_related("app").order_by("pk")

    def resolve_access_token(self: App, info: ResolveInfo) -> str | None:
        """Give staff the token for the app's pages: what both may do. Other apps than THIRDPARTY have none.

        A narrowed token gives no wider one, as in Saleor.
        """
        user = asking_user(info)
        if user is None or not user.is_staff or self.type != AppType.THIRDPARTY:
            return None
        both = asking_caller(info).permissions & frozenset(self.permissions)
        return tokens.user_token(user, "thirdparty", narrowed=both, app=self)


class AppExtensionEdge(graphene.ObjectType):
    """Relay's edge."""

    class Meta:
        name = "AppExtensionCountableEdge"

    node = graphene.Field(AppExtensionType, required=True)


class AppExtensionConnection(graphene.ObjectType):
    """Relay's connection, of one page."""

    class Meta:
        name = "AppExtensionCountableConnection"

    edges = graphene.NonNull(graphene.List(graphene.NonNull(AppExtensionEdge)))


class AppExtensionFilterInput(graphene.InputObjectType):
    """Which extensions."""

    mount_name = graphene.List(graphene.NonNull(graphene.String))


class AppQueries:
    """Saleor's queries for apps."""

    app = graphene.Field(AppGraphType, id=graphene.ID())
    app_extensions = graphene.Field(
        AppExtensionConnection, filter=AppExtensionFilterInput(), first=graphene.Int(required=True)
    )

    @staticmethod
    def resolve_app(root: Any, info: ResolveInfo, id: str | None = None) -> App | None:
        require_staff(info)
        return App.objects.filter(pk=tokens.key_of("App", id or "")).first()

    @staticmethod
    def resolve_app_extensions(root: Any, info: ResolveInfo, first: int, filter: Any = None) -> AppExtensionConnection:
        """Give the extensions of active apps, in the order in which they were made."""
        require_staff(info)
        found = AppExtension.objects.filter(app__is_active=True).select_related("app").order_by("pk")
        if filter and filter.mount_name is not None:
            found = found.filter(mount__in=[name.lower() for name in filter.mount_name])
        return AppExtensionConnection(edges=[AppExtensionEdge(node=one) for one in found[: min(max(first, 0), 100)]])
