"""Tokens as Saleor makes and reads them: JWT of users, 30 characters of apps.

Rules after `saleor/core/jwt.py` and `saleor/core/auth_backend.py` (3.23); signed by HMAC here, not by RSA.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import jwt
from django.conf import settings

from saleor_custom_events.hosts.sandbox import permissions
from saleor_custom_events.hosts.sandbox.models import App, User

Type = Literal["access", "refresh", "thirdparty"]
LIFETIMES: dict[Type, timedelta] = {
    "access": timedelta(minutes=5),
    "refresh": timedelta(days=30),
    "thirdparty": timedelta(seconds=settings.THIRDPARTY_TOKEN_SECONDS),
}
APP_TOKEN_LENGTH = 30


class InvalidToken(Exception):
    """The token proves nothing; the text says why, for a developer."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A user whom a token proves, with what the token lets through of the user's permissions."""

    user: User
    permissions: frozenset[str]
    is_staff: bool


def global_id(kind: str, key: object) -> str:
    """Give Relay's id as Saleor writes it: `VXNlcjox` is User 1."""
    return base64.b64encode(f"{kind}:{key}".encode()).decode()


def key_of(kind: str, identifier: str) -> int:
    """Give the primary key that a global id of `kind` names; 0, which nobody has, for any other text."""
    try:
        name, _, key = base64.b64decode(identifier, validate=True).decode().partition(":")
        return int(key) if name == kind and key.isascii() and key.isdigit() and len(key) < 10 else 0
    except (binascii.Error, UnicodeError, ValueError):
        return 0


def key_in(kind: str, identifier: str) -> str:
    """Give the key that a global id of `kind` names, a number or a UUID; empty for any other text."""
    try:
        name, _, key = base64.b64decode(identifier, validate=True).decode().partition(":")
        return key if name == kind and (key_of(kind, identifier) or str(UUID(key)) == key) else ""
    except (binascii.Error, UnicodeError, ValueError):
        return ""


def user_token(
    user: User, type: Type = "access", *, narrowed: Iterable[str] | None = None, app: App | None = None
) -> str:
    """Make a user's token; `narrowed` lets through only these permissions, `app` is who acts for the user."""
    now = datetime.now(UTC)
    payload: dict[str, Any] = {
        "iat": now,
        "exp": now + LIFETIMES[type],
        "owner": "saleor",
        "iss": f"{settings.PUBLIC_URL}/graphql/",
        "token": user.jwt_token_key,
        "email": user.email,
        "type": type,
        "user_id": global_id("User", user.pk),
        "is_staff": user.is_staff,
    }
    if narrowed is not None:
        payload["permissions"] = sorted(narrowed)
    if app is not None:
        payload["app"] = global_id("App", app.pk)
        payload["user_permissions"] = sorted(held(user))
    return jwt.encode(payload, settings.SECRET_KEY, algorithm="HS256")


def held(user: User) -> frozenset[str]:
    """Give the permissions of a user whose token is not narrowed."""
    return permissions.ALL if user.is_superuser else frozenset(user.permissions)


def bearer_of(token: str, *, types: tuple[Type, ...] = ("access", "thirdparty")) -> Bearer:
    """Read a user's token. Raises InvalidToken: garbage, expired, tampered with, of another type, too old."""
    try:
        payload = jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"], options={"require": ["exp"]})
    except jwt.PyJWTError as error:
        raise InvalidToken(str(error)) from error
    if payload.get("owner") != "saleor" or payload.get("type") not in types:
        raise InvalidToken("A token of this type is not accepted here")
    user = User.objects.filter(email=payload.get("email"), is_active=True).first()
    if user is None or user.jwt_token_key != payload.get("token"):
        raise InvalidToken("The user is gone, inactive, or has made old tokens invalid")
    _check_app(payload.get("app"))
    narrowed = payload.get("permissions")
    allowed = held(user) if narrowed is None else held(user) & frozenset(narrowed)
    return Bearer(user=user, permissions=allowed, is_staff=user.is_staff)


def _check_app(identifier: str | None) -> None:
    if identifier is None:
        return
    if not App.objects.filter(pk=key_of("App", identifier), is_active=True).exists():
        raise InvalidToken("The app that the token was made for is gone or inactive")


def app_of(token: str) -> App | None:
    """Find the active app of a token of 30 characters."""
    return App.objects.filter(token_digest=App.digest(token), is_active=True).first()
