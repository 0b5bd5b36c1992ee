"""Mutations of invocations: cancel what is under way, retry what did not succeed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import graphene

from saleor_custom_events.defining.checking import not_found, refused_because, signature
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.scenarios import demand_for
from saleor_custom_events.doors.graphql.asking import Answering
from saleor_custom_events.doors.graphql.enums import RetryFromEnum, RetryVersionEnum
from saleor_custom_events.doors.graphql.ids import INVOCATION, number_of
from saleor_custom_events.doors.graphql.log_types import CustomEventInvocation
from saleor_custom_events.log.reading import find_invocation
from saleor_custom_events.running.queue import cancel
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.store.callers import Caller


class CustomEventInvocationCancel(Answering):
    """End an invocation that is under way where it stands."""

    class Arguments:
        id = graphene.ID(required=True)

    invocation = graphene.Field(CustomEventInvocation)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Cancel; only what the log shows can be cancelled."""
        demand(caller, Operation.CONTROL_INVOCATIONS)
        number = number_of(INVOCATION, given["id"])
        if find_invocation(caller, number) is None:
            raise not_found("invocation")
        if not cancel(number, f"Cancelled by {caller.name or caller.id}."):
            raise refused_because(400, "WRONG_STATUS", "This invocation has already ended.", "id")
        return {"invocation": find_invocation(caller, number)}


class CustomEventInvocationRetry(Answering):
    """Run an invocation again that failed, was cancelled, or ended with an unknown effect."""

    class Arguments:
        id = graphene.ID(required=True)
        version = graphene.Argument(RetryVersionEnum, required=True)
        begin_at = graphene.Argument(RetryFromEnum, required=True, name="from")

    invocation = graphene.Field(
        CustomEventInvocation, description="The row that runs now: the same one, or the new one."
    )

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Retry; whoever asks answers for what the scenario does then, as if they published it."""
        demand(caller, Operation.CONTROL_INVOCATIONS)
        again = retry(
            number_of(INVOCATION, given["id"]),
            RetryVersion(given["version"]),
            RetryFrom(given["begin_at"]),
            by=signature(caller),
            allow=partial(demand_for, caller),
        )
        return {"invocation": find_invocation(caller, again)}
