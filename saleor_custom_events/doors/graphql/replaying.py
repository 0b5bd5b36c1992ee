"""Bulk replay over GraphQL: what it would do, beginning it, how far it is, and stopping it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.checking import refused_because, signature, signed_name
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.scenarios import demand_for
from saleor_custom_events.doors.graphql.asking import Answering, answering, caller, given_members
from saleor_custom_events.doors.graphql.enums import InvocationStatusEnum, ReplayStatusEnum, RetryVersionEnum
from saleor_custom_events.doors.graphql.event_types import CustomEvent
from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, number_of, plain_number
from saleor_custom_events.doors.graphql.inputs import CustomEventDateTimeRangeInput
from saleor_custom_events.doors.graphql.loading import load
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import date_time
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenario
from saleor_custom_events.doors.graphql.times import moment
from saleor_custom_events.doors.graphql.trying_many import CustomEventTestCount, counts
from saleor_custom_events.firing.flowing import FAR
from saleor_custom_events.models import Replay
from saleor_custom_events.running.foreseen_replay import foresee_replay
from saleor_custom_events.running.replaying import Wanted, begin_replay, latest_replays, stop_replay
from saleor_custom_events.running.retrying import RetryVersion
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.store.callers import Caller

DateTime = date_time()


class CustomEventReplayFilterInput(graphene.InputObjectType):
    """Which rows of the log: of an event or a scenario, of a time, with one of some ends."""

    event = graphene.ID()
    scenario = graphene.ID()
    status = graphene.List(
        graphene.NonNull(InvocationStatusEnum),
        required=True,
        description="FAILED, CANCELLED, COMPLETED, SKIPPED; of what was skipped only what a pause kept out.",
    )
    reason = graphene.List(graphene.NonNull(graphene.String), description="Codes.")
    created = CustomEventDateTimeRangeInput(
        required=True, description="`gte` is required; `lte` is now where left out."
    )


class CustomEventReplayRecord(graphene.ObjectType):
    """A replay that was asked for, and how far it is."""

    number = graphene.String(required=True)
    status = graphene.Field(ReplayStatusEnum, required=True)
    version = graphene.Field(RetryVersionEnum, required=True)
    total = graphene.Int(required=True, description="Rows that matched when it began.")
    made = graphene.Int(required=True, description="Rows that run again, or have.")
    left_out = required_list(CustomEventTestCount, description="What could not be run again, by the refusal's code.")
    created_at = DateTime(required=True)
    created_by = graphene.String(required=True)
    ended_at = DateTime()
    stopped_by = graphene.String(description="Null where nobody stopped it.")
    event = graphene.Field(CustomEvent, description="Whose rows; null: of any event.")
    scenario = graphene.Field(CustomEventScenario, description="Whose rows; null: of any scenario, or deleted since.")

    def resolve_number(root: Replay, info: ResolveInfo) -> str:
        return str(root.pk)

    def resolve_left_out(root: Replay, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.left_out)

    def resolve_created_by(root: Replay, info: ResolveInfo) -> str:
        return signed_name(root.created_by)

    def resolve_stopped_by(root: Replay, info: ResolveInfo) -> str | None:
        return signed_name(root.stopped_by) or None

    @staticmethod
    @answering
    def resolve_event(root: Replay, info: ResolveInfo) -> Any:
        return load(info, "event", root.wanted["event"])

    @staticmethod
    @answering
    def resolve_scenario(root: Replay, info: ResolveInfo) -> Any:
        return load(info, "scenario", root.wanted["scenario"])


class CustomEventReplayPreview(graphene.ObjectType):
    """What a replay would do. Effects are those of a sample: the newest rows, up to 200."""

    total = graphene.Int(required=True, description="Rows that match; 100,001 stands for more than a replay may have.")
    sampled = graphene.Int(required=True)
    left_out = required_list(CustomEventTestCount, description="Of the sample: what could not be run again.")
    effects = required_list(
        CustomEventTestCount, description="Of the sample: how often each action would be performed."
    )

    def resolve_left_out(root: Any, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.left_out)

    def resolve_effects(root: Any, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.effects)


class CustomEventReplay(Answering):
    """Run many rows of the log again from their start. With `preview` it is only said what that would do."""

    class Arguments:
        filter = CustomEventReplayFilterInput(required=True)
        version = graphene.Argument(RetryVersionEnum, required=True)
        over = graphene.String(
            description="A time over which they are spread out: PT6H; as fast as it goes if left out."
        )
        preview = graphene.Boolean(required=True)

    once_a_request = True

    plan = graphene.Field(CustomEventReplayPreview, description="With `preview`.")
    replay = graphene.Field(CustomEventReplayRecord)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Preview or begin; whoever asks answers for what the scenarios do then, as if they published them."""
        demand(caller, Operation.CONTROL_INVOCATIONS)
        wanted, version, allow = _wanted(given["filter"]), RetryVersion(given["version"]), partial(demand_for, caller)
        if given["preview"]:
            return {"plan": foresee_replay(wanted, version, allow=allow)}
        over = timedelta(0) if "over" not in given else read_duration(given["over"])
        if over is None:
            raise refused_because(400, "INVALID", "Write a time as ISO 8601 does: PT30M, P1D.", "over")
        return {"replay": begin_replay(wanted, version, over, by=signature(caller), allow=allow)}


class CustomEventReplayStop(Answering):
    """Run nothing more of a replay; what runs already goes on."""

    class Arguments:
        number = graphene.String(required=True)

    replay = graphene.Field(CustomEventReplayRecord)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        demand(caller, Operation.CONTROL_INVOCATIONS)
        return {"replay": stop_replay(plain_number(given["number"]), by=signature(caller))}


@answering
def resolve_replays(root: Any, info: ResolveInfo) -> Any:
    """Answer `customEventReplays`."""
    demand(caller(info), Operation.CONTROL_INVOCATIONS)
    return latest_replays()


def _wanted(sent: Mapping[str, Any]) -> Wanted:
    members = given_members(sent)
    created = given_members(members["created"])
    if "gte" not in created:
        raise refused_because(400, "REQUIRED", "Say from when on.", "filter.created.gte")
    moments = {name: moment(created[name], f"filter.created.{name}") for name in created}
    return Wanted(
        event=number_of(EVENT, members["event"], "filter.event") if "event" in members else None,
        scenario=number_of(SCENARIO, members["scenario"], "filter.scenario") if "scenario" in members else None,
        statuses=tuple(members["status"]),
        reasons=tuple(members["reason"]) if "reason" in members else None,
        created_from=moments["gte"],
        created_to=moments.get("lte", FAR),
    )
