"""The one frozen value that every door makes of a call, and what deciding needs to know. No Django, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from saleor_custom_events.scenarios.definition import EventStart
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.values import FieldType, Json
from saleor_custom_events.store.happenings import HappeningKind


class Violations(StrEnum):
    """What an event does with data fields that break its declarations."""

    OFF = "off"
    WARN = "warn"
    REJECT = "reject"


class Privacy(StrEnum):
    """What is kept of a data field (`firing.privacy`)."""

    STORE = "store"  # as it was sent
    MASK = "mask"  # its last characters at most
    HASH = "hash"  # a keyed hash, so that equal values can be told from others
    DROP = "drop"  # nothing; it counts as given all the same


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredField:
    """A data field that the event declares."""

    name: str
    type: FieldType
    required: bool = False
    privacy: Privacy = Privacy.STORE


@dataclass(frozen=True, kw_only=True, slots=True)
class FiredBy:
    """What happens in the store and fires an event, or ends what waits."""

    kind: HappeningKind
    #: Of an abandoned checkout: how long nothing was told of it.
    minutes: int | None = None
    #: Of changed metadata: those that are looked at.
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Firing:
    """A call to fire, read and checked for form. Members as in the HTTP body; text is normalised NFC."""

    #: `customEventId` or `customEvent`.
    event: int | str
    customer_email: str | None = None
    customer_id: str | None = None
    customer_external_reference: str | None = None
    anonymous_id: str | None = None
    #: MD5 or SHA-256 of the e-mail in hexadecimal, or a phone number (E.164): beside nothing else that names anybody.
    customer_email_hash: str | None = None
    customer_phone: str | None = None
    #: As sent: an object or ECDP's list. Types are decided with the event's declarations.
    data_fields: Mapping[str, Json] | tuple[Mapping[str, Json], ...] = ()
    url: str | None = None
    #: The body's, or the URL's where only that names one.
    channel: str | None = None
    #: Aware, any offset.
    occurred_at: datetime | None = None
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Inherited:
    """What a firing by the action "fire another event" takes over from the invocation that fires."""

    hops: int
    #: The invocation's number.
    caused_by: int
    identity: Identity


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """A start point of a scenario's published version that names the event."""

    scenario_id: int
    scenario_name: str
    version_id: int
    start: EventStart
    #: The scenario is paused: leaves a row that says so.
    paused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EventToFire:
    """A custom event as deciding sees it."""

    number: int
    slug: str
    name: str
    logging: bool
    public: bool
    archived: bool
    fired_before: bool
    declared: tuple[DeclaredField, ...]
    violations: Violations
    listeners: tuple[Listener, ...]
    #: Some scenario waits for it, or has.
    awaited: bool = False
