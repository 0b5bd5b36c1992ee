"""Moments as callers give them."""

from __future__ import annotations

from datetime import UTC, datetime

from saleor_custom_events.defining.checking import refused_because


def moment(given: datetime, field: str) -> datetime:
    """Give an aware moment; one without an offset is UTC, as in Saleor. Refused 400 outside the years 2000–9000."""
    if not 2000 <= given.year <= 9000:
        raise refused_because(400, "INVALID", "The year is out of range.", field)
    return given if given.tzinfo else given.replace(tzinfo=UTC)
