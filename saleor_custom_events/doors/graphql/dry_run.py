"""`customEventScenarioTest`: a draft gone through with one occurrence, without any effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.dry_run import dry_run
from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.enums import InvocationStatusEnum, OutcomeEnum, StepStatusEnum
from saleor_custom_events.doors.graphql.fire_mutation import body_of, check_body
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.inputs import CustomEventScenarioTestInput
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.times import moment
from saleor_custom_events.store.callers import Caller

DateTime = date_time()


class CustomEventTestStep(graphene.ObjectType):
    """What one step would do."""

    visit = graphene.Int(required=True)
    step = graphene.String(required=True, description="The step's id in the draft.")
    kind = graphene.String(required=True, description="The step's `type`, or the action's name.")
    status = graphene.Field(StepStatusEnum, required=True, description="DONE, SKIPPED or FAILED.")
    reason = graphene.String()
    detail = graphene.String()
    at = DateTime(required=True, description="What the clock would say when the step is reached.")
    input = graphene.Field(CustomEventJSON, description="An action's settings as rendered: what it would do.")
    result = graphene.Field(CustomEventJSON, description="What decided, as in a step run's `result`.")

    way = graphene.String(
        description="The way on: a branch's number (from 0), `otherwise`, `happened`, `timedOut`; `next` where there "
        "is no choice. Null: it ends here."
    )

    def resolve_reason(root: Any, info: ResolveInfo) -> str | None:
        return root.reason or None

    def resolve_way(root: Any, info: ResolveInfo) -> str | None:
        return root.way or None

    def resolve_detail(root: Any, info: ResolveInfo) -> str | None:
        return root.detail or None


class CustomEventScenarioTest(Answering):
    """Go through a draft as it would run, without any effect and without waiting."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CustomEventScenarioTestInput(required=True)

    once_a_request = True
    start = graphene.String(description="Id of the start point that took it, or kept it out; null: none is for it.")
    outcome = graphene.Field(OutcomeEnum)
    reason = graphene.String(description="Why it did not start, or how it ended otherwise than by its last step.")
    status = graphene.Field(InvocationStatusEnum, description="COMPLETED, FAILED or SKIPPED.")
    begins_at = DateTime(
        description="When flow control would let it begin; null: it would not start, or another has to end first."
    )
    steps = graphene.List(graphene.NonNull(CustomEventTestStep))

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = given_members(given["input"])
        tried = dry_run(
            caller,
            number_of(SCENARIO, given["id"]),
            draft=sent.get("draft"),
            occurrence_id=sent.get("occurrence_id"),
            typed=_body(sent["occurrence"], caller) if "occurrence" in sent else None,
            happened=[Answer(one["step"], one.get("data_fields")) for one in sent.get("happened", ())],
            begin_at=moment(sent["begin_at"], "beginAt") if "begin_at" in sent else None,
        )
        return {
            "start": tried.start,
            "outcome": tried.outcome,
            "reason": tried.reason or None,
            "status": tried.status,
            "begins_at": tried.begins_at,
            "steps": tried.steps,
        }


def _body(sent: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    body = body_of(sent)
    check_body(body, caller)
    return body
