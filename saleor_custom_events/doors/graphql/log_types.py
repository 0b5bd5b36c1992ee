"""GraphQL's types for the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from graphene import relay
from graphql import ResolveInfo

from saleor_custom_events.doors.graphql.enums import (
    CallerKindEnum,
    EffectEnum,
    FieldTypeEnum,
    IdentityEnum,
    InvocationStatusEnum,
    StepStatusEnum,
)
from saleor_custom_events.doors.graphql.event_types import CustomEvent
from saleor_custom_events.doors.graphql.ids import SCENARIO, global_id
from saleor_custom_events.doors.graphql.loading import loads
from saleor_custom_events.doors.graphql.pages import connection_of, required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenario

DateTime = date_time()


class CustomEventDataField(graphene.ObjectType):
    """A named, typed value sent with an occurrence."""

    name = graphene.String(required=True)
    type = graphene.Field(FieldTypeEnum, required=True)
    value = graphene.Field(CustomEventJSON, description="Null without the permission to see customers.")


class CustomEventViolation(graphene.ObjectType):
    """What a data field broke of the event's declarations."""

    field = graphene.String(required=True)
    code = graphene.String(required=True)
    message = graphene.String(required=True)


class CustomEventStepRun(graphene.ObjectType):
    """What one step did in one invocation."""

    visit = graphene.Int(required=True, description="1, 2, 3 … within the invocation.")
    step = graphene.String(required=True, description="The step's id in the version's definition.")
    kind = graphene.String(required=True, description="The step's `type`, or the action's name.")
    status = graphene.Field(StepStatusEnum, required=True)
    reason = graphene.String()
    detail = graphene.String()
    attempts = graphene.Int(required=True)
    effect = graphene.Field(EffectEnum, description="What is promised of an action's effect; null for other steps.")
    input = graphene.Field(CustomEventJSON, description="The action's settings as rendered.")
    result = graphene.Field(CustomEventJSON, description="What decided, or came back.")
    started_at = DateTime(required=True)
    ended_at = DateTime()
    milliseconds = graphene.Int()

    def resolve_reason(root: Any, info: ResolveInfo) -> str | None:
        return root.reason or None

    def resolve_detail(root: Any, info: ResolveInfo) -> str | None:
        return root.detail or None

    def resolve_effect(root: Any, info: ResolveInfo) -> str | None:
        return root.effect or None


class CustomEventInvocationSummary(graphene.ObjectType):
    """An invocation beside others of the same occurrence."""

    number = graphene.String(required=True)
    retry_of = graphene.String(description="Number of the invocation that this one is a retry of.")
    scenario_name = graphene.String(required=True)
    status = graphene.Field(InvocationStatusEnum, required=True)
    reason = graphene.String()

    def resolve_reason(root: Any, info: ResolveInfo) -> str | None:
        return root.reason or None


class CustomEventOccurrence(graphene.ObjectType):
    """One firing. Without the permission to see customers, whatever names one is masked."""

    class Meta:
        interfaces = (relay.Node,)

    occurrence_id = graphene.String(required=True, description="The UUID that the caller was given.")
    registered_at = DateTime(required=True)
    occurred_at = DateTime(required=True, description="As the caller said, else when it was registered.")
    caller_kind = graphene.Field(CallerKindEnum, required=True)
    caller_name = graphene.String(required=True)
    identity = graphene.Field(IdentityEnum, required=True, description="How far the customer's identity is trusted.")
    customer_email = graphene.String()
    customer_id = graphene.ID()
    customer_external_reference = graphene.String()
    anonymous_id = graphene.String()
    customer_email_hash = graphene.String(
        description="MD5 or SHA-256 of the e-mail, where that named the customer. The e-mail comes with the customer."
    )
    customer_phone = graphene.String(description="E.164, where that named the customer.")
    channel = graphene.String(description="Slug.")
    url = graphene.String()
    caused_by = graphene.String(description="Number of the invocation that fired it.")
    data_fields = required_list(CustomEventDataField)
    is_publicly_sent = graphene.Boolean(
        required=True,
        description="A browser sent the data fields, or a scenario that one set going: nobody vouches for them.",
    )
    data_fields_removed_at = DateTime(description="When retention removed the data fields; null: they are still there.")
    violations = required_list(CustomEventViolation)
    invocations = required_list(CustomEventInvocationSummary, resolver=loads("rows_of_occurrence", "id", many=True))
    is_masked = graphene.Boolean(required=True)

    def resolve_occurrence_id(root: Any, info: ResolveInfo) -> str:
        return str(root.id)

    def resolve_is_masked(root: Any, info: ResolveInfo) -> bool:
        return bool(root.masked)

    def resolve_is_publicly_sent(root: Any, info: ResolveInfo) -> bool:
        return bool(root.publicly_sent)


def _chance(of: str) -> Callable[..., Any]:
    promised = loads("chances", "number")
    return lambda root, info: promised(root, info).then(lambda chances: chances is not None and getattr(chances, of))


class CustomEventInvocation(graphene.ObjectType):
    """A row of the log: one scenario started by one occurrence, or an occurrence that no scenario listened to."""

    class Meta:
        interfaces = (relay.Node,)

    number = graphene.String(required=True)
    created_at = DateTime(
        required=True, description="When it was registered; of a retry from the start: when that was asked for."
    )
    ended_at = DateTime()
    due_at = DateTime(description="When it goes on, while it waits.")
    customer_email = graphene.String(description="Masked without the permission to see customers.")
    is_merged = graphene.Boolean(
        required=True,
        description="It was anonymous; the customer is whoever logged in with the same anonymous id later, or before.",
    )
    event = graphene.Field(CustomEvent, required=True, resolver=loads("event", "event"))
    scenario = graphene.Field(
        CustomEventScenario,
        resolver=loads("scenario", "scenario"),
        description="Null where no scenario listened, or it was deleted since.",
    )
    scenario_id = graphene.ID()
    scenario_number = graphene.Int()
    scenario_name = graphene.String(required=True, description="As it was when the invocation was made.")
    version = graphene.Int(description="The version that runs, by its number.")
    definition = graphene.Field(
        CustomEventJSON,
        resolver=loads("definition", "version_id"),
        description="The definition of the version that runs or ran; null where no scenario listened.",
    )
    status = graphene.Field(InvocationStatusEnum, required=True)
    reason = graphene.String(description="Stable code of why something did not happen.")
    detail = graphene.String()
    retry_of = graphene.String(description="Number of the invocation that this one is a retry of.")
    superseded_by = graphene.String(
        resolver=loads("superseded_by", "number"),
        description="Number of the invocation that runs in its place: it was debounced, or began anew with that one.",
    )
    retried_by = graphene.String(description="Who asked that it goes on or begins anew; null: nobody had to.")
    can_resume = graphene.Boolean(
        required=True,
        resolver=_chance("can_resume"),
        description="`customEventInvocationRetry` would take it from the failed step, whatever the caller may do.",
    )
    can_retry = graphene.Boolean(
        required=True,
        resolver=_chance("can_retry"),
        description="`customEventInvocationRetry` would take it from the start, with one of the versions.",
    )
    occurrence = graphene.Field(CustomEventOccurrence, resolver=loads("occurrence", "occurrence"))
    steps = required_list(CustomEventStepRun, resolver=loads("steps", "number", many=True))
    is_masked = graphene.Boolean(required=True)

    def resolve_id(root: Any, info: ResolveInfo) -> int:
        return int(root.number)

    def resolve_is_merged(root: Any, info: ResolveInfo) -> bool:
        return bool(root.merged)

    def resolve_scenario_id(root: Any, info: ResolveInfo) -> str | None:
        return root.scenario and global_id(SCENARIO, root.scenario)

    def resolve_scenario_number(root: Any, info: ResolveInfo) -> int | None:
        return root.scenario  # type: ignore[no-any-return]

    def resolve_reason(root: Any, info: ResolveInfo) -> str | None:
        return root.reason or None

    def resolve_detail(root: Any, info: ResolveInfo) -> str | None:
        return root.detail or None

    def resolve_retried_by(root: Any, info: ResolveInfo) -> str | None:
        return root.retried_by or None

    def resolve_is_masked(root: Any, info: ResolveInfo) -> bool:
        return bool(root.masked)


CustomEventInvocationConnection = connection_of(CustomEventInvocation)


class CustomEventFinding(graphene.ObjectType):
    """One link in the chain of decisions."""

    code = graphene.String(required=True, description="Stable. A string: later releases add codes.")
    message = graphene.String(required=True, description="In English.")
    at = DateTime()
    count = graphene.Int()
    reason = graphene.String(description="The invocation's reason, or the refusal's code.")
    scenario_number = graphene.Int()
    scenario_name = graphene.String()
    version = graphene.Int(description="The version's number, where one is meant.")
    invocation_number = graphene.String()
    occurrence_id = graphene.String()

    def resolve_scenario_number(root: Any, info: ResolveInfo) -> int | None:
        return root.scenario  # type: ignore[no-any-return]

    def resolve_invocation_number(root: Any, info: ResolveInfo) -> int | None:
        return root.invocation  # type: ignore[no-any-return]

    def resolve_occurrence_id(root: Any, info: ResolveInfo) -> str | None:
        return root.occurrence  # type: ignore[no-any-return]


class CustomEventExplanation(graphene.ObjectType):
    """Why did nothing happen?"""

    event = graphene.Field(CustomEvent, resolver=loads("event", "event"))
    findings = required_list(CustomEventFinding, description="From the first decision to the last.")
