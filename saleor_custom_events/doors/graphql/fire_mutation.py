"""`customEventFire`: HTTP's `fire`, as a mutation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import graphene
from graphene.utils.str_converters import to_camel_case
from graphql import ResolveInfo

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.admission import admission_of, enter
from saleor_custom_events.doors.graphql.asking import Answering, caller, errors_of, given_members
from saleor_custom_events.doors.graphql.enums import OutcomeEnum
from saleor_custom_events.doors.graphql.ids import INVOCATION, SCENARIO, global_id
from saleor_custom_events.doors.graphql.inputs import CustomEventFireInput
from saleor_custom_events.doors.refusing import event_of, key_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing, read_json
from saleor_custom_events.firing.decide import check_caller
from saleor_custom_events.firing.fire import Receipt, ReceiptInvocation, fire, rules
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.host import current_host
from saleor_custom_events.store.callers import Caller


class CustomEventStarted(graphene.ObjectType):
    """What a firing came to in one scenario."""

    id = graphene.ID(description="The invocation's; null in a dry run.")
    number = graphene.String(description="The invocation's; null in a dry run.")
    scenario_id = graphene.ID(description="Null where no scenario listened.")
    scenario_number = graphene.Int()
    scenario_name = graphene.String(required=True)
    outcome = graphene.Field(OutcomeEnum, required=True)
    reason = graphene.String(description="Stable code of why it did not start.")


class CustomEventFire(Answering):
    """Fire a custom event. A storefront's key or a customer learns the occurrence's id and nothing else."""

    class Arguments:
        input = CustomEventFireInput(required=True)

    occurrence_id = graphene.String(description="UUID; null in a dry run.")
    duplicate = graphene.Boolean(description="The same call was accepted before; this is its first answer.")
    invocations = graphene.List(graphene.NonNull(CustomEventStarted))

    @classmethod
    def mutate(cls, root: Any, info: ResolveInfo, **given: Any) -> Any:
        """Fire, or answer why not; what is refused is counted as at every other door, a bad credential too."""
        request: Any = info.context
        admission = admission_of(request)
        body = body_of(given["input"])
        who: Caller | None = None
        with current_host().database_access():
            try:
                enter(request)
            except Refused as refused:
                return cls(errors=errors_of(refused))
            try:
                who = caller(info)
                check_caller(who, rules())
                check_body(body, who)
                firing = read_firing(body, needs_identity=who.customer_id is None)
                admission.take(firing, who)
                return cls(errors=[], **_payload(fire(firing, who), who))
            except Refused as refused:
                admission.complain(refused, who)
                count_refusal(refused, event=event_of(body), key=key_of(who) or refused.key)
                return cls(errors=errors_of(refused))


def body_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give the input as HTTP's body; a member that is null counts as left out."""
    body = {to_camel_case(name): value for name, value in given_members(sent).items()}
    if "occurredAt" in body:
        body["occurredAt"] = body["occurredAt"].isoformat()
    return body


def check_body(body: Mapping[str, Any], caller: Caller) -> None:
    """Hold the body to HTTP's limits for depth, size and characters; the host's GraphQL view has looser ones."""
    limit = settings.MAX_BODY_PUBLIC if caller.is_public else settings.MAX_BODY_TRUSTED
    read_json(json.dumps(body, default=str).encode(), limit=limit)


def _payload(receipt: Receipt, caller: Caller) -> Mapping[str, Any]:
    if caller.is_public:
        return {"occurrence_id": receipt.occurrence_id}
    return {
        "occurrence_id": receipt.occurrence_id,
        "duplicate": receipt.duplicate,
        "invocations": [_started(invocation) for invocation in receipt.invocations],
    }


def _started(invocation: ReceiptInvocation) -> CustomEventStarted:
    number, scenario = invocation.id, invocation.scenario_id
    return CustomEventStarted(
        id=None if number is None else global_id(INVOCATION, number),
        number=None if number is None else str(number),
        scenario_id=None if scenario is None else global_id(SCENARIO, scenario),
        scenario_number=scenario,
        scenario_name=invocation.scenario_name,
        outcome=invocation.outcome,
        reason=invocation.reason or None,
    )
