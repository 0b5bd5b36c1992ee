"""Retry: what did not succeed goes on where it failed, or begins anew, because a person asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from saleor_custom_events.errors import DefinitionError, Problem, Refused
from saleor_custom_events.firing.catalogue import definition_of
from saleor_custom_events.models import Invocation, ScenarioStatus, ScenarioVersion, StepRun
from saleor_custom_events.running import queue, resuming
from saleor_custom_events.scenarios.advance import State, begin
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.state import state_from_json, state_to_json


class RetryVersion(StrEnum):
    """What runs."""

    ORIGINAL = "original"  # the version that it ran
    CURRENT = "current"  # the one that is published now


class RetryFrom(StrEnum):
    """Where it runs from."""

    FAILED_STEP = "failed_step"  # the same row goes on; original version only
    START = "start"  # a new row


@dataclass(frozen=True, slots=True)
class Chances:
    """What a retry would come to, whoever asks: from the failed step, and from the start of at least one version."""

    can_resume: bool
    can_retry: bool


#: Refuses (raises Refused) whoever may not let this definition act.
Allow = Callable[[Definition], None]
_NO_CHANCE = Chances(can_resume=False, can_retry=False)


def retry(number: int, version: RetryVersion, begin_at: RetryFrom, *, by: str, allow: Allow) -> int:
    """Run invocation `number` again and give the number of the row that runs: the same, or a new one.

    A person decided, so neither pause nor filter nor re-entry stands in the way. `by`: who asks, for the log.
    Refused 404 NOT_FOUND; 400 WRONG_STATUS, ARCHIVED, DATA_REMOVED, ALREADY_RETRIED, UNREADABLE, INVALID; from the
    failed step also NOTHING_FAILED and LIMIT, from the start NOT_PUBLISHED and NOT_LISTENING; what `allow` raises.
    """
    row = rows_to_retry().filter(pk=number).first()
    if row is None:
        raise _refused("NOT_FOUND", "There is no such invocation.", status=404)
    _check(row)
    if begin_at is RetryFrom.FAILED_STEP:
        if version is not RetryVersion.ORIGINAL:
            raise _refused("INVALID", "Only the version that it ran can go on at the step that failed.", "version")
        again = _resumed(row, by, allow)
    else:
        again = _restarted(row, version, by, allow)
    if again is None:
        # Somebody was faster between our look and our lock: say what stands in the way now.
        now = rows_to_retry().filter(pk=number).first()
        if now is None:
            raise _refused("NOT_FOUND", "There is no such invocation.", status=404)
        _check(now)
        raise _refused("ALREADY_RETRIED", "Somebody else has just retried this invocation.")
    return again


def run_anew(number: int, version: int | None, *, by: str) -> int:
    """Run invocation `number` again from its start, as one of many, and give the number of the new row.

    `version`: primary key; None: the one that it ran. What succeeded, and what a pause kept out, may be run again too.
    Whether the version may act was decided before. Refused as `retry`, also ALREADY_RETRIED where somebody is faster.
    """
    row = rows_to_retry().filter(pk=number).first()
    if row is None:
        raise _refused("NOT_FOUND", "There is no such invocation.", status=404)
    start = start_anew(row, version)
    assert row.ended_at is not None
    chosen = version or row.version_id
    assert chosen is not None
    again = resuming.restart(row.pk, row.ended_at, version=chosen, start=start, by=by)
    if again is None:
        raise _refused("ALREADY_RETRIED", "Somebody else has just retried this invocation.")
    return again


def start_anew(row: Invocation, version: int | None) -> str:
    """Give the start point at which `run_anew` would begin. `row`: as `rows_to_retry` gives it. Refused likewise."""
    _check(row, of_many=True)
    chosen = version or row.version_id
    assert chosen is not None
    return _start(row, _read(chosen))


def chances_of(numbers: Collection[int]) -> Mapping[int, Chances]:
    """Say which rows of the log can be retried, with two queries for any number of them."""
    rows = list(rows_to_retry().filter(pk__in=numbers))
    broken = [row for row in rows if row.reason == Reason.DEFINITION]
    readable = _readable({version for row in broken for version in _versions(row)})
    return {row.pk: _chances(row, readable if row in broken else None) for row in rows}


def rows_to_retry() -> QuerySet[Invocation]:
    """Give what the log shows, with all that a retry depends on."""
    under_way = Invocation.objects.filter(retry_of=OuterRef("pk"), due_at__isnull=False)
    last = StepRun.objects.filter(invocation=OuterRef("pk")).order_by("-visit")
    return (
        Invocation.objects.filter(logged=True)
        .select_related("occurrence", "scenario", "version")
        .defer("scenario__draft", "version__definition")
        .annotate(
            retried=Exists(under_way),
            last_visit=Subquery(last.values("visit")[:1]),
            last_status=Subquery(last.values("status")[:1]),
        )
    )


def _check(row: Invocation, *, of_many: bool = False) -> None:
    """Refuse what can be retried in no way. `of_many`: in a replay also what succeeded, and what a pause kept out."""
    again = row.status == Status.COMPLETED and (of_many or row.reason == Reason.UNKNOWN)
    again |= of_many and row.status == Status.SKIPPED and row.reason == Reason.PAUSED
    if row.status not in (Status.FAILED, Status.CANCELLED) and not again:
        raise _refused("WRONG_STATUS", f"This invocation is {row.status}: only one that did not succeed is retried.")
    if row.scenario is None or row.version_id is None:
        raise _refused("NOT_FOUND", "The scenario of this invocation was deleted.", status=404)
    if row.scenario.status == ScenarioStatus.ARCHIVED:
        raise _refused("ARCHIVED", "The scenario is archived.")
    if row.occurrence.data_fields_removed_at is not None:
        raise _refused("DATA_REMOVED", "The data fields of this occurrence were removed: nothing could be decided.")
    if row.retried:  # type: ignore[attr-defined]
        raise _refused("ALREADY_RETRIED", "A retry of this invocation is still under way.")


def _resumed(row: Invocation, by: str, allow: Allow) -> int | None:
    assert row.version_id is not None
    assert row.ended_at is not None
    state = _next_state(row)
    definition = _read(row.version_id)
    allow(definition)
    # An invocation that ended before its first step has no state yet.
    going_on = state_to_json(state or begin(definition))
    return row.pk if resuming.resume(row.pk, row.ended_at, going_on, by) else None


def _next_state(row: Invocation) -> State | None:
    """Give the state from which it goes on; None: from the first step, since it did not come to one.

    A step run that has ended is never written again, so the step is gone through once more as a new visit: the failed
    one stays in the timeline. One that had not ended (cancelled, or put aside) goes on in its own visit, from its own
    mark: what waited waits for the rest of its time, and a mail that may be out is not sent again.
    """
    if row.status == Status.COMPLETED:
        raise _refused("NOTHING_FAILED", "This invocation went on behind its unknown effect.", "from")
    if not row.state:
        return None
    try:
        state = state_from_json(row.state)
    except ValueError:
        raise _refused("UNREADABLE", "This release cannot read where the invocation stands.", "from") from None
    if state.step is None:
        code = "LIMIT" if row.reason == Reason.LIMIT else "NOTHING_FAILED"
        raise _refused(code, "There is no step at which it could go on.", "from")
    last_visit, last_status = row.last_visit, row.last_status  # type: ignore[attr-defined]
    if last_visit != state.visit or last_status not in queue.STEP_ENDS:
        return state
    if state.visit >= MAX_VISITS:
        raise _refused("LIMIT", f"It has come through {MAX_VISITS} steps already.", "from")
    return replace(state, visit=state.visit + 1, repeats=state.effect_visit)


def _restarted(row: Invocation, version: RetryVersion, by: str, allow: Allow) -> int | None:
    assert row.scenario is not None
    assert row.ended_at is not None
    chosen = row.version_id if version is RetryVersion.ORIGINAL else row.scenario.published_id
    if chosen is None:
        raise _refused("NOT_PUBLISHED", "The scenario has no published version.", "version")
    definition = _read(chosen)
    allow(definition)
    return resuming.restart(row.pk, row.ended_at, version=chosen, start=_start(row, definition), by=by)


def _start(row: Invocation, definition: Definition) -> str:
    """Give the start point: the same one where the version still has it for this event, else its first for it."""
    listening = [start.id for start in definition.starts if start.event == row.event_id]
    if not listening:
        raise _refused("NOT_LISTENING", "This version does not start from this event.", "version")
    return row.start if row.start in listening else listening[0]


def _read(version: int) -> Definition:
    try:
        return definition_of(version)
    except DefinitionError as error:
        raise _refused("UNREADABLE", f"This release cannot run the version: {error}", "version") from None


def _versions(row: Invocation) -> Iterable[int]:
    """Give the primary keys of the versions that could run: the original first."""
    published = row.scenario.published_id if row.scenario else None
    return [version for version in (row.version_id, published) if version is not None]


def _readable(versions: Collection[int]) -> frozenset[int]:
    """Give those versions that this release can run. Asks for all at once, and only if there are any."""
    if not versions:
        return frozenset()
    rows = ScenarioVersion.objects.filter(pk__in=versions).values_list("pk", "definition")
    return frozenset(version for version, definition in rows if _can_be_parsed(definition))


def _can_be_parsed(definition: object) -> bool:
    try:
        parse_definition(definition)  # type: ignore[arg-type]
    except DefinitionError:
        return False
    return True


def _chances(row: Invocation, readable: frozenset[int] | None) -> Chances:
    """`readable`: None where nothing says that the versions might not be."""
    try:
        _check(row)
    except Refused:
        return _NO_CHANCE
    can_retry = readable is None or any(version in readable for version in _versions(row))
    try:
        _next_state(row)
    except Refused:
        return Chances(can_resume=False, can_retry=can_retry)
    return Chances(can_resume=readable is None or row.version_id in readable, can_retry=can_retry)


def _refused(code: str, message: str, field: str = "id", *, status: int = 400) -> Refused:
    return Refused(status, code, message, Problem(field=field, code=code, message=message))
