"""The queue: everything that locks or updates conditionally while scenarios run.

An invocation is due where `due_at <= now`. Claiming sets a new lease token and moves `due_at` to the lease's end, in
one statement with SKIP LOCKED: two workers never claim the same row, and what a dead worker held becomes due by
itself. Everything a worker writes later is conditional on its token, checked by an UPDATE that also locks the row
until that transaction ends; whoever lost the lease changes nothing. All times here are the database's own clock, so
that workers' clocks do not matter to who holds what.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from math import isfinite
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.firing.forgetting import forget
from saleor_custom_events.models import Invocation, StepRun
from saleor_custom_events.running import lanes
from saleor_custom_events.running.awaiting import Listening, listen
from saleor_custom_events.running.pausing import pause_those_that_fail
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.values import Json

#: Ends of a step run: a row that has one is never written again.
STEP_ENDS = (StepStatus.DONE, StepStatus.SKIPPED, StepStatus.FAILED, StepStatus.UNKNOWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """An invocation that this worker may advance until its lease ends."""

    id: int
    lease: UUID
    occurrence_id: UUID
    event_id: int
    scenario_id: int
    scenario_name: str
    version_id: int
    start: str
    state: Json
    reason: str
    logged: bool
    #: Claims since it last got on, this one included.
    claims: int
    #: The invocation that this one is a retry of, from the start.
    retry_of: int | None
    #: Since when it had been due when it was claimed, or before a pause held it: its place in the queue.
    due_at: datetime
    #: The database's clock at the claim, and this process' monotonic one.
    at: datetime
    taken: float

    @property
    def now(self) -> datetime:
        """Give the database's time, as far as this process can tell: who is due by it is due by ours."""
        return self.at + timedelta(seconds=time.monotonic() - self.taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """A step run as it is to stand in the log."""

    visit: int
    step: str
    kind: str
    status: StepStatus
    started_at: datetime
    reason: str = ""
    detail: str = ""
    attempts: int = 0
    effect: str = ""
    #: Kept from the first time it was written.
    input: Json = None
    #: Merged into what stands there.
    result: dict[str, Json] = field(default_factory=dict)
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """What a worker has found out about one claim."""

    claim: Claim
    status: Status
    reason: str
    detail: str
    state: Json
    steps: tuple[StepRow, ...]
    #: When to look again: None with `held` False means never, it is over.
    due_at: datetime | None
    #: The worker goes on with it: the lease stays and is made longer.
    held: bool = False
    #: What it listens to from now on; None: what it did before.
    listens: frozenset[Listening] | None = None
    #: It waits and listens: where an event knocked meanwhile, it is due at once.
    heeds: bool = False
    #: Handed back because the task's time is over: to its old place in the queue, as if it had not been claimed.
    released: bool = False


CLAIM = """
WITH due AS MATERIALIZED (
  SELECT id, LEAST(due_at, place_at) AS place FROM saleor_custom_events_invocation
  WHERE due_at <= statement_timestamp() AND parked IS NULL ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
UPDATE saleor_custom_events_invocation i
SET lease = %s, due_at = statement_timestamp() + %s * interval '1 second', claims = i.claims + 1, knocked = false,
  pause = NULL
FROM due WHERE i.id = due.id
RETURNING i.id, i.occurrence_id, i.scenario_id, i.scenario_name, i.version_id, i.start, i.state, i.reason, i.logged,
  i.claims, due.place, statement_timestamp(), i.retry_of, i.event_id"""


def claim(most: int, seconds: float) -> list[Claim]:
    """Claim up to `most` due invocations for `seconds`, in a transaction of its own; the longest due comes first."""
    lease = uuid4()
    taken = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, (most, lease, seconds))
        rows = cursor.fetchall()
    return [
        Claim(
            id=row[0],
            lease=lease,
            occurrence_id=row[1],
            scenario_id=row[2],
            scenario_name=row[3],
            version_id=row[4],
            start=row[5],
            state=json.loads(row[6]) if isinstance(row[6], str) else row[6],
            reason=row[7],
            logged=row[8],
            claims=row[9],
            due_at=row[10],
            at=row[11],
            retry_of=row[12],
            event_id=row[13],
            taken=taken,
        )
        for row in sorted(rows, key=lambda row: (row[10], row[0]))
    ]


OLDEST_DUE = """
SELECT extract(epoch FROM statement_timestamp() - due_at) FROM saleor_custom_events_invocation
WHERE due_at <= statement_timestamp() AND parked IS NULL ORDER BY due_at LIMIT 1"""


def oldest_due() -> float:
    """Give the seconds for which the oldest piece of work has been due, 0 where none is. One query."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_DUE)
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


GIVE_BACK = """
UPDATE saleor_custom_events_invocation i SET lease = NULL, due_at = n.due_at, claims = i.claims - 1, knocked = false
FROM unnest(%s::bigint[], %s::uuid[], %s::timestamptz[]) AS n(id, lease, due_at)
WHERE i.id = n.id AND i.lease = n.lease"""


def give_back(claims: Sequence[Claim]) -> None:
    """Return claims as if they had not been made."""
    if claims:
        rows = zip(*((c.id, c.lease, c.due_at) for c in claims), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [list(column) for column in rows])


def quarantine(claim: Claim, detail: str) -> Settlement:
    """Give the settlement of what is put aside unread: its state stays as it was found."""
    return Settlement(
        claim=claim,
        status=Status.FAILED,
        reason=Reason.QUARANTINED.value,
        detail=detail,
        state=claim.state,
        steps=(),
        due_at=None,
    )


def wait_for_locks_at_most(seconds: float) -> None:
    """Bound every wait for a lock in the transaction that is open; what waits longer raises OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", (f"{int(seconds * 1000)}ms",))


def hold(held: Claim) -> bool:
    """Lock a claimed invocation for the transaction that is open; False where the lease is lost."""
    return Invocation.objects.select_for_update().filter(pk=held.id, lease=held.lease).exists()


SETTLE = """
UPDATE saleor_custom_events_invocation i
SET status = n.status, reason = n.reason, detail = n.detail, state = n.state::jsonb,
  lease = CASE WHEN n.held THEN i.lease END,
  claims = CASE WHEN n.held THEN i.claims WHEN n.released THEN i.claims - 1 ELSE 0 END,
  due_at = CASE WHEN n.held THEN statement_timestamp() + %s * interval '1 second'
    WHEN n.heeds AND i.knocked THEN least(n.due_at, statement_timestamp())
    ELSE n.due_at END,
  ended_at = CASE WHEN NOT n.held AND n.due_at IS NULL THEN statement_timestamp() END,
  place_at = CASE WHEN n.held THEN i.place_at END
FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::boolean[],
            %s::boolean[], %s::boolean[])
  AS n(id, lease, status, reason, detail, state, due_at, held, released, heeds)
WHERE i.id = n.id AND i.lease = n.lease
RETURNING i.id, i.occurrence_id, i.logged OR i.due_at IS NOT NULL, CASE WHEN i.due_at IS NULL THEN i.lane END,
  CASE WHEN i.due_at IS NULL AND i.status = 'failed' THEN i.scenario_id END"""

STEPS = """
INSERT INTO saleor_custom_events_steprun AS s
  (invocation_id, visit, step, kind, status, reason, detail, attempts, effect, input, result, started_at, ended_at)
SELECT n.invocation, n.visit, n.step, n.kind, n.status, n.reason, n.detail, n.attempts, n.effect, n.input::jsonb,
  n.result::jsonb, n.started_at, n.ended_at
FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::text[],
            %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[])
  AS n(invocation, visit, step, kind, status, reason, detail, attempts, effect, input, result, started_at, ended_at)
ON CONFLICT (invocation_id, visit) DO UPDATE SET
  status = EXCLUDED.status, reason = EXCLUDED.reason, detail = EXCLUDED.detail, attempts = EXCLUDED.attempts,
  input = COALESCE(s.input, EXCLUDED.input), result = s.result || EXCLUDED.result, ended_at = EXCLUDED.ended_at
WHERE s.status <> ALL(%s)"""


def settle(settlements: Sequence[Settlement], seconds: float) -> set[int]:
    """Write what was found out, in one transaction, and give the ids of those that were still ours.

    The others are dropped: not a byte of theirs is written. `seconds` is the lease of those that are held on to.
    Of occurrences without logging, what identifies anybody goes with the end of their last invocation.
    """
    if not settlements:
        return set()
    ordered = sorted(settlements, key=lambda s: s.claim.id)
    with transaction.atomic(), connection.cursor() as cursor:
        columns = zip(*map(_invocation_row, ordered), strict=True)
        cursor.execute(SETTLE, (seconds, *map(list, columns)))
        rows = cursor.fetchall()
        ours = {row[0] for row in rows}
        steps = [(s.claim.id, step) for s in ordered if s.claim.id in ours for step in _last_of_each_visit(s.steps)]
        if steps:
            step_columns = zip(*(_step_row(invocation, step) for invocation, step in steps), strict=True)
            cursor.execute(STEPS, (*map(list, step_columns), [str(end) for end in STEP_ENDS]))
        listen(cursor, {s.claim.id: s.listens for s in ordered if s.claim.id in ours and s.listens is not None})
        if over := [str(row[1]) for row in rows if not row[2]]:
            for statement in forget(over):
                cursor.execute(statement.sql, statement.parameters)
        lanes.let_next_begin(cursor, [row[3] for row in rows if row[3] is not None])
        if failing := [row[4] for row in rows if row[4] is not None]:
            transaction.on_commit(partial(pause_those_that_fail, failing), robust=True)
    return ours


def _invocation_row(s: Settlement) -> tuple[Any, ...]:
    return (
        s.claim.id,
        s.claim.lease,
        s.status.value,
        s.reason,
        storable(s.detail[:500]),
        json.dumps(storable(s.state)),
        s.due_at,
        s.held,
        s.released,
        s.heeds,
    )


def _last_of_each_visit(steps: Sequence[StepRow]) -> list[StepRow]:
    """One statement may touch a row once: of several states of one visit the last is what counts."""
    return list({step.visit: step for step in steps}.values())


def storable(value: Any) -> Any:
    """Give what actions brought in a form that jsonb and text take: no NUL, no lone surrogates, JSON's types only."""
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="replace").decode()
    if isinstance(value, Mapping):
        return {storable(str(name)): storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    return storable(str(value))


def _step_row(invocation: int, step: StepRow) -> tuple[Any, ...]:
    return (
        invocation,
        step.visit,
        step.step,
        step.kind,
        step.status.value,
        step.reason,
        storable(step.detail[:500]),
        step.attempts,
        step.effect,
        None if step.input is None else json.dumps(storable(step.input)),
        json.dumps(storable(step.result)),
        step.started_at,
        step.ended_at,
    )


def open_steps(ids: Sequence[int]) -> dict[int, StepRun]:
    """Give the step run that each of these invocations stands in, where there is one that has not ended."""
    rows = StepRun.objects.filter(invocation_id__in=ids).exclude(status__in=STEP_ENDS).order_by("visit")
    return {row.invocation_id: row for row in rows}


def cancel(invocation_id: int, detail: str) -> bool:
    """Cancel what is under way; False where it has ended already.

    Taking the lease away is enough: a worker that has it in its hands settles nothing more. An outside effect that
    is being tried at this moment may still happen; its step run stays as it was marked.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
UPDATE saleor_custom_events_invocation
SET status = %s, reason = %s, detail = %s, due_at = NULL, lease = NULL, ended_at = statement_timestamp()
WHERE id = %s AND due_at IS NOT NULL RETURNING occurrence_id, logged, CASE WHEN parked IS NULL THEN lane END""",
            (Status.CANCELLED.value, Reason.CANCELLED.value, detail[:500], invocation_id),
        )
        row = cursor.fetchone()
        if row is not None and not row[1]:
            for statement in forget([str(row[0])]):
                cursor.execute(statement.sql, statement.parameters)
        if row is not None and row[2] is not None:
            lanes.let_next_begin(cursor, [row[2]])
    return row is not None


CANCEL_ALL = """
UPDATE saleor_custom_events_invocation i
SET status = %s, reason = %s, detail = '', due_at = NULL, lease = NULL, ended_at = statement_timestamp()
FROM (SELECT id FROM saleor_custom_events_invocation
  WHERE occurrence_id = ANY(%s) AND due_at IS NOT NULL ORDER BY id FOR UPDATE) held
WHERE i.id = held.id AND i.due_at IS NOT NULL RETURNING CASE WHEN i.parked IS NULL THEN i.lane END"""


def cancel_erased(cursor: CursorWrapper, occurrences: Sequence[UUID]) -> list[int | None]:
    """Cancel all that is under way of these occurrences, whose customer is being erased, in the transaction that is
    open; give the lanes that this frees, None for each that was in none.

    As with `cancel`, the lease is gone and with it every right to write: whoever holds a row at this moment settles
    first, and is waited for. The lanes are let go (`lanes.let_next_begin`) behind all other locks.
    """
    cursor.execute(CANCEL_ALL, (Status.CANCELLED.value, Reason.CANCELLED_ERASED.value, list(occurrences)))
    return [row[0] for row in cursor.fetchall()]


def tidy(most: int) -> int:
    """Delete up to `most` idempotency keys and entries that have expired; gives how many went."""
    gone = 0
    with connection.cursor() as cursor:
        for table in ("idempotencykey", "scenarioentry"):
            cursor.execute(
                f"""
DELETE FROM saleor_custom_events_{table} WHERE id IN (
  SELECT id FROM saleor_custom_events_{table} WHERE expires_at <= statement_timestamp()
  ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED)""",  # noqa: S608, two names of ours
                (most,),
            )
            gone += cursor.rowcount
    return gone
