"""GraphQL's types for the settings: a merchant's, the operator's, and what was paused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.plugin_settings import (
    OperatorSetting,
    operator_settings,
    read_plugin_fields,
    update_plugin_fields,
)
from saleor_custom_events.doors.graphql.asking import Answering, answering, caller, given_members
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.pause_types import CustomEventPause
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Pause
from saleor_custom_events.pauses import past_pauses, pauses_shown
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.plugin_fields import PluginFields

#: Pauses that are over, as far back as the record is shown.
PAST = 20


class CustomEventOperatorSetting(graphene.ObjectType):
    """A setting that the operator makes, in the environment of Saleor's processes."""

    name = graphene.String(required=True, description="The environment variable.")
    value = graphene.String(description="As it is in force; null: it is a secret.")
    is_set = graphene.Boolean(required=True, description="Something else than the default.")


class CustomEventSettings(graphene.ObjectType):
    """What a merchant sets, what the operator has set, and what is and was paused."""

    active = graphene.Boolean(required=True, description="The plugin is switched on.")
    public_url = graphene.String(
        required=True, description="Where browsers reach the API; empty: what the store says of itself."
    )
    public_url_in_use = graphene.String(required=True, description="Without a slash at the end.")
    sender_name = graphene.String(required=True)
    sender_address = graphene.String(required=True, description="Empty: scenarios' mail is sent as the shop's is.")
    operator = required_list(CustomEventOperatorSetting)
    pauses = required_list(CustomEventPause, description="What is paused, or lets go of what it held; oldest first.")
    past_pauses = required_list(CustomEventPause, description="The last 20 that are over, newest first.")

    @staticmethod
    @answering
    def resolve_public_url_in_use(root: PluginFields, info: ResolveInfo) -> str:
        return current_host().public_url()

    def resolve_operator(root: PluginFields, info: ResolveInfo) -> tuple[OperatorSetting, ...]:
        return operator_settings()

    @staticmethod
    @answering
    def resolve_pauses(root: PluginFields, info: ResolveInfo) -> tuple[Pause, ...]:
        return pauses_shown()

    @staticmethod
    @answering
    def resolve_past_pauses(root: PluginFields, info: ResolveInfo) -> tuple[Pause, ...]:
        return past_pauses(PAST)


@answering
def resolve_settings(root: Any, info: ResolveInfo) -> PluginFields:
    """Answer `customEventSettings`."""
    return read_plugin_fields(caller(info))


class CustomEventSettingsInput(graphene.InputObjectType):
    """What to change; what is left out stays, an empty text leaves it to the store."""

    active = graphene.Boolean(description="Switched off, these pages and this API go away as well.")
    public_url = graphene.String()
    sender_name = graphene.String()
    sender_address = graphene.String()


class CustomEventSettingsUpdate(Answering):
    """Change the merchant's settings of the plugin, as its page in the dashboard does."""

    class Arguments:
        input = CustomEventSettingsInput(required=True)

    settings = graphene.Field(CustomEventSettings)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"settings": update_plugin_fields(caller, given_members(given["input"]))}
