"""GraphQL's types for what was done to a scenario, and for what differs between two of its versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.checking import signed_name
from saleor_custom_events.defining.history import Compared, compare
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import ScenarioChangeKindEnum, ScenarioDeedEnum
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.models import ScenarioChange
from saleor_custom_events.scenarios.diffing import Change, MemberChange

DateTime = date_time()


class CustomEventScenarioChangedStep(graphene.ObjectType):
    """What became of one step, start point or exit rule."""

    kind = graphene.Field(ScenarioChangeKindEnum, required=True)
    id = graphene.String(required=True, description="Of the step or start point; of an exit rule its type and event.")


class CustomEventScenarioHistoryEntry(graphene.ObjectType):
    """One thing that somebody did to a scenario."""

    deed = graphene.Field(ScenarioDeedEnum, required=True)
    at = DateTime(required=True)
    by = graphene.String(required=True)
    revision = graphene.Int(required=True, description="The draft's, after it.")
    version = graphene.Int(description="The version's number that was published or reverted to.")
    changes = required_list(
        CustomEventScenarioChangedStep, description="What a save changed in the draft; the first 50 are named."
    )

    def resolve_by(root: ScenarioChange, info: ResolveInfo) -> str:
        return signed_name(root.by)

    def resolve_changes(root: ScenarioChange, info: ResolveInfo) -> list[CustomEventScenarioChangedStep]:
        return [CustomEventScenarioChangedStep(kind=kind, id=step) for kind, step in root.steps]


class CustomEventScenarioMemberChange(graphene.ObjectType):
    """One member that differs."""

    place = graphene.String(required=True, description="`config.subject`, `branches[1].when`.")
    before = graphene.Field(CustomEventJSON)
    after = graphene.Field(CustomEventJSON)
    follows = graphene.Boolean(
        required=True,
        description="It says where a step leads, and follows from others that were added, removed or moved.",
    )

    def resolve_before(root: MemberChange, info: ResolveInfo) -> Any:
        return root.before

    def resolve_after(root: MemberChange, info: ResolveInfo) -> Any:
        return root.after


class CustomEventScenarioChange(CustomEventScenarioChangedStep):
    """One step, start point or exit rule that differs."""

    type = graphene.String(required=True)
    label = graphene.String(required=True)
    moved = graphene.Boolean(required=True, description="It also stands elsewhere among the others.")
    members = required_list(CustomEventScenarioMemberChange, description="Of what both have.")
    told = graphene.Field(
        ScenarioChangeKindEnum,
        description="What a person is told that it is; null: nothing, since all that differs follows from others.",
    )
    before = graphene.Field(CustomEventJSON, description="The whole; null: it was added.")
    after = graphene.Field(CustomEventJSON, description="The whole; null: it was removed.")

    def resolve_kind(root: Change, info: ResolveInfo) -> str:
        return root.kind.value

    def resolve_told(root: Change, info: ResolveInfo) -> str | None:
        return root.told and root.told.value


def of_difference(name: str) -> Callable[[Any, ResolveInfo], Any]:
    """Make the resolver of a field that is a member of `difference`."""
    return lambda root, info: getattr(root.difference, name)


class CustomEventScenarioDiff(graphene.ObjectType):
    """What differs between two versions."""

    before = graphene.Int(required=True, description="The number of the version before.")
    after = graphene.Int(description="The number of the version behind; null: the draft.")
    is_empty = graphene.Boolean(required=True, description="Both mean the same.", resolver=of_difference("is_empty"))
    starts = required_list(CustomEventScenarioChange, resolver=of_difference("starts"))
    steps = required_list(CustomEventScenarioChange, resolver=of_difference("steps"))
    exits = required_list(CustomEventScenarioChange, resolver=of_difference("exits"))
    members = required_list(
        CustomEventScenarioMemberChange,
        resolver=of_difference("members"),
        description="Other members of the definition.",
    )
    definition_before = graphene.Field(CustomEventJSON, required=True, description="All of the version before.")
    definition_after = graphene.Field(CustomEventJSON, required=True, description="All of the one behind.")


class CustomEventScenarioVersionChanges(graphene.ObjectType):
    """What a version changed in the one before, counted as a person would."""

    added = graphene.Int(required=True, description="Of steps.")
    changed = graphene.Int(required=True, description="Of steps.")
    moved = graphene.Int(required=True, description="Of steps.")
    removed = graphene.Int(required=True, description="Of steps.")
    starts = graphene.Int(required=True, description="Start points, whatever became of them.")
    exits = graphene.Int(required=True, description="Exit rules, whatever became of them.")


@answering
def resolve_diff(root: Any, info: ResolveInfo, **given: Any) -> Compared:
    """Answer `customEventScenarioDiff`."""
    return compare(caller(info), number_of(SCENARIO, given["id"]), given["before"], given.get("after"))
