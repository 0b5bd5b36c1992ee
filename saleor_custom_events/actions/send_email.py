"""The action "send e-mail": one message to the customer, at most once."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.email_settings import EmailSettings
from saleor_custom_events.actions.mail_layouts import LAYOUTS, Parts, laid_out, text_of, with_unsubscribe
from saleor_custom_events.errors import ActionError, Fault, Problem
from saleor_custom_events.scenarios.outcomes import Reason

#: A line of a mail's head has 998 characters at most (RFC 5322 §2.1.1); no client shows as many.
_MAX_SUBJECT = 250


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

    def check(self, settings: EmailSettings) -> tuple[Problem, ...]:
        """Without a text there has to be HTML to make it from, and a layout is made of the text."""
        if settings.text or (settings.html and settings.layout not in LAYOUTS):
            return ()
        return (Problem(field="text", code="REQUIRED", message="A message needs a text, or HTML without a layout."),)

    def foresee(self, settings: EmailSettings, invocation: InvocationFacts) -> Reason | None:
        """Without an address there is nobody to write to. ActionError where subject or message came out empty."""
        if not _address(invocation):
            return Reason.NO_EMAIL
        if not settings.subject:
            raise ActionError("The subject came out empty.", code="EMPTY_SUBJECT", fault=Fault.AUTHOR)
        if not settings.text.strip() and not (settings.html.strip() and settings.layout not in LAYOUTS):
            raise ActionError("The message came out empty.", code="EMPTY_MESSAGE", fault=Fault.AUTHOR)
        return None

    def perform(self, settings: EmailSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Send it to the address that the occurrence came with, else to the store's.

        Skipped without either, and marketing to whoever unsubscribed or never agreed.
        """
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        to = _address(invocation)
        if settings.marketing and (refusal := services.marketing_refusal(to)) is not None:
            return Outcome(skipped=refusal)
        url = services.unsubscribe_url(to) if settings.marketing else ""
        message = message_of(settings, invocation, unsubscribe_url=url)
        # RFC 8058: mail programs show a button that needs no visit.
        headers = {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}
        message_id = services.send_mail(
            to=to, subject=message.subject, text=message.text, html=message.html, headers=headers
        )
        return Outcome(result={"messageId": message_id})


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it is read, whoever it goes to."""

    subject: str
    text: str
    html: str


def message_of(settings: EmailSettings, invocation: InvocationFacts, *, unsubscribe_url: str) -> Message:
    """Put a mail together from rendered settings; with the way out at its end unless `unsubscribe_url` is empty."""
    language = _language(settings, invocation)
    text, html = _parts(settings, language)
    if unsubscribe_url:
        text, html = with_unsubscribe(text, html, unsubscribe_url, language)
    return Message(settings.subject[:_MAX_SUBJECT], text, html)


def _parts(settings: EmailSettings, language: str) -> tuple[str, str]:
    """Give text and HTML; where there is HTML alone, the text is made from it."""
    if settings.layout in LAYOUTS:
        parts = Parts(
            title=settings.subject,
            heading=settings.heading,
            text=settings.text,
            button=settings.button,
            # What a data field brought may be no address, and `javascript:` certainly is none.
            link=settings.link if settings.link.startswith(("https://", "http://")) else "",
            code=settings.code,
        )
        return laid_out(settings.layout, parts, language)
    return settings.text if settings.text.strip() else text_of(settings.html), settings.html


def _language(settings: EmailSettings, invocation: InvocationFacts) -> str:
    if settings.language in ("en", "pl"):
        return settings.language
    customer = invocation.customer
    return "pl" if customer and customer.language_code.lower().startswith("pl") else "en"


def _address(invocation: InvocationFacts) -> str:
    customer = invocation.customer
    return invocation.occurrence.customer_email or (customer.email if customer else "")
