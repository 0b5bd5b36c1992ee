"""Who calls, from the store's own tokens: the sandbox's answer to `Host.caller`."""

from __future__ import annotations

from django.http import HttpRequest

from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.store.callers import ANONYMOUS, Caller, CallerKind

PREFIXES = ("jwt", "bearer")


def token_of(request: HttpRequest) -> str:
    """Give the token of a request, or an empty text; `Authorization-Bearer` comes first, as in Saleor."""
    direct: str = request.META.get("HTTP_AUTHORIZATION_BEARER", "")
    if direct:
        return direct
    kind, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if kind.lower() in PREFIXES else ""


def caller_of(request: HttpRequest) -> Caller:
    """See `Host.caller`. Raises Refused 401 `INVALID_TOKEN`."""
    token = token_of(request)
    if not token:
        return ANONYMOUS
    if len(token) == tokens.APP_TOKEN_LENGTH:
        return _app(token)
    try:
        bearer = tokens.bearer_of(token)
    except tokens.InvalidToken as error:
        raise Refused(401, "INVALID_TOKEN", f"The token is not valid: {error}") from error
    return _user(bearer)


def _app(token: str) -> Caller:
    app = tokens.app_of(token)
    if app is None:
        raise Refused(401, "INVALID_TOKEN", "No active app has this token")
    return Caller(
        kind=CallerKind.APP,
        id=tokens.global_id("App", app.pk),
        name=app.name,
        permissions=frozenset(app.permissions),
    )


def _user(bearer: tokens.Bearer) -> Caller:
    user = bearer.user
    identifier = tokens.global_id("User", user.pk)
    if bearer.is_staff:
        return Caller(kind=CallerKind.STAFF, id=identifier, name=user.email, permissions=bearer.permissions)
    return Caller(
        kind=CallerKind.CUSTOMER,
        id=identifier,
        name=user.email,
        customer_id=identifier,
        customer_email=user.email,
    )
