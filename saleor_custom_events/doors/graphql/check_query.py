"""`customEventScenarioCheck`: what publishing a draft would say that nobody has saved."""

from __future__ import annotations

from typing import Any

from graphql import ResolveInfo

from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.drafts import Check
from saleor_custom_events.defining.scenarios import check_unsaved
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of

_GIVEN = "_custom_events_check"


@answering
def resolve_check(root: Any, info: ResolveInfo, **given: Any) -> Check:
    """Answer `customEventScenarioCheck`, once a request: under twenty names it would read twenty large drafts."""
    who = caller(info)
    if hasattr(info.context, _GIVEN):
        raise refused_because(400, "ONE_DRAFT", "Ask for the check of one draft in a request.")
    setattr(info.context, _GIVEN, True)
    return check_unsaved(who, number_of(SCENARIO, given["id"]), given["draft"])
