"""System checks of what only Saleor can get wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning, register

from saleor_custom_events.hosts.saleor.joining import joining_problem


@register("saleor_custom_events")
def check_joined(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where our fields should be part of Saleor's own schema and are not."""
    problem = joining_problem()
    if problem is None:
        return []
    return [
        Warning(
            f"Custom events are missing from Saleor's own /graphql/: {problem}.",
            hint="They answer at /plugins/global/custom-events/graphql/ all the same. "
            "SALEOR_CUSTOM_EVENTS_JOIN_SALEOR_SCHEMA=0 says that this is meant.",
            id="saleor_custom_events.W101",
        )
    ]
