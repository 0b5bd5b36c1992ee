"""Erasing and exporting a customer, and who saw customers, over GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.checking import refused_because, signed_name
from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.doors.graphql.asking import Answering, answering, caller, given_members
from saleor_custom_events.doors.graphql.enums import ErasureCauseEnum, ErasureStatusEnum, RevealKindEnum
from saleor_custom_events.doors.graphql.pages import as_connection, connection_of, required_list, slice_of
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.trying_many import CustomEventTestCount, counts
from saleor_custom_events.log.customer_export import ExportPart, export_part
from saleor_custom_events.log.erasure import ErasurePlan, erase_customer, plan_erasure, read_erasures
from saleor_custom_events.log.reveals import read_reveals
from saleor_custom_events.models import Erasure, Reveal
from saleor_custom_events.store.callers import Caller

DateTime = date_time()


class CustomEventCustomerInput(graphene.InputObjectType):
    """Which customer: by an address, by Saleor's global id, or by both."""

    email = graphene.String()
    customer_id = graphene.ID()


class CustomEventErasure(graphene.ObjectType):
    """The certificate of an erasure; it names nobody."""

    id = graphene.ID(required=True, description="The certificate's number, a UUID.")
    status = graphene.Field(ErasureStatusEnum, required=True)
    cause = graphene.Field(ErasureCauseEnum, required=True)
    asked_at = DateTime(required=True)
    asked_by = graphene.String(required=True)
    finished_at = DateTime()
    holds_until = DateTime(required=True, description="Until when what is sent late does not bring the customer back.")
    counts = required_list(CustomEventTestCount, description="Rows that were erased, by what they are.")

    def resolve_asked_by(root: Erasure, info: ResolveInfo) -> str:
        return signed_name(root.asked_by)

    def resolve_counts(root: Erasure, info: ResolveInfo) -> list[CustomEventTestCount]:
        return counts(root.counts)


class CustomEventErasurePlan(graphene.ObjectType):
    """What an erasure would come to."""

    emails = required_list(graphene.String, description="Addresses that are this customer's.")
    customer_ids = required_list(graphene.ID)
    anonymous_ids = graphene.Int(required=True, description="Browsers that are this customer's, by their logins.")
    occurrences = graphene.Int(required=True, description="10,000 stands for as many or more.")
    under_way = graphene.Int(required=True, description="Invocations of those that would be cancelled.")


class CustomEventCustomerErase(Answering):
    """Erase a customer from everything that custom events keep. With `preview` it is only said what that would do."""

    class Arguments:
        input = CustomEventCustomerInput(required=True)
        preview = graphene.Boolean(required=True)

    plan = graphene.Field(CustomEventErasurePlan, description="With `preview`.")
    erasure = graphene.Field(CustomEventErasure, description="Workers go on with it: ask `customEventErasures`.")

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Plan or begin."""
        whom = given_members(given["input"])
        if given["preview"]:
            plan: ErasurePlan = plan_erasure(caller, **whom)
            return {"plan": plan}
        return {"erasure": erase_customer(caller, **whom)}


class CustomEventCustomerExport(Answering):
    """A part of all that is kept of a customer: `docs/privacy.md` describes the file that the parts make."""

    class Arguments:
        input = CustomEventCustomerInput(required=True)
        after = graphene.String(description="`endCursor` of the part before.")

    head = graphene.Field(CustomEventJSON, description="All but the occurrences; with the first part alone.")
    occurrences = graphene.List(graphene.NonNull(CustomEventJSON), description="Oldest first.")
    end_cursor = graphene.String(description="Null with the last part.")

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Give one part."""
        part: ExportPart = export_part(caller, **given_members(given["input"]), after=given.get("after"))
        return {"head": part.head, "occurrences": part.occurrences, "end_cursor": part.cursor}


class CustomEventReveal(graphene.ObjectType):
    """That somebody saw customers' e-mails and data fields, once an hour for each customer that was asked for."""

    kind = graphene.Field(RevealKindEnum, required=True)
    by = graphene.String(required=True)
    at = DateTime(required=True, description="The first time within its hour.")
    of_one = graphene.Boolean(required=True, description="One customer was asked for, and not the log as a whole.")

    def resolve_by(root: Reveal, info: ResolveInfo) -> str:
        return signed_name(root.by)

    def resolve_of_one(root: Reveal, info: ResolveInfo) -> bool:
        return bool(root.subject)


CustomEventRevealConnection = connection_of(CustomEventReveal)


@answering
def resolve_erasures(root: Any, info: ResolveInfo, **given: Any) -> list[Erasure]:
    """Answer `customEventErasures`."""
    ids = given.get("ids")
    return read_erasures(caller(info), None if ids is None else [_uuid(one) for one in ids[:100]])


def _uuid(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        raise refused_because(400, "INVALID", "This is no number of a certificate.", "ids") from None


@answering
def resolve_reveals(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEventReveals`."""
    part: Slice = slice_of(given)
    return as_connection(CustomEventRevealConnection, read_reveals(caller(info), part, email=given.get("email")))
