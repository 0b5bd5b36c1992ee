"""Bulk replay: many invocations run again from their start, spread out over time, until all have or somebody stops it.

Right for these reasons:

- Each row is run again in a transaction of its own that also moves the replay's position past it, under the lock of the
  replay's row: of two workers one goes on and the other leaves it (SKIP LOCKED), and a worker that dies has either done
  both or nothing. So no replay runs a row twice.
- What is run again begins after the moment at which the replay was asked for, and rows are looked at up to that moment
  only: a replay never meets what it made. A row of which a retry was made is left to that retry, so an occurrence does
  not start a scenario twice because the log has it twice.
- How deep events have fired events stands with the occurrence: what is run again is as deep as it was.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from saleor_custom_events.clock import database_now
from saleor_custom_events.errors import DefinitionError, Problem, Refused
from saleor_custom_events.firing.catalogue import definition_of
from saleor_custom_events.models import Invocation, Replay, ReplayStatus, Scenario
from saleor_custom_events.running.retrying import Allow, RetryVersion, run_anew
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.values import Json

#: Rows of one replay.
MOST = 100_000
#: The longest time over which one is spread out.
LONGEST = timedelta(days=30)
#: Ends that can be run again; of what was skipped only what a pause kept out.
STATUSES = (Status.FAILED, Status.CANCELLED, Status.COMPLETED, Status.SKIPPED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which rows of the log; None asks nothing. An event or a scenario has to be named."""

    event: int | None = None
    scenario: int | None = None
    statuses: tuple[str, ...] = ()
    reasons: tuple[str, ...] | None = None
    #: Aware, both ends included.
    created_from: datetime
    created_to: datetime

    def to_json(self) -> dict[str, Json]:
        """Give it as it is kept."""
        return {
            "event": self.event,
            "scenario": self.scenario,
            "statuses": [*self.statuses],
            "reasons": None if self.reasons is None else [*self.reasons],
            "createdFrom": self.created_from.isoformat(),
            "createdTo": self.created_to.isoformat(),
        }


def wanted_from_json(raw: Mapping[str, Any]) -> Wanted:
    """Read back what `to_json` gave."""
    return Wanted(
        event=raw["event"],
        scenario=raw["scenario"],
        statuses=tuple(raw["statuses"]),
        reasons=None if raw["reasons"] is None else tuple(raw["reasons"]),
        created_from=datetime.fromisoformat(raw["createdFrom"]),
        created_to=datetime.fromisoformat(raw["createdTo"]),
    )


def matching(wanted: Wanted) -> QuerySet[Invocation]:
    """Give the rows that would be run again, in the order of the log. Refused 400 for a filter that asks too little."""
    if wanted.event is None and wanted.scenario is None:
        raise _refused("REQUIRED", "Name an event or a scenario.", "filter.event")
    if not wanted.statuses or set(wanted.statuses) - set(STATUSES):
        raise _refused("INVALID", f"Name some of {', '.join(STATUSES)}.", "filter.status")
    asked: Mapping[str, Any] = {"event": wanted.event, "scenario": wanted.scenario, "reason__in": wanted.reasons}
    later = Invocation.objects.filter(retry_of=OuterRef("pk"))
    return (
        Invocation.objects.filter(
            ~Exists(later),
            logged=True,
            scenario__isnull=False,
            status__in=wanted.statuses,
            created_at__gte=wanted.created_from,
            created_at__lte=wanted.created_to,
            **{column: value for column, value in asked.items() if value is not None},
        )
        .exclude(~Q(reason=Reason.PAUSED), status=Status.SKIPPED)
        .order_by("created_at", "pk")
    )


def versions_to_run(
    rows: QuerySet[Invocation], version: RetryVersion, allow: Allow
) -> tuple[list[int], dict[str, int]]:
    """Give the versions (primary keys) that would run, and of current ones which scenario runs which.

    Refused where `allow` refuses one of them: whoever asks answers for what all of them do. One that this release
    cannot read is left out: its rows will say so.
    """
    plain = rows.order_by()
    current: dict[str, int] = {}
    if version is RetryVersion.CURRENT:
        scenarios = Scenario.objects.filter(pk__in=plain.values("scenario"), published__isnull=False)
        current = {str(pk): published for pk, published in scenarios.values_list("pk", "published")}
    found = set(current.values()) or set(plain.values_list("version", flat=True).distinct()) - {None}
    readable = []
    for pk in sorted(found):
        try:
            definition = definition_of(pk)
        except DefinitionError:
            continue
        allow(definition)
        readable.append(pk)
    return readable, current


def begin_replay(wanted: Wanted, version: RetryVersion, over: timedelta, *, by: str, allow: Allow) -> Replay:
    """Let matching rows be run again, spread out evenly `over` a time (zero: as fast as it goes).

    Refused 400 for what asks too little, LIMIT where more than MOST match or `over` is longer than LONGEST, NOTHING
    where none matches; what `allow` raises.
    """
    if not timedelta(0) <= over <= LONGEST:
        raise _refused("LIMIT", f"This may be spread out over {LONGEST.days} days at most.", "over")
    # By which rows of the log are dated: what is made later is never dated before it.
    now = database_now()
    wanted = replace(wanted, created_to=min(wanted.created_to, now))
    rows = matching(wanted)
    total = rows.order_by()[: MOST + 1].count()
    if total > MOST:
        raise _refused("LIMIT", f"More than {MOST:,} rows match: ask for a shorter time.", "filter.created")
    if total == 0:
        raise _refused("NOTHING", "No row of the log matches.", "filter")
    versions, current = versions_to_run(rows, version, allow)
    return Replay.objects.create(
        wanted=wanted.to_json(),
        version=version.value,
        versions=versions,
        current=current,
        over=int(over.total_seconds()),
        total=total,
        created_at=now,
        created_by=by,
    )


def stop_replay(number: int, *, by: str) -> Replay:
    """Run nothing more of it; what runs already goes on. Refused 404, 400 WRONG_STATUS where it has ended."""
    stopped = Replay.objects.filter(pk=number, status=ReplayStatus.RUNNING).update(
        status=ReplayStatus.STOPPED, ended_at=database_now(), stopped_by=by
    )
    replay = Replay.objects.filter(pk=number).first()
    if replay is None:
        raise _refused("NOT_FOUND", "There is no such replay.", "number", status=404)
    if not stopped:
        raise _refused("WRONG_STATUS", f"This replay is {replay.status}.", "number")
    return replay


def latest_replays() -> tuple[Replay, ...]:
    """Give the latest 50, newest first."""
    return tuple(Replay.objects.order_by("-pk")[:50])


def go_on(seconds: float) -> int:
    """Go on with every replay that is under way, for about so long; gives how many rows were looked at."""
    end, looked_at = time.monotonic() + seconds, 0
    for number in Replay.objects.filter(status=ReplayStatus.RUNNING).order_by("pk").values_list("pk", flat=True):
        while time.monotonic() < end and _next(number):
            looked_at += 1
    return looked_at


def _next(number: int) -> bool:
    """Look at one more row; False where there is none for now, or somebody else is at it."""
    with transaction.atomic():
        rows = Replay.objects.select_for_update(skip_locked=True, no_key=True)
        replay = rows.filter(pk=number, status=ReplayStatus.RUNNING).first()
        if replay is None or _looked_at(replay) >= _due(replay):
            return False
        row = _row_behind(replay)
        if row is None:
            replay.status, replay.ended_at = ReplayStatus.DONE, database_now()
        else:
            replay.position_at, replay.position_id = row.created_at, row.pk
            _run(replay, row)
        replay.save(update_fields=["status", "ended_at", "position_at", "position_id", "made", "left_out"])
    return row is not None


def _looked_at(replay: Replay) -> int:
    left_out: dict[str, int] = replay.left_out
    return replay.made + sum(left_out.values())


def _due(replay: Replay) -> float:
    """Give how many rows should have been looked at by now; once the time is over as many as there are."""
    gone = (database_now() - replay.created_at).total_seconds()
    return float("inf") if gone >= replay.over else replay.total * gone / replay.over


def _row_behind(replay: Replay) -> Invocation | None:
    rows = matching(wanted_from_json(replay.wanted))
    if replay.position_at is not None:
        behind = Q(created_at__gt=replay.position_at) | Q(created_at=replay.position_at, pk__gt=replay.position_id)
        rows = rows.filter(behind, created_at__gte=replay.position_at)
    return rows.only("pk", "created_at", "scenario_id", "version_id").first()


def _run(replay: Replay, row: Invocation) -> None:
    try:
        run_anew(row.pk, version_for(replay, row), by=replay.created_by)
    except Refused as refused:
        replay.left_out = {**replay.left_out, refused.code: replay.left_out.get(refused.code, 0) + 1}
    else:
        replay.made += 1


def version_for(replay: Replay, row: Invocation) -> int | None:
    """Give the version that runs; None: the row's own. Refused where none may."""
    chosen: int | None = row.version_id
    if replay.version == RetryVersion.CURRENT:
        chosen = replay.current.get(str(row.scenario_id))
        if chosen is None:
            raise _refused("NOT_PUBLISHED", "The scenario had no published version.", "version")
    if chosen not in replay.versions:
        raise _refused("UNREADABLE", "This release cannot run the version.", "version")
    return None if replay.version == RetryVersion.ORIGINAL else chosen


def _refused(code: str, message: str, field: str, *, status: int = 400) -> Refused:
    return Refused(status, code, message, Problem(field=field, code=code, message=message))
