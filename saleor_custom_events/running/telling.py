"""Telling operators of steps: a span, a metric, and a log line where one did not succeed. Ids and codes, no values."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from saleor_custom_events.measures import count_step
from saleor_custom_events.scenarios.outcomes import StepStatus
from saleor_custom_events.tracing import as_code, step_span
from saleor_custom_events.troubles import about

if TYPE_CHECKING:
    from saleor_custom_events.running.run import Run
    from saleor_custom_events.scenarios.advance import Passed

logger = logging.getLogger(__name__)

#: What a try came to, and the code that says why; empty where there is nothing to explain.
Tell: TypeAlias = Callable[[StepStatus, str], None]
_LEVELS = {
    StepStatus.RETRYING: logging.INFO,
    StepStatus.FAILED: logging.WARNING,
    StepStatus.UNKNOWN: logging.WARNING,
}


@contextmanager
def telling_of_try(run: Run, *, step: str, action: str, attempt: int) -> Iterator[Tell]:
    """Time one try of an action; what it came to is told to what this gives, which has to be called once."""
    began = time.monotonic()
    age = run.claim.now - run.occurrence.registered_at
    with step_span("step", run.trace, age, **_ids(run, step), action=action, attempt=attempt) as told:

        def tell(status: StepStatus, code: str) -> None:
            reason = as_code(code)
            told.say(outcome=status.value, reason=reason)
            if status is StepStatus.FAILED:
                told.fail(reason)
            count_step(action, status.value, time.monotonic() - began)
            if (level := _LEVELS.get(status)) is not None:
                extra = about(occurrence=run.occurrence.id, invocation=run.claim.id, step=step)
                logger.log(level, "%s of invocation %s: %s %s", action, run.claim.id, status.value, reason, extra=extra)

        yield tell


def tell_of_passed(run: Run, passed: Iterable[Passed]) -> None:
    """Tell of steps that the engine went through itself, which takes no time."""
    if run.trace is None:
        return
    age = run.claim.now - run.occurrence.registered_at
    for one in passed:
        reason = one.reason.value if one.reason else ""
        with step_span("step", run.trace, age, **_ids(run, one.step), action=one.kind) as told:
            told.say(outcome=one.status.value, reason=reason)


def _ids(run: Run, step: str) -> dict[str, str | int | None]:
    return {
        "occurrence_id": run.occurrence.id,
        "invocation_id": run.claim.id,
        "event_number": run.claim.event_id,
        "scenario_number": run.claim.scenario_id,
        "scenario_version": run.version,
        "step_id": step,
    }
