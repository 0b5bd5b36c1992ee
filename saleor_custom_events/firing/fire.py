"""Firing, from one frozen value to the committed rows and the receipt. Every door and the Python API end here."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings as django_settings
from django.db import transaction
from django.utils.encoding import force_bytes

from saleor_custom_events import measures
from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.catalogue import events_named
from saleor_custom_events.firing.commit import Commit, commit_of
from saleor_custom_events.firing.decide import Decision, Rules, decide
from saleor_custom_events.firing.erased import without_the_erased
from saleor_custom_events.firing.values import Firing, Inherited
from saleor_custom_events.firing.violations import count_violations
from saleor_custom_events.scenarios.outcomes import Status
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.tracing import Told, span, traceparent


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptInvocation:
    """What a firing came to in one scenario, as it stood when the occurrence was registered."""

    #: None in a dry run.
    id: int | None
    #: None where no scenario listened.
    scenario_id: int | None
    scenario_name: str
    #: `started` or `skipped`.
    outcome: str
    #: `scenarios.outcomes.Reason`, or empty.
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """The answer to an accepted call."""

    #: None in a dry run.
    occurrence_id: str | None
    #: The same call was accepted before; this is its first answer.
    duplicate: bool
    invocations: tuple[ReceiptInvocation, ...] = ()


#: A row of the answer of `commit.commit_of`.
Row: TypeAlias = tuple[Any, ...]


@dataclass(slots=True)
class _Hint:
    """Who is told after a commit that there is work: `running.hint`, which stands on a higher floor."""

    ring: Callable[[], None] = field(default=lambda: None)


hint = _Hint()


def rules() -> Rules:
    """Give the rules as the settings have them now."""
    return Rules(
        permissions=frozenset({settings.PERMISSION_DEFINE, settings.PERMISSION_CUSTOMERS}),
        remembered=timedelta(days=settings.IDEMPOTENCY_DAYS),
        unverified_cap=settings.UNVERIFIED_DAILY_CAP,
        digest_key=digest_key(),
    )


def digest_key() -> bytes:
    """Give the shop's secret for hashes of data fields, made of Django's SECRET_KEY: a new one makes new hashes."""
    return hmac.digest(force_bytes(django_settings.SECRET_KEY), b"saleor-custom-events data fields", "sha256")


def fire(firing: Firing, caller: Caller, inherited: Inherited | None = None) -> Receipt:
    """Fire one event: committed when this returns, or part of the transaction that is open.

    Raises Refused, with nothing written.
    """
    (result,) = fire_many([firing], caller, inherited)
    if isinstance(result, Refused):
        raise result
    return result


def fire_many(firings: Sequence[Firing], caller: Caller, inherited: Inherited | None = None) -> list[Receipt | Refused]:
    """Fire several events in one transaction; the results are in their order, and one refusal fails no other."""
    with span("fire", firings=len(firings)) as told:
        here = traceparent()
        with span("decide"):
            results, decisions = _decided(firings, caller, inherited, here)
        with span("commit"):
            answers = iter(_committed(decisions))
        fired = [next(answers) if result is None else result for result in results]
        _tell(told, decisions, fired)
    return fired


def _tell(told: Told, decisions: Sequence[Decision], fired: Sequence[Receipt | Refused]) -> None:
    """Say what the firings came to; of one alone also which it is."""
    refused = [one for one in fired if isinstance(one, Refused)]
    duplicates = sum(isinstance(one, Receipt) and one.duplicate for one in fired)
    told.say(accepted=len(fired) - len(refused) - duplicates, duplicates=duplicates, refused=len(refused))
    if len(fired) != 1:
        return
    if refused:
        told.say(reason=refused[0].code)
    elif isinstance(fired[0], Receipt):
        told.say(occurrence_id=fired[0].occurrence_id)
    if decisions:
        told.say(event_number=decisions[0].event.number)


def _decided(
    firings: Sequence[Firing], caller: Caller, inherited: Inherited | None, trace: str | None
) -> tuple[list[Refused | None], list[Decision]]:
    """Give a place a firing, None where there is a decision, and the decisions in their order."""
    events = events_named({firing.event for firing in firings})
    now, known_rules = database_now(), rules()
    results: list[Refused | None] = []
    decisions: list[Decision] = []
    for firing in firings:
        try:
            decision = decide(
                firing,
                caller,
                events,
                now=now,
                occurrence_id=new_occurrence_id(now),
                rules=known_rules,
                inherited=inherited,
                trace=trace,
            )
        except Refused as refused:
            results.append(refused)
        else:
            decisions.append(decision)
            results.append(None)
    return results, decisions


def _committed(decisions: Sequence[Decision]) -> list[Receipt | Refused]:
    """Commit the decisions; those of a dry run go the same way and are rolled back."""
    real = [d for d in decisions if not d.dry_run]
    dry = [d for d in decisions if d.dry_run]
    receipts: dict[int, Receipt | Refused] = {}
    if real:
        receipts |= {id(d): r for d, r in zip(real, _execute(real, keep=True), strict=True)}
    if dry:
        receipts |= {id(d): r for d, r in zip(dry, _execute(dry, keep=False), strict=True)}
    return [receipts[id(decision)] for decision in decisions]


def _execute(decisions: Sequence[Decision], *, keep: bool) -> list[Receipt | Refused]:
    with transaction.atomic():
        decisions = without_the_erased(decisions)
        rows = run(commit_of(decisions))
        if not keep:
            transaction.set_rollback(True)
        elif any(row[1] and row[7] == Status.RUNNING for row in rows) or any(d.event.awaited for d in decisions):
            transaction.on_commit(hint.ring, robust=True)
        if keep and measures.IS_INSTALLED:
            places = {row[0] for row in rows if row[1]}
            counted = partial(measures.count_accepted, [decisions[place].event.number for place in places])
            transaction.on_commit(counted, robust=True)
        if keep and (broken := _broken(decisions, rows)):
            transaction.on_commit(partial(count_violations, broken), robust=True)
    answers: list[list[Row]] = [[] for _ in decisions]
    for row in rows:
        answers[row[0]].append(row)
    return [_receipt(answer, keep=keep) for answer in answers]


def _broken(decisions: Sequence[Decision], rows: Sequence[Row]) -> list[tuple[int, int | None, tuple[Problem, ...]]]:
    """Give what is to be counted of those that were accepted: event, invocation, what broke its declarations."""
    invocations = {row[0]: row[4] for row in reversed(rows) if row[1]}
    return [
        (decision.event.number, invocations[place] if decision.event.logging else None, decision.violations)
        for place, decision in enumerate(decisions)
        if decision.violations and place in invocations
    ]


def run(commit: Commit) -> list[Row]:
    """Execute a commit on the default database, in the transaction that is open, and give the answer's rows."""
    with transaction.get_connection().cursor() as cursor:
        for statement in commit.statements:
            cursor.execute(statement.sql, statement.parameters)
        cursor.execute(commit.answer.sql, commit.answer.parameters)
        return list(cursor.fetchall())


def _receipt(rows: list[Row], *, keep: bool) -> Receipt | Refused:
    _, accepted, occurrence_id, same, *_ = rows[0]
    if occurrence_id is None:
        # The key that stood in the way expired and was tidied away between two statements: the next try passes.
        return Refused(503, "BUSY", "Try again.", retry_after=timedelta(seconds=1))
    if not same:
        message = "The same idempotencyKey was used for something else."
        return Refused(
            409,
            "IDEMPOTENCY_CONFLICT",
            message,
            Problem(field="idempotencyKey", code="IDEMPOTENCY_CONFLICT", message=message),
        )
    return Receipt(
        occurrence_id=str(occurrence_id) if keep or not accepted else None,
        duplicate=not accepted,
        invocations=tuple(_invocation(row, keep=keep) for row in rows if row[4] is not None),
    )


def _invocation(row: Row, *, keep: bool) -> ReceiptInvocation:
    number, scenario, name, status, reason = row[4:]
    skipped = status == Status.SKIPPED
    return ReceiptInvocation(
        id=number if keep else None,
        scenario_id=scenario,
        scenario_name=name,
        outcome="skipped" if skipped else "started",
        # What happened since is not part of the *first* answer.
        reason=reason if skipped else "",
    )


def new_occurrence_id(at: datetime) -> UUID:
    """Make a UUIDv7 (RFC 9562): 48 bits of milliseconds since 1970 at `at` (aware), then 74 random bits."""
    random = int.from_bytes(os.urandom(10))
    return UUID(
        int=_milliseconds(int(at.timestamp() * 1000))
        | 0x7 << 76
        | (random >> 68) << 64
        | 0b10 << 62
        | random & ((1 << 62) - 1)
    )


def first_occurrence_id(at: datetime) -> UUID:
    """Give the border between ids made before `at` (aware), which are smaller, and those made since.

    Before 1970 none was made.
    """
    return UUID(int=_milliseconds(max(0, int(at.timestamp() * 1000))))


def _milliseconds(since_1970: int) -> int:
    return (since_1970 & (1 << 48) - 1) << 80
