"""How we hear that variants are back in stock where the store tells it by webhooks alone (Saleor from 3.23 on).

An app of its own with that one webhook, beside the one of the dashboard: it needs a permission that the dashboard's
pages have no use for. It has no token, so that nobody can call in its name. Made when an event wants it, switched off
when none does any more, known by its id, and left alone where somebody removed it.
"""

from __future__ import annotations

from saleor_custom_events.extension.records import locked, put_right
from saleor_custom_events.host import current_host
from saleor_custom_events.models import CustomEvent, Installation
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.stock import StockWebhook

RECORD = "stock"
#: Below the store's address.
ADDRESS = "/plugins/global/custom-events/store-webhook"


def keep() -> None:
    """Make it, switch it on or off, or put its address right; after events were changed, and now and then.

    Never raises: an event can be saved all the same, and the next look tries again.
    """
    put_right(_keep, thing="The webhook by which stock is told")


def _keep() -> None:
    wanted = current_host().is_active() and any(_is_wanted_by(event) for event in _events())
    if not wanted and not Installation.objects.filter(name=RECORD).exists():
        return
    record = locked(RECORD)
    host = current_host()
    record.store_id = host.keep_stock_webhook(record.store_id, host.public_url() + ADDRESS, wanted=wanted)
    record.left_active = wanted
    record.save()


def read(body: bytes, signature: str) -> StockWebhook | None:
    """Read what came to ADDRESS; None where it is not ours to believe."""
    record = Installation.objects.filter(name=RECORD).exclude(store_id="").first()
    return None if record is None else current_host().read_stock_webhook(record.store_id, body, signature)


def _events() -> list[CustomEvent]:
    return list(CustomEvent.objects.filter(archived_at=None).exclude(happenings=[]))


def _is_wanted_by(event: CustomEvent) -> bool:
    return any(one.get("kind") == HappeningKind.BACK_IN_STOCK for one in event.happenings)
