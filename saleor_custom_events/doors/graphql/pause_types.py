"""GraphQL's types and mutations for kill switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.actions.base import Label
from saleor_custom_events.actions.registry import action as find_action
from saleor_custom_events.defining import switches
from saleor_custom_events.defining.checking import signed_name
from saleor_custom_events.doors.graphql.action_types import CustomEventLabel
from saleor_custom_events.doors.graphql.asking import Answering, answering
from saleor_custom_events.doors.graphql.enums import PauseKindEnum
from saleor_custom_events.doors.graphql.event_types import CustomEvent
from saleor_custom_events.doors.graphql.ids import EVENT, number_of
from saleor_custom_events.doors.graphql.loading import load
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import date_time
from saleor_custom_events.log.held import held_count
from saleor_custom_events.models import Pause
from saleor_custom_events.pauses import PauseKind, kind_and_subject, pauses_shown
from saleor_custom_events.store.callers import Caller

DateTime = date_time()


class CustomEventPause(graphene.ObjectType):
    """A kill switch that was thrown: of everything, an event or an action."""

    kind = graphene.Field(PauseKindEnum, required=True)
    custom_event = graphene.Field(CustomEvent, description="Of an event.")
    action = graphene.String(description="Of an action: its name.")
    action_label = graphene.Field(CustomEventLabel, description="Null for an action that is no longer installed.")
    paused_at = DateTime(required=True)
    paused_by = graphene.String(required=True)
    resumed_at = DateTime(description="Null while it is in force; then it lets go of what it held.")
    resumed_by = graphene.String(description="Null while it is in force.")
    held_count = graphene.Int(
        required=True, description="Invocations that it holds at this moment; 100,000 stands for that or more."
    )

    def resolve_kind(root: Pause, info: ResolveInfo) -> str:
        return kind_and_subject(root.name)[0].value

    @staticmethod
    @answering
    def resolve_custom_event(root: Pause, info: ResolveInfo) -> Any:
        kind, subject = kind_and_subject(root.name)
        return load(info, "event", int(subject)) if kind is PauseKind.EVENT else None

    def resolve_action(root: Pause, info: ResolveInfo) -> str | None:
        kind, subject = kind_and_subject(root.name)
        return subject if kind is PauseKind.ACTION else None

    def resolve_action_label(root: Pause, info: ResolveInfo) -> Label | None:
        kind, subject = kind_and_subject(root.name)
        found = find_action(subject) if kind is PauseKind.ACTION else None
        return found.label if found else None

    def resolve_paused_by(root: Pause, info: ResolveInfo) -> str:
        return signed_name(root.paused_by)

    def resolve_resumed_by(root: Pause, info: ResolveInfo) -> str | None:
        return signed_name(root.resumed_by) or None

    @staticmethod
    @answering
    def resolve_held_count(root: Pause, info: ResolveInfo) -> int:
        return held_count(root.name)


class _OfPauses(Answering):
    """Answers with what is paused now."""

    class Meta:
        abstract = True

    pauses = required_list(CustomEventPause, description="What is paused, or lets go of what it held.")

    @classmethod
    def throw(cls, caller: Caller, **given: Any) -> None:
        """Do what the mutation is for."""
        raise TypeError(f"{cls.__name__} throws nothing.")

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        cls.throw(caller, **given)
        return {"pauses": pauses_shown()}


class CustomEventPauseAll(_OfPauses):
    """Let nothing run from now on. Firings are accepted and kept."""

    @classmethod
    def throw(cls, caller: Caller, **given: Any) -> None:
        switches.pause_everything(caller)


class CustomEventResumeAll(_OfPauses):
    """Let everything run again, in the order in which it was due; events and actions that are paused stay so."""

    @classmethod
    def throw(cls, caller: Caller, **given: Any) -> None:
        switches.resume_everything(caller)


class CustomEventActionPause(_OfPauses):
    """Perform an action nowhere; invocations wait before it."""

    class Arguments:
        name = graphene.String(required=True, description="As `customEventActions` names it.")

    @classmethod
    def throw(cls, caller: Caller, **given: Any) -> None:
        switches.pause_action(caller, given["name"])


class CustomEventActionResume(_OfPauses):
    """Perform it again, first for those who waited."""

    class Arguments:
        name = graphene.String(required=True)

    @classmethod
    def throw(cls, caller: Caller, **given: Any) -> None:
        switches.resume_action(caller, given["name"])


class CustomEventPauseEvent(Answering):
    """Accept and keep firings of an event; its scenarios start when it is resumed. What is under way goes on."""

    class Meta:
        name = "CustomEventPauseOne"

    class Arguments:
        id = graphene.ID(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"custom_event": switches.pause_event(caller, number_of(EVENT, given["id"]))}


class CustomEventResumeEvent(Answering):
    """Let scenarios start from an event again, first from what was fired meanwhile."""

    class Meta:
        name = "CustomEventResumeOne"

    class Arguments:
        id = graphene.ID(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"custom_event": switches.resume_event(caller, number_of(EVENT, given["id"]))}
