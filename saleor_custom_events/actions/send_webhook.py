"""The action "send webhook": one POST, signed, with the same body in every try."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.actions.standard_webhooks import standard_headers
from saleor_custom_events.errors import ActionError
from saleor_custom_events.host import HttpAnswer
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE
from saleor_custom_events.scenarios.values import Json, fields_to_json, value_to_json

#: Answers after which the same request may pass later (RFC 9110, RFC 6585), beside all of 5xx.
_AGAIN = frozenset({408, 425, 429})
_MAX_RETRY_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    """`message` is rendered; everything else in the body is fixed by the invocation."""

    url: str = setting(
        Input.URL,
        Label("Address (URL)", "Adres (URL)"),
        help=Label("Receives a POST with JSON.", "Otrzyma żądanie POST z treścią JSON."),
    )
    message: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Message", "Wiadomość"),
        help=Label(
            "Optional text, sent along as “message”. Liquid works here.",
            "Opcjonalny tekst, wysyłany jako „message”. Można użyć Liquid.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
    )


class SendWebhook(Action[WebhookSettings]):
    """Sends the occurrence to another system."""

    name = "send_webhook"
    label = Label("Send webhook", "Wyślij webhook")
    help = Label(
        "Sends the occurrence with its data fields to an address of your choice.",
        "Wysyła wystąpienie wraz z polami danych pod wybrany adres.",
    )
    effect = Effect.AT_LEAST_ONCE
    Settings = WebhookSettings
    permissions = frozenset({"MANAGE_USERS"})

    def perform(self, settings: WebhookSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Send it. ActionError: `again` after 408, 425, 429 and 5xx, with the receiver's Retry-After."""
        body = body_of(settings, invocation)
        headers = {
            "Content-Type": "application/json",
            **services.signature_headers(body),
            **standard_headers(services, body),
            "Idempotency-Key": services.key,
        }
        answer = services.request("POST", settings.url, body=body, headers=headers)
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
            retry_after=_retry_after(answer, services.now),
            result=dict(result),
        )


def body_of(settings: WebhookSettings, invocation: InvocationFacts) -> bytes:
    """Give the document, described in `docs/actions.md`: the same bytes in every try."""
    occurrence = invocation.occurrence
    document: dict[str, Json] = {
        "type": "custom_event.invocation",
        "event": {
            "number": occurrence.event.number,
            # Without its name, which may be changed between two tries; the slug may not, once the event was fired.
            "slug": occurrence.event.slug,
        },
        "occurrence": {
            "id": occurrence.id,
            "registeredAt": value_to_json(occurrence.registered_at),
            "occurredAt": value_to_json(occurrence.occurred_at),
            "channel": occurrence.channel,
            "url": occurrence.url,
            "identity": occurrence.identity.value,
        },
        "customer": {
            "email": occurrence.customer_email,
            "id": occurrence.customer_id,
            "externalReference": occurrence.customer_external_reference,
            "anonymousId": occurrence.anonymous_id,
        },
        "dataFields": fields_to_json(occurrence.fields),
        "invocation": {"id": str(invocation.id)},
        "scenario": {
            "id": invocation.scenario_id,
            "name": invocation.scenario_name,
            "version": invocation.scenario_version,
        },
        "step": {"id": invocation.step, "visit": invocation.visit},
        "message": settings.message or None,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _retry_after(answer: HttpAnswer, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110 §10.2.3), seconds or a date; a day at most."""
    text = next((value for name, value in answer.headers.items() if name.lower() == "retry-after"), "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), _MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
        return min(max(moment - now, timedelta(0)), _MAX_RETRY_AFTER)
    except (ValueError, TypeError, OverflowError):
        return None
