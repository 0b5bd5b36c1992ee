"""GraphQL's types for custom events, keys and refusals."""

from __future__ import annotations

from typing import Any

import graphene
from graphene import relay
from graphql import ResolveInfo

from saleor_custom_events.defining.checking import signed_name
from saleor_custom_events.doors.graphql.enums import FieldTypeEnum, KeyTypeEnum, PrivacyEnum, ViolationsEnum
from saleor_custom_events.doors.graphql.happening_types import CustomEventHappening
from saleor_custom_events.doors.graphql.loading import loads
from saleor_custom_events.doors.graphql.pages import connection_of, required_list
from saleor_custom_events.doors.graphql.scalars import date_time
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenario
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.firing.fired_by import read_fired_by
from saleor_custom_events.firing.values import DeclaredField, FiredBy

DateTime = date_time()


def resolve_created_by(root: Any, info: ResolveInfo) -> str:
    """Give the name that made it, as it was then."""
    return signed_name(root.created_by)


class CustomEventRefusalSample(graphene.ObjectType):
    """One refused firing, without identity and values."""

    at = DateTime(required=True)
    fields = required_list(graphene.String, description="Members that were wrong.")


class CustomEventRefusal(graphene.ObjectType):
    """How often firings were refused for one reason on one day."""

    day = graphene.String(required=True, description="ISO 8601 date, UTC.")
    code = graphene.String(required=True)
    count = graphene.Int(required=True)
    last_at = DateTime(required=True)
    samples = required_list(CustomEventRefusalSample, description="The last 50, oldest first.")


class CustomEventFieldProblemSample(graphene.ObjectType):
    """One firing with the problem; the log has its values."""

    at = DateTime(required=True)
    invocation = graphene.String(description="Number of its row in the log; null where the event was not logged.")


class CustomEventFieldProblem(graphene.ObjectType):
    """How often a data field broke the event's declarations in one way."""

    field = graphene.String(
        required=True, description="Its name; empty: names that nobody declares, beyond the first 100 of a day."
    )
    code = graphene.String(required=True, description="UNDECLARED, REQUIRED or WRONG_TYPE.")
    count = graphene.Int(required=True)
    last_at = DateTime(required=True)
    samples = required_list(CustomEventFieldProblemSample, description="The last 10, oldest first.")


class CustomEventDataFieldDeclaration(graphene.ObjectType):
    """A data field that an event declares."""

    name = graphene.String(required=True)
    type = graphene.Field(FieldTypeEnum, required=True)
    required = graphene.Boolean(required=True)
    privacy = graphene.Field(PrivacyEnum, required=True, description="What is kept of what is sent.")


class CustomEvent(graphene.ObjectType):
    """A behaviour of the store that has a name."""

    class Meta:
        interfaces = (relay.Node,)

    number = graphene.Int(required=True, description="The ID that is shown, and given in calls that fire.")
    slug = graphene.String(required=True, description="Names it in calls too; survives from staging to production.")
    slug_fixed = graphene.Boolean(required=True, description="The event was fired: its slug can no longer change.")
    name = graphene.String(required=True)
    description = graphene.String(required=True)
    logging = graphene.Boolean(required=True, description="Invocations are recorded in the log.")
    public = graphene.Boolean(required=True, description="Storefront keys and customers may fire it.")
    data_fields = required_list(CustomEventDataFieldDeclaration)
    violations = graphene.Field(
        ViolationsEnum, required=True, description="What becomes of firings that break the declarations."
    )
    happenings = required_list(CustomEventHappening, description="What happens in the store and fires it.")
    created_at = DateTime(required=True)
    created_by = graphene.String(required=True, resolver=resolve_created_by)
    updated_at = DateTime(required=True)
    archived_at = DateTime()
    is_paused = graphene.Boolean(
        required=True,
        resolver=loads("event_paused", "pk"),
        description="Firings are kept; their scenarios start when it is resumed.",
    )
    first_fired_at = DateTime()
    last_fired_at = DateTime(resolver=loads("last_fired", "pk"))
    fired_in_last_day = graphene.Int(
        required=True,
        resolver=loads("fired_in_last_day", "pk"),
        description="Occurrences registered in the last 24 hours; 10,000 stands for that or more.",
    )
    refused_count = graphene.Int(
        required=True,
        resolver=loads("refused_count", "pk"),
        description="Refused firings of the last 30 days, all codes together.",
    )
    scenarios = required_list(
        CustomEventScenario,
        resolver=loads("scenarios_of_event", "pk", many=True, goes_on=True),
        description="Where it is used: scenarios whose draft or published version starts from it.",
    )
    refusals = required_list(
        CustomEventRefusal,
        resolver=loads("refusals_of_event", "pk", many=True, goes_on=True),
        description="Refused firings of the last 30 days, newest first.",
    )

    field_problems = required_list(
        CustomEventFieldProblem,
        resolver=loads("field_problems_of_event", "pk", many=True, goes_on=True),
        description="What broke the declarations in the last 30 days and was accepted, the most frequent first.",
    )

    def resolve_number(root: Any, info: ResolveInfo) -> int:
        return int(root.pk)

    def resolve_slug_fixed(root: Any, info: ResolveInfo) -> bool:
        return root.first_fired_at is not None

    def resolve_data_fields(root: Any, info: ResolveInfo) -> tuple[DeclaredField, ...]:
        return read_declared(root.declared_fields)

    def resolve_happenings(root: Any, info: ResolveInfo) -> tuple[FiredBy, ...]:
        return read_fired_by(root.happenings)


class CustomEventKey(graphene.ObjectType):
    """A key that may fire, without the key."""

    class Meta:
        interfaces = (relay.Node,)

    number = graphene.Int(required=True)
    name = graphene.String(required=True)
    type = graphene.Field(KeyTypeEnum, required=True)
    prefix = graphene.String(required=True, description="The key's first characters, to recognise it by.")
    channels = required_list(graphene.String, description="Slugs; empty is not bound to any.")
    origins = required_list(graphene.String, description="`https://shop.example`; empty is not bound to any.")
    allowed_fields = required_list(
        graphene.String, description="Data fields that a storefront may send beside those that an event declares."
    )
    created_at = DateTime(required=True)
    created_by = graphene.String(required=True, resolver=resolve_created_by)
    revoked_at = DateTime()
    last_used_at = DateTime(description="To the minute.")
    refusals = required_list(
        CustomEventRefusal,
        resolver=loads("refusals_of_key", "pk", many=True),
        description="Refused firings of the last 30 days, newest first.",
    )

    def resolve_number(root: Any, info: ResolveInfo) -> int:
        return int(root.pk)


CustomEventConnection = connection_of(CustomEvent, counted=True)
CustomEventKeyConnection = connection_of(CustomEventKey, counted=True)
