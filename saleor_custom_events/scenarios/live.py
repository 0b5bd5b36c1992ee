"""What a step asks of the store at its moment: orders, checkouts, stock, and what data fields name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.references import Reading
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.shopping import Shopper, Shopping
from saleor_custom_events.store.stock import StockItem


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a step looks at. Nothing: the customer alone."""

    #: Orders and checkouts of the customer.
    shopping: bool = False
    #: Names of the data fields that name variants or products.
    stock: frozenset[str] = frozenset()
    #: Names of the data fields whose variants, products, checkouts, orders are read.
    references: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.shopping or bool(self.stock) or bool(self.references)


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """What the store answered."""

    #: Aware, UTC.
    asked_at: datetime
    #: None: nobody is named whose orders these could be.
    shopping: Shopping | None = None
    #: By the data field's name; what names no variant or product of the store is left out.
    in_stock: Mapping[str, bool] = field(default_factory=dict)
    #: What data fields name.
    reading: Reading = field(default_factory=Reading)

    @property
    def said(self) -> dict[str, Json]:
        """Give what the log says of data fields that were read for templates; nothing where none was."""
        if not (self.reading.given or self.reading.withheld):
            return {}
        withheld: dict[str, Json] = {name: why.value for name, why in self.reading.withheld.items()}
        return {"askedAt": self.asked_at.isoformat(), **({"withheld": withheld} if withheld else {})}


def shopper_of(occurrence: OccurrenceFacts, customer: Customer | None) -> Shopper | None:
    """Say whose orders are meant: the account's that the store knows, else a guest's by e-mail; None for nobody.

    Orders since the event are those since the occurrence was registered, whatever time the caller gave it.
    """
    since = occurrence.registered_at
    if customer is not None:
        return Shopper(customer_id=customer.id, email=customer.email or None, since=since)
    email = occurrence.customer_reference.email
    return Shopper(email=email, since=since) if email else None


def items_of(occurrence: OccurrenceFacts, names: frozenset[str]) -> Mapping[str, StockItem]:
    """Give what these data fields name, by their names; a field that is not there, or is no text, names nothing."""
    return {
        one.name: StockItem(id=one.value, channel=occurrence.channel)
        for one in occurrence.fields
        if one.name in names and isinstance(one.value, str) and one.value
    }
