"""What the store has at this moment, asked for many steps at once: orders, checkouts, stock, what data fields name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from saleor_custom_events.clock import database_now
from saleor_custom_events.host import current_host
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Live, Wanted, items_of, shopper_of
from saleor_custom_events.scenarios.references import reading_of, references_in
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.references import StoreItem, StoreReference
from saleor_custom_events.store.stock import StockItem

#: The occurrence, the customer as the store knows it (None: it knows nobody), and what is wanted.
Wish: TypeAlias = tuple[OccurrenceFacts, Customer | None, Wanted]


def ask_store(questions: Sequence[Wish]) -> list[Live]:
    """Answer all of them in their order, with a number of queries that does not grow with theirs."""
    shoppers = [shopper_of(one, customer) if wanted.shopping else None for one, customer, wanted in questions]
    items = [items_of(one, wanted.stock) for one, _, wanted in questions]
    references = [_references(one, wanted) for one, _, wanted in questions]
    # What the time says is never later than what was seen.
    asked_at = database_now()
    host = current_host()
    asked = list(dict.fromkeys(shopper for shopper in shoppers if shopper))
    shopping = host.shopping(asked) if asked else {}
    named_things = list(dict.fromkeys(one for named in references for one in named.values()))
    found = host.read_referred(named_things) if named_things else {}
    sold = {
        one: StockItem(id=one.id, channel=one.channel) for one, what in found.items() if isinstance(what, StoreItem)
    }
    stocked = list(dict.fromkeys((*(item for named in items for item in named.values()), *sold.values())))
    in_stock = host.in_stock(stocked) if stocked else {}
    stock_of = {one: in_stock[item] for one, item in sold.items() if item in in_stock}
    return [
        Live(
            asked_at=asked_at,
            shopping=shopping[shopper] if shopper else None,
            in_stock={name: in_stock[item] for name, item in named.items() if item in in_stock},
            reading=reading_of(occurrence, customer, names, found, stock_of),
        )
        for (occurrence, customer, _), shopper, named, names in zip(questions, shoppers, items, references, strict=True)
    ]


def _references(occurrence: OccurrenceFacts, wanted: Wanted) -> Mapping[str, StoreReference]:
    return {name: one for name, one in references_in(occurrence).items() if name in wanted.references}
