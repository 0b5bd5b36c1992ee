"""Mutations of custom events and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene

from saleor_custom_events.defining import events, keys
from saleor_custom_events.defining.events import EventChanges
from saleor_custom_events.defining.keys import KeyChanges
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.enums import KeyTypeEnum
from saleor_custom_events.doors.graphql.event_types import CustomEvent, CustomEventKey
from saleor_custom_events.doors.graphql.ids import EVENT, KEY, number_of
from saleor_custom_events.doors.graphql.inputs import (
    CustomEventCreateInput,
    CustomEventKeyUpdateInput,
    CustomEventUpdateInput,
)
from saleor_custom_events.firing.values import DeclaredField, FiredBy, Privacy, Violations
from saleor_custom_events.models import KeyType
from saleor_custom_events.scenarios.values import FieldType
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.happenings import HappeningKind


def _event_changes(sent: Mapping[str, Any]) -> EventChanges:
    members = given_members(sent)
    if "data_fields" in members:
        members["declared_fields"] = tuple(_declared_field(field) for field in members.pop("data_fields"))
    if "violations" in members:
        members["violations"] = Violations(members["violations"])
    if "happenings" in members:
        members["happenings"] = tuple(_fired_by(one) for one in members["happenings"])
    return EventChanges(**members)


def _fired_by(sent: Mapping[str, Any]) -> FiredBy:
    return FiredBy(kind=HappeningKind(sent["kind"]), minutes=sent.get("minutes"), keys=tuple(sent.get("keys") or ()))


def _declared_field(sent: Mapping[str, Any]) -> DeclaredField:
    return DeclaredField(
        name=sent["name"],
        type=FieldType(sent["type"]),
        required=bool(sent.get("required")),
        privacy=Privacy(sent.get("privacy") or Privacy.STORE),
    )


class CustomEventCreate(Answering):
    """Make a custom event."""

    class Arguments:
        input = CustomEventCreateInput(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = dict(given["input"])
        number = sent.pop("number", None)
        return {"custom_event": events.create_event(caller, _event_changes(sent), number=number)}


class CustomEventUpdate(Answering):
    """Change a custom event; what is left out stays."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CustomEventUpdateInput(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        number = number_of(EVENT, given["id"])
        return {"custom_event": events.update_event(caller, number, _event_changes(given["input"]))}


class CustomEventArchive(Answering):
    """Archive a custom event: it refuses firings; invocations under way go on."""

    class Arguments:
        id = graphene.ID(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"custom_event": events.archive_event(caller, number_of(EVENT, given["id"]))}


class CustomEventRestore(Answering):
    """Let an archived event be fired again."""

    class Arguments:
        id = graphene.ID(required=True)

    custom_event = graphene.Field(CustomEvent)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"custom_event": events.restore_event(caller, number_of(EVENT, given["id"]))}


class CustomEventKeyCreateInput(CustomEventKeyUpdateInput):
    """A new key."""

    name = graphene.String(required=True)
    type = graphene.Field(KeyTypeEnum, required=True)


def _key_changes(sent: Mapping[str, Any]) -> KeyChanges:
    members = given_members(sent)
    for name in ("channels", "origins", "allowed_fields"):
        if name in members:
            members[name] = tuple(members[name])
    return KeyChanges(**members)


class CustomEventKeyCreate(Answering):
    """Make a key."""

    class Arguments:
        input = CustomEventKeyCreateInput(required=True)

    key = graphene.Field(CustomEventKey)
    secret = graphene.String(description="The key itself. Shown this once and kept nowhere.")

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = dict(given["input"])
        key, secret = keys.create_key(caller, KeyType(sent.pop("type")), _key_changes(sent))
        return {"key": key, "secret": secret}


class CustomEventKeyUpdate(Answering):
    """Change a key's name or what it is bound to."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CustomEventKeyUpdateInput(required=True)

    key = graphene.Field(CustomEventKey)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"key": keys.update_key(caller, number_of(KEY, given["id"]), _key_changes(given["input"]))}


class CustomEventKeyRevoke(Answering):
    """Let a key fire nothing more, for good."""

    class Arguments:
        id = graphene.ID(required=True)

    key = graphene.Field(CustomEventKey)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"key": keys.revoke_key(caller, number_of(KEY, given["id"]))}
