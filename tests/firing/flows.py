"""Firing into one event from one thread and from many, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire, fire_many
from saleor_custom_events.models import CustomEvent, Invocation
from saleor_custom_events.store.callers import Caller
from tests.shop import TRUSTED
from tests.side_by_side import together


def fired(event: CustomEvent, caller: Caller = TRUSTED, **members: Any) -> Receipt:
    """Fire once, for Anna where nobody else is named."""
    body = {"customEventId": event.pk, "customerEmail": "anna@example.com", **members}
    return fire(read_firing(body), caller)


def fired_together(event: CustomEvent, *bodies: dict[str, Any]) -> list[Receipt]:
    """Fire several in one commit."""
    named = [{"customEventId": event.pk, "customerEmail": "anna@example.com", **body} for body in bodies]
    receipts = fire_many([read_firing(body) for body in named], TRUSTED)
    return [receipt for receipt in receipts if isinstance(receipt, Receipt)]


def fired_at_once(
    event: CustomEvent, bodies: Sequence[dict[str, Any]], threads: int = 8, caller: Caller = TRUSTED
) -> None:
    """Fire each of these, from several threads with connections of their own."""

    def some(mine: Sequence[dict[str, Any]]) -> None:
        for body in mine:
            fired(event, caller, **body)

    together(*(partial(some, bodies[number::threads]) for number in range(threads)))


def rows() -> list[tuple[str, str]]:
    """Give status and reason of every invocation, in the order in which they were made."""
    return list(Invocation.objects.order_by("pk").values_list("status", "reason"))


def outcome(receipt: Receipt) -> tuple[str, str]:
    """Give what the caller was told."""
    (only,) = receipt.invocations
    return only.outcome, only.reason
