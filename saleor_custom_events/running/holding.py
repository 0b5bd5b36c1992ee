"""Work that a pause holds: kept in PostgreSQL with the pause's name on it, let go of in its old order.

Held work is no longer due (`due_at` is far away, as of those in line), so no claim looks at it, however much there
is; `place_at` remembers its place in the queue. It counts as under way in every other respect: re-entry, lanes,
cancelling and retention ask for `due_at`.

Why nothing is held for ever: whoever holds has a share of the pause's row, and finds it in force; ending a pause
changes that row, so it waits for them, and what they held is committed when the first worker looks what there is to
let go of. Whoever holds later finds the pause ended, and does not. A pause is over only when it was ended and holds
nothing.

Why the order stays: work is let go of by `place_at`, and due from then on at that time, so it is claimed before what
came later. Half a round's work at once, so that the other half is for what was never held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from saleor_custom_events.actions.registry import action as find_action
from saleor_custom_events.firing.flowing import FAR
from saleor_custom_events.pauses import Paused
from saleor_custom_events.running.queue import Claim, StepRow
from saleor_custom_events.running.run import Run, worker_name
from saleor_custom_events.scenarios.advance import Act
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus

IN_FORCE = """
SELECT name FROM saleor_custom_events_pause
WHERE name = ANY(%s) AND drained_at IS NULL AND resumed_at IS NULL ORDER BY name FOR SHARE"""
HOLD = """
UPDATE saleor_custom_events_invocation i
SET pause = n.pause, place_at = n.place_at, due_at = %s, lease = NULL, claims = i.claims - 1, status = %s
FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::timestamptz[]) AS n(id, lease, pause, place_at)
WHERE i.id = n.id AND i.lease = n.lease"""


def hold(claims: Sequence[tuple[Claim, str]]) -> list[Claim]:
    """Hold claimed work, each for the pause of that name; give those of which the pause has ended meanwhile.

    Its lease is given up. Whoever lost the lease is neither held nor given back.
    """
    if not claims:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IN_FORCE, (sorted({pause for _, pause in claims}),))
        names = {row[0] for row in cursor.fetchall()}
        held = sorted((c.id, c.lease, pause, c.due_at) for c, pause in claims if pause in names)
        if held:
            columns = zip(*held, strict=True)
            cursor.execute(HOLD, (FAR, Status.WAITING.value, *map(list, columns)))
    return [claim for claim, pause in claims if pause not in names]


def hold_beginnings(claims: Sequence[Claim], paused: Paused) -> list[Claim]:
    """Hold what has not begun and was started by an event that is paused; give the others."""
    pauses: Mapping[int, str | None] = {c.id: paused.event(c.event_id) for c in claims if not c.state}
    kept = [(c, pause) for c in claims if (pause := pauses.get(c.id))]
    going = {c.id for c in hold(kept)} | {c.id for c in claims if not pauses.get(c.id)}
    return [c for c in claims if c.id in going]


def pause_before(run: Run, paused: Paused) -> str | None:
    """Give the pause of the action that a run stands before."""
    return paused.action(run.then.step.action) if isinstance(run.then, Act) else None


def note_held(run: Run) -> None:
    """Let the timeline show the step that is held. What is being tried keeps the row that says so."""
    assert isinstance(run.then, Act)
    if run.open_step is not None and run.open_step.visit == run.state.visit:
        return
    action = find_action(run.then.step.action)
    run.steps.append(
        StepRow(
            visit=run.state.visit,
            step=run.then.step.id,
            kind=run.then.step.action,
            status=StepStatus.WAITING,
            reason=Reason.HELD_ACTION.value,
            started_at=run.claim.now,
            effect=action.effect.value if action else "",
            result={"worker": worker_name()},
        )
    )


def hold_runs(runs: Sequence[tuple[Run, str]]) -> list[Run]:
    """Hold runs that stand before a paused action, and are settled; give those that go on after all."""
    going = {claim.id for claim in hold([(run.claim, pause) for run, pause in runs])}
    return [run for run, _ in runs if run.claim.id in going]


#: One worker lets go of what a pause held; another one that comes meanwhile does something else.
LET_GO_BY_ONE = """
SELECT name FROM saleor_custom_events_pause
WHERE name = ANY(%s) AND drained_at IS NULL AND resumed_at IS NOT NULL ORDER BY name FOR NO KEY UPDATE SKIP LOCKED"""
LET_GO = """
WITH next AS MATERIALIZED (
  SELECT id FROM saleor_custom_events_invocation
  WHERE pause = %s AND due_at IS NOT NULL ORDER BY place_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
UPDATE saleor_custom_events_invocation i
SET due_at = LEAST(i.due_at, i.place_at), pause = NULL, place_at = NULL FROM next WHERE i.id = next.id"""
#: Nobody holds anything for a pause that was ended, so what is not there now never comes.
OVER = """
UPDATE saleor_custom_events_pause p SET drained_at = statement_timestamp()
WHERE name = ANY(%s) AND drained_at IS NULL AND resumed_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM saleor_custom_events_invocation i WHERE i.pause = p.name AND i.due_at IS NOT NULL)"""


def let_go(paused: Paused, most: int) -> int:
    """Make up to `most` pieces of what ended pauses held due again, the oldest first; gives how many."""
    if not paused.draining:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LET_GO_BY_ONE, (list(paused.draining),))
        names = [row[0] for row in cursor.fetchall()]
        freed = sum(_let_go(cursor, name, most) for name in names)
        cursor.execute(OVER, (names,))
    return freed


def _let_go(cursor: CursorWrapper, name: str, most: int) -> int:
    cursor.execute(LET_GO, (name, most))
    return int(cursor.rowcount)
