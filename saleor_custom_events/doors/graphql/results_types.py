"""How the runs of a version did."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import InvocationStatusEnum, StepOutcomeEnum
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.times import moment
from saleor_custom_events.log.results import PartCount, Results, Total, read_results

DateTime = date_time()
_IN_LOG = "How many of them the log has: those of events with logging."


class CustomEventResultsTotal(graphene.ObjectType):
    """How many runs stand so, or ended so for the same reason: rows of the log by `version`, `status`, `reason`."""

    statuses = required_list(InvocationStatusEnum)
    reason = graphene.String(description="Of those that were skipped or failed.")
    count = graphene.Float(required=True, description="A whole number.")
    in_log = graphene.Float(required=True, description=_IN_LOG)

    def resolve_reason(root: Total, info: ResolveInfo) -> str | None:
        return root.reason or None

    def resolve_count(root: Total, info: ResolveInfo) -> int:
        return root.number.count

    def resolve_in_log(root: Total, info: ResolveInfo) -> int:
        return root.number.in_log


class CustomEventPartCount(graphene.ObjectType):
    """How many runs came to the same at one part: rows of the log by `version` and `step`."""

    outcome = graphene.Field(StepOutcomeEnum, required=True)
    way = graphene.String(description="Of a condition, split or wait for an event: which way they went on.")
    reason = graphene.String(description="Why they were skipped or failed.")
    count = graphene.Float(required=True, description="A whole number.")
    in_log = graphene.Float(required=True, description=_IN_LOG)

    def resolve_way(root: PartCount, info: ResolveInfo) -> str | None:
        return root.way or None

    def resolve_reason(root: PartCount, info: ResolveInfo) -> str | None:
        return root.reason or None

    def resolve_count(root: PartCount, info: ResolveInfo) -> int:
        return root.number.count

    def resolve_in_log(root: PartCount, info: ResolveInfo) -> int:
        return root.number.in_log


class CustomEventPartResults(graphene.ObjectType):
    """What runs came to at one start point or step."""

    id = graphene.String(required=True, description="Of the start point or step, in the definition.")
    counts = required_list(CustomEventPartCount)


class CustomEventScenarioResults(graphene.ObjectType):
    """How far the runs of a version came that were made in a time."""

    version = graphene.Int(required=True)
    definition = graphene.Field(CustomEventJSON, required=True)
    published_at = DateTime(required=True)
    since = graphene.Field(DateTime, required=True, name="from", description="The beginning of an hour in UTC.")
    until = graphene.Field(DateTime, required=True, name="to", description="The same, not included.")
    totals = required_list(CustomEventResultsTotal)
    parts = required_list(CustomEventPartResults, description="Those that a run came to.")

    def resolve_parts(root: Results, info: ResolveInfo) -> list[dict[str, Any]]:
        return [{"id": part, "counts": counts} for part, counts in root.parts.items()]


@answering
def resolve_results(root: Any, info: ResolveInfo, **given: Any) -> Results | None:
    """Answer `customEventScenarioResults`."""
    return read_results(
        caller(info),
        number_of(SCENARIO, given["id"], "id"),
        given.get("version"),
        moment(given["since"], "from"),
        moment(given["until"], "to"),
    )
