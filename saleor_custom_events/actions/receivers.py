"""What receivers say beside their status."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from saleor_custom_events.store.outgoing import HttpAnswer

_MAX_RETRY_AFTER = timedelta(days=1)


def retry_after(answer: HttpAnswer, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110 §10.2.3), seconds or a date; a day at most."""
    text = next((value for name, value in answer.headers.items() if name.lower() == "retry-after"), "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), _MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
        return min(max(moment - now, timedelta(0)), _MAX_RETRY_AFTER)
    except (ValueError, TypeError, OverflowError):
        return None
