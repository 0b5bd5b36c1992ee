"""Flow control, decided in the firing's commit. Pure: statements and parameters.

Everything happens to invocations that this very transaction has made and nobody else sees yet. For each kind of flow
the row of the lane comes first: an `INSERT … ON CONFLICT DO UPDATE`, which locks it until the commit. So firings into
one lane are decided one after another, each seeing all that the one before it committed. Lanes of one kind are taken
in the order of their key, and kinds in one order (`commit.commit_of`): two commits that meet wait for each other and
cannot deadlock. Only the lanes of one at a time are also locked by workers, who have invocations in their hands then:
those come last, behind everything that waits for an invocation of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from saleor_custom_events.firing.statements import MADE, Rows, Statement, only_the_last
from saleor_custom_events.scenarios.flows import Debounce, Flow, OneAtATime, RateLimit, Throttle
from saleor_custom_events.scenarios.outcomes import Reason, Status

#: When those in line are due: their turn comes by itself, long before.
FAR = datetime(9999, 1, 1, tzinfo=UTC)
#: The last place that a throttle gives.
HORIZON = datetime(9000, 1, 1, tzinfo=UTC)
#: How long a lane is remembered where its flow says nothing: until nobody can be in it any more, and then some.
_KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """At most `count` in a lane until `expires_at` (aware), counted from the first."""

    lane: str
    count: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Flowing:
    """One invocation in a lane."""

    scenario_id: int
    #: UUID in its usual form.
    occurrence_id: str
    lane: str
    #: When it was registered; aware.
    at: datetime
    count: int = 0
    #: Throttle: how far two are apart. Debounce: how long it has to be quiet.
    apart: timedelta = timedelta(0)
    most: timedelta = timedelta(0)
    expires_at: datetime = FAR


def flowing_of(flow: Flow, scenario_id: int, occurrence_id: str, lane: str, at: datetime) -> Flowing:
    """Say what a flow asks of the database for one invocation."""
    asked = Flowing(scenario_id=scenario_id, occurrence_id=occurrence_id, lane=lane, at=at, expires_at=at + _KEPT)
    if isinstance(flow, Debounce):
        return replace(asked, apart=flow.quiet, most=flow.at_most, expires_at=asked.expires_at + flow.at_most)
    if isinstance(flow, Throttle):
        return replace(asked, apart=flow.apart)
    if isinstance(flow, RateLimit):
        return replace(asked, count=flow.count, expires_at=at + flow.per)
    return asked


def flow(kind: type[Flow], flowing: Sequence[Flowing], now: datetime) -> Iterator[Statement]:
    """Give what one kind of flow does to the invocations that were made, in lanes of that kind."""
    if kind is Throttle:
        yield from _spread(flowing, now)
    elif kind is Debounce:
        yield from _debounce(flowing, now)
    elif kind is OneAtATime:
        yield from _line_up(flowing)
    else:
        yield from limit(Reason.RATE_LIMIT, flowing, now)


#: A period that is over begins anew with the first that comes.
_COUNT = """
INSERT INTO saleor_custom_events_lane AS l (scenario_id, key, used, expires_at)
SELECT n.scenario_id, n.lane, count(*), max(n.expires_at) FROM {source} JOIN {made}
GROUP BY n.scenario_id, n.lane ORDER BY n.scenario_id, n.lane
ON CONFLICT (scenario_id, key) DO UPDATE SET
  used = EXCLUDED.used + CASE WHEN l.expires_at <= %s THEN 0 ELSE l.used END,
  expires_at = CASE WHEN l.expires_at <= %s THEN EXCLUDED.expires_at ELSE l.expires_at END"""
#: `used` counts these too: the place of each is what is left of it, counted from the last.
_DROP = """
UPDATE saleor_custom_events_invocation i
SET status = %s, reason = %s, due_at = NULL, ended_at = i.created_at
FROM (
  SELECT v.id, n.count, l.used + 1 - row_number() OVER (PARTITION BY l.id ORDER BY v.id DESC) AS place
  FROM {source} JOIN {made}
  JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane) counted
WHERE i.id = counted.id AND counted.place > counted.count"""


def limit(reason: Reason, flowing: Sequence[Flowing], now: datetime) -> Iterator[Statement]:
    """Let as many start as the lane allows; the others end for `reason`."""
    rows = _rows(flowing)
    yield Statement(_COUNT.format(source=rows.source, made=MADE), (*rows.parameters, now, now))
    ended = (Status.SKIPPED.value, reason.value)
    yield Statement(_DROP.format(source=rows.source, made=MADE), (*ended, *rows.parameters))


#: Not beyond the calendar, which a slow lane and a flood could else come to.
_TAKE_PLACES = """
INSERT INTO saleor_custom_events_lane AS l (scenario_id, key, at, used, expires_at)
SELECT n.scenario_id, n.lane, %s + sum(n.apart) * interval '1 second', 0, max(n.expires_at)
FROM {source} JOIN {made} GROUP BY n.scenario_id, n.lane ORDER BY n.scenario_id, n.lane
ON CONFLICT (scenario_id, key) DO UPDATE SET
  at = least(greatest(l.at, %s) + (EXCLUDED.at - %s), %s),
  expires_at = greatest(EXCLUDED.expires_at, l.at)"""
_WAIT_FOR_PLACES = """
UPDATE saleor_custom_events_invocation i
SET due_at = greatest(placed.at, i.due_at), status = CASE WHEN placed.at > i.created_at THEN %s ELSE i.status END
FROM (
  SELECT v.id, l.at - interval '1 second' * sum(n.apart) OVER (
    PARTITION BY l.id ORDER BY v.id DESC ROWS UNBOUNDED PRECEDING) AS at
  FROM {source} JOIN {made}
  JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane) placed
WHERE i.id = placed.id"""


def _spread(flowing: Sequence[Flowing], now: datetime) -> Iterator[Statement]:
    """The lane keeps the next free place; a firing takes as many as it needs, and its invocations wait for theirs.

    The generic cell rate algorithm with no burst: in one statement, so that no two get the same place.
    """
    rows = _rows(flowing)
    sql = _TAKE_PLACES.format(source=rows.source, made=MADE)
    yield Statement(sql, (now, *rows.parameters, now, now, HORIZON))
    yield Statement(_WAIT_FOR_PLACES.format(source=rows.source, made=MADE), (Status.WAITING.value, *rows.parameters))


_BE_THE_NEWEST = """
INSERT INTO saleor_custom_events_lane AS l (scenario_id, key, at, used, occurrence_id, expires_at)
SELECT n.scenario_id, n.lane, %s, 0, n.occurrence_id, n.expires_at FROM {source} JOIN {made}
ORDER BY n.scenario_id, n.lane
ON CONFLICT (scenario_id, key) DO UPDATE SET
  replaced_id = l.occurrence_id, occurrence_id = EXCLUDED.occurrence_id, expires_at = EXCLUDED.expires_at"""
#: It has not begun: only then is it still waiting without a state. A worker that has just claimed it loses its lease,
#: and one that lets it begin has changed its status under the lock of its row. Where there was none, a new row of
#: occurrences begins.
_TAKE_THE_PLACE = """
WITH before AS (
  SELECT b.id, b.scenario_id, l.id AS lane, n.occurrence_id FROM {source}
  JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane
  JOIN saleor_custom_events_invocation b
    ON b.occurrence_id = l.replaced_id AND b.scenario_id = l.scenario_id AND b.retry_of IS NULL
  WHERE l.occurrence_id = n.occurrence_id AND b.status = %s AND b.due_at IS NOT NULL AND b.state = '{{}}'::jsonb
  ORDER BY b.id FOR UPDATE OF b),
gone AS (
  UPDATE saleor_custom_events_invocation i
  SET status = %s, reason = %s, due_at = NULL, lease = NULL, ended_at = statement_timestamp(),
    superseded_by = before.occurrence_id
  FROM before WHERE i.id = before.id RETURNING before.lane)
UPDATE saleor_custom_events_lane l SET at = %s FROM {source_again}
WHERE l.scenario_id = n.scenario_id AND l.key = n.lane AND l.occurrence_id = n.occurrence_id
  AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.lane = l.id)"""
_WAIT_FOR_QUIET = """
UPDATE saleor_custom_events_invocation i SET status = %s, due_at = quiet.at
FROM (
  SELECT v.id, least(%s + n.apart * interval '1 second', l.at + n.most * interval '1 second') AS at
  FROM {source} JOIN {made}
  JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane) quiet
WHERE i.id = quiet.id"""
_REPLACED = """
SELECT l.replaced_id FROM {source} JOIN saleor_custom_events_lane l
  ON l.scenario_id = n.scenario_id AND l.key = n.lane AND l.occurrence_id = n.occurrence_id"""


def _debounce(flowing: Sequence[Flowing], now: datetime) -> Iterator[Statement]:
    rows = _rows(flowing)
    skipped = (Status.SKIPPED.value, Reason.DEBOUNCED.value)
    waiting = Status.WAITING.value
    if len({(row.scenario_id, row.lane) for row in flowing}) < len(flowing):
        yield only_the_last(rows, "lane", *skipped)
    yield Statement(_BE_THE_NEWEST.format(source=rows.source, made=MADE), (now, *rows.parameters))
    sql = _TAKE_THE_PLACE.format(source=rows.source, source_again=rows.source)
    yield Statement(sql, (*rows.parameters, waiting, *skipped, now, *rows.parameters))
    yield Statement(_WAIT_FOR_QUIET.format(source=rows.source, made=MADE), (waiting, now, *rows.parameters))


def replaced_by(flowing: Sequence[Flowing]) -> Statement:
    """Give the query for the occurrences whose invocations a debounce ended."""
    rows = _rows(flowing)
    return Statement(_REPLACED.format(source=rows.source), rows.parameters)


_OPEN_LANES = """
INSERT INTO saleor_custom_events_lane AS l (scenario_id, key, used, expires_at)
SELECT n.scenario_id, n.lane, 0, max(n.expires_at) FROM {source} JOIN {made}
GROUP BY n.scenario_id, n.lane ORDER BY n.scenario_id, n.lane
ON CONFLICT (scenario_id, key) DO UPDATE SET expires_at = greatest(l.expires_at, EXCLUDED.expires_at)"""
_GET_IN_LINE = """
UPDATE saleor_custom_events_invocation v
SET lane = l.id, parked = true, status = %s, due_at = %s
FROM {source} JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane
WHERE v.occurrence_id = n.occurrence_id AND v.scenario_id = n.scenario_id AND v.retry_of IS NULL
  AND v.due_at IS NOT NULL"""
_LANES = """
SELECT l.id FROM {source} JOIN saleor_custom_events_lane l ON l.scenario_id = n.scenario_id AND l.key = n.lane"""


def _line_up(flowing: Sequence[Flowing]) -> Iterator[Statement]:
    """Everybody gets in line, then whose turn it is begins: the same statement as when one ends."""
    rows = _rows(flowing)
    yield Statement(_OPEN_LANES.format(source=rows.source, made=MADE), rows.parameters)
    in_line = (Status.WAITING.value, FAR)
    yield Statement(_GET_IN_LINE.format(source=rows.source), (*in_line, *rows.parameters))
    yield next_in(Statement(_LANES.format(source=rows.source), rows.parameters))


def hold_lanes(lanes: Sequence[int]) -> Statement:
    """Lock lanes, by their primary keys, until the transaction ends."""
    return Statement(
        "SELECT id FROM saleor_custom_events_lane WHERE id = ANY(%s) ORDER BY scenario_id, key FOR UPDATE",
        (list(lanes),),
    )


def next_in(lanes: Statement) -> Statement:
    """Let the first in line begin, in each of the lanes (a query for their primary keys) where nobody is under way.

    Needs the lanes locked: then nobody gets in line, and nobody else looks whose turn it is, between this look and
    the commit. Who is being cancelled at this moment is passed over and not waited for. That index by which one alone
    may be under way in a lane is behind all this: it would rather fail than let two run at once.
    """
    return Statement(
        f"""
UPDATE saleor_custom_events_invocation v SET parked = NULL, status = %s, due_at = statement_timestamp()
FROM saleor_custom_events_lane l CROSS JOIN LATERAL (
  SELECT p.id FROM saleor_custom_events_invocation p WHERE p.lane = l.id AND p.parked AND p.due_at IS NOT NULL
  ORDER BY p.id LIMIT 1 FOR UPDATE SKIP LOCKED) first
WHERE l.id IN ({lanes.sql}) AND v.id = first.id AND NOT EXISTS (
  SELECT 1 FROM saleor_custom_events_invocation a
  WHERE a.lane = l.id AND a.parked IS NULL AND a.due_at IS NOT NULL)""",  # noqa: S608
        (Status.RUNNING.value, *lanes.parameters),
    )


def _rows(flowing: Sequence[Flowing]) -> Rows:
    return Rows(
        (
            ("scenario_id", "bigint"),
            ("occurrence_id", "uuid"),
            ("lane", "text"),
            ("count", "bigint"),
            ("apart", "float8"),
            ("most", "float8"),
            ("expires_at", "timestamptz"),
        ),
        tuple(
            (
                row.scenario_id,
                row.occurrence_id,
                row.lane,
                row.count,
                row.apart.total_seconds(),
                row.most.total_seconds(),
                row.expires_at,
            )
            for row in flowing
        ),
    )
