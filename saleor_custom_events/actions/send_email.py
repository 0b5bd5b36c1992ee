"""The action "send e-mail": one message to the customer, at most once."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE
from saleor_custom_events.scenarios.outcomes import Reason

#: A line of a mail's head has 998 characters at most (RFC 5322 §2.1.1); no client shows as many.
_MAX_SUBJECT = 250


@dataclass(frozen=True, kw_only=True)
class EmailSettings:
    """All three are rendered; values in `html` are escaped."""

    subject: str = setting(Input.TEMPLATE, Label("Subject", "Temat"), max_length=1000)
    text: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Text", "Treść"),
        help=Label("The message as plain text.", "Wiadomość jako zwykły tekst."),
        max_length=MAX_TEMPLATE,
    )
    html: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("HTML", "HTML"),
        help=Label("Optional: the same message as HTML.", "Opcjonalnie: ta sama wiadomość jako HTML."),
        default="",
        max_length=MAX_TEMPLATE,
        html=True,
    )


class SendEmail(Action[EmailSettings]):
    """Sends a mail from the shop."""

    name = "send_email"
    label = Label("Send e-mail", "Wyślij e-mail")
    help = Label(
        "Sends a message to the customer's e-mail address.",
        "Wysyła wiadomość na adres e-mail klienta.",
    )
    effect = Effect.AT_MOST_ONCE
    Settings = EmailSettings
    permissions = frozenset({"MANAGE_USERS"})
    needs_verified = True
    needs_customer = True

    def foresee(self, settings: EmailSettings, invocation: InvocationFacts) -> Reason | None:
        """Without an address there is nobody to write to. ActionError where the subject came out empty."""
        if not _address(invocation):
            return Reason.NO_EMAIL
        if not settings.subject:
            raise ActionError("The subject came out empty.", code="EMPTY_SUBJECT", fault=Fault.AUTHOR)
        return None

    def perform(self, settings: EmailSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Send it to the address that the occurrence came with, else to the store's; without either: skipped."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        message_id = services.send_mail(
            to=_address(invocation), subject=settings.subject[:_MAX_SUBJECT], text=settings.text, html=settings.html
        )
        return Outcome(result={"messageId": message_id})


def _address(invocation: InvocationFacts) -> str:
    customer = invocation.customer
    return invocation.occurrence.customer_email or (customer.email if customer else "")
