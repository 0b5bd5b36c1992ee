"""Signing what goes out, as https://github.com/standard-webhooks/standard-webhooks says."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from saleor_custom_events.errors import ActionError, Fault


class Signing(Protocol):
    """What a signature is made of; `actions.base.Services` has all of it."""

    #: Stable for this step of this invocation, the same in every try.
    key: str
    #: The clock at this try, aware, UTC.
    now: datetime
    #: `whsec_` + base64; empty: it is not signed.
    webhook_secret: str

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the shop's signature of `body`."""


def standard_headers(services: Signing, body: bytes) -> Mapping[str, str]:
    """Give id and timestamp, and the signature where there is a secret.

    The id is the step's key, the same in every try; the timestamp is the try's. ActionError, our own fault, where
    the secret is no base64.
    """
    headers = {"webhook-id": services.key, "webhook-timestamp": str(int(services.now.timestamp()))}
    if services.webhook_secret:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mac = hmac.new(_key(services.webhook_secret), signed, hashlib.sha256).digest()
        headers["webhook-signature"] = "v1," + base64.b64encode(mac).decode()
    return headers


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        message = "The webhook secret is no base64: nothing can be signed."
        raise ActionError(message, code="BAD_SECRET", again=True, fault=Fault.OURSELVES) from None
