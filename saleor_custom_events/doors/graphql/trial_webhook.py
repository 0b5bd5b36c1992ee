"""`customEventTestWebhook`: one call of a webhook's receiver, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.trial_webhook import WebhookTrialAnswer, call_receiver
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON
from saleor_custom_events.doors.graphql.trial_mail import trial_named
from saleor_custom_events.store.callers import Caller


class CustomEventTestWebhookInput(graphene.InputObjectType):
    """What is sent, and the occurrence that fills it in: exactly one of `event` and `occurrenceId`."""

    scenario = graphene.ID(required=True)
    settings = CustomEventJSON(required=True, description="Those of the action `send_webhook`.")
    event = graphene.ID(description="An occurrence is made up of the data fields that this event declares.")
    occurrence_id = graphene.String(description="A logged occurrence by its UUID.")


class CustomEventWebhookAnswer(graphene.ObjectType):
    """What was sent to a receiver, and what it answered."""

    status = graphene.Int(required=True, description="Of HTTP; redirections are not followed.")
    milliseconds = graphene.Int(required=True)
    headers = graphene.Field(CustomEventJSON, required=True, description="Those of the answer that are worth showing.")
    body = graphene.String(required=True, description="The first 4 KiB, decoded leniently.")
    key = graphene.String(required=True, description="`webhook-id` and `Idempotency-Key` of the call: `test_…`.")
    method = graphene.String(required=True)
    url = graphene.String(required=True)
    sent_headers = graphene.Field(
        CustomEventJSON, required=True, description="Values of headers that the author set are hidden."
    )
    sent_body = graphene.String(required=True)

    def resolve_status(root: WebhookTrialAnswer, info: ResolveInfo) -> int:
        return root.answer.status

    def resolve_milliseconds(root: WebhookTrialAnswer, info: ResolveInfo) -> int:
        return round(root.answer.seconds * 1000)

    def resolve_body(root: WebhookTrialAnswer, info: ResolveInfo) -> str:
        return root.answer.body

    def resolve_method(root: WebhookTrialAnswer, info: ResolveInfo) -> str:
        return root.call.method

    def resolve_url(root: WebhookTrialAnswer, info: ResolveInfo) -> str:
        return root.call.url

    def resolve_sent_body(root: WebhookTrialAnswer, info: ResolveInfo) -> str:
        return root.call.body.decode()


class CustomEventTestWebhook(Answering):
    """Call a webhook's receiver once, as the action would. Needs what publishing the action needs. Up to 20 an hour."""

    class Arguments:
        input = CustomEventTestWebhookInput(required=True)

    answer = graphene.Field(
        CustomEventWebhookAnswer, description="Whatever it answered, also what a run would take for a failure."
    )

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"answer": call_receiver(caller, **trial_named(given_members(given["input"])))}
