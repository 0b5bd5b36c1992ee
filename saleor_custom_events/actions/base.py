"""What an action is. The plug-in point: `from saleor_custom_events.api import Action, ActionError`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from saleor_custom_events.errors import Problem
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import DataField, Json
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.outgoing import HttpAnswer

#: Where nobody asks for headers.
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Effect(StrEnum):
    """What is promised about an action's effect when a worker dies or a call ends unclearly."""

    #: Changes this database only; commits in the same transaction as the step, or not at all.
    WITH_STEP = "with_step"
    #: May happen again, with the same stable key and the same content.
    AT_LEAST_ONCE = "at_least_once"
    #: Marked before it is tried, never tried again where its end is not known.
    AT_MOST_ONCE = "at_most_once"


@dataclass(frozen=True, slots=True)
class Label:
    """A text in every language of the dashboard."""

    en: str
    pl: str


class Input(StrEnum):
    """What the editor shows for a setting, and how its value is checked."""

    TEXT = "text"  # one line
    TEMPLATE = "template"  # one line, Liquid
    TEMPLATE_BLOCK = "template_block"  # many lines, Liquid
    TEMPLATE_MAP = "template_map"  # names to Liquid one-liners
    URL = "url"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    EVENT = "event"  # a custom event's number
    DURATION = "duration"  # ISO 8601, `P7D`
    HEADERS = "headers"  # names of HTTP headers to Liquid one-liners, which the log never shows
    VOUCHER = "voucher"  # a voucher of the store, by its global id


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One setting of an action, as the editor's form and the definition's check see it.

    Made by `setting(…)` as the metadata of a dataclass field of the action's `Settings`.
    """

    input: Input
    label: Label
    help: Label | None = None
    choices: tuple[tuple[str, Label], ...] = ()
    #: Longest text, in characters, before rendering.
    max_length: int = 2000
    #: A template that gives HTML: what it prints is escaped.
    html: bool = False
    #: It matters only with these values of another setting, a choice (both as in JSON); None: always.
    only_with: tuple[str, tuple[str, ...]] | None = None
    #: Few need it: an editor keeps it out of the way.
    advanced: bool = False

    @property
    def is_template(self) -> bool:
        """Whether it is Liquid, rendered before the action sees it."""
        return self.input in (Input.TEMPLATE, Input.TEMPLATE_BLOCK, Input.TEMPLATE_MAP, Input.HEADERS)

    @property
    def is_secret(self) -> bool:
        """Whether what is rendered is kept nowhere: every try renders it anew, and the log shows the names alone."""
        return self.input is Input.HEADERS


@dataclass(frozen=True, kw_only=True, slots=True)
class InvocationFacts:
    """What an action may know about the invocation it is performed in."""

    #: The invocation's number.
    id: int
    scenario_id: int
    scenario_name: str
    scenario_version: int
    step: str
    visit: int
    #: 1 for the first try.
    attempt: int
    occurrence: OccurrenceFacts
    #: What the store knows at this moment; None where it knows nobody by the occurrence's identity, and for
    #: actions with `needs_customer = False`.
    customer: Customer | None = None


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A voucher code that was made for somebody."""

    code: str
    #: Aware; None: as long as its voucher.
    expires_at: datetime | None = None


class Services(Protocol):
    """What an action may do to the world. Handed to `perform`; the only way out."""

    #: Stable for this step of this invocation, the same in every try: send it along.
    key: str
    #: The clock at this try, aware, UTC.
    now: datetime
    #: Standard Webhooks secret (`whsec_` + base64) that signs what is sent out; empty: it is not signed.
    webhook_secret: str

    def request(self, method: str, url: str, *, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send an HTTP request (see `Host.request`). ActionError where no answer came."""

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the shop's signature of `body` (see `Host.signature_headers`)."""

    def send_mail(
        self, *, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] = NO_HEADERS
    ) -> str:
        """Send a mail from the shop and give its Message-ID. ActionError where it failed or is unknown.

        `headers`: more lines of its head.
        """

    def marketing_refusal(self, to: str) -> Reason | None:
        """Say why no marketing may be sent to an address now: they unsubscribed, or never agreed. Else None."""

    def unsubscribe_url(self, to: str) -> str:
        """Give the address at which whoever reads mail at `to` unsubscribes (RFC 8058). It names nobody in clear."""

    def issue_voucher_code(self, voucher: str, valid_for: timedelta | None) -> IssuedCode | None:
        """Make a code of a voucher (global id), within the step's transaction, and record whom it was issued to.

        It is made inactive once `valid_for` is over. None where the store has no such voucher, or it has ended.
        """

    def add_customer_note(self, text: str) -> bool:
        """Add to the staff's note on the customer, within the step's transaction; False where there is no customer."""

    def set_customer_metadata(self, entries: Mapping[str, str], *, private: bool) -> bool:
        """Merge into the customer's metadata; False where the store knows no such customer."""

    def set_customer_group(self, name: str, *, member: bool) -> bool | None:
        """Put the customer into a group or take them out; False: it was so already, None: the store knows nobody.

        ActionError where the customer's groups cannot be read: nothing is overwritten then.
        """

    def fire(self, event: int, fields: tuple[DataField, ...]) -> str:
        """Fire another custom event for the same customer, with the same trust; gives the occurrence's id.

        ActionError (author's fault) where the event is gone, or events have fired events too often.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of an action that did not fail."""

    #: Kept in the log's timeline. No secrets.
    result: Mapping[str, Json] = field(default_factory=dict)
    #: For later steps: `steps.<id>.<name>`.
    output: Mapping[str, Json] = field(default_factory=dict)
    #: Set where the action decided not to act.
    skipped: Reason | None = None


S = TypeVar("S")


class Action(ABC, Generic[S]):
    """One kind of action. One stateless object a process.

    `Settings` is a frozen dataclass whose fields are made by `forms.setting(…)`; templates in it are rendered
    before `perform` sees them, once: what was rendered is kept, so that every try sends the same.
    """

    #: Stable, snake_case; in definitions.
    name: ClassVar[str]
    label: ClassVar[Label]
    #: One sentence for the editor.
    help: ClassVar[Label]
    effect: ClassVar[Effect]
    Settings: ClassVar[type[Any]]
    #: Saleor's codes that whoever publishes must hold.
    permissions: ClassVar[frozenset[str]] = frozenset()
    #: Sends mail, issues vouchers or changes a customer: not for unverified addresses unless allowed.
    needs_verified: ClassVar[bool] = False
    #: `InvocationFacts.customer` is wanted.
    needs_customer: ClassVar[bool] = False

    def check(self, settings: S) -> tuple[Problem, ...]:
        """Say what is wrong with settings that are right one by one, by their names in JSON; asked before rendering.

        A scenario with such a step cannot be published.
        """
        return ()

    def foresee(self, settings: S, invocation: InvocationFacts) -> Reason | None:
        """Say why it would not act, as far as that is known before anything is tried. Raises ActionError as `perform`.

        Looks at nothing but what it is given, and changes nothing: a dry run asks this instead of performing.
        """
        return None

    @abstractmethod
    def perform(self, settings: S, invocation: InvocationFacts, services: Services) -> Outcome:
        """Do it. Raises ActionError; anything else that escapes is our fault and is tried again."""
