"""Who may be sent marketing: consent in the store's metadata, and our own list of those who unsubscribed.

Saleor knows no marketing consent. Where the operator names a key of the customer's public metadata (CONSENT_KEY), a
customer without a yes there is sent none; and whoever unsubscribed is sent none, whatever the metadata says, until
they take it back themselves.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare

from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.models import Suppression
from saleor_custom_events.scenarios.signs import Sign, address_digest
from saleor_custom_events.signs import tell
from saleor_custom_events.store.customers import Customer

_YES = frozenset({"true", "1", "yes", "on"})
_DIGEST = 32
_MAC = 16


def has_consented(customer: Customer | None) -> bool:
    """Say whether a customer may be sent marketing as far as the store knows; True where nobody asks the store."""
    if not settings.CONSENT_KEY:
        return True
    return is_yes(customer.metadata.get(settings.CONSENT_KEY) if customer else None)


def is_yes(said: object) -> bool:
    """Say whether what stands in metadata agrees."""
    return str(said).strip().lower() in _YES


def is_suppressed(email: str) -> bool:
    """Say whether somebody unsubscribed this address."""
    return Suppression.objects.filter(digest=address_digest(email)).exists()


def unsubscribed_at(digests: Collection[bytes]) -> Mapping[bytes, datetime]:
    """Give when addresses were unsubscribed, by their digests; those that are not are left out."""
    rows = Suppression.objects.filter(digest__in=digests) if digests else ()
    return {bytes(row.digest): row.created_at for row in rows}


_SUPPRESS = """
INSERT INTO saleor_custom_events_suppression (digest, created_at) VALUES (%s, statement_timestamp())
ON CONFLICT DO NOTHING"""


def suppress(digest: bytes) -> None:
    """Send no more marketing to an address, and let go of whoever's scenarios end with that (exit rules).

    Saying it twice is saying it once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SUPPRESS, (digest,))
        # Whoever looks goes by when it was said first: what was said before lets go of nobody more.
        if cursor.rowcount:
            tell(Sign.CONSENT_WITHDRAWN, [digest.hex()], database_now())


def release(digest: bytes) -> None:
    """Take it back: they want marketing after all."""
    Suppression.objects.filter(digest=digest).delete()


def token_of(email: str) -> str:
    """Give what stands in the link: the address's digest and our signature, good for ever, naming nobody in clear."""
    digest = address_digest(email)
    return base64.urlsafe_b64encode(digest + _mac(digest, django_settings.SECRET_KEY)).decode().rstrip("=")


def digest_in(token: str) -> bytes | None:
    """Give the digest that a token of ours is about; None for anything else. Old secrets of Django's are good too."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    digest, mac = raw[:_DIGEST], raw[_DIGEST:]
    secrets = [django_settings.SECRET_KEY, *getattr(django_settings, "SECRET_KEY_FALLBACKS", ())]
    good = any(constant_time_compare(mac, _mac(digest, secret)) for secret in secrets)
    return digest if good and len(raw) == _DIGEST + _MAC else None


def _mac(digest: bytes, secret: str) -> bytes:
    key = hashlib.sha256(b"saleor_custom_events.unsubscribe" + secret.encode()).digest()
    return hmac.new(key, digest, hashlib.sha256).digest()[:_MAC]
