"""What customers do beside events and exit rules let go at: an order that is placed, consent that is withdrawn.

Pure: what was seen is told to the engine, which decides whether it counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.store.customers import Customer


class Sign(StrEnum):
    """The type of an exit rule that listens to no custom event."""

    ORDER_PLACED = "orderPlaced"
    CONSENT_WITHDRAWN = "consentWithdrawn"

    @property
    def topic(self) -> int:
        """Give what stands for it where custom events stand by their numbers, all of which are above 0."""
        return _TOPICS[self]


_TOPICS: Mapping[Sign, int] = {Sign.ORDER_PLACED: -1, Sign.CONSENT_WITHDRAWN: -2}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedOrder:
    """An order of the customer's. The store may know no more of it than when it was placed."""

    #: Aware, UTC.
    at: datetime
    #: Saleor's global id, and the number that people call it by; empty: not known.
    id: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What somebody who looked saw of a customer's signs."""

    #: The first that is known of those placed after the occurrence was registered.
    order: PlacedOrder | None = None
    #: Whether the store says yes to marketing at this moment; None: nobody asks it (no CONSENT_KEY).
    consents: bool | None = None
    #: When an address of theirs unsubscribed, and has not subscribed again; aware, UTC.
    unsubscribed_at: datetime | None = None


def address_digest(email: str) -> bytes:
    """Give what an address is recognised by: SHA-256 of it in lower case."""
    return hashlib.sha256(email.strip().lower().encode()).digest()


def names_of(*, customer_ids: frozenset[str], emails: frozenset[str]) -> frozenset[str]:
    """Give the names under which signs are found: digests in hexadecimal, of global ids and of addresses."""
    ids = {hashlib.sha256(f"id:{one}".encode()).hexdigest() for one in customer_ids if one}
    return frozenset(ids | {address_digest(one).hex() for one in emails if one.strip()})


def sign_names(occurrence: OccurrenceFacts, customer: Customer | None) -> frozenset[str]:
    """Give every name by which a sign may be this customer's: as the occurrence and as the store know them."""
    ids = {occurrence.customer_reference.customer_id or "", customer.id if customer else ""}
    return names_of(customer_ids=frozenset(ids), emails=addresses_of(occurrence, customer))


def addresses_of(occurrence: OccurrenceFacts, customer: Customer | None) -> frozenset[str]:
    """Give the addresses that are this customer's: the occurrence's, and the one that the store has."""
    both = (occurrence.customer_reference.email, customer.email if customer else None)
    return frozenset(one for one in both if one)
