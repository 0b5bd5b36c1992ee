"""What may be in stock, and what the store tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StockItem:
    """A variant, or a product, that may be in stock in a channel."""

    #: Saleor's global id (`UHJvZHVjdFZhcmlhbnQ6MQ==`).
    id: str
    #: The channel's slug; None: any channel will do.
    channel: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StockWebhook:
    """A word of the store's that a variant is back in stock, whose signature was found good."""

    #: The variant's global id.
    variant_id: str
    #: When the store said so; aware.
    issued_at: datetime
