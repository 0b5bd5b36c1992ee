"""The mail of an action: `customEventTestMail` sends it to whoever asks, `customEventMailPreview` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.trial_mail import MailPreview, preview_mail, send_trial_mail
from saleor_custom_events.doors.graphql.asking import (
    Answering,
    CustomEventError,
    answering,
    caller,
    given_members,
    once,
)
from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, number_of
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON
from saleor_custom_events.store.callers import Caller


class CustomEventTestMailInput(graphene.InputObjectType):
    """What is sent, and the occurrence that fills it in: exactly one of `event` and `occurrenceId`."""

    scenario = graphene.ID(required=True)
    settings = CustomEventJSON(required=True, description="Those of the action `send_email`.")
    event = graphene.ID(description="An occurrence is made up of the data fields that this event declares.")
    occurrence_id = graphene.String(description="A logged occurrence by its UUID. Needs MANAGE_USERS as well.")


def trial_named(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Read which scenario, settings and occurrence are meant. Refused 400 for ids that are none."""
    return {
        "scenario_id": number_of(SCENARIO, sent["scenario"], "scenario"),
        "written": sent["settings"],
        "event_id": number_of(EVENT, sent["event"], "event") if "event" in sent else None,
        "occurrence_id": sent.get("occurrence_id"),
    }


class CustomEventTestMail(Answering):
    """Send a mail to one's own address, as the action would send it to a customer. Up to 20 an hour; staff only."""

    class Arguments:
        input = CustomEventTestMailInput(required=True)

    to = graphene.String(description="The caller's own address.")
    subject = graphene.String()

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        mail = send_trial_mail(caller, **trial_named(given_members(given["input"])))
        return {"to": mail.to, "subject": mail.subject}


class CustomEventMailPreview(graphene.ObjectType):
    """A mail as a customer would get it; nobody does."""

    subject = graphene.String(description="Null, as are the others, where `problems` says why there is no mail.")
    text = graphene.String()
    html = graphene.String(
        description="Empty where there is only text. Written by the scenario's author: show it in a sandbox."
    )
    problems = required_list(CustomEventError)

    def resolve_subject(root: MailPreview, info: ResolveInfo) -> str | None:
        return root.message.subject if root.message else None

    def resolve_text(root: MailPreview, info: ResolveInfo) -> str | None:
        return root.message.text if root.message else None

    def resolve_html(root: MailPreview, info: ResolveInfo) -> str | None:
        return root.message.html if root.message else None


@answering
def resolve_mail_preview(root: Any, info: ResolveInfo, **given: Any) -> MailPreview:
    """Answer `customEventMailPreview`, once a request."""
    who = caller(info)
    once(info, "mail preview", "ONCE", "Ask for this once in a request.")
    return preview_mail(who, **trial_named(given_members(given["input"])))
