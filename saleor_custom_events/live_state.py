"""What the store has at this moment, asked for many steps at once: orders, checkouts, stock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from saleor_custom_events.clock import database_now
from saleor_custom_events.host import Customer, current_host
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Live, Wanted, items_of, shopper_of

#: The occurrence, the customer as the store knows it (None: it knows nobody), and what is wanted.
Wish: TypeAlias = tuple[OccurrenceFacts, Customer | None, Wanted]


def ask_store(questions: Sequence[Wish]) -> list[Live]:
    """Answer all of them in their order, with a number of queries that does not grow with theirs."""
    shoppers = [shopper_of(one, customer) if wanted.shopping else None for one, customer, wanted in questions]
    items = [items_of(one, wanted.stock) for one, _, wanted in questions]
    # What the time says is never later than what was seen.
    asked_at = database_now()
    host = current_host()
    asked = list(dict.fromkeys(shopper for shopper in shoppers if shopper))
    shopping = host.shopping(asked) if asked else {}
    stocked = list(dict.fromkeys(item for named in items for item in named.values()))
    in_stock = host.in_stock(stocked) if stocked else {}
    return [
        Live(
            asked_at=asked_at,
            shopping=shopping[shopper] if shopper else None,
            in_stock={name: in_stock[item] for name, item in named.items() if item in in_stock},
        )
        for shopper, named in zip(shoppers, items, strict=True)
    ]
