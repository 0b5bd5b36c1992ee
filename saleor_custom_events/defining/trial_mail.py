"""A mail of a scenario, sent to the member of staff who writes it: how it looks, and whether it gets through.

Rendered and put together by the code of a real run. It goes to the caller's own address and nobody else's, unsubscribes
nobody, asks for nobody's consent and leaves no row in the log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db import connection

from saleor_custom_events.actions.base import InvocationFacts
from saleor_custom_events.actions.forms import read_settings
from saleor_custom_events.actions.rendering import Stopped, rendered_settings
from saleor_custom_events.actions.send_email import SendEmail, message_of
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import not_found, refused_because
from saleor_custom_events.defining.dry_run import customer_of, logged_occurrence
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.trial import next_version, scenario_to_try
from saleor_custom_events.errors import ActionError, Refused
from saleor_custom_events.firing.catalogue import facts_of, read_declared
from saleor_custom_events.firing.fire import new_occurrence_id
from saleor_custom_events.host import current_host
from saleor_custom_events.live_state import ask_store
from saleor_custom_events.models import CustomEvent, Scenario
from saleor_custom_events.scenarios.definition import ActionStep
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.references import Reading
from saleor_custom_events.scenarios.templates import NOTHING_READ, context_of, references_named
from saleor_custom_events.scenarios.values import DataField, FieldType, Json, Money, Value
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.outgoing import Mail, MailFailed, MailUnknown

#: Mails that one member of staff may have sent within an hour.
MOST_AN_HOUR = 20
_ACTION = SendEmail()
#: Stands in the place of a token, so that a link in a test mail unsubscribes nobody.
_NO_TOKEN = "test"  # noqa: S105


@dataclass(frozen=True, kw_only=True, slots=True)
class SentTrial:
    """What the mail server took."""

    to: str
    subject: str


def send_trial_mail(
    caller: Caller, scenario_id: int, written: Json, *, event_id: int | None, occurrence_id: str | None
) -> SentTrial:
    """Send one mail with the settings `written` of "send e-mail" to the caller, who has to be staff.

    With an occurrence of the log (its UUID), or with one made up of what an event (its number) declares: exactly one.
    Then the caller stands for the customer. Refused 403, 404, 429; 400 with the settings' problems, or what came of
    them; 502 `MAIL_REFUSED` and `UNKNOWN_OUTCOME` with what the mail server said.
    """
    demand(caller, Operation.DEFINE if occurrence_id is None else Operation.TEST_WITH_OCCURRENCE)
    if caller.kind is not CallerKind.STAFF:
        raise refused_because(403, "NOT_STAFF", "A test mail goes to whoever asks for it: log in as staff.")
    if (event_id is None) == (occurrence_id is None):
        raise refused_because(400, "INVALID", "Give either an occurrence's id or an event.", "occurrenceId")
    scenario = scenario_to_try(scenario_id)
    if event_id is not None:
        occurrence = _made_up(event_id, caller)
    else:
        occurrence = facts_of(logged_occurrence(occurrence_id))
    mail = _mail(caller, scenario, written, occurrence)
    _count(caller)
    _send(mail)
    return SentTrial(to=mail.to, subject=mail.subject)


def _mail(caller: Caller, scenario: Scenario, written: Json, occurrence: OccurrenceFacts) -> Mail:
    customer = customer_of(occurrence)
    rendered = _rendered(scenario, written, occurrence, customer)
    # What was rendered is of the occurrence; where it goes is not.
    facts = _facts(scenario, replace(occurrence, customer_email=caller.name), customer)
    host = current_host()
    try:
        _ACTION.foresee(rendered, facts)
    except ActionError as error:
        raise refused_because(400, error.code, str(error), "settings") from None
    url = f"{host.public_url()}/plugins/global/custom-events/unsubscribe/{_NO_TOKEN}"
    message = message_of(rendered, facts, unsubscribe_url=url if rendered.marketing else "")
    domain = urlsplit(host.public_url()).hostname or "localhost"
    return Mail(
        to=caller.name,
        subject=f"[Test] {message.subject}",
        text=message.text,
        html=message.html,
        message_id=f"<test_{uuid4().hex}@{domain}>",
        channel=occurrence.channel,
    )


def _rendered(scenario: Scenario, written: Json, occurrence: OccurrenceFacts, customer: Customer | None) -> Any:
    if not isinstance(written, dict):
        raise refused_because(400, "INVALID", "This has to be an object.", "settings")
    if problems := read_settings(_ACTION, written, "settings")[1]:
        raise Refused(400, "INVALID", "These settings cannot be sent yet.", *problems)
    step = ActionStep(id="mail", action=_ACTION.name, config=written, next=None)
    context = context_of(
        occurrence,
        customer=customer,
        scenario_id=scenario.pk,
        scenario_name=scenario.name,
        scenario_version=next_version(scenario),
        outputs=_outputs(scenario),
        reading=_reading(written, occurrence, customer),
    )
    rendered = rendered_settings(_ACTION, step, context)
    if isinstance(rendered, Stopped):
        raise refused_because(400, rendered.reason.value, rendered.detail, "settings")
    return rendered


def _reading(written: Json, occurrence: OccurrenceFacts, customer: Customer | None) -> Reading:
    named = references_named(str(written), occurrence)
    return ask_store([(occurrence, customer, Wanted(references=named))])[0].reading if named else NOTHING_READ


def _outputs(scenario: Scenario) -> dict[str, dict[str, Json]]:
    """Give a code for each step of the saved draft that issues one: nothing is issued for a test."""
    steps = scenario.draft.get("steps") if isinstance(scenario.draft, dict) else None
    issuing = [one for one in steps or () if isinstance(one, dict) and one.get("action") == "issue_voucher_code"]
    return {str(step.get("id")): {"code": "TEST-CODE", "expiresAt": None} for step in issuing}


def _facts(scenario: Scenario, occurrence: OccurrenceFacts, customer: Customer | None) -> InvocationFacts:
    return InvocationFacts(
        id=0,
        scenario_id=scenario.pk,
        scenario_name=scenario.name,
        scenario_version=next_version(scenario),
        step="mail",
        visit=1,
        attempt=1,
        occurrence=occurrence,
        customer=customer,
    )


def _made_up(event_id: int, caller: Caller) -> OccurrenceFacts:
    event = CustomEvent.objects.filter(pk=event_id).first()
    if event is None:
        raise not_found("custom event")
    now = datetime.now(UTC)
    fields = tuple(
        DataField(one.name, one.type, _sample(one.name, one.type, now))
        for one in read_declared(event.declared_fields)
        if one.type in _SAMPLES
    )
    return OccurrenceFacts(
        id=str(new_occurrence_id(now)),
        event=EventFacts(number=event.pk, slug=event.slug, name=event.name),
        registered_at=now,
        occurred_at=now,
        identity=Identity.TRUSTED,
        customer_email=caller.name,
        url="https://shop.example/",
        fields=fields,
    )


#: What an undecided value looks like. What names something of the store is left out: nothing is named.
_SAMPLES: dict[FieldType, Value] = {
    FieldType.NUMBER: Decimal(42),
    FieldType.MONEY: Money(Decimal("199.90"), "PLN"),
    FieldType.BOOLEAN: True,
    FieldType.URL: "https://shop.example/",
    FieldType.STRING: "",
    FieldType.TEXT: "",
    FieldType.DATE: "",
    FieldType.DATETIME: "",
}


def _sample(name: str, kind: FieldType, now: datetime) -> Value:
    if kind is FieldType.DATE:
        return now.date()
    if kind is FieldType.DATETIME:
        return now
    return _SAMPLES[kind] or name


COUNT = """
INSERT INTO saleor_custom_events_mailtrial AS m ("user", since, used) VALUES (%s, statement_timestamp(), 1)
ON CONFLICT ("user") DO UPDATE SET
  used = CASE WHEN m.since <= EXCLUDED.since - interval '1 hour' THEN 1 ELSE m.used + 1 END,
  since = CASE WHEN m.since <= EXCLUDED.since - interval '1 hour' THEN EXCLUDED.since ELSE m.since END
RETURNING used, since + interval '1 hour' - statement_timestamp()"""


def _count(caller: Caller) -> None:
    """Count one more, in one statement of its own: of two at once each counts. Refused 429 above MOST_AN_HOUR."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, (caller.id,))
        used, left = cursor.fetchone()
    if used > MOST_AN_HOUR:
        message = f"You have had {MOST_AN_HOUR} test mails sent within an hour: try again later."
        raise Refused(429, "RATE_LIMITED", message, retry_after=max(left, timedelta(seconds=1)))


def _send(mail: Mail) -> None:
    try:
        current_host().send_mail(mail, timeout=settings.MAIL_TIMEOUT)
    except MailFailed as failed:
        raise Refused(502, "MAIL_REFUSED", str(failed)) from None
    except MailUnknown as unknown:
        raise Refused(502, "UNKNOWN_OUTCOME", str(unknown)) from None
