"""Who calls: our keys first, then the store's tokens."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.keys import caller_of_key, is_key
from saleor_custom_events.host import current_host
from saleor_custom_events.store.callers import Caller, CallerKind

_CALLER = "_custom_events_caller"


def caller_of(request: HttpRequest) -> Caller:
    """Say who calls, once a request. Refused 401 for a credential that is no good, 403 for a foreign origin."""
    known: Caller | None = getattr(request, _CALLER, None)
    if known is None:
        known = _caller_of(request)
        setattr(request, _CALLER, known)
    return known


def _caller_of(request: HttpRequest) -> Caller:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    credential = credential.strip()
    if not (scheme.lower() == "bearer" and is_key(credential)):
        return current_host().caller(request)
    caller = caller_of_key(credential)
    if caller.kind is CallerKind.SERVER_KEY:
        return caller
    try:
        return _with_customer(request, caller)
    except Refused as refused:
        refused.key = int(caller.id)
        raise


def caller_of_api_key(request: HttpRequest) -> Caller:
    """Say whose server key the header `x-api-key` holds. Refused 401, also for storefront keys: anybody has those."""
    secret = request.headers.get("x-api-key", "").strip()
    if not secret:
        raise Refused(401, "CREDENTIALS_REQUIRED", "Send a server key in the header x-api-key.")
    if not is_key(secret):
        raise Refused(401, "INVALID_KEY", "This is no key of custom events: staff make one that begins with sce_sk_.")
    caller = caller_of_key(secret)
    if caller.kind is not CallerKind.SERVER_KEY:
        refused = Refused(401, "INVALID_KEY", "This takes server keys only (sce_sk_…), and no storefront key.")
        refused.key = int(caller.id)
        raise refused
    return caller


def _with_customer(request: HttpRequest, caller: Caller) -> Caller:
    """Check a storefront key's origin, and add the customer whom a token beside it proves."""
    _check_origin(caller, request.headers.get("Origin"))
    if not request.headers.get("Authorization-Bearer"):
        return caller
    person = current_host().caller(request)
    if person.kind not in (CallerKind.CUSTOMER, CallerKind.STAFF):
        raise Refused(401, "INVALID_TOKEN", "The token in Authorization-Bearer is not a customer's.")
    # Staff who shop are customers here: beside a public key their token proves who they are and nothing more.
    return replace(caller, customer_id=person.id, customer_email=person.customer_email or person.name)


def _check_origin(caller: Caller, origin: str | None) -> None:
    allowed = caller.binding.origins
    if allowed and (origin or "").lower() not in {known.lower() for known in allowed}:
        raise Refused(403, "ORIGIN_NOT_ALLOWED", "The key is not bound to this origin.")
