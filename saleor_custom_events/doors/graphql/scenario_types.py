"""GraphQL's types for scenarios, their versions and what checking them finds."""

from __future__ import annotations

from typing import Any

import graphene
from graphene import relay
from graphql import ResolveInfo
from promise import Promise

from saleor_custom_events.defining.checking import signed_name
from saleor_custom_events.defining.drafts import Check, check_draft, first_events_named, form_of
from saleor_custom_events.defining.needs import Need
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import ScenarioStatusEnum
from saleor_custom_events.doors.graphql.history_types import (
    CustomEventScenarioHistoryEntry,
    CustomEventScenarioVersionChanges,
)
from saleor_custom_events.doors.graphql.loading import load, loads, refuse_going_round
from saleor_custom_events.doors.graphql.pages import connection_of, required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.host import current_host

DateTime = date_time()


class CustomEventProblem(graphene.ObjectType):
    """Something that keeps a draft from being published."""

    field = graphene.String(required=True, description="The place in the draft: `steps[3].config.url`.")
    code = graphene.String(required=True)
    message = graphene.String(required=True)


class CustomEventWarning(graphene.ObjectType):
    """Something that does not keep a draft from being published, and that its author should know."""

    code = graphene.String(required=True)
    message = graphene.String(required=True)
    step = graphene.String(description="Id of the step or start point; null for the whole scenario.")
    subject = graphene.String(
        description="What it is about, where the sentence names something: the data field's or the event's name."
    )

    def resolve_step(root: Any, info: ResolveInfo) -> str | None:
        return root.step or None

    def resolve_subject(root: Any, info: ResolveInfo) -> str | None:
        return root.subject or None


class CustomEventPublishingNeed(graphene.ObjectType):
    """Permissions that one part of a draft needs of whoever publishes it."""

    part = graphene.String(required=True, description="Id of the step or start point.")
    permissions = required_list(graphene.String, description="The store's permission codes, sorted.")
    missing = required_list(graphene.String, description="Those of them that the caller has not got.")

    def resolve_permissions(root: Need, info: ResolveInfo) -> list[str]:
        return sorted(root.permissions)

    @staticmethod
    @answering
    def resolve_missing(root: Need, info: ResolveInfo) -> list[str]:
        return sorted(root.permissions - caller(info).permissions)


class CustomEventScenarioCheck(graphene.ObjectType):
    """Whether a draft can be published."""

    problems = required_list(CustomEventProblem)
    warnings = required_list(
        CustomEventWarning, description="Where there are problems, only those that are of the store."
    )
    needs = required_list(
        CustomEventPublishingNeed, description="What publishing it needs beside what saving needs, also with problems."
    )


class CustomEventScenarioVersion(graphene.ObjectType):
    """What was published at one moment; never changes."""

    number = graphene.Int(required=True)
    definition = graphene.Field(CustomEventJSON, required=True, resolver=loads("definition", "pk"))
    published_at = DateTime(required=True)
    published_by = graphene.String(required=True)
    under_way = graphene.Int(
        required=True,
        resolver=loads("under_way_in_version", "pk"),
        description="Invocations that run or wait now in this version; 10,000 stands for that or more.",
    )
    changes = graphene.Field(
        CustomEventScenarioVersionChanges,
        resolver=loads("version_changes", "pk"),
        description="What it changed in the version before; null: it is the first.",
    )

    def resolve_published_by(root: Any, info: ResolveInfo) -> str:
        return signed_name(root.published_by)


class CustomEventScenario(graphene.ObjectType):
    """An automation that custom events start."""

    class Meta:
        interfaces = (relay.Node,)

    number = graphene.Int(required=True)
    name = graphene.String(required=True)
    status = graphene.Field(ScenarioStatusEnum, required=True)
    draft = graphene.Field(CustomEventJSON, required=True)
    revision = graphene.Int(required=True, description="Grows with every save; give it when saving.")
    published = graphene.Field(CustomEventScenarioVersion, description="The version that runs.")
    has_unpublished_changes = graphene.Boolean(required=True)
    versions = required_list(
        CustomEventScenarioVersion, resolver=loads("versions", "pk", many=True), description="Newest first."
    )
    version = graphene.Field(
        CustomEventScenarioVersion,
        number=graphene.Int(required=True),
        description="A published version by its number; null: there is none of this number.",
    )
    history = required_list(
        CustomEventScenarioHistoryEntry,
        resolver=loads("history", "pk", many=True),
        description="Who did what, newest first; the latest 200.",
    )
    paused_because = graphene.String(
        description="Why it paused itself: most of its runs had failed. Null: it did not, or was resumed since."
    )
    check = graphene.Field(CustomEventScenarioCheck, required=True, description="What publishing would say.")
    start_events = required_list(
        # By its name: the module of events needs this one.
        "saleor_custom_events.doors.graphql.event_types.CustomEvent",
        description="The events that the draft's start points name. Not of a scenario that an event led to, and these "
        "events lead neither to scenarios nor to refusals: ask for those in a query of their own.",
    )
    under_way = graphene.Int(
        required=True,
        resolver=loads("under_way", "pk"),
        description="Invocations that run or wait now; 10,000 stands for that or more.",
    )
    created_at = DateTime(required=True)
    created_by = graphene.String(required=True)
    updated_at = DateTime(required=True)
    updated_by = graphene.String(required=True)

    def resolve_number(root: Any, info: ResolveInfo) -> int:
        return int(root.pk)

    @staticmethod
    @answering
    def resolve_version(root: Any, info: ResolveInfo, number: int) -> Any:
        return load(info, "version_numbered", (root.pk, number))

    def resolve_has_unpublished_changes(root: Any, info: ResolveInfo) -> bool:
        return root.published is None or root.published.definition != root.draft

    @staticmethod
    @answering
    def resolve_check(root: Any, info: ResolveInfo) -> Promise[Any]:
        form = form_of(root.draft)

        def checked(loaded: list[Any]) -> Check:
            life, *events = loaded
            with current_host().database_access():
                return check_draft(form, {event.pk: event for event in events if event is not None}, life)

        events = (load(info, "event", number) for number in sorted(form.events))
        return Promise.all([load(info, "life", ""), *events]).then(checked)

    @staticmethod
    @answering
    def resolve_start_events(root: Any, info: ResolveInfo) -> Promise[Any]:
        refuse_going_round(root)
        promised = [load(info, "start_event", number) for number in first_events_named(root.draft)]
        return Promise.all(promised).then(lambda events: [event for event in events if event is not None])

    def resolve_created_by(root: Any, info: ResolveInfo) -> str:
        return signed_name(root.created_by)

    def resolve_updated_by(root: Any, info: ResolveInfo) -> str:
        return signed_name(root.updated_by)


CustomEventScenarioConnection = connection_of(CustomEventScenario, counted=True)
