"""An invocation to perform actions in, and a world that writes down what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from saleor_custom_events.actions.base import NO_HEADERS, Action, InvocationFacts, IssuedCode, Outcome
from saleor_custom_events.actions.forms import read_settings, render_settings, settings_from_json, settings_to_json
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.templates import context_of
from saleor_custom_events.scenarios.values import DataField
from saleor_custom_events.store.outgoing import HttpAnswer
from tests.scenarios.test_conditions import ANN, OCCURRENCE_FACTS

NOW = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
FACTS = InvocationFacts(
    id=41,
    scenario_id=3,
    scenario_name="Welcome",
    scenario_version=2,
    step="s1",
    visit=4,
    attempt=1,
    occurrence=OCCURRENCE_FACTS,
    customer=ANN,
)


@dataclass
class World:
    """`Services`, as a record. It is what other people's code sees of us, so tests stand in for us here."""

    key: str = "msg_1"
    now: datetime = NOW
    webhook_secret: str = ""
    signature: Mapping[str, str] = field(default_factory=dict)
    answer: HttpAnswer = field(default_factory=lambda: HttpAnswer(status=204, headers={}, body="", seconds=0.25))
    #: Whether the store still knows the customer.
    knows: bool = True
    requests: list[dict[str, Any]] = field(default_factory=list)
    #: Why no marketing may be sent.
    refusal: Reason | None = None
    #: None: the store has no such voucher.
    issued: IssuedCode | None = None
    vouchers: list[tuple[str, timedelta | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mails: list[dict[str, str]] = field(default_factory=list)
    #: More lines of the mails' heads.
    heads: list[dict[str, str]] = field(default_factory=list)
    metadata: list[tuple[dict[str, str], bool]] = field(default_factory=list)
    memberships: list[tuple[str, bool]] = field(default_factory=list)
    fired: list[tuple[int, tuple[DataField, ...]]] = field(default_factory=list)

    def request(self, method: str, url: str, *, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        self.requests.append({"method": method, "url": url, "body": body, "headers": dict(headers)})
        return self.answer

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        return self.signature

    def send_mail(
        self, *, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] = NO_HEADERS
    ) -> str:
        self.heads.append(dict(headers))
        self.mails.append({"to": to, "subject": subject, "text": text, "html": html})
        return "<msg_1@shop.example>"

    def marketing_refusal(self, to: str) -> Reason | None:
        return self.refusal

    def unsubscribe_url(self, to: str) -> str:
        return f"https://shop.example/unsubscribe/{len(to)}"

    def issue_voucher_code(self, voucher: str, valid_for: timedelta | None) -> IssuedCode | None:
        self.vouchers.append((voucher, valid_for))
        return self.issued

    def add_customer_note(self, text: str) -> bool:
        self.notes.append(text)
        return self.knows

    def set_customer_metadata(self, entries: Mapping[str, str], *, private: bool) -> bool:
        self.metadata.append((dict(entries), private))
        return self.knows

    def set_customer_group(self, name: str, *, member: bool) -> bool | None:
        self.memberships.append((name, member))
        return True if self.knows else None

    def fire(self, event: int, fields: tuple[DataField, ...]) -> str:
        self.fired.append((event, fields))
        return "01943e9a-0000-7000-8000-000000000001"


def perform(
    action: Action[Any],
    config: Mapping[str, Any],
    world: World,
    *,
    facts: InvocationFacts = FACTS,
    **occurrence: Any,
) -> Outcome:
    """Perform an action as the worker does: read, render, mark, read the mark, perform."""
    settings, problems = read_settings(action, config, "config")
    assert not problems
    facts = replace(facts, occurrence=replace(facts.occurrence, **occurrence))
    rendered = render_settings(settings, context(facts.occurrence, facts))
    return action.perform(settings_from_json(action, settings_to_json(rendered)), facts, world)


def context(occurrence: OccurrenceFacts, facts: InvocationFacts = FACTS) -> Mapping[str, object]:
    return context_of(
        occurrence,
        customer=facts.customer,
        scenario_id=facts.scenario_id,
        scenario_name=facts.scenario_name,
        scenario_version=facts.scenario_version,
        outputs={},
    )
