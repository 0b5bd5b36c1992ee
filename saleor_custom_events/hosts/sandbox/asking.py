"""Who asks the store's GraphQL, and what they may see."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, ResolveInfo

from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import key_of
from saleor_custom_events.store.callers import Caller, CallerKind


class PermissionDenied(GraphQLError):
    """Its name is the code that callers see, as in Saleor."""


def asking_caller(info: Any) -> Caller:
    """Say who asks. An invalid token is an error in Saleor as well: raises PermissionDenied."""
    try:
        return caller_of(info.context)
    except Refused as refused:
        raise PermissionDenied(refused.message) from refused


def asking_user(info: ResolveInfo) -> User | None:
    """Give the customer or member of staff whose token came along; None for everybody else."""
    caller = asking_caller(info)
    if caller.kind not in (CallerKind.CUSTOMER, CallerKind.STAFF):
        return None
    return User.objects.filter(pk=key_of("User", caller.id)).first()


def require(info: ResolveInfo, permission: str) -> None:
    """Raise PermissionDenied where whoever asks has not got `permission`."""
    if permission not in asking_caller(info).permissions:
        raise PermissionDenied(f"To access this path, you need the following permission: {permission}")


def require_staff(info: ResolveInfo) -> None:
    """Raise PermissionDenied for everybody but staff and apps."""
    if asking_caller(info).kind not in (CallerKind.STAFF, CallerKind.APP):
        raise PermissionDenied(
            "To access this path, you need one of the following permissions: "
            "AUTHENTICATED_STAFF_USER, AUTHENTICATED_APP"
        )
