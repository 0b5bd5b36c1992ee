"""`customEventScenarioCheck`: what publishing a draft would say that nobody has saved."""

from __future__ import annotations

from typing import Any

from graphql import ResolveInfo

from saleor_custom_events.defining.drafts import Check
from saleor_custom_events.defining.scenarios import check_unsaved
from saleor_custom_events.doors.graphql.asking import answering, caller, once
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of


@answering
def resolve_check(root: Any, info: ResolveInfo, **given: Any) -> Check:
    """Answer `customEventScenarioCheck`, once a request: under twenty names it would read twenty large drafts."""
    who = caller(info)
    once(info, "check", "ONE_DRAFT", "Ask for the check of one draft in a request.")
    return check_unsaved(who, number_of(SCENARIO, given["id"]), given["draft"])
