"""What has to be true afterwards, asked by SQL, by the mailbox and by the receiver of webhooks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Protocol

from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Receiver
from tests.chaos.load import Ledger
from tests.chaos.scenarios import TIMEOUT_SECONDS, Events
from tests.faults.test_killed_workers import ENDED_TWICE, INVOCATION_ENDED_TWICE

#: What is due, or would be within a minute: none of it may be left. A webhook between two tries waits longer.
UNDER_WAY = """
SELECT count(*) FROM saleor_custom_events_invocation WHERE due_at <= now() + interval '1 minute' OR lease IS NOT NULL"""
KEPT = "SELECT id::text FROM saleor_custom_events_occurrence WHERE event_id = %s"

#: Queries that find nothing in a healthy store, each with what it would mean.
NOTHING = {
    "an occurrence without the invocation of a scenario that listens, or with two": """
SELECT o.id, s.scenario_id, count(i.id) FROM saleor_custom_events_occurrence o
JOIN saleor_custom_events_scenariostart s ON s.event_id = o.event_id AND s.published
LEFT JOIN saleor_custom_events_invocation i ON i.occurrence_id = o.id AND i.scenario_id = s.scenario_id
GROUP BY 1, 2 HAVING count(i.id) <> 1""",
    "an invocation of a scenario that does not listen to the event": """
SELECT i.id FROM saleor_custom_events_invocation i LEFT JOIN saleor_custom_events_scenariostart s
  ON s.scenario_id = i.scenario_id AND s.event_id = i.event_id AND s.published
WHERE i.scenario_id IS NOT NULL AND s.id IS NULL""",
    "an invocation that has neither ended nor waits": """
SELECT i.id, status, reason, due_at, ended_at FROM saleor_custom_events_invocation i
WHERE NOT ((due_at IS NULL AND ended_at IS NOT NULL AND status IN ('completed', 'failed', 'skipped', 'cancelled'))
        OR (due_at IS NOT NULL AND ended_at IS NULL AND status = 'waiting' AND (
          parked IS NULL OR EXISTS (
            SELECT FROM saleor_custom_events_invocation first
            WHERE first.lane = i.lane AND first.due_at IS NOT NULL AND first.parked IS NULL))))""",
    "an invocation that failed": """
SELECT id, reason, detail FROM saleor_custom_events_invocation WHERE status = 'failed'""",
    "an invocation that is over and has a step that is not": """
SELECT i.id, s.step, s.status FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id WHERE i.due_at IS NULL AND s.ended_at IS NULL""",
    "a completed invocation without its last step": """
SELECT i.id FROM saleor_custom_events_invocation i WHERE i.status = 'completed' AND NOT EXISTS (
  SELECT FROM saleor_custom_events_steprun s WHERE s.invocation_id = i.id AND s.step = 'end' AND s.status = 'done')""",
    "a gap in the visits of an invocation": """
SELECT invocation_id, count(*), max(visit) FROM saleor_custom_events_steprun
GROUP BY 1 HAVING count(*) <> max(visit) OR min(visit) <> 1""",
    "a step that was settled twice": ENDED_TWICE,
    "an invocation that ended twice": INVOCATION_ENDED_TWICE,
    "an event fired twice by one invocation": """
SELECT caused_by, count(*) FROM saleor_custom_events_occurrence WHERE caused_by IS NOT NULL
GROUP BY 1 HAVING count(*) > 1""",
    "a step that fired an event that is not there": """
SELECT s.invocation_id FROM saleor_custom_events_steprun s
LEFT JOIN saleor_custom_events_occurrence o ON o.caused_by = s.invocation_id
WHERE s.kind = 'fire_event' AND s.status = 'done' AND o.id IS NULL""",
    "somebody who was let in twice where once is the rule": """
SELECT i.scenario_id, i.customer_email, count(*) FILTER (WHERE i.status <> 'skipped')
FROM saleor_custom_events_invocation i JOIN saleor_custom_events_scenarioversion v ON v.id = i.version_id
WHERE v.definition->'starts'->0->>'reentry' = 'once'
GROUP BY 1, 2 HAVING count(*) FILTER (WHERE i.status <> 'skipped') <> 1""",
    "a debounced customer whose newest was skipped": """
SELECT * FROM (
  SELECT i.customer_email, (array_agg(i.status ORDER BY i.id DESC))[1] newest FROM saleor_custom_events_invocation i
  JOIN saleor_custom_events_scenarioversion v ON v.id = i.version_id
  WHERE v.definition->'starts'->0->'flow'->>'type' = 'debounce' GROUP BY 1) n
WHERE newest NOT IN ('completed', 'waiting')""",
    "a step of an invocation that was skipped": """
SELECT i.id, s.step FROM saleor_custom_events_invocation i JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id
WHERE i.status = 'skipped'""",
    "two of one lane at the same time": """
SELECT * FROM (
  SELECT lane, id, started,
    max(ended) OVER (PARTITION BY lane ORDER BY started, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) before
  FROM (
    SELECT jsonb_path_query_first(d.fields, '$[*] ? (@.name == "lane").value') lane, i.id, min(s.started_at) started,
      coalesce(i.ended_at, 'infinity') ended
    FROM saleor_custom_events_invocation i JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id
    JOIN saleor_custom_events_datafields d ON d.occurrence_id = i.occurrence_id
    WHERE i.lane IS NOT NULL GROUP BY 1, 2) spans) neighbours
WHERE started < before""",
    "somebody still listening who has ended": """
SELECT a.invocation_id FROM saleor_custom_events_awaiting a
JOIN saleor_custom_events_invocation i ON i.id = a.invocation_id WHERE i.due_at IS NULL""",
    "an event of which those who wait were never told": """
SELECT id FROM saleor_custom_events_happening WHERE pending""",
    "a wait that ended before its time": """
SELECT invocation_id, step, ended_at, result->>'until' FROM saleor_custom_events_steprun
WHERE status = 'done' AND result->>'branch' IS DISTINCT FROM 'happened'
  AND ended_at < (result->>'until')::timestamptz""",
    # Two seconds of quiet, or six since the first of those whose place it took.
    "a debounce that began before its time": """
SELECT i.id, i.created_at, s.started_at FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.visit = 1
JOIN saleor_custom_events_scenarioversion v ON v.id = i.version_id
WHERE v.definition->'starts'->0->'flow'->>'type' = 'debounce' AND s.started_at < i.created_at + interval '2 seconds'
  AND NOT EXISTS (
    SELECT FROM saleor_custom_events_invocation before
    WHERE before.scenario_id = i.scenario_id AND before.customer_email = i.customer_email
      AND before.reason = 'SKIPPED_DEBOUNCED'
      AND s.started_at - before.created_at BETWEEN interval '6 seconds' AND interval '2 minutes')""",
    "an occurrence from another time": """
SELECT o.id, o.registered_at FROM saleor_custom_events_occurrence o
WHERE o.registered_at > now() OR o.registered_at < (SELECT min(created_at) FROM saleor_custom_events_customevent)""",
    "a step from another time": """
SELECT s.invocation_id, s.step, s.started_at, s.ended_at FROM saleor_custom_events_steprun s
JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id
WHERE s.started_at < i.created_at OR s.ended_at < s.started_at OR greatest(s.started_at, s.ended_at) > now()""",
    "a scenario that was paused": "SELECT id, name FROM saleor_custom_events_scenario WHERE status <> 'active'",
}
#: A wait that ran out although the customer's answer was there by then; or that ended by somebody else's. Its time is
#: told from its end, which is fixed when a worker first comes to it: one that died there leaves the step to another.
MISSED = """
SELECT i.id, o.id, o.registered_at FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.kind = 'waitForEvent' AND s.status = 'done'
JOIN saleor_custom_events_occurrence begun ON begun.id = i.occurrence_id
JOIN saleor_custom_events_occurrence o ON o.event_id = %s AND o.customer_email = begun.customer_email
  AND o.registered_at > (s.result->>'until')::timestamptz - (%s - 1) * interval '1 second'
  AND o.registered_at < (s.result->>'until')::timestamptz - interval '2 seconds'
WHERE s.result->>'branch' = 'timedOut'"""
STRANGER = """
SELECT i.id, o.id FROM saleor_custom_events_invocation i
JOIN saleor_custom_events_steprun s ON s.invocation_id = i.id AND s.kind = 'waitForEvent'
JOIN saleor_custom_events_occurrence begun ON begun.id = i.occurrence_id
JOIN saleor_custom_events_occurrence o ON o.id = (s.result->>'occurrenceId')::uuid
WHERE s.result->>'branch' = 'happened' AND (o.customer_email <> begun.customer_email OR o.event_id <> %s)"""
SENT_MAILS = (
    "SELECT result->>'messageId' FROM saleor_custom_events_steprun WHERE kind = 'send_email' AND status = 'done'"
)
SENT_HOOKS = """
SELECT i.id || ':' || s.visit FROM saleor_custom_events_steprun s
JOIN saleor_custom_events_invocation i ON i.id = s.invocation_id WHERE s.kind = 'send_webhook' AND s.status = 'done'"""
COUNTS = """
SELECT kind, status, count(*) FROM saleor_custom_events_steprun GROUP BY 1, 2 ORDER BY 1, 2"""
ENDS = """
SELECT status, reason, count(*) FROM saleor_custom_events_invocation GROUP BY 1, 2 ORDER BY 1, 2"""


class Evidence(Protocol):
    """A store as the judge looks at it."""

    @property
    def receiver(self) -> Receiver:
        """Give who received webhooks."""

    @property
    def mailbox(self) -> Mailbox:
        """Give who received mails."""

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""


def faults(live: Evidence, ledger: Ledger, events: Events) -> Iterator[str]:
    """Give everything that is not as it should be."""
    yield from (f"a client was refused: {answer}" for answer in ledger.wrong)
    for event in events.fired:
        kept = {row[0] for row in live.sql(KEPT, event.number)}
        accepted = ledger.accepted.get(event.number, set())
        yield from _found("accepted and not there", [(one,) for one in accepted - kept])
        yield from _found("there, and no client knows of it", [(one,) for one in kept - accepted])
    for meaning, query in NOTHING.items():
        yield from _found(meaning, live.sql(query))
    missed = live.sql(MISSED, events.answer.number, TIMEOUT_SECONDS)
    yield from _found("a wait that ran out although its event had happened", missed)
    yield from _found("a wait that ended by another's event", live.sql(STRANGER, events.answer.number))
    yield from _outside(live)


def _found(meaning: str, rows: list[tuple[Any, ...]]) -> Iterator[str]:
    if rows:
        yield f"{meaning}: {len(rows)}, for example {rows[:3]}"


def _outside(live: Evidence) -> Iterator[str]:
    """Compare what the log says was sent with what came."""
    bodies: dict[str, set[bytes]] = defaultdict(set)
    keys: dict[bytes, set[str]] = defaultdict(set)
    for request in list(live.receiver.received):
        bodies[request.headers["idempotency-key"]].add(request.body)
        keys[request.body].add(request.headers["idempotency-key"])
    yield from _found("a webhook's key with two bodies", [(key,) for key, sent in bodies.items() if len(sent) > 1])
    yield from _found("a webhook's body with two keys", [tuple(found) for found in keys.values() if len(found) > 1])
    if len(bodies) < len(hooks := live.sql(SENT_HOOKS)):
        yield f"webhooks that the log calls sent: {len(hooks)}, that came: {len(bodies)}"
    came = Counter(str(mail["Message-ID"]) for mail in list(live.mailbox.received))
    yield from _found("a mail that came twice", [pair for pair in came.items() if pair[1] > 1])
    said = {row[0] for row in live.sql(SENT_MAILS)}
    yield from _found("a mail that the log calls sent and that never came", [(one,) for one in said - came.keys()])
    subjects = Counter((mail["To"], mail["Subject"]) for mail in list(live.mailbox.received))
    # Two scenarios send a mail about one order: nobody gets a third.
    yield from _found("somebody with three mails of one order", [p for p in subjects.items() if p[1] > 2])
