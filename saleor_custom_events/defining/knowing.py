"""The store's events as code that fires them has to know them."""

from __future__ import annotations

from collections.abc import Iterator

from saleor_custom_events.code_check.catalogue import KnownEvent
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.models import CustomEvent


def known_events() -> Iterator[KnownEvent]:
    """Give all of them, archived ones too, by number."""
    for event in CustomEvent.objects.order_by("pk"):
        yield KnownEvent(
            number=event.pk,
            slug=event.slug,
            name=event.name,
            public=event.public,
            archived=event.archived_at is not None,
            declared=read_declared(event.declared_fields),
        )
