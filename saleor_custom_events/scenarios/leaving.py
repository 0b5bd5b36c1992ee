"""Exit rules: whether one of them lets go of an invocation that waits, and what the log says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saleor_custom_events.scenarios.awaiting import Happened, first_exit
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.progress import ScenarioFacts
from saleor_custom_events.scenarios.signs import PlacedOrder, Seen, Sign
from saleor_custom_events.scenarios.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """Why an invocation is let go of."""

    #: What the step run shows of it.
    shown: Mapping[str, Json]
    #: One sentence in English.
    detail: str


def left_early(
    definition: Definition,
    happened: Sequence[OccurrenceFacts],
    seen: Seen,
    begun: OccurrenceFacts,
    scenario: ScenarioFacts,
    *,
    consented: bool,
) -> Left | None:
    """Give why an exit rule lets go, if one does: of an event first, then of an order, then of consent.

    `begun` is the occurrence that began the invocation; only what came after it counts. `consented`: the store was
    seen to say yes before, so that no yes now means that it was taken back.
    """
    early = first_exit(definition.event_exits.values(), happened, begun, scenario)
    if early is not None:
        event = early.occurrence.event
        detail = f"Event {event.number}, {event.name[:250]}: occurrence {early.occurrence.id}."
        return Left(shown=shown_of(early), detail=detail)
    signs, order = definition.signs, seen.order
    if Sign.ORDER_PLACED in signs and order is not None and order.at > begun.registered_at:
        return _ordered(order)
    return _withdrawn(seen, begun, consented=consented) if Sign.CONSENT_WITHDRAWN in signs else None


def _ordered(order: PlacedOrder) -> Left:
    shown: dict[str, Json] = {"exit": Sign.ORDER_PLACED.value, "placedAt": order.at.isoformat()}
    if not order.id:
        return Left(shown=shown, detail="An order was placed.")
    shown["order"] = {"id": order.id, "number": order.number}
    return Left(shown=shown, detail=f"Order {order.number or order.id} was placed.")


def _withdrawn(seen: Seen, begun: OccurrenceFacts, *, consented: bool) -> Left | None:
    shown: dict[str, Json] = {"exit": Sign.CONSENT_WITHDRAWN.value}
    if seen.unsubscribed_at is not None and seen.unsubscribed_at > begun.registered_at:
        shown["unsubscribedAt"] = seen.unsubscribed_at.isoformat()
        return Left(shown=shown, detail="Consent was withdrawn: they unsubscribed.")
    if consented and seen.consents is False:
        return Left(shown=shown, detail="Consent was withdrawn: the store no longer has a yes.")
    return None


def shown_of(found: Happened) -> dict[str, Json]:
    """Give what a step run shows of an occurrence that was waited for."""
    shown: dict[str, Json] = {"event": found.occurrence.event.number, "occurrenceId": found.occurrence.id}
    return {**shown, "comparisons": found.comparisons} if found.comparisons else shown
