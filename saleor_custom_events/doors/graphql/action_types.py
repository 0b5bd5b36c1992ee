"""GraphQL's types for actions: which there are, and the form of their settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.actions.base import Action, Field, Input, Label
from saleor_custom_events.actions.forms import form_of, is_required, member_name
from saleor_custom_events.actions.registry import actions
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import EffectEnum, InputEnum
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON


@dataclass(frozen=True, slots=True)
class _Setting:
    name: str
    form: Field
    required: bool
    default: Any


class CustomEventLabel(graphene.ObjectType):
    """A text in every language of the dashboard."""

    en = graphene.String(required=True)
    pl = graphene.String(required=True)


class CustomEventActionChoice(graphene.ObjectType):
    """One value of a setting that has a few."""

    value = graphene.String(required=True)
    label = graphene.Field(CustomEventLabel, required=True)


class CustomEventActionDependence(graphene.ObjectType):
    """Another setting, a choice, and its values with which a setting matters."""

    setting = graphene.String(required=True)
    values = required_list(graphene.String)


class CustomEventActionSetting(graphene.ObjectType):
    """One setting of an action."""

    name = graphene.String(required=True, description="As in a definition's `config`.")
    input = graphene.Field(InputEnum, required=True, description="What an editor shows for it.")
    label = graphene.Field(CustomEventLabel, required=True)
    help = graphene.Field(CustomEventLabel)
    required = graphene.Boolean(required=True)
    default = graphene.Field(CustomEventJSON)
    choices = required_list(CustomEventActionChoice)
    max_length = graphene.Int(required=True, description="Characters, before templates are rendered.")
    is_template = graphene.Boolean(required=True, description="Liquid.")
    is_html = graphene.Boolean(required=True, description="A template that gives HTML.")
    only_with = graphene.Field(CustomEventActionDependence, description="Null: it always matters.")
    is_advanced = graphene.Boolean(required=True, description="Few need it.")

    def resolve_input(root: _Setting, info: ResolveInfo) -> Input:
        return root.form.input

    def resolve_label(root: _Setting, info: ResolveInfo) -> Label:
        return root.form.label

    def resolve_help(root: _Setting, info: ResolveInfo) -> Label | None:
        return root.form.help

    def resolve_choices(root: _Setting, info: ResolveInfo) -> list[CustomEventActionChoice]:
        return [CustomEventActionChoice(value=value, label=label) for value, label in root.form.choices]

    def resolve_max_length(root: _Setting, info: ResolveInfo) -> int:
        return root.form.max_length

    def resolve_is_template(root: _Setting, info: ResolveInfo) -> bool:
        return root.form.is_template

    def resolve_is_html(root: _Setting, info: ResolveInfo) -> bool:
        return root.form.html

    def resolve_only_with(root: _Setting, info: ResolveInfo) -> CustomEventActionDependence | None:
        if root.form.only_with is None:
            return None
        setting, values = root.form.only_with
        return CustomEventActionDependence(setting=setting, values=list(values))

    def resolve_is_advanced(root: _Setting, info: ResolveInfo) -> bool:
        return root.form.advanced


class CustomEventAction(graphene.ObjectType):
    """One kind of action."""

    name = graphene.String(required=True, description="Stable; what a definition names.")
    label = graphene.Field(CustomEventLabel, required=True)
    help = graphene.Field(CustomEventLabel, required=True)
    effect = graphene.Field(EffectEnum, required=True, description="What is promised when a try ends unclearly.")
    permissions = required_list(graphene.String, description="What whoever publishes must hold.")
    needs_verified = graphene.Boolean(
        required=True, description="Not for unverified addresses, unless the start point allows them."
    )
    settings = required_list(CustomEventActionSetting)

    def resolve_permissions(root: Action[Any], info: ResolveInfo) -> list[str]:
        return sorted(root.permissions)

    def resolve_settings(root: Action[Any], info: ResolveInfo) -> list[_Setting]:
        return [_setting(field) for field in dataclasses.fields(root.Settings)]


def _setting(field: dataclasses.Field[Any]) -> _Setting:
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    return _Setting(
        name=member_name(field.name),
        form=form_of(field),
        required=is_required(field),
        default=None if default is dataclasses.MISSING else default,
    )


@answering
def resolve_actions(root: Any, info: ResolveInfo) -> Sequence[Action[Any]]:
    """Answer `customEventActions`."""
    demand(caller(info), Operation.SEE_DEFINITIONS)
    return actions()
