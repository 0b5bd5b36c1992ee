"""`customEventScenarioTestMany`: a draft tried with the last occurrences of the log, counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.defining.trying_many import MOST, Ended, StepCounts, try_many
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.enums import InvocationStatusEnum, StepStatusEnum
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.inputs import CustomEventTestHappeningInput
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.times import moment
from saleor_custom_events.store.callers import Caller

DateTime = date_time()


class CustomEventScenarioTestManyInput(graphene.InputObjectType):
    """A draft, and how many occurrences it is tried with."""

    last = graphene.Int(required=True, description=f"The last so many of its events' occurrences, 1 to {MOST}.")
    draft = CustomEventJSON(description="What is tried; the saved draft where left out.")
    begin_at = DateTime(description="What the clock says at the beginning of each; now where left out.")
    happened = graphene.List(
        graphene.NonNull(CustomEventTestHappeningInput),
        description="What happens of what steps wait for; the time of the others runs out.",
    )


class _Counted(graphene.ObjectType):
    class Meta:
        abstract = True

    reason = graphene.String()
    count = graphene.Int(required=True)

    def resolve_reason(root: Ended, info: ResolveInfo) -> str | None:
        return root.reason or None


class CustomEventTestEndCount(_Counted):
    """How many would end in one way."""

    status = graphene.Field(InvocationStatusEnum, required=True)


class CustomEventTestOutcomeCount(_Counted):
    """How often a step would come out in one way."""

    status = graphene.Field(StepStatusEnum, required=True)


class CustomEventTestCount(graphene.ObjectType):
    """How often something would be."""

    name = graphene.String(required=True)
    count = graphene.Int(required=True)


def counts(counted: Mapping[str, int]) -> list[CustomEventTestCount]:
    """Give what was counted by name, in the order of the names."""
    return [CustomEventTestCount(name=name, count=count) for name, count in sorted(counted.items())]


class CustomEventTestStepCounts(graphene.ObjectType):
    """What would happen at one step."""

    step = graphene.String(required=True)
    kind = graphene.String(required=True)
    count = graphene.Int(required=True, description="How often it would be come to.")
    outcomes = required_list(CustomEventTestOutcomeCount)
    branches = required_list(
        CustomEventTestCount, description="By a branch's number (from 0), `otherwise`, `happened` or `timedOut`."
    )

    ways = required_list(
        CustomEventTestCount, description="The same, and `next` where there is no choice; who ended here went none."
    )

    def resolve_branches(root: StepCounts, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.branches)

    def resolve_ways(root: StepCounts, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.ways)


class CustomEventTestStartCounts(graphene.ObjectType):
    """What would come of the occurrences at one start point."""

    start = graphene.String(required=True)
    started = graphene.Int(required=True)
    skipped = required_list(CustomEventTestEndCount)


class CustomEventScenarioTestMany(Answering):
    """Try a draft with the last occurrences of its events, each by itself, without any effect; for about 5 seconds."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CustomEventScenarioTestManyInput(required=True)

    once_a_request = True

    tried = graphene.Int(description="Occurrences that were tried: the log may have fewer than were asked for.")
    is_complete = graphene.Boolean(description="False: the time was over before all were tried.")
    oldest = DateTime(description="When the oldest of them was registered.")
    newest = DateTime()
    started = graphene.Int()
    ended = graphene.List(graphene.NonNull(CustomEventTestEndCount), description="The most frequent first.")
    starts = graphene.List(graphene.NonNull(CustomEventTestStartCounts), description="In the order of the draft.")
    steps = graphene.List(graphene.NonNull(CustomEventTestStepCounts), description="In the order of the draft.")
    effects = graphene.List(
        graphene.NonNull(CustomEventTestCount), description="How often each action would be performed."
    )

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = given_members(given["input"])
        tally = try_many(
            caller,
            number_of(SCENARIO, given["id"]),
            last=sent["last"],
            draft=sent.get("draft"),
            happened=[Answer(one["step"], one.get("data_fields")) for one in sent.get("happened", ())],
            begin_at=moment(sent["begin_at"], "beginAt") if "begin_at" in sent else None,
        )
        plain = ("tried", "is_complete", "oldest", "newest", "started", "ended", "starts", "steps")
        return {**{name: getattr(tally, name) for name in plain}, "effects": counts(tally.effects)}
