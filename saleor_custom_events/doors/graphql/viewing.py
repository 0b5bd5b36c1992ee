"""Who asks and what they may do, and whether scenarios run at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.permissions import (
    Operation,
    Permit,
    demand,
    permissions_that_matter,
    permits_of,
)
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import OperationEnum
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.pause_types import CustomEventPause
from saleor_custom_events.doors.graphql.scalars import date_time
from saleor_custom_events.host import current_host
from saleor_custom_events.life import Life, oldest_due_at, signs_of_life
from saleor_custom_events.models import Pause
from saleor_custom_events.pauses import pauses_shown

DateTime = date_time()


class CustomEventPermit(graphene.ObjectType):
    """Whether somebody may do one thing."""

    operation = graphene.Field(OperationEnum, required=True)
    allowed = graphene.Boolean(required=True)
    missing = required_list(graphene.String, description="The store's permission codes, sorted.")

    def resolve_operation(root: Permit, info: ResolveInfo) -> str:
        return root.operation.value


class CustomEventViewer(graphene.ObjectType):
    """Who asks."""

    name = graphene.String(required=True, description="The e-mail of staff, the app's name.")
    permissions = required_list(
        graphene.String,
        description="The store's permission codes that this caller holds, as far as custom events know them, sorted.",
    )
    operations = required_list(
        CustomEventPermit, description="Every operation, whether it is allowed, and which codes are missing."
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Viewer:
    name: str
    permissions: tuple[str, ...]
    operations: tuple[Permit, ...]


@answering
def resolve_viewer(root: Any, info: ResolveInfo) -> _Viewer:
    """Answer `customEventViewer`."""
    who = caller(info)
    return _Viewer(operations=permits_of(who), permissions=permissions_that_matter(who), name=who.name)


class CustomEventHealth(graphene.ObjectType):
    """Whether scenarios run at all."""

    now = DateTime(required=True, description="The server's clock.")
    beat_seen_at = DateTime(description="When beat was last seen; null: never.")
    worker_seen_at = DateTime(description="When a worker was last seen; null: never.")
    beat_silent = graphene.Boolean(required=True, description="Not seen for two minutes.")
    worker_silent = graphene.Boolean(required=True, description="Not seen for two minutes.")
    mail_problem = graphene.String(description="Why mail cannot be sent, in English; null: it can.")
    public_url = graphene.String(
        required=True,
        description="The shop's address as browsers reach it, without a slash at the end: for the code that fires.",
    )

    oldest_due_at = DateTime(description="Since when the oldest work that nobody has begun is due; null: none is.")
    pauses = required_list(CustomEventPause, description="What is paused, or lets go of what it held; oldest first.")

    @staticmethod
    @answering
    def resolve_oldest_due_at(root: Life, info: ResolveInfo) -> datetime | None:
        return oldest_due_at()

    @staticmethod
    @answering
    def resolve_pauses(root: Life, info: ResolveInfo) -> tuple[Pause, ...]:
        return pauses_shown()

    @staticmethod
    @answering
    def resolve_mail_problem(root: Life, info: ResolveInfo) -> str | None:
        return current_host().mail_problem()

    @staticmethod
    @answering
    def resolve_public_url(root: Life, info: ResolveInfo) -> str:
        return current_host().public_url()


@answering
def resolve_health(root: Any, info: ResolveInfo) -> Life:
    """Answer `customEventHealth`."""
    demand(caller(info), Operation.SEE_DEFINITIONS)
    return signs_of_life()
