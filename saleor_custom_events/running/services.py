"""What an action may do to the world, made for one try of one step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid5

from saleor_custom_events.actions.base import NO_HEADERS, IssuedCode
from saleor_custom_events.conf import settings
from saleor_custom_events.consent import has_consented, is_suppressed, token_of
from saleor_custom_events.errors import ActionError, Fault, Refused
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing, Inherited
from saleor_custom_events.host import current_host
from saleor_custom_events.running.breaker import breakers
from saleor_custom_events.running.run import Run
from saleor_custom_events.running.vouchers import issue
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import DataField, fields_to_json
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.customers import GroupsUnusable
from saleor_custom_events.store.outgoing import HttpAnswer, HttpFailed, Mail, MailFailed, MailUnknown


class UnknownOutcome(Exception):
    """An effect that happens at most once was tried, and nobody can say whether it happened."""


class HeldBack(Exception):
    """The receiver fails too often to be asked now. `delay`: until it may be."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(f"Not asked for {delay}")
        self.delay = delay


class RunServices:
    """`actions.base.Services`, carried out by the host."""

    def __init__(self, run: Run, now: datetime) -> None:
        self._run = run
        self._host = current_host()
        self.now = now
        # The occurrence's id is random, so the key cannot be guessed; it is the same in every try of this visit, and
        # in a visit that repeats it.
        key = uuid5(run.claim.occurrence_id, f"{run.claim.id}:{run.state.effect_visit}")
        self.key = f"msg_{key.hex}"
        self.webhook_secret: str = settings.WEBHOOK_SECRET
        self._has_asked = False

    def request(self, method: str, url: str, *, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send an HTTP request, unless the receiver's breaker is open."""
        # Where this try has asked somebody already, holding it back would make that happen twice.
        if not self._has_asked and (held := breakers.held_for(url)) is not None:
            raise HeldBack(held)
        self._has_asked = True
        try:
            answer = self._host.request(method, url, body=body, headers=headers, timeout=settings.WEBHOOK_TIMEOUT)
        except HttpFailed as failed:
            # An address that is refused says nothing about a receiver.
            breakers.tell(url, well=not failed.again)
            raise ActionError(str(failed), code="NO_ANSWER", again=failed.again) from None
        breakers.tell(url, well=answer.status < 500)
        return answer

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the shop's signature of a body."""
        return self._host.signature_headers(body)

    def send_mail(
        self, *, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] = NO_HEADERS
    ) -> str:
        """Send a mail and give its Message-ID, which is the same in every try."""
        domain = urlsplit(self._host.public_url()).hostname or "localhost"
        message_id = f"<{self.key}@{domain}>"
        mail = Mail(
            to=to,
            subject=subject,
            text=text,
            html=html,
            message_id=message_id,
            headers=headers,
            channel=self._run.occurrence.channel,
        )
        try:
            self._host.send_mail(mail, timeout=settings.MAIL_TIMEOUT)
        except MailFailed as failed:
            raise ActionError(str(failed), code="MAIL_REFUSED", again=failed.again) from None
        except MailUnknown as unknown:
            raise UnknownOutcome(str(unknown)) from None
        return message_id

    def marketing_refusal(self, to: str) -> Reason | None:
        """See `consent`: asked when it is sent, not when the scenario began."""
        if is_suppressed(to):
            return Reason.UNSUBSCRIBED
        return None if has_consented(self._run.customer) else Reason.NO_CONSENT

    def unsubscribe_url(self, to: str) -> str:
        """Give the address below the plugin's URL."""
        return f"{self._host.public_url()}/plugins/global/custom-events/unsubscribe/{token_of(to)}"

    def issue_voucher_code(self, voucher: str, valid_for: timedelta | None) -> IssuedCode | None:
        """See `vouchers.issue`."""
        return issue(self._run, voucher, valid_for)

    def add_customer_note(self, text: str) -> bool:
        """Add to the customer's note, within the step's transaction."""
        customer = self._run.customer
        return customer is not None and self._host.add_customer_note(customer.id, text)

    def set_customer_metadata(self, entries: Mapping[str, str], *, private: bool) -> bool:
        """Merge into the customer's metadata, within the step's transaction."""
        customer = self._run.customer
        return customer is not None and self._host.set_customer_metadata(customer.id, entries, private=private)

    def set_customer_group(self, name: str, *, member: bool) -> bool | None:
        """Change the customer's groups, within the step's transaction."""
        customer = self._run.customer
        if customer is None:
            return None
        try:
            return self._host.set_customer_group(customer.id, name, member=member)
        except GroupsUnusable as unreadable:
            raise ActionError(str(unreadable), code="GROUPS_UNUSABLE") from None

    def fire(self, event: int, fields: tuple[DataField, ...]) -> str:
        """Fire another event for the same customer, within the step's transaction."""
        occurrence = self._run.occurrence
        unknown = not occurrence.has_customer
        firing = Firing(
            event=event,
            customer_email=occurrence.customer_email,
            customer_id=occurrence.customer_id,
            customer_external_reference=occurrence.customer_external_reference,
            anonymous_id=occurrence.anonymous_id,
            customer_email_hash=occurrence.customer_email_hash if unknown else None,
            customer_phone=occurrence.customer_phone if unknown else None,
            data_fields=tuple(item for item in fields_to_json(fields) if isinstance(item, dict)),
            url=occurrence.url,
            channel=occurrence.channel,
            idempotency_key=self.key,
        )
        claim = self._run.claim
        caller = Caller(kind=CallerKind.SCENARIO, id=str(claim.scenario_id), name=claim.scenario_name)
        inherited = Inherited(hops=occurrence.hops + 1, caused_by=claim.id, identity=occurrence.identity)
        try:
            receipt = fire(firing, caller, inherited)
        except Refused as refused:
            code = Reason.HOPS.value if refused.code == Reason.HOPS else refused.code
            raise ActionError(refused.message, code=code, again=refused.again, fault=Fault.AUTHOR) from None
        assert receipt.occurrence_id is not None
        return receipt.occurrence_id
