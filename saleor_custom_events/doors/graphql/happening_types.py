"""GraphQL's types for what happens in the store and fires events."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import FieldTypeEnum, HappeningKindEnum
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.firing.fired_by import fields_of
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.store.happenings import HappeningKind


class CustomEventHappening(graphene.ObjectType):
    """What happens in the store and fires an event."""

    kind = graphene.Field(HappeningKindEnum, required=True)
    minutes = graphene.Int(description="Of an abandoned checkout: how long nothing changes.")
    keys = required_list(graphene.String, description="Of changed metadata: which keys are looked at.")


class CustomEventHappeningField(graphene.ObjectType):
    """A data field that the store fills."""

    name = graphene.String(required=True)
    type = graphene.Field(FieldTypeEnum, required=True)


class CustomEventHappeningKind(graphene.ObjectType):
    """Something that may happen in the store."""

    kind = graphene.Field(HappeningKindEnum, required=True)
    fields = required_list(
        CustomEventHappeningField, description="What the event comes with; of one that declares fields, those of them."
    )

    def resolve_kind(root: HappeningKind, info: ResolveInfo) -> HappeningKind:
        return root

    def resolve_fields(root: HappeningKind, info: ResolveInfo) -> tuple[DeclaredField, ...]:
        return fields_of(root)


@answering
def resolve_happening_kinds(root: Any, info: ResolveInfo) -> tuple[HappeningKind, ...]:
    """Answer `customEventHappenings`."""
    demand(caller(info), Operation.SEE_DEFINITIONS)
    return tuple(HappeningKind)
