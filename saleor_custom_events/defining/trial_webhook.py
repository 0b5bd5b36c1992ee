"""One call of a webhook's receiver, asked for by whoever sets it up: what is sent, and what comes back.

It leaves the shop by the code of a real run: rendered, signed, guarded and bounded alike. It is made once and never
tried again, and says of itself that it is a test: its key (`webhook-id`, `Idempotency-Key`) begins with `test_`, so
that no receiver takes it for a run's. It leaves no row in the log, and the receiver's breaker neither stops it nor
hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from saleor_custom_events.actions.forms import HIDDEN
from saleor_custom_events.actions.send_webhook import OutgoingCall, SendWebhook, call_of
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import demand_codes
from saleor_custom_events.defining.trial_action import Filling, filled_in, may_fill_in, rendered_with
from saleor_custom_events.defining.trial_counts import count_trial
from saleor_custom_events.errors import ActionError, Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.models import WebhookTrial
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.outgoing import HttpAnswer, HttpFailed

_ACTION = SendWebhook()
#: Headers of an answer that say something to whoever sets up a receiver; others may be secrets of the receiver's.
_WORTH_SHOWING = frozenset(
    {"content-type", "content-length", "location", "retry-after", "allow", "www-authenticate", "server", "date"}
    | {"x-request-id", "request-id", "x-correlation-id", "x-ratelimit-remaining", "ratelimit-remaining"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookTrialAnswer:
    """What was sent, and what came back."""

    call: OutgoingCall
    #: Names of headers that the author set: their values are shown nowhere.
    hidden: frozenset[str]
    answer: HttpAnswer

    @property
    def key(self) -> str:
        """Give the id by which the receiver knows this call."""
        return self.call.headers["Idempotency-Key"]

    @property
    def sent_headers(self) -> dict[str, str]:
        """Give the headers that were sent, with those of the author hidden."""
        return {name: HIDDEN if name in self.hidden else value for name, value in self.call.headers.items()}

    @property
    def headers(self) -> dict[str, str]:
        """Give the answer's headers that are worth showing, by their names as they came."""
        return {name: value for name, value in self.answer.headers.items() if name.lower() in _WORTH_SHOWING}


class _Signs:
    """`actions.standard_webhooks.Signing`, for one call that is a test."""

    def __init__(self) -> None:
        self.key = f"test_{uuid4().hex}"
        self.now = datetime.now(UTC)
        self.webhook_secret: str = settings.WEBHOOK_SECRET

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the shop's signature of a body."""
        return current_host().signature_headers(body)


def call_receiver(
    caller: Caller, scenario_id: int, written: Json, *, event_id: int | None, occurrence_id: str | None
) -> WebhookTrialAnswer:
    """Call the receiver once with the settings `written` of "send webhook", and give whatever it answers.

    With an occurrence of the log (its UUID), or with one made up of what an event (its number) declares: exactly one.
    Needs what publishing such a step needs. Refused 403, 404, 429; 400 with the settings' problems, or what came of
    them; 502 `ADDRESS_REFUSED` where the shop may not or cannot ask that address, `NO_ANSWER` where none came in time.
    """
    may_fill_in(caller, occurrence_id)
    demand_codes(caller, _ACTION.permissions, to=f"let a scenario “{_ACTION.label.en}”")
    filling = filled_in(caller, scenario_id, event_id=event_id, occurrence_id=occurrence_id)
    call, hidden = _call(written, filling)
    count_trial(caller, WebhookTrial, "test calls")
    return WebhookTrialAnswer(call=call, hidden=hidden, answer=_answer(call))


def _call(written: Json, filling: Filling) -> tuple[OutgoingCall, frozenset[str]]:
    rendered = rendered_with(_ACTION, written, filling)
    facts = filling.facts()
    try:
        _ACTION.foresee(rendered, facts)
        return call_of(rendered, facts, _Signs()), frozenset(rendered.headers)
    except ActionError as error:
        raise refused_because(400, error.code, str(error), "settings") from None


def _answer(call: OutgoingCall) -> HttpAnswer:
    try:
        return current_host().request(
            call.method, call.url, body=call.body, headers=call.headers, timeout=settings.WEBHOOK_TIMEOUT
        )
    except HttpFailed as failed:
        raise Refused(502, "NO_ANSWER" if failed.again else "ADDRESS_REFUSED", str(failed)) from None
