"""The log as frozen values, already masked for whoever asked: what leaves this floor can be shown as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saleor_custom_events.scenarios.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedField:
    """One data field. `value` is None where it is masked."""

    name: str
    #: `scenarios.values.FieldType`.
    type: str
    value: Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """What a data field broke of the event's declarations, where the event warns."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedStep:
    """What one step did. `detail`, `input` and `result` are empty where masked: they quote what was sent."""

    visit: int
    step: str
    kind: str
    #: `scenarios.outcomes.StepStatus`.
    status: str
    reason: str
    detail: str
    attempts: int
    effect: str
    input: Json
    result: Json
    #: Aware, UTC.
    started_at: datetime
    ended_at: datetime | None

    @property
    def milliseconds(self) -> int | None:
        """Say how long it took, from its first try to its end."""
        return int((self.ended_at - self.started_at).total_seconds() * 1000) if self.ended_at else None


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedOccurrence:
    """One firing. Everything that names the customer is None where masked, but for the e-mail's first letters."""

    #: UUIDv7 in its usual form.
    id: str
    event: int
    registered_at: datetime
    occurred_at: datetime
    caller_kind: str
    caller_name: str
    #: `scenarios.outcomes.Identity`.
    identity: str
    customer_email: str | None
    customer_id: str | None
    customer_external_reference: str | None
    anonymous_id: str | None
    #: What named the customer where nothing else did (`models.Occurrence`).
    customer_email_hash: str | None
    customer_phone: str | None
    channel: str | None
    url: str | None
    caused_by: int | None
    data_fields: tuple[LoggedField, ...]
    #: Nobody vouches for what the data fields say (`scenarios.facts.is_publicly_sent`).
    publicly_sent: bool
    #: When retention removed them; None: they are still there, or there never were any.
    data_fields_removed_at: datetime | None
    violations: tuple[Violation, ...]
    masked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LogRow:
    """One row of the log: one scenario started by one occurrence, or an occurrence that no scenario listened to."""

    number: int
    event: int
    occurrence: str
    #: When it was registered; of a retry from the start: when that was asked for.
    created_at: datetime
    ended_at: datetime | None
    #: When it goes on, while it waits; None where that depends on the end of another one.
    due_at: datetime | None
    customer_email: str | None
    #: It was anonymous, and the browser was found to be this customer's when they logged in.
    merged: bool
    #: None where no scenario listened, or the scenario was deleted since.
    scenario: int | None
    #: As it was when the invocation was made.
    scenario_name: str
    #: The version that runs, by its number within the scenario, and by its primary key.
    version: int | None
    version_id: int | None
    #: `scenarios.outcomes.Status`.
    status: str
    #: `scenarios.outcomes.Reason`; empty where there is nothing to explain.
    reason: str
    #: Empty where masked.
    detail: str
    #: Number of the invocation that this one is a retry of.
    retry_of: int | None
    #: Who asked that it goes on or begins anew; empty: nobody had to.
    retried_by: str
    masked: bool
