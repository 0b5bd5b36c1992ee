"""A mail of a scenario as whoever writes it would get it: looked at, or sent to themselves.

Rendered and put together by the code of a real run. It goes to the caller's own address and nobody else's, unsubscribes
nobody, asks for nobody's consent and leaves no row in the log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from uuid import uuid4

from saleor_custom_events.actions.send_email import Message, SendEmail, message_of
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.trial_action import Filling, filled_in, may_fill_in, rendered_with
from saleor_custom_events.defining.trial_counts import count_trial
from saleor_custom_events.errors import ActionError, Problem, Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.models import MailTrial
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.outgoing import Mail, MailFailed, MailUnknown

_ACTION = SendEmail()
#: Stands in the place of a token, so that a link in a test mail unsubscribes nobody.
_NO_TOKEN = "test"  # noqa: S105


@dataclass(frozen=True, kw_only=True, slots=True)
class SentTrial:
    """What the mail server took."""

    to: str
    subject: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MailPreview:
    """A mail that nobody gets."""

    #: None where `problems` says why there is none.
    message: Message | None
    problems: tuple[Problem, ...] = ()


def send_trial_mail(
    caller: Caller, scenario_id: int, written: Json, *, event_id: int | None, occurrence_id: str | None
) -> SentTrial:
    """Send one mail with the settings `written` of "send e-mail" to the caller, who has to be staff.

    With an occurrence of the log (its UUID), or with one made up of what an event (its number) declares: exactly one.
    Then the caller stands for the customer. Refused 403, 404, 429; 400 with the settings' problems, or what came of
    them; 502 `MAIL_REFUSED` and `UNKNOWN_OUTCOME` with what the mail server said.
    """
    may_fill_in(caller, occurrence_id)
    if caller.kind is not CallerKind.STAFF:
        raise refused_because(403, "NOT_STAFF", "A test mail goes to whoever asks for it: log in as staff.")
    filling = filled_in(caller, scenario_id, event_id=event_id, occurrence_id=occurrence_id)
    mail = _mail(caller, _message(written, filling, caller.name), filling.occurrence.channel)
    count_trial(caller, MailTrial, "test mails")
    _send(mail)
    return SentTrial(to=mail.to, subject=mail.subject)


def preview_mail(
    caller: Caller, scenario_id: int, written: Json, *, event_id: int | None, occurrence_id: str | None
) -> MailPreview:
    """Render the same mail without sending it; settings that cannot be sent yet are `problems`.

    Refused 403, 404, and 400 for what is wrong with the question itself.
    """
    may_fill_in(caller, occurrence_id)
    filling = filled_in(caller, scenario_id, event_id=event_id, occurrence_id=occurrence_id)
    try:
        # Whether there is an address is no matter of how it looks.
        to = filling.occurrence.customer_email or "customer@example.com"
        return MailPreview(message=_message(written, filling, to))
    except Refused as refused:
        if refused.status != 400:
            raise
        return MailPreview(message=None, problems=refused.problems)


def _message(written: Json, filling: Filling, to: str) -> Message:
    """Put the mail together. What was rendered is of the occurrence; where it goes (`to`) is not."""
    rendered = rendered_with(_ACTION, written, filling)
    facts = filling.facts(replace(filling.occurrence, customer_email=to))
    try:
        _ACTION.foresee(rendered, facts)
    except ActionError as error:
        raise refused_because(400, error.code, str(error), "settings") from None
    url = f"{current_host().public_url()}/plugins/global/custom-events/unsubscribe/{_NO_TOKEN}"
    return message_of(rendered, facts, unsubscribe_url=url if rendered.marketing else "")


def _mail(caller: Caller, message: Message, channel: str | None) -> Mail:
    domain = urlsplit(current_host().public_url()).hostname or "localhost"
    return Mail(
        to=caller.name,
        subject=f"[Test] {message.subject}",
        text=message.text,
        html=message.html,
        message_id=f"<test_{uuid4().hex}@{domain}>",
        channel=channel,
    )


def _send(mail: Mail) -> None:
    try:
        current_host().send_mail(mail, timeout=settings.MAIL_TIMEOUT)
    except MailFailed as failed:
        raise Refused(502, "MAIL_REFUSED", str(failed)) from None
    except MailUnknown as unknown:
        raise Refused(502, "UNKNOWN_OUTCOME", str(unknown)) from None
