"""`customEventTestMail`: the mail of an action, sent to the member of staff who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene

from saleor_custom_events.defining.trial_mail import send_trial_mail
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, number_of
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON
from saleor_custom_events.store.callers import Caller


class CustomEventTestMailInput(graphene.InputObjectType):
    """What is sent, and the occurrence that fills it in: exactly one of `event` and `occurrenceId`."""

    scenario = graphene.ID(required=True)
    settings = CustomEventJSON(required=True, description="Those of the action `send_email`.")
    event = graphene.ID(description="An occurrence is made up of the data fields that this event declares.")
    occurrence_id = graphene.String(description="A logged occurrence by its UUID. Needs MANAGE_USERS as well.")


class CustomEventTestMail(Answering):
    """Send a mail to one's own address, as the action would send it to a customer. Up to 20 an hour; staff only."""

    class Arguments:
        input = CustomEventTestMailInput(required=True)

    to = graphene.String(description="The caller's own address.")
    subject = graphene.String()

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = given_members(given["input"])
        mail = send_trial_mail(
            caller,
            number_of(SCENARIO, sent["scenario"], "scenario"),
            sent["settings"],
            event_id=number_of(EVENT, sent["event"], "event") if "event" in sent else None,
            occurrence_id=sent.get("occurrence_id"),
        )
        return {"to": mail.to, "subject": mail.subject}
