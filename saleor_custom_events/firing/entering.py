"""Re-entry, decided by unique rows: who may enter a scenario, and whom that ends. Pure: statements and parameters.

The same statements serve the commit of a firing and a worker that lets an invocation begin. Correct under READ
COMMITTED: whoever inserts a row that another transaction has just inserted waits for that one's end, and nobody looks
first and acts then. A row "while running" counts as long as an invocation of its occurrence is under way: no end of an
invocation, of whatever kind, has to free it, and one that is retried counts again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from saleor_custom_events.firing.statements import ACCEPTED, MADE, Rows, Statement, only_the_last
from saleor_custom_events.scenarios.definition import EventStart, Reentry
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.flows import digest
from saleor_custom_events.scenarios.outcomes import Reason, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What re-entry asks of the database."""

    rule: Reentry
    #: Of whom, and for rules other than "once" under which rule: each rule counts its own entries.
    identity: str
    #: Aware; None: for ever, or as long as it runs.
    expires_at: datetime | None
    #: What they entered as before they logged in, in the same browser; None: nothing proves that it was them.
    anonymously: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entering:
    """One invocation that wants to enter."""

    scenario_id: int
    #: UUID in its usual form.
    occurrence_id: str
    #: Aware.
    at: datetime
    entry: Entry


def entry_of(start: EventStart, occurrence: OccurrenceFacts, now: datetime) -> Entry | None:
    """Say what re-entry asks; None where it asks nothing, or nobody is named."""
    person = occurrence.identity_key
    if start.reentry is Reentry.EVERY or person is None:
        return None
    anonymous_id = occurrence.proven_anonymous_id
    return Entry(
        rule=start.reentry,
        identity=_name(start.reentry, person),
        expires_at=now + start.period if start.period else None,
        anonymously=_name(start.reentry, f"anonymous:{anonymous_id}") if anonymous_id else None,
    )


def _name(rule: Reentry, person: str) -> str:
    # The row lives for ever, so it holds no address: SHA-256, without a secret that somebody might rotate.
    return hashlib.sha256(person.encode()).hexdigest() if rule is Reentry.ONCE else digest(rule.value, person)


def entry_names(person: str) -> tuple[str, ...]:
    """Give what somebody (`facts.OccurrenceFacts.identity_key`) enters as, one name a rule, in one order."""
    return tuple(_name(rule, person) for rule in Reentry if rule is not Reentry.EVERY)


def enter(entering: Sequence[Entering]) -> Iterator[Statement]:
    """Let those in whom nothing keeps out: afterwards, whoever has a row with their own occurrence is in.

    For every rule but restart. Rows are inserted in the order of their unique key: two transactions that meet wait
    for each other and cannot deadlock.
    """
    if not entering:
        return
    yield from _recognise(entering)
    rows = _rows(entering)
    yield Statement(
        f"""
DELETE FROM saleor_custom_events_scenarioentry e USING {rows.source}
WHERE e.scenario_id = n.scenario_id AND e.identity = n.identity AND e.occurrence_id <> n.occurrence_id
  AND (e.expires_at <= n.entered_at OR n.rule = %s AND NOT EXISTS (
    SELECT 1 FROM saleor_custom_events_invocation i
    WHERE i.occurrence_id = e.occurrence_id AND i.scenario_id = e.scenario_id AND i.due_at IS NOT NULL))""",  # noqa: S608
        (*rows.parameters, Reentry.NOT_WHILE_RUNNING.value),
    )
    yield Statement(
        f"""
INSERT INTO saleor_custom_events_scenarioentry (scenario_id, identity, occurrence_id, entered_at, expires_at)
SELECT n.scenario_id, n.identity, n.occurrence_id, n.entered_at, n.expires_at FROM {rows.source}
WHERE {ACCEPTED} ON CONFLICT DO NOTHING""",  # noqa: S608
        rows.parameters,
    )


def leave(reason: Reason, entering: Sequence[Entering]) -> Iterator[Statement]:
    """Take back the entries of those that were kept out for `reason` after they had entered."""
    if not entering:
        return
    rows = _rows(entering)
    yield Statement(
        f"""
DELETE FROM saleor_custom_events_scenarioentry e USING {rows.source}, saleor_custom_events_invocation v
WHERE e.scenario_id = n.scenario_id AND e.identity = n.identity AND e.occurrence_id = n.occurrence_id
  AND v.occurrence_id = n.occurrence_id AND v.scenario_id = n.scenario_id AND v.reason = %s""",  # noqa: S608
        (*rows.parameters, reason.value),
    )


_TAKE_OVER = """
INSERT INTO saleor_custom_events_scenarioentry AS e (scenario_id, identity, occurrence_id, entered_at)
SELECT n.scenario_id, n.identity, n.occurrence_id, n.entered_at FROM {source} JOIN {made}
ORDER BY n.scenario_id, n.identity
ON CONFLICT (scenario_id, identity) DO UPDATE
SET replaced_id = e.occurrence_id, occurrence_id = EXCLUDED.occurrence_id, entered_at = EXCLUDED.entered_at
WHERE e.occurrence_id <> EXCLUDED.occurrence_id"""
#: Where the one before ends meanwhile, its row is locked: then this waits, and finds nothing that is under way.
_END_THE_ONE_BEFORE = """
UPDATE saleor_custom_events_invocation i
SET status = %s, reason = %s, due_at = NULL, lease = NULL, ended_at = statement_timestamp(),
  superseded_by = old.occurrence_id
FROM (
  SELECT b.id, e.occurrence_id FROM {source}
  JOIN saleor_custom_events_scenarioentry e
    ON e.scenario_id = n.scenario_id AND e.identity = n.identity AND e.occurrence_id = n.occurrence_id
  JOIN saleor_custom_events_invocation b
    ON b.occurrence_id = e.replaced_id AND b.scenario_id = e.scenario_id AND b.due_at IS NOT NULL
  ORDER BY b.id FOR UPDATE OF b) old
WHERE i.id = old.id AND i.due_at IS NOT NULL"""
#: The occurrences whose invocations that ended.
_ENDED = """
SELECT e.replaced_id FROM {source} JOIN saleor_custom_events_scenarioentry e
  ON e.scenario_id = n.scenario_id AND e.identity = n.identity AND e.occurrence_id = n.occurrence_id"""


def take_over(entering: Sequence[Entering]) -> Iterator[Statement]:
    """Restart: let everybody in, and end what they began before. Needs the invocations to be there.

    The entry's row is where two that enter at once meet: the second waits, then finds the first as the one before.
    An invocation that is ended so has lost its lease: a worker that has it in its hands settles nothing more.
    """
    if not entering:
        return
    yield from _recognise(entering)
    rows = _rows(entering)
    ended = (Status.CANCELLED.value, Reason.RESTARTED.value)
    if len({(row.scenario_id, row.entry.identity) for row in entering}) < len(entering):
        yield only_the_last(rows, "identity", *ended)
    yield Statement(_TAKE_OVER.format(source=rows.source, made=MADE), rows.parameters)
    yield Statement(_END_THE_ONE_BEFORE.format(source=rows.source), (*ended, *rows.parameters))


_RECOGNISE = """
INSERT INTO saleor_custom_events_scenarioentry (scenario_id, identity, occurrence_id, entered_at, expires_at)
SELECT e.scenario_id, n.identity, e.occurrence_id, e.entered_at, e.expires_at FROM {source}
JOIN saleor_custom_events_scenarioentry e ON e.scenario_id = n.scenario_id AND e.identity = n.anonymously
WHERE {accepted} ORDER BY 1, 2 ON CONFLICT DO NOTHING"""


def _recognise(entering: Sequence[Entering]) -> Iterator[Statement]:
    """Count for a customer what the same browser entered without a name."""
    if known := [row for row in entering if row.entry.anonymously]:
        rows = _rows(known)
        yield Statement(_RECOGNISE.format(source=rows.source, accepted=ACCEPTED), rows.parameters)


def replaced_by(entering: Sequence[Entering]) -> Statement:
    """Give the query for the occurrences whose invocations `take_over` ended."""
    rows = _rows(entering)
    return Statement(_ENDED.format(source=rows.source), rows.parameters)


def _rows(entering: Sequence[Entering]) -> Rows:
    ordered = sorted(entering, key=lambda row: (row.scenario_id, row.entry.identity))  # stable: the first wins
    return Rows(
        (
            ("scenario_id", "bigint"),
            ("identity", "text"),
            ("occurrence_id", "uuid"),
            ("entered_at", "timestamptz"),
            ("expires_at", "timestamptz"),
            ("rule", "text"),
            ("anonymously", "text"),
        ),
        tuple(
            (
                row.scenario_id,
                row.entry.identity,
                row.occurrence_id,
                row.at,
                row.entry.expires_at,
                row.entry.rule.value,
                row.entry.anonymously,
            )
            for row in ordered
        ),
    )
