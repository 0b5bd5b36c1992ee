"""The action "send webhook": one HTTP request, signed, with the same body in every try."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from saleor_custom_events.actions.base import Action, Effect, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.receivers import retry_after
from saleor_custom_events.actions.standard_body import standard_body
from saleor_custom_events.actions.standard_webhooks import Signing, standard_headers
from saleor_custom_events.actions.webhook_settings import JSON, WebhookSettings
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import Json

#: Answers after which the same request may pass later (RFC 9110, RFC 6585), beside all of 5xx.
_AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingCall:
    """The request as it leaves the shop."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def call_of(settings: WebhookSettings, invocation: InvocationFacts, services: Signing) -> OutgoingCall:
    """Put the request together from rendered settings, and sign it. ActionError where the secret is no base64."""
    body = settings.body.encode() or standard_body(settings.message, invocation)
    headers = {
        **settings.headers,
        "Content-Type": _type(settings),
        **services.signature_headers(body),
        **standard_headers(services, body),
        "Idempotency-Key": services.key,
    }
    return OutgoingCall(method=settings.method, url=settings.url, headers=headers, body=body)


class SendWebhook(Action[WebhookSettings]):
    """Sends the occurrence, or what the author writes, to another system."""

    name = "send_webhook"
    label = Label("Send webhook", "Wyślij webhook")
    help = Label(
        "Sends the occurrence with its data fields to an address of your choice.",
        "Wysyła wystąpienie wraz z polami danych pod wybrany adres.",
    )
    effect = Effect.AT_LEAST_ONCE
    Settings = WebhookSettings
    permissions = frozenset({"MANAGE_USERS"})

    def foresee(self, settings: WebhookSettings, invocation: InvocationFacts) -> Reason | None:
        """ActionError where a body that has to be JSON came out as something else."""
        if settings.body and settings.content_type == JSON:
            try:
                json.loads(settings.body, parse_constant=_refuse)
            except (ValueError, RecursionError) as error:
                message = f"The body came out as something else than JSON: {error}"
                raise ActionError(message, code="BODY_NO_JSON", fault=Fault.AUTHOR) from None
        return None

    def perform(self, settings: WebhookSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Send it. ActionError: `again` after 408, 425, 429 and 5xx, with the receiver's Retry-After."""
        self.foresee(settings, invocation)
        call = call_of(settings, invocation, services)
        answer = services.request(call.method, call.url, body=call.body, headers=call.headers)
        # PostgreSQL's jsonb cannot hold NUL, and a receiver may answer anything.
        response = answer.body.replace("\0", "")
        result: dict[str, Json] = {
            "status": answer.status,
            "seconds": round(answer.seconds, 3),
            "response": response,
        }
        if 200 <= answer.status < 300:
            return Outcome(result=result, output={"status": answer.status, "response": response})
        raise ActionError(
            f"The receiver answered {answer.status}.",
            code=f"HTTP_{answer.status}",
            again=answer.status in _AGAIN or answer.status >= 500,
            retry_after=retry_after(answer, services.now),
            result=dict(result),
        )


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity, which Python reads, are no JSON to anybody else."""
    raise ValueError(f"{constant} is no number of JSON")


def _type(settings: WebhookSettings) -> str:
    if not settings.body or settings.content_type == JSON:
        return JSON
    return f"{settings.content_type}; charset=utf-8"
