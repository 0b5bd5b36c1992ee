"""Who is calling, by Saleor's own tokens.

Saleor decides what a token is worth; this module asks it in the way its GraphQL view does, and closes what
Saleor leaves to its callers: an app switched off after it was given a token, and permissions that a token was
narrowed to.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import graphene
import jwt
from django.http import HttpRequest
from redis.exceptions import RedisError
from saleor.account.models import User
from saleor.app.models import App
from saleor.core.auth import get_token_from_request
from saleor.core.db.connection import allow_writer
from saleor.core.jwt import APP_KEY_FIELD
from saleor.graphql.app.dataloaders import get_app_promise
from saleor.graphql.context import get_context_value
from saleor.graphql.core.context import get_database_connection_name

from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.callers import ANONYMOUS, Caller, CallerKind

logger = logging.getLogger(__name__)

#: What reading a token may raise beside PyJWT's own errors: claims that are missing, are of another type or
#: name permissions that this Saleor does not know, and JSON that is nested too deep to read.
UNREADABLE = (LookupError, TypeError, ValueError, RecursionError)
BACK_IN = timedelta(seconds=5)


def caller_of(request: HttpRequest) -> Caller:
    """Say who calls. Raises Refused 401 `INVALID_TOKEN` where there is a token that is not good."""
    if not get_token_from_request(request):
        return ANONYMOUS
    with allow_writer():
        try:
            _prepare(request)
            user: User | None = None if request.app else _user_of(request)  # type: ignore[attr-defined]
        except jwt.PyJWTError as error:
            raise _invalid_token() from error
        except UNREADABLE as error:
            logger.warning("A token could not be read: %s", type(error).__name__)
            raise _invalid_token() from error
        except RedisError as error:
            # Saleor remembers in its cache which app a token belongs to, and cannot tell without.
            raise Refused(503, "BUSY", "Try again shortly.", retry_after=BACK_IN) from error
        if request.app:  # type: ignore[attr-defined]
            return _app_caller(request, request.app)  # type: ignore[attr-defined]
        if user is None:
            raise _invalid_token()
        return _user_caller(request, user)


def _prepare(request: Any) -> None:
    """Give the request what Saleor's own view gives it. Nothing is done where that view has been."""
    if hasattr(request, "decoded_auth_token"):
        return
    if not hasattr(request, "dataloaders"):
        request.dataloaders = {}
    request.app = get_app_promise(request).get()
    get_context_value(request)


def _user_of(request: Any) -> User | None:
    # `request.user` is lazy: the token is read, and found wanting, when it is touched.
    if not request.user or not request.user.is_active:
        return None
    payload = request.decoded_auth_token or {}
    app_id = payload.get(APP_KEY_FIELD)
    if app_id and not _is_app_active(request, app_id):
        return None
    user: User = request.user
    return user


def _is_app_active(request: HttpRequest, global_id: str) -> bool:
    apps = App.objects.using(get_database_connection_name(request))
    return bool(apps.filter(pk=number_in(global_id, "App"), is_active=True, removed_at=None).exists())


def _app_caller(request: HttpRequest, app: App) -> Caller:
    permissions = app.permissions.using(get_database_connection_name(request))
    return Caller(
        kind=CallerKind.APP,
        id=graphene.Node.to_global_id("App", app.pk),
        name=app.name or "",
        permissions=_codes(permissions),
    )


def _user_caller(request: HttpRequest, user: User) -> Caller:
    global_id = graphene.Node.to_global_id("User", user.pk)
    if not user.is_staff:
        return Caller(
            kind=CallerKind.CUSTOMER,
            id=global_id,
            name=user.email,
            customer_id=global_id,
            customer_email=user.email,
        )
    permissions = user.effective_permissions.using(get_database_connection_name(request))
    return Caller(kind=CallerKind.STAFF, id=global_id, name=user.email, permissions=_codes(permissions))


def _codes(permissions: Any) -> frozenset[str]:
    codenames = permissions.order_by().prefetch_related(None).values_list("codename", flat=True)
    return frozenset(codename.upper() for codename in codenames)


def _invalid_token() -> Refused:
    return Refused(401, "INVALID_TOKEN", "The token is not valid: get a new one from Saleor.")
