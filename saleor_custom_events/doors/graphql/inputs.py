"""GraphQL's inputs; their members are named as HTTP's.

No member has a default: graphene 2 shares it between requests. What is left out or null is left as it is.
"""

from __future__ import annotations

import graphene

from saleor_custom_events.doors.graphql.enums import (
    EventSortFieldEnum,
    FieldTypeEnum,
    HappeningKindEnum,
    InvocationStatusEnum,
    LanguageEnum,
    OrderDirectionEnum,
    PrivacyEnum,
    ScenarioSortFieldEnum,
    ScenarioStatusEnum,
    StepOutcomeEnum,
    ViolationsEnum,
)
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time

DateTime = date_time()


def _texts(**options: str) -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String), **options)


def _ids() -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.ID))


class CustomEventFilterInput(graphene.InputObjectType):
    """Which events."""

    search = graphene.String(description="Part of a name or slug, or a number.")
    archived = graphene.Boolean()
    ids = _ids()


class CustomEventSortingInput(graphene.InputObjectType):
    """In which order events come; by number where left out."""

    field = graphene.Field(EventSortFieldEnum, required=True)
    direction = graphene.Field(OrderDirectionEnum)


class CustomEventScenarioFilterInput(graphene.InputObjectType):
    """Which scenarios."""

    search = graphene.String(description="Part of a name, or a number.")
    archived = graphene.Boolean()
    ids = _ids()
    statuses = graphene.List(graphene.NonNull(ScenarioStatusEnum))
    event = graphene.ID(description="Those that start from this event.")


class CustomEventScenarioSortingInput(graphene.InputObjectType):
    """In which order scenarios come; by number where left out."""

    field = graphene.Field(ScenarioSortFieldEnum, required=True)
    direction = graphene.Field(OrderDirectionEnum)


class CustomEventDateTimeRangeInput(graphene.InputObjectType):
    """A span of time."""

    gte = DateTime(description="From, included.")
    lte = DateTime(description="To, included.")


class CustomEventStepFilterInput(graphene.InputObjectType):
    """What happened at a step or start point."""

    id = graphene.String(required=True, description="The step's or start point's id in the version's definition.")
    outcome = graphene.Field(
        StepOutcomeEnum, required=True, description="Of a step by its last visit; of a start point STARTED or SKIPPED."
    )
    way = graphene.String(description="Of what PASSED: which way, as the log's `result.branch` names it.")
    reason = graphene.String(description="Code of why, of what was SKIPPED or FAILED.")


class CustomEventInvocationFilterInput(graphene.InputObjectType):
    """Which rows of the log; all that is given has to hold."""

    ids = graphene.List(graphene.NonNull(graphene.ID), description="Up to 100: rows that are shown, asked for again.")
    event = graphene.ID()
    scenario = graphene.ID()
    version = graphene.Int(description="One of the scenario's versions, by its number; needs `scenario`.")
    step = graphene.Field(CustomEventStepFilterInput, description="Needs `version`.")
    email = graphene.String(description="Needs the permission to see customers.")
    customer = graphene.ID(
        description="A customer by the store's global id: rows with their address, and those that were told their id. "
        "Needs the permission to see customers."
    )
    status = graphene.List(graphene.NonNull(InvocationStatusEnum))
    reason = _texts(description="Codes.")
    created = CustomEventDateTimeRangeInput()


class CustomEventDataFieldInput(graphene.InputObjectType):
    """A data field that an event declares."""

    name = graphene.String(required=True)
    type = graphene.Field(FieldTypeEnum, required=True)
    required = graphene.Boolean()
    privacy = graphene.Field(PrivacyEnum, description="What is kept of what is sent; all of it where left out.")


class CustomEventHappeningInput(graphene.InputObjectType):
    """What happens in the store and fires an event."""

    kind = graphene.Field(HappeningKindEnum, required=True)
    minutes = graphene.Int(description="Of an abandoned checkout: how long nothing changes, 5 minutes to 30 days.")
    keys = _texts(description="Of changed metadata: which keys are looked at, up to 20.")


class CustomEventUpdateInput(graphene.InputObjectType):
    """What to change of an event; what is left out or null stays."""

    name = graphene.String()
    slug = graphene.String(description="Until the first firing.")
    description = graphene.String()
    logging = graphene.Boolean()
    public = graphene.Boolean(description="Storefront keys and customers may fire it.")
    data_fields = graphene.List(graphene.NonNull(CustomEventDataFieldInput))
    violations = graphene.Field(ViolationsEnum)
    happenings = graphene.List(
        graphene.NonNull(CustomEventHappeningInput), description="What happens in the store and fires it."
    )


class CustomEventCreateInput(CustomEventUpdateInput):
    """A new event."""

    name = graphene.String(required=True)
    slug = graphene.String(description="Made from the name where none is given.")
    number = graphene.Int(description="For somebody who migrates; otherwise the next free one is taken.")


class CustomEventFireInput(graphene.InputObjectType):
    """The body of HTTP's `fire`."""

    custom_event_id = graphene.Int(description="The event by its number …")
    custom_event = graphene.String(description="… or by its slug.")
    customer_email = graphene.String()
    customer_id = graphene.String(description="Saleor's global id.")
    customer_external_reference = graphene.String()
    anonymous_id = graphene.String()
    data_fields = CustomEventJSON(description="An object, or a list of {name, type, value}.")
    url = graphene.String()
    channel = graphene.String(description="Slug.")
    occurred_at = DateTime(description="With its offset.")
    idempotency_key = graphene.String()
    dry_run = graphene.Boolean()


class CustomEventReadyEventInput(graphene.InputObjectType):
    """An event of the store that a ready scenario takes."""

    slug = graphene.String(required=True, description="In whose place it comes.")
    event = graphene.ID(required=True)


class CustomEventScenarioCreateInput(graphene.InputObjectType):
    """A new scenario: with a draft, or made of a ready one."""

    name = graphene.String(description="Required, except of a ready scenario, which has one.")
    draft = CustomEventJSON(description="May be incomplete; empty where left out.")
    ready = graphene.String(description="A ready scenario's name; instead of a draft.")
    language = graphene.Field(LanguageEnum, description="Of a ready scenario's texts; required with `ready`.")
    answers = CustomEventJSON(
        description="An object: texts by the names of what the ready scenario asks. What is left out is empty in the "
        "draft, whose check says so."
    )
    events = graphene.List(
        graphene.NonNull(CustomEventReadyEventInput),
        description="Events to take; others are taken by their slug, or made.",
    )


class CustomEventScenarioUpdateInput(graphene.InputObjectType):
    """What to save of a scenario; what is left out or null stays."""

    name = graphene.String()
    draft = CustomEventJSON(description="May be incomplete.")


class CustomEventTestHappeningInput(graphene.InputObjectType):
    """That the event happens, as soon as it is waited for, that a step waits for."""

    step = graphene.String(required=True, description="The step's id in the draft.")
    data_fields = CustomEventJSON(description="An object, or a list of {name, type, value}.")


class CustomEventScenarioTestInput(graphene.InputObjectType):
    """A draft, and the occurrence that it is tried with: exactly one of the two."""

    draft = CustomEventJSON(description="What is tried; the saved draft where left out.")
    occurrence_id = graphene.String(description="A logged occurrence by its UUID. Needs MANAGE_USERS as well.")
    occurrence = CustomEventFireInput(
        description="Or one that is typed: `customEventId` and the members that `fire` takes. Whoever may not see "
        "customers tries it as one of somebody whom the store does not know."
    )
    happened = graphene.List(
        graphene.NonNull(CustomEventTestHappeningInput),
        description="What happens of what steps wait for; the time of the others runs out.",
    )
    begin_at = DateTime(description="What the clock says at the beginning; now where left out.")


class CustomEventKeyUpdateInput(graphene.InputObjectType):
    """What to change of a key; what is left out or null stays."""

    name = graphene.String()
    channels = _texts(description="Slugs; empty binds to none.")
    origins = _texts(description="`https://shop.example`; empty binds to none.")
    allowed_fields = _texts(description="Data fields that a storefront may send beside those that an event declares.")
