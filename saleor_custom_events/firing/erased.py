"""Whoever was erased does not come back by what is sent late.

What happened before somebody was erased and is only told now (a retry, a queue that was offline, a happening in the
store, an import) is accepted and counted like any other, and kept without the customer and without what was sent: an
occurrence that names nobody, and rows of the log that say why nothing started. What they do afterwards is theirs anew.

Why none slips through: the look stands in the transaction that writes the occurrence. One that began before the
tombstones were committed may not see them, so an erasure ends with a pass that begins when all such transactions have
ended (`log/erasing.py`).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.conf import settings as django_settings
from django.db import connection
from django.utils.encoding import force_bytes

from saleor_custom_events.firing.decide import Decision, Start
from saleor_custom_events.firing.statements import Rows
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.customers import MD5_DIGITS

#: Stands where the digest of what was sent stood: that one could be guessed from an address.
NO_DIGEST = bytes(32)
_ERASED = "erased:"

LOOK = """
SELECT n.place FROM {names} JOIN saleor_custom_events_tombstone t
  ON t.digest = n.digest AND t.erased_at >= n.occurred_at AND t.expires_at > statement_timestamp()
UNION
SELECT n.place FROM {keys} JOIN saleor_custom_events_idempotencykey k
  ON k.event_id = n.event_id AND k.caller = n.caller AND k.key = n.key AND k.expires_at > statement_timestamp()"""


def name_digest(name: str) -> bytes:
    """Give what one name (`email:…`, `id:…`) is known again by: 32 bytes that only this store's secret makes.

    Keyed, since the address behind a plain hash is guessed in seconds.
    """
    return _digest(name, django_settings.SECRET_KEY)


def erased_key(event: int, caller: str, key: str) -> str:
    """Give what stands in the place of an idempotency key, which may be made of an address or an order's number."""
    return _erased_key(event, caller, key, django_settings.SECRET_KEY)


def without_customer(caller: Caller) -> Caller:
    """Give a caller as an occurrence of nobody's may name it: a customer's token is the customer."""
    return replace(caller, id="", name="") if caller.kind is CallerKind.CUSTOMER else caller


def without_customer_reference(caller: str) -> str:
    """Give the same for a caller's name in unique constraints (`Caller.reference`)."""
    kind, _, _ = caller.partition(":")
    return f"{CallerKind.CUSTOMER}:" if kind == CallerKind.CUSTOMER else caller


def without_the_erased(decisions: Sequence[Decision]) -> Sequence[Decision]:
    """Let go of the customer where they were erased since it happened. One query, in the transaction that is open."""
    names, keys = _names(decisions), _keys(decisions)
    if not names.values and not keys.values:
        return decisions
    with connection.cursor() as cursor:
        cursor.execute(LOOK.format(names=names.source, keys=keys.source), (*_parameters(names), *_parameters(keys)))
        late = {row[0] for row in cursor.fetchall()}
    return [_nobodys(one) if place in late else one for place, one in enumerate(decisions)]


def _parameters(rows: Rows) -> tuple[list[object], ...]:
    return rows.parameters or tuple([] for _ in rows.columns)


def _names(decisions: Sequence[Decision]) -> Rows:
    return Rows(
        (("place", "int"), ("digest", "bytea"), ("occurred_at", "timestamptz")),
        tuple(
            (place, _digest(name, secret), one.occurrence.occurred_at)
            for place, one in enumerate(decisions)
            for name in names_in(one.occurrence)
            for secret in _secrets()
        ),
    )


def _keys(decisions: Sequence[Decision]) -> Rows:
    return Rows(
        (("place", "int"), ("event_id", "bigint"), ("caller", "text"), ("key", "text")),
        tuple(
            (
                place,
                one.event.number,
                without_customer(one.caller).reference,
                _erased_key(one.event.number, one.caller.reference, one.idempotency_key, secret),
            )
            for place, one in enumerate(decisions)
            if one.idempotency_key
            for secret in _secrets()
        ),
    )


def names_in(occurrence: OccurrenceFacts) -> Iterator[str]:
    """Give every name that was sent, whoever vouches for it."""
    hashed = occurrence.customer_email_hash
    for kind, value in (
        ("id", occurrence.customer_id),
        ("reference", occurrence.customer_external_reference),
        ("email", occurrence.customer_email),
        ("md5" if hashed and len(hashed) == MD5_DIGITS else "sha256", hashed),
        ("phone", occurrence.customer_phone),
        ("anonymous", occurrence.anonymous_id),
    ):
        if value:
            yield f"{kind}:{value}"


def _nobodys(decision: Decision) -> Decision:
    key = decision.idempotency_key
    return replace(
        decision,
        caller=without_customer(decision.caller),
        occurrence=replace(
            decision.occurrence,
            customer_email=None,
            customer_id=None,
            customer_external_reference=None,
            anonymous_id=None,
            customer_email_hash=None,
            customer_phone=None,
            url=None,
            fields=(),
        ),
        violations=(),
        starts=tuple(map(_not_started, decision.starts)),
        idempotency_key=key and erased_key(decision.event.number, decision.caller.reference, key),
        digest=NO_DIGEST,
        other_digest=NO_DIGEST,
        trace=None,
    )


def _not_started(start: Start) -> Start:
    return Start(listener=start.listener, status=Status.SKIPPED, reason=Reason.ERASED)


def _secrets() -> Iterable[str]:
    """Give the store's secret and, while it is being changed, those before it."""
    return (django_settings.SECRET_KEY, *getattr(django_settings, "SECRET_KEY_FALLBACKS", ()))


def _digest(text: str, secret: str) -> bytes:
    key = hmac.digest(force_bytes(secret), b"saleor-custom-events erased", "sha256")
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _erased_key(event: int, caller: str, key: str, secret: str) -> str:
    return _ERASED + _digest(f"key:{event}:{caller}:{key}", secret).hex()
