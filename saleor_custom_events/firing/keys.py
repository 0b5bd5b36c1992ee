"""Keys: making them, and knowing whose they are."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from saleor_custom_events.errors import Refused
from saleor_custom_events.models import Key, KeyType
from saleor_custom_events.store.callers import Caller, CallerKind, KeyBinding

PREFIXES = {KeyType.STOREFRONT: "sce_pk_", KeyType.SERVER: "sce_sk_"}
_KINDS = {KeyType.STOREFRONT: CallerKind.STOREFRONT_KEY, KeyType.SERVER: CallerKind.SERVER_KEY}
#: "Last used" is kept to the minute, so that a key in use costs no write a call.
_USE = timedelta(minutes=1)


def new_key(kind: KeyType) -> tuple[str, str, bytes]:
    """Make a key: itself (50 characters, shown once), its first characters, and the digest that is kept.

    Never 30 characters long: by that length Saleor knows its own app tokens.
    """
    secret = PREFIXES[kind] + secrets.token_urlsafe(32)
    return secret, secret[:12], digest_of(secret)


def digest_of(secret: str) -> bytes:
    """Give the digest under which a key is stored."""
    return hashlib.sha256(secret.encode()).digest()


def is_key(credential: str) -> bool:
    """Say whether a bearer credential is one of ours, by its form alone."""
    return credential.startswith(tuple(PREFIXES.values()))


def caller_of_key(secret: str) -> Caller:
    """Say who calls with this key. Refused 401 INVALID_KEY, also for one that was revoked.

    The comparison is an index look-up of a SHA-256 digest of 256 random bits: its timing tells nothing useful.
    """
    key = Key.objects.filter(digest=digest_of(secret), revoked_at__isnull=True).first()
    if key is None:
        raise Refused(401, "INVALID_KEY", "There is no such key, or it was revoked.")
    now = datetime.now(UTC)
    if key.last_used_at is None or key.last_used_at < now - _USE:
        unused = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _USE)
        Key.objects.filter(unused, pk=key.pk).update(last_used_at=now)
    return Caller(
        kind=_KINDS[KeyType(key.type)],
        id=str(key.pk),
        name=key.name,
        binding=KeyBinding(channels=tuple(key.channels), origins=tuple(key.origins), fields=tuple(key.allowed_fields)),
    )
