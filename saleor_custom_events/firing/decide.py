"""Deciding what a call comes to: pure, from frozen values to a frozen decision.

The order is part of the contract: who calls, which event, whether this caller may, then what was sent.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.allowing import left_out_of
from saleor_custom_events.firing.body import normal_email
from saleor_custom_events.firing.entering import Entry, entry_of
from saleor_custom_events.firing.fields import type_fields
from saleor_custom_events.firing.flowing import Limit
from saleor_custom_events.firing.privacy import kept_of
from saleor_custom_events.firing.values import EventToFire, Firing, Inherited, Listener, Privacy, Violations
from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.definition import Reentry
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts, is_publicly_sent
from saleor_custom_events.scenarios.flows import Flow, digest, lane_of
from saleor_custom_events.scenarios.limits import MAX_HOPS
from saleor_custom_events.scenarios.outcomes import Identity, Reason, Status
from saleor_custom_events.scenarios.values import DataField
from saleor_custom_events.store.callers import Caller, CallerKind

#: A clock that runs ahead of ours is believed by this much; what is later is refused.
FUTURE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What the operator's settings say about firing."""

    #: Both are needed to fire for any customer with a token of the store.
    permissions: frozenset[str]
    #: How long a key is remembered, and how old an occurrence from a public caller may be.
    remembered: timedelta
    #: How often a day an unverified address may start one scenario, where its start point lets it at all.
    unverified_cap: int = 3
    #: The shop's secret for hashes of data fields that may not be kept as they were sent.
    digest_key: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """What becomes of one scenario that listens, as far as it is known before the database has spoken."""

    #: None: nobody listens.
    listener: Listener | None
    status: Status
    reason: Reason | None = None
    #: What re-entry asks of the database; None where it asks nothing, or the worker does when it begins.
    entry: Entry | None = None
    #: What an unverified address may start.
    cap: Limit | None = None
    #: Flow control, and the name of the lane within the scenario.
    flow: Flow | None = None
    lane: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """An occurrence that is to be committed, with all that follows from it."""

    event: EventToFire
    caller: Caller
    occurrence: OccurrenceFacts
    #: What broke the declarations of an event that warns, and what was left out.
    violations: tuple[Problem, ...]
    starts: tuple[Start, ...]
    idempotency_key: str | None
    #: By which "the same body" is known. Keyed where the event keeps less than was sent.
    digest: bytes
    #: The digest that the call would have had, had the event's declarations said otherwise when it came first.
    other_digest: bytes
    key_expires_at: datetime
    caused_by: int | None
    dry_run: bool
    #: The span in which it was fired (`tracing.traceparent`); None: not recorded.
    trace: str | None = None


def decide(
    firing: Firing,
    caller: Caller,
    events: Mapping[int | str, EventToFire],
    *,
    now: datetime,
    occurrence_id: UUID,
    rules: Rules,
    inherited: Inherited | None = None,
    trace: str | None = None,
) -> Decision:
    """Decide one call. `events` holds the event that it names, by number and by slug.

    Refused: 401, 403 (permission, public flag, identity), 404 (event), 400 (fields that cannot be stored,
    times out of range), 422 (declared fields broken where the event rejects).
    """
    check_caller(caller, rules)
    event = _event(firing, caller, events)
    firing = _with_channel(_with_identity(firing, caller), caller)
    _check_times(firing, caller, now, rules)
    fields, violations = _fields(firing, caller, event, rules)
    if inherited is not None and inherited.hops > MAX_HOPS:
        raise Refused(400, Reason.HOPS, f"Events fired events more than {MAX_HOPS} times in a row.")
    identity = inherited.identity if inherited else _identity(firing, caller)
    occurrence = OccurrenceFacts(
        id=str(occurrence_id),
        event=EventFacts(number=event.number, slug=event.slug, name=event.name),
        registered_at=now,
        occurred_at=firing.occurred_at or now,
        identity=identity,
        customer_email=firing.customer_email,
        customer_id=firing.customer_id,
        customer_external_reference=firing.customer_external_reference,
        anonymous_id=firing.anonymous_id,
        customer_email_hash=firing.customer_email_hash,
        customer_phone=firing.customer_phone,
        channel=firing.channel,
        url=firing.url,
        fields=fields,
        publicly_sent=is_publicly_sent(caller.kind, identity),
        hops=inherited.hops if inherited else 0,
    )
    digest, other_digest = _digests(firing, event, rules.digest_key)
    return Decision(
        event=event,
        caller=caller,
        occurrence=occurrence,
        violations=violations,
        starts=starts_of(event, occurrence, rules),
        idempotency_key=firing.idempotency_key,
        digest=digest,
        other_digest=other_digest,
        key_expires_at=now + rules.remembered,
        caused_by=inherited.caused_by if inherited else None,
        dry_run=firing.dry_run,
        trace=trace,
    )


def check_caller(caller: Caller, rules: Rules) -> None:
    """Refuse whoever may not fire at all: before the body is read, so that a stranger costs little."""
    if caller.kind is CallerKind.ANONYMOUS:
        raise Refused(401, "CREDENTIALS_REQUIRED", "Send a key or a token in the header Authorization.")
    if caller.kind in (CallerKind.STAFF, CallerKind.APP) and (missing := rules.permissions - caller.permissions):
        raise Refused(403, "PERMISSION_DENIED", f"This needs the permission {' and '.join(sorted(missing))}.")


def _event(firing: Firing, caller: Caller, events: Mapping[int | str, EventToFire]) -> EventToFire:
    field = "customEventId" if isinstance(firing.event, int) else "customEvent"
    event = events.get(firing.event)
    if event is None:
        raise _refused(404, "EVENT_NOT_FOUND", field, "There is no such custom event.")
    if caller.is_public and not event.public:
        raise _refused(403, "EVENT_NOT_PUBLIC", field, "This event may not be fired from a storefront.")
    if event.archived:
        raise _refused(404, "EVENT_ARCHIVED", field, "This custom event is archived.")
    return event


def _fields(
    firing: Firing, caller: Caller, event: EventToFire, rules: Rules
) -> tuple[tuple[DataField, ...], tuple[Problem, ...]]:
    """Type the data fields; give what is kept of them, and what the occurrence says of the others."""
    typed = type_fields(firing.data_fields, event.declared)
    if typed.unusable:
        raise Refused(400, "INVALID_BODY", "The body is not right; see errors.", *typed.unusable)
    if typed.violations and event.violations is Violations.REJECT:
        raise Refused(422, "FIELDS_REJECTED", "The event's declared fields are not kept.", *typed.violations)
    left_out = left_out_of(typed.fields, caller, event)
    without = {problem.field for problem in left_out}
    sent = [field for field in typed.fields if f"dataFields.{field.name}" not in without]
    broken = typed.violations if event.violations is Violations.WARN else ()
    said = (*(problem for problem in broken if problem.field not in without), *left_out)
    return kept_of(sent, event.declared, rules.digest_key), said


def _with_identity(firing: Firing, caller: Caller) -> Firing:
    """Let the customer's token win; whoever says something else beside it is refused."""
    if caller.is_public and caller.customer_id is not None:
        email = as_stored(caller.customer_email)
        for field, sent, proved in (
            ("customerEmail", firing.customer_email, email),
            ("customerId", firing.customer_id, caller.customer_id),
            ("customerExternalReference", firing.customer_external_reference, None),
        ):
            if sent is not None and sent != proved:
                raise _refused(403, "IDENTITY_MISMATCH", field, "The customer's token names somebody else.")
        # A hash or a phone number beside it proves nothing. Kept, it would count as this customer's: whoever wrote a
        # neighbour's number would have the neighbour's rows in their own export, and take them along when erased.
        return replace(
            firing,
            customer_id=caller.customer_id,
            customer_email=email,
            customer_email_hash=None,
            customer_phone=None,
        )
    named = _names_customer(firing) or firing.anonymous_id
    # What happens in the store need not be about anybody: a variant is back in stock.
    if not named and caller.kind is not CallerKind.STORE:
        raise _refused(400, "REQUIRED", "customerEmail", "Say whom the event is about.")
    return firing


def as_stored(email: str | None) -> str | None:
    """Give an account's address in the form of every other: the store may keep it as it was typed."""
    try:
        return normal_email(email) if email else None
    except ValueError:
        return (email or "").lower()


def _with_channel(firing: Firing, caller: Caller) -> Firing:
    bound = caller.binding.channels
    if not bound or firing.channel in bound:
        return firing
    if firing.channel is not None:
        raise _refused(403, "CHANNEL_NOT_ALLOWED", "channel", "The key is not bound to this channel.")
    if len(bound) > 1:
        raise _refused(400, "REQUIRED", "channel", "The key is bound to several channels: say which one.")
    return replace(firing, channel=bound[0])


def _check_times(firing: Firing, caller: Caller, now: datetime, rules: Rules) -> None:
    if firing.occurred_at is None:
        return
    if firing.occurred_at > now + FUTURE:
        raise _refused(400, "IN_THE_FUTURE", "occurredAt", "This is in the future.")
    if caller.is_public and firing.occurred_at < now - rules.remembered:
        raise _refused(400, "TOO_OLD", "occurredAt", f"At most {rules.remembered.days} days ago.")


def _identity(firing: Firing, caller: Caller) -> Identity:
    if caller.is_public and caller.customer_id is not None:
        return Identity.TOKEN
    if not _names_customer(firing):
        return Identity.ANONYMOUS
    return Identity.UNVERIFIED if caller.is_public else Identity.TRUSTED


def _names_customer(firing: Firing) -> bool:
    directly = firing.customer_email or firing.customer_id or firing.customer_external_reference
    return bool(directly or firing.customer_email_hash or firing.customer_phone)


def starts_of(event: EventToFire, occurrence: OccurrenceFacts, rules: Rules) -> tuple[Start, ...]:
    """Give one start a scenario: of several start points that name the event, the first whose filter holds.

    Where nobody listens: one start without a listener, skipped.
    """
    if not event.listeners:
        return (Start(listener=None, status=Status.SKIPPED, reason=Reason.NO_SCENARIO),)
    chosen: dict[int, Start] = {}
    for listener in event.listeners:
        start = _start(listener, occurrence, rules)
        before = chosen.get(listener.scenario_id)
        if before is None or (before.reason is Reason.FILTER and start.reason is not Reason.FILTER):
            chosen[listener.scenario_id] = start
    return tuple(chosen.values())


def _start(listener: Listener, occurrence: OccurrenceFacts, rules: Rules) -> Start:
    def skipped(reason: Reason) -> Start:
        return Start(listener=listener, status=Status.SKIPPED, reason=reason)

    start = listener.start
    if listener.paused:
        return skipped(Reason.PAUSED)
    if start.filter is not None and not holds(start.filter, Scope(occurrence=occurrence))[0]:
        return skipped(Reason.FILTER)
    lane = lane_of(start.flow, occurrence) if start.flow is not None else None
    nobody = start.reentry is not Reentry.EVERY and occurrence.identity_key is None
    if nobody or (start.flow is not None and lane is None):
        return skipped(Reason.NO_IDENTITY)
    # Whoever is named by a hash or a phone number enters under the name that the worker finds.
    enters_late = start.enters_late or occurrence.is_named_indirectly
    return Start(
        listener=listener,
        status=Status.RUNNING,
        entry=None if enters_late else entry_of(start, occurrence, occurrence.registered_at),
        cap=_cap(listener, occurrence, rules),
        flow=start.flow,
        lane=lane,
    )


def _cap(listener: Listener, occurrence: OccurrenceFacts, rules: Rules) -> Limit | None:
    """Whoever knows an address can write it into a form: it is not mailed more often than this for that."""
    person = occurrence.identity_key
    if occurrence.identity is not Identity.UNVERIFIED or not listener.start.allow_unverified or person is None:
        return None
    day = occurrence.registered_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Limit(
        lane=digest("unverified", person),
        count=rules.unverified_cap,
        expires_at=day + timedelta(days=1),
    )


def _digests(firing: Firing, event: EventToFire, key: bytes) -> tuple[bytes, bytes]:
    """Give the digest by which "the same body" is known, and the other one; who calls and its key stand beside it.

    Keyed where the event keeps less than was sent: of a dropped birthday a plain hash, beside all the rest of the
    body, would tell as much as the birthday. Which of the two was kept is the declarations' affair at that time, and
    an event that declares something else since is no conflict.
    """
    said = [
        event.number,
        firing.customer_email,
        firing.customer_id,
        firing.customer_external_reference,
        firing.anonymous_id,
        firing.data_fields,
        firing.url,
        firing.channel,
        firing.occurred_at.isoformat() if firing.occurred_at else None,
    ]
    if firing.customer_email_hash or firing.customer_phone:
        said += [firing.customer_email_hash, firing.customer_phone]
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), default=str)
    plain = hashlib.sha256(canonical.encode()).digest()
    keyed = hmac.new(key, canonical.encode(), hashlib.sha256).digest()
    is_private = any(field.privacy is not Privacy.STORE for field in event.declared)
    return (keyed, plain) if is_private else (plain, keyed)


def _refused(status: int, code: str, field: str, message: str) -> Refused:
    return Refused(status, code, message, Problem(field=field, code=code, message=message))
