"""What a published version goes by while it waits: from now on it is written down where it happens.

For good: an invocation of an old version may wait for months after nobody publishes it any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from saleor_custom_events.conf import settings
from saleor_custom_events.firing import store_happenings
from saleor_custom_events.firing.fired_by import read_fired_by, write_fired_by
from saleor_custom_events.firing.values import FiredBy
from saleor_custom_events.models import CustomEvent, Scenario
from saleor_custom_events.scenarios.awaiting import awaited_events
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.signs import Sign
from saleor_custom_events.store.happenings import HappeningKind


def heed(scenario: Scenario, definition: Definition) -> None:
    """Have firings of awaited events, and what the store tells of signs, written down; `scenario` is locked."""
    numbers = {number for _, number in awaited_events(definition)}
    if numbers:
        CustomEvent.objects.filter(pk__in=numbers, awaited=False).update(awaited=True)
    heeded = read_fired_by(scenario.heeds)
    new = tuple(one for one in _told_by_store(definition) if one not in heeded)
    if new:
        scenario.heeds = write_fired_by((*heeded, *new))
        scenario.save(update_fields=["heeds"])
        transaction.on_commit(store_happenings.forget)


def _told_by_store(definition: Definition) -> Iterator[FiredBy]:
    if Sign.ORDER_PLACED in definition.signs:
        yield FiredBy(kind=HappeningKind.ORDER_CREATED)
    if Sign.CONSENT_WITHDRAWN in definition.signs and settings.CONSENT_KEY:
        yield FiredBy(kind=HappeningKind.CUSTOMER_METADATA_CHANGED, keys=(settings.CONSENT_KEY,))
