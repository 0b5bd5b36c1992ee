"""From decisions to SQL: statements and parameters, the same for one firing and for a thousand.

Pure; `fire.run` runs them here, and any other executor may. Within one transaction and in this order:

1. Idempotency keys that have expired go, then ours are inserted; whoever was there before wins.
2. An occurrence is inserted only if it has no key, or the key is *its own*. Its id is new, so from here on
   "the occurrence exists" means "this call was accepted", and every later statement asks just that.
3. Data fields, entries (re-entry), invocations.
4. What limits and flow control do to those invocations (`flowing`), and whom a restart ends (`entering`); nothing of
   it where no start point asks for it.
5. The answer: which calls were accepted, which found an earlier one, and what was started.

No row can fail its neighbours: conflicts do nothing. Rows with unique keys are inserted in the order of those keys,
keys before entries, entries before lanes, in every transaction: two commits that meet wait for each other and cannot
deadlock.
Correct under READ COMMITTED: a conflicting insert waits for the other transaction's end, and the next statement
sees what that one committed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from saleor_custom_events.firing.decide import Decision, Start
from saleor_custom_events.firing.entering import Entering, enter, leave, take_over
from saleor_custom_events.firing.entering import replaced_by as replaced_by_entry
from saleor_custom_events.firing.flowing import Flowing, flow, flowing_of, limit
from saleor_custom_events.firing.flowing import replaced_by as replaced_by_debounce
from saleor_custom_events.firing.forgetting import forget, forget_those
from saleor_custom_events.firing.linking import Linking, link, linking_of
from saleor_custom_events.firing.statements import ACCEPTED, Rows, Statement
from saleor_custom_events.scenarios.awaiting import LOOKED_BACK, LOOKED_BACK_UNLOGGED, identities_of
from saleor_custom_events.scenarios.definition import Reentry
from saleor_custom_events.scenarios.flows import Debounce, Flow, OneAtATime, RateLimit, Throttle
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.values import fields_to_json


@dataclass(frozen=True, slots=True)
class Commit:
    """What has to be executed, in order and in one transaction; `answer` gives rows (see ANSWER)."""

    statements: tuple[Statement, ...]
    answer: Statement


def commit_of(decisions: Sequence[Decision]) -> Commit:
    """Give the commit of one or more decisions; the answer's `place` is the position in `decisions`."""
    statements: list[Statement] = []
    if any(d.idempotency_key for d in decisions):
        statements += _keys(decisions)
    statements.append(_occurrences(decisions))
    if with_fields := [d for d in decisions if d.occurrence.fields or d.violations]:
        statements.append(_data_fields(with_fields))
    statements += link(_linking(decisions))
    started = [(d, s) for d in decisions for s in d.starts]
    entering = _entering(started)
    restarting = [one for one in entering if one.entry.rule is Reentry.RESTART]
    others = [one for one in entering if one.entry.rule is not Reentry.RESTART]
    statements += enter(others)
    statements.append(_invocations(started))
    statements += _limits(started, others)
    statements += _waits(started)
    statements += take_over(restarting)
    if restarting:
        statements += forget_those(replaced_by_entry(restarting))
    # The last: from here on nothing waits for an invocation of others (`running.lanes`).
    statements += _flow(OneAtATime, started)
    if awaited := [d for d in decisions if d.event.awaited and identities_of(d.occurrence)]:
        statements.append(_happenings(awaited))
    if first := sorted({d.event.number for d in decisions if not d.event.fired_before}):
        statements.append(Statement(FIRST_FIRED, (decisions[0].occurrence.registered_at, first)))
    if unlogged := [d.occurrence.id for d in decisions if not d.event.logging]:
        statements += forget(unlogged)
    return Commit(tuple(statements), _answer(decisions))


#: Whoever finds the row locked leaves it to the one who holds it, or to the next firing: nobody waits for it.
FIRST_FIRED = """
UPDATE saleor_custom_events_customevent SET first_fired_at = %s WHERE id IN (
  SELECT id FROM saleor_custom_events_customevent WHERE id = ANY(%s::bigint[]) AND first_fired_at IS NULL
  ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)"""


def _keys(decisions: Sequence[Decision]) -> Iterable[Statement]:
    keyed = [d for d in decisions if d.idempotency_key]
    keyed.sort(key=lambda d: (d.event.number, d.caller.reference, d.idempotency_key))  # stable: the first wins
    rows = Rows(
        (
            ("event_id", "bigint"),
            ("caller", "text"),
            ("key", "text"),
            ("digest", "bytea"),
            ("occurrence_id", "uuid"),
            ("expires_at", "timestamptz"),
        ),
        tuple(
            (
                d.event.number,
                d.caller.reference,
                d.idempotency_key,
                d.digest,
                d.occurrence.id,
                d.key_expires_at,
            )
            for d in keyed
        ),
    )
    yield Statement(
        f"""
DELETE FROM saleor_custom_events_idempotencykey k USING {rows.source}
WHERE k.event_id = n.event_id AND k.caller = n.caller AND k.key = n.key AND k.expires_at <= %s""",  # noqa: S608
        (*rows.parameters, keyed[0].occurrence.registered_at),
    )
    yield Statement(
        f"""
INSERT INTO saleor_custom_events_idempotencykey (event_id, caller, key, digest, occurrence_id, expires_at)
SELECT * FROM {rows.source} ON CONFLICT DO NOTHING""",  # noqa: S608
        rows.parameters,
    )


_OCCURRENCE: tuple[tuple[str, str, Callable[[Decision], Any]], ...] = (
    ("id", "uuid", lambda d: d.occurrence.id),
    ("event_id", "bigint", lambda d: d.event.number),
    ("registered_at", "timestamptz", lambda d: d.occurrence.registered_at),
    ("occurred_at", "timestamptz", lambda d: d.occurrence.occurred_at),
    ("caller_kind", "text", lambda d: d.caller.kind.value),
    ("caller_id", "text", lambda d: d.caller.id),
    ("caller_name", "text", lambda d: d.caller.name[:250] if d.event.logging else ""),
    ("identity", "text", lambda d: d.occurrence.identity.value),
    ("customer_email", "text", lambda d: d.occurrence.customer_email),
    ("customer_id", "text", lambda d: d.occurrence.customer_id),
    ("customer_external_reference", "text", lambda d: d.occurrence.customer_external_reference),
    ("anonymous_id", "text", lambda d: d.occurrence.anonymous_id),
    ("customer_email_hash", "text", lambda d: d.occurrence.customer_email_hash),
    ("customer_phone", "text", lambda d: d.occurrence.customer_phone),
    ("channel", "text", lambda d: d.occurrence.channel),
    ("url", "text", lambda d: d.occurrence.url),
    ("logged", "boolean", lambda d: d.event.logging),
    ("caused_by", "bigint", lambda d: d.caused_by),
    ("hops", "smallint", lambda d: d.occurrence.hops),
    ("trace", "text", lambda d: d.trace),
)


def _occurrences(decisions: Sequence[Decision]) -> Statement:
    names = [name for name, _, _ in _OCCURRENCE]
    rows = Rows(
        (
            *((name, kind) for name, kind, _ in _OCCURRENCE),
            ("caller_reference", "text"),
            ("idempotency_key", "text"),
        ),
        tuple((*(read(d) for _, _, read in _OCCURRENCE), d.caller.reference, d.idempotency_key) for d in decisions),
    )
    return Statement(
        f"""
INSERT INTO saleor_custom_events_occurrence ({", ".join(names)})
SELECT {", ".join(f"n.{name}" for name in names)} FROM {rows.source}
WHERE n.idempotency_key IS NULL OR EXISTS (
  SELECT 1 FROM saleor_custom_events_idempotencykey k
  WHERE k.event_id = n.event_id AND k.caller = n.caller_reference AND k.key = n.idempotency_key
    AND k.occurrence_id = n.id)
ON CONFLICT DO NOTHING""",  # noqa: S608
        rows.parameters,
    )


def _data_fields(decisions: Sequence[Decision]) -> Statement:
    rows = Rows(
        (("occurrence_id", "uuid"), ("fields", "text"), ("violations", "text")),
        tuple(
            (
                d.occurrence.id,
                json.dumps(fields_to_json(d.occurrence.fields)),
                json.dumps([{"field": p.field, "code": p.code, "message": p.message} for p in d.violations]),
            )
            for d in decisions
        ),
    )
    return Statement(
        f"""
INSERT INTO saleor_custom_events_datafields (occurrence_id, fields, violations)
SELECT n.occurrence_id, n.fields::jsonb, n.violations::jsonb FROM {rows.source}
WHERE {ACCEPTED} ON CONFLICT DO NOTHING""",  # noqa: S608
        rows.parameters,
    )


def _linking(decisions: Sequence[Decision]) -> list[Linking]:
    proofs = (linking_of(d.occurrence, logged=d.event.logging, heard_for=LOOKED_BACK) for d in decisions)
    return [proof for proof in proofs if proof is not None]


def _entering(started: Sequence[tuple[Decision, Start]]) -> list[Entering]:
    return [
        Entering(
            scenario_id=s.listener.scenario_id,
            occurrence_id=d.occurrence.id,
            at=d.occurrence.registered_at,
            entry=s.entry,
        )
        for d, s in started
        if s.entry is not None and s.listener is not None
    ]


def _limits(started: Sequence[tuple[Decision, Start]], entered: Sequence[Entering]) -> Iterable[Statement]:
    """Give what the daily cap and rate limits drop; nothing where there are none.

    Whoever entered and is dropped behind has not entered: else a limit would cost the customer their only time.
    """
    now = started[0][0].occurrence.registered_at
    if capped := [(d, s) for d, s in started if s.cap is not None and s.listener is not None]:
        yield from limit(Reason.UNVERIFIED_CAP, [_capped(d, s) for d, s in capped], now)
        yield from leave(Reason.UNVERIFIED_CAP, entered)
    if any(isinstance(s.flow, RateLimit) for _, s in started):
        yield from _flow(RateLimit, started)
        yield from leave(Reason.RATE_LIMIT, entered)


def _waits(started: Sequence[tuple[Decision, Start]]) -> Iterable[Statement]:
    """Give what waits for its place or for quiet, and whose place that takes."""
    yield from _flow(Throttle, started)
    yield from _flow(Debounce, started)
    if debounced := _flowing(Debounce, started):
        yield from forget_those(replaced_by_debounce(debounced))


def _flow(kind: type[Flow], started: Sequence[tuple[Decision, Start]]) -> Iterable[Statement]:
    if flowing := _flowing(kind, started):
        yield from flow(kind, flowing, started[0][0].occurrence.registered_at)


def _flowing(kind: type[Flow], started: Sequence[tuple[Decision, Start]]) -> list[Flowing]:
    return [
        flowing_of(s.flow, s.listener.scenario_id, d.occurrence.id, s.lane, d.occurrence.registered_at)
        for d, s in started
        if isinstance(s.flow, kind) and s.lane is not None and s.listener is not None
    ]


def _capped(decision: Decision, start: Start) -> Flowing:
    assert start.cap is not None
    assert start.listener is not None
    return Flowing(
        scenario_id=start.listener.scenario_id,
        occurrence_id=decision.occurrence.id,
        lane=start.cap.lane,
        at=decision.occurrence.registered_at,
        count=start.cap.count,
        expires_at=start.cap.expires_at,
    )


def _invocations(started: Sequence[tuple[Decision, Start]]) -> Statement:
    rows = Rows(
        (
            ("occurrence_id", "uuid"),
            ("event_id", "bigint"),
            ("scenario_id", "bigint"),
            ("version_id", "bigint"),
            ("scenario_name", "text"),
            ("start", "text"),
            ("status", "text"),
            ("reason", "text"),
            ("customer_email", "text"),
            ("logged", "boolean"),
            ("created_at", "timestamptz"),
            ("entry", "text"),
            ("place", "int"),
        ),
        tuple((*_invocation(d, s), place) for place, (d, s) in enumerate(started)),
    )
    return Statement(
        f"""
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_id, version_id, scenario_name, start, status, reason, detail,
   customer_email, logged, created_at, ended_at, state, due_at, claims)
SELECT n.occurrence_id, n.event_id, n.scenario_id, n.version_id, n.scenario_name, n.start,
  CASE WHEN again.entry THEN %s ELSE n.status END, CASE WHEN again.entry THEN %s ELSE n.reason END, '',
  n.customer_email, n.logged, n.created_at,
  CASE WHEN again.entry OR n.status <> %s THEN n.created_at END, '{{}}'::jsonb,
  CASE WHEN NOT again.entry AND n.status = %s THEN least(n.created_at, statement_timestamp()) END, 0
FROM {rows.source}
CROSS JOIN LATERAL (
  SELECT n.entry IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM saleor_custom_events_scenarioentry e
    WHERE e.scenario_id = n.scenario_id AND e.identity = n.entry AND e.occurrence_id = n.occurrence_id
  ) AS entry) again
WHERE {ACCEPTED}
ORDER BY n.place""",  # noqa: S608
        (
            Status.SKIPPED.value,
            Reason.REENTRY.value,
            Status.RUNNING.value,
            Status.RUNNING.value,
            *rows.parameters,
        ),
    )


def _invocation(decision: Decision, start: Start) -> tuple[Any, ...]:
    listener = start.listener
    return (
        decision.occurrence.id,
        decision.event.number,
        listener.scenario_id if listener else None,
        listener.version_id if listener else None,
        listener.scenario_name if listener else "",
        listener.start.id if listener else "",
        start.status.value,
        start.reason.value if start.reason else "",
        decision.occurrence.customer_email if decision.event.logging else None,
        decision.event.logging,
        decision.occurrence.registered_at,
        start.entry.identity if start.entry and start.entry.rule is not Reentry.RESTART else None,
    )


def _happenings(awaited: Sequence[Decision]) -> Statement:
    """Write down what somebody may wait for; whoever does is told after the commit (`running.awaiting`)."""
    rows = Rows(
        (
            ("occurrence_id", "uuid"),
            ("event_id", "bigint"),
            ("identity", "text"),
            ("registered_at", "timestamptz"),
            ("expires_at", "timestamptz"),
        ),
        tuple(
            (
                d.occurrence.id,
                d.event.number,
                identity,
                d.occurrence.registered_at,
                d.occurrence.registered_at + (LOOKED_BACK if d.event.logging else LOOKED_BACK_UNLOGGED),
            )
            for d in awaited
            for identity in identities_of(d.occurrence)
        ),
    )
    return Statement(
        f"""
INSERT INTO saleor_custom_events_happening
  (occurrence_id, event_id, identity, registered_at, pending, expires_at)
SELECT n.occurrence_id, n.event_id, n.identity, n.registered_at, true, n.expires_at FROM {rows.source}
WHERE {ACCEPTED}""",  # noqa: S608
        rows.parameters,
    )


#: One row for each invocation (or one with NULLs): place, accepted?, occurrence id, whether the digest is the same,
#: invocation id, scenario id, scenario name, status, reason.
def _answer(decisions: Sequence[Decision]) -> Statement:
    rows = Rows(
        (
            ("place", "int"),
            ("id", "uuid"),
            ("event_id", "bigint"),
            ("caller", "text"),
            ("key", "text"),
            ("digest", "bytea"),
            ("other_digest", "bytea"),
        ),
        tuple(
            (i, d.occurrence.id, d.event.number, d.caller.reference, d.idempotency_key, d.digest, d.other_digest)
            for i, d in enumerate(decisions)
        ),
    )
    return Statement(
        f"""
SELECT n.place, o.id IS NOT NULL, COALESCE(o.id, k.occurrence_id),
  k.digest IS NULL OR k.digest IN (n.digest, n.other_digest),
  v.id, v.scenario_id, v.scenario_name,
  CASE WHEN v.status = %s AND v.ended_at > v.created_at THEN %s ELSE v.status END, v.reason
FROM {rows.source}
LEFT JOIN saleor_custom_events_occurrence o ON o.id = n.id
LEFT JOIN saleor_custom_events_idempotencykey k
  ON k.event_id = n.event_id AND k.caller = n.caller AND k.key = n.key
LEFT JOIN saleor_custom_events_invocation v
  ON v.occurrence_id = COALESCE(o.id, k.occurrence_id) AND v.retry_of IS NULL
ORDER BY n.place, v.id""",  # noqa: S608
        # What was skipped later than it was made had started, as far as the first answer knew.
        (Status.SKIPPED.value, Status.RUNNING.value, *rows.parameters),
    )
