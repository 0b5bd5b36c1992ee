"""What somebody has ordered and holds in a checkout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopper:
    """Whose orders and checkouts are asked for: those of the account, and those made with the e-mail."""

    customer_id: str | None = None
    email: str | None = None
    #: Orders placed later than this are counted apart; aware.
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopping:
    """What somebody has ordered and holds in a checkout, as the store knows it at this moment.

    An order is one that was placed and stands: no draft, not cancelled, not expired.
    """

    orders: int = 0
    #: Of those: placed later than `Shopper.since`.
    orders_since: int = 0
    #: What they came to with tax, by currency; nothing for a currency without orders.
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    last_order_at: datetime | None = None
    #: When the open checkout was last changed, of several the latest; None: none is open. Open is one that has
    #: lines and was changed within the last 30 days.
    checkout_changed_at: datetime | None = None
