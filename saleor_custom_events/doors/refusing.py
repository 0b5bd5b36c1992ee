"""What a refused call is counted under."""

from __future__ import annotations

from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller, CallerKind


def event_of(raw: Json) -> int | str | None:
    """Give what a body names as its event, if that could be one."""
    if not isinstance(raw, dict):
        return None
    number, slug = raw.get("customEventId"), raw.get("customEvent")
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
        return number
    return slug if isinstance(slug, str) else None


def key_of(caller: Caller | None) -> int | None:
    """Give the key by which somebody calls."""
    if caller is None or caller.kind not in (CallerKind.STOREFRONT_KEY, CallerKind.SERVER_KEY):
        return None
    return int(caller.id)
