"""The sandbox tells its one plugin what happens, as Saleor does: while it is switched on, once all is committed."""

from __future__ import annotations

from collections.abc import Mapping

from saleor_custom_events.firing.store_happenings import happened
from saleor_custom_events.host import current_host
from saleor_custom_events.store.happenings import HappeningKind


def tell(
    kind: HappeningKind,
    object_id: str,
    *,
    remembered: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """See `store_happenings.happened`."""
    if current_host().is_active():
        happened(kind, object_id, remembered=remembered, metadata=metadata)
