"""Which pages may hold the extension in a frame: the sources of CSP's `frame-ancestors`."""

from __future__ import annotations

import re

from saleor_custom_events.conf import settings
from saleor_custom_events.host import current_host

#: A `host-source` of CSP Level 3 without a path (https://www.w3.org/TR/CSP3/#framework-directive-source-list).
SOURCE = re.compile(
    r"'self'|(?:https?://)?(?:\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(?:[0-9]+|\*))?", re.IGNORECASE
)


def is_source(text: str) -> bool:
    """Say whether a text can stand among the sources; anything else would change the policy around it."""
    return SOURCE.fullmatch(text) is not None


def frame_ancestors() -> tuple[str, ...]:
    """Give the operator's `DASHBOARD_ORIGINS`, else what the store says of its dashboard.

    What is no source is left out, so that one wrong entry does not take the policy with it.
    """
    named = tuple(origin.rstrip("/") for origin in settings.DASHBOARD_ORIGINS)
    return tuple(filter(is_source, named or current_host().dashboard_origins())) or ("'none'",)
