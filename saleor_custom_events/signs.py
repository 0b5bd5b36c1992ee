"""Signs of customers (`scenarios.signs`), written down for who waits: the other half of `running/awaiting.py`.

They stand among the happenings of custom events, under numbers that no event has, so that one table, one look and one
proof serve both. A sign only wakes: whether it counts is decided by what somebody sees who looks then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from saleor_custom_events.models import Happening
from saleor_custom_events.scenarios.awaiting import LOOKED_BACK
from saleor_custom_events.scenarios.signs import PlacedOrder, Sign


def tell(sign: Sign, names: Iterable[str], at: datetime, order: PlacedOrder | None = None) -> None:
    """Write down a sign under every name of its customer (`signs.names_of`), in the transaction that is open.

    `at`: aware, by the database's clock.
    """
    one = uuid4()
    Happening.objects.bulk_create(_row(sign, one, name, at, order) for name in sorted(names))


def _row(sign: Sign, one: UUID, name: str, at: datetime, order: PlacedOrder | None) -> Happening:
    return Happening(
        occurrence_id=one,
        event_id=sign.topic,
        identity=name,
        registered_at=at,
        pending=True,
        expires_at=at + LOOKED_BACK,
        about=None if order is None else {"id": order.id, "number": order.number},
    )
