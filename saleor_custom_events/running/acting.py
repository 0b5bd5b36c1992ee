"""Performing an action: what is tried, and what becomes of the step."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from saleor_custom_events.actions.base import Action, Effect, InvocationFacts, Outcome
from saleor_custom_events.actions.forms import has_secrets, settings_from_json, settings_to_json, with_secrets
from saleor_custom_events.actions.registry import action as find_action
from saleor_custom_events.actions.rendering import Stopped, allowed_action, needs_customer, rendered_settings
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.running.queue import StepRow
from saleor_custom_events.running.retries import ALL_TRIES, delay_after
from saleor_custom_events.running.run import Run, learn_customers, worker_name
from saleor_custom_events.running.services import HeldBack, RunServices, UnknownOutcome
from saleor_custom_events.running.telling import telling_of_try
from saleor_custom_events.scenarios.advance import Act, Acted
from saleor_custom_events.scenarios.definition import ActionStep
from saleor_custom_events.scenarios.outcomes import Reason, StepStatus
from saleor_custom_events.scenarios.templates import NOTHING_READ, context_of
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.troubles import about, trouble

logger = logging.getLogger(__name__)

#: A step run's reason while its receiver's breaker is open.
HELD_BACK = "RECEIVER_HELD_BACK"
#: What a step run's result says of data fields that were read in the store (`scenarios.live.Live.said`).
READ = ("askedAt", "withheld")


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """One try of an action, ready to be marked and performed."""

    run: Run
    step: ActionStep
    action: Action[Any]
    settings: Any
    #: The step run as it is marked.
    mark: StepRow

    @property
    def is_outside(self) -> bool:
        """Whether its effect leaves this database."""
        return self.action.effect is not Effect.WITH_STEP

    def facts(self) -> InvocationFacts:
        """Give what the action may know."""
        run = self.run
        return InvocationFacts(
            id=run.claim.id,
            scenario_id=run.claim.scenario_id,
            scenario_name=run.claim.scenario_name,
            scenario_version=run.version,
            step=self.step.id,
            visit=run.state.effect_visit,
            attempt=self.mark.attempts,
            occurrence=run.occurrence,
            customer=run.customer if self.action.needs_customer else None,
        )


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that did not succeed."""

    message: str
    code: str
    again: bool
    retry_after: timedelta | None = None
    result: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A try of which nobody can say how it ended."""

    message: str


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing was tried: the receiver has failed so often that it is left alone for `delay`."""

    delay: timedelta


Result: TypeAlias = Outcome | Failed | Unknown | Held


@dataclass(frozen=True, slots=True)
class Over:
    """The invocation cannot go on: the step failed for good."""


@dataclass(frozen=True, slots=True)
class Later:
    """The action is tried again at this time."""

    at: datetime


#: None: the step is over, the invocation goes on behind it.
Verdict: TypeAlias = Over | Later | None


def prepare(run: Run, step: ActionStep) -> Try | Verdict:
    """Make the next try of the action that `run` stands before, or settle the step where nothing is to be tried."""
    action = allowed_action(step, run.occurrence, run.start)
    now = run.claim.now
    if isinstance(action, Stopped):
        return _stop(run, _row(run, step, find_action(step.action), now), action)
    row = _row(run, step, action, now)
    if wants_customer(run):
        learn_customers([run])
    earlier = run.open_step
    if earlier is not None and earlier.visit == run.state.visit and earlier.input is not None:
        read = {name: earlier.result[name] for name in READ if name in earlier.result}
        row = replace(row, started_at=earlier.started_at, result={**row.result, **read})
        return _try_again(run, step, action, row, earlier.input, earlier.attempts, earlier.status)
    if run.repeated_input is not None and run.state.repeats and action.effect is Effect.AT_LEAST_ONCE:
        # The same key, so the same content: the receiver may have had it although its answer never came.
        return _try_again(run, step, action, row, run.repeated_input, 0, StepStatus.FAILED)
    settings = rendered_settings(action, step, _context(run))
    if isinstance(settings, Stopped):
        return _stop(run, row, settings)
    said = run.live.said if run.live else {}
    mark = replace(row, attempts=1, input=settings_to_json(settings), result={**row.result, **said})
    return Try(run=run, step=step, action=action, settings=settings, mark=mark)


def _stop(run: Run, row: StepRow, stopped: Stopped) -> Verdict:
    _tell_untried(run, row, stopped.status, stopped.reason.value)
    if stopped.status is StepStatus.SKIPPED:
        return _skip(run, row, stopped.reason)
    return _end(run, row, stopped.reason, stopped.detail)


def _tell_untried(run: Run, row: StepRow, status: StepStatus, code: str) -> None:
    with telling_of_try(run, step=row.step, action=row.kind, attempt=0) as tell:
        tell(status, code)


def _try_again(
    run: Run, step: ActionStep, action: Action[Any], row: StepRow, input: Json, attempts: int, status: str
) -> Try | Verdict:
    """Go on from a mark: with the settings as they were rendered for the first try."""
    if status == StepStatus.TRYING and action.effect is Effect.AT_MOST_ONCE:
        message = "A worker died while this was being sent; whether it was, nobody can say. It is not sent again."
        _tell_untried(run, row, StepStatus.UNKNOWN, Reason.UNKNOWN.value)
        return conclude_row(run, replace(row, attempts=attempts), Unknown(message))
    settings = settings_from_json(action, input)
    if has_secrets(action, step.config):
        rendered = rendered_settings(action, step, _context(run))
        if isinstance(rendered, Stopped):
            return _stop(run, replace(row, attempts=attempts), rendered)
        settings = with_secrets(settings, rendered)
    return Try(
        run=run,
        step=step,
        action=action,
        settings=settings,
        mark=replace(row, attempts=attempts + 1, input=input),
    )


def _row(run: Run, step: ActionStep, action: Action[Any] | None, now: datetime) -> StepRow:
    return StepRow(
        visit=run.state.visit,
        step=step.id,
        kind=step.action,
        status=StepStatus.TRYING,
        started_at=now,
        effect=action.effect.value if action else "",
        result={"worker": worker_name()},
    )


def wants_customer(run: Run) -> bool:
    """Say whether the action that `run` stands before looks at the customer."""
    return isinstance(run.then, Act) and needs_customer(run.then.step)


def _context(run: Run) -> Mapping[str, object]:
    return context_of(
        run.occurrence,
        customer=run.customer,
        scenario_id=run.claim.scenario_id,
        scenario_name=run.claim.scenario_name,
        scenario_version=run.version,
        outputs=run.state.outputs,
        variables=run.state.variables,
        reading=run.live.reading if run.live else NOTHING_READ,
    )


def perform(attempt: Try) -> Result:
    """Perform one try, and tell operators of it. Never raises for what an action does: that is a result too."""
    attempts = attempt.mark.attempts
    with telling_of_try(attempt.run, step=attempt.step.id, action=attempt.step.action, attempt=attempts) as tell:
        result = _perform(attempt)
        tell(*_came_to(result, attempts))
    return result


def _came_to(result: Result, attempts: int) -> tuple[StepStatus, str]:
    """Give what stands in the log of a try that came to `result`, and the code that explains it."""
    if isinstance(result, Unknown):
        return StepStatus.UNKNOWN, Reason.UNKNOWN.value
    if isinstance(result, Held):
        return StepStatus.RETRYING, HELD_BACK
    if isinstance(result, Failed):
        is_tried_again = result.again and delay_after(attempts, result.retry_after) is not None
        return StepStatus.RETRYING if is_tried_again else StepStatus.FAILED, result.code
    if result.skipped is not None:
        return StepStatus.SKIPPED, result.skipped.value
    return StepStatus.DONE, ""


def _perform(attempt: Try) -> Result:
    services = RunServices(attempt.run, attempt.run.claim.now)
    try:
        return attempt.action.perform(attempt.settings, attempt.facts(), services)
    except UnknownOutcome as unknown:
        return Unknown(str(unknown))
    except HeldBack as held:
        return Held(held.delay)
    except ActionError as error:
        return Failed(str(error), error.code, error.again, error.retry_after, error.result)
    except Exception as error:
        # A fault of the action's code: what it did until then nobody knows.
        logger.error(
            "The action %s failed in invocation %s",
            attempt.step.action,
            attempt.run.claim.id,
            exc_info=trouble(),
            extra=about(occurrence=attempt.run.occurrence.id, invocation=attempt.run.claim.id, step=attempt.step.id),
        )
        if attempt.action.effect is Effect.AT_MOST_ONCE:
            return Unknown(f"{type(error).__name__} while it was performed.")
        return Failed(f"{type(error).__name__} while it was performed.", Fault.OURSELVES.value.upper(), again=True)


def conclude(attempt: Try, result: Result) -> Verdict:
    """Write down in the run what came of a try, and say how the invocation goes on."""
    return conclude_row(attempt.run, attempt.mark, result)


def conclude_row(run: Run, row: StepRow, result: Result) -> Verdict:
    """The same for a step run that has no try of its own."""
    if isinstance(result, Unknown):
        run.note(Reason.UNKNOWN, result.message)
        _add(run, row, StepStatus.UNKNOWN, Reason.UNKNOWN.value, result.message)
        run.acted = Acted()
        return None
    if isinstance(result, Failed):
        return _failed(run, row, result)
    if isinstance(result, Held):
        return _held_back(run, row, result)
    if result.skipped is not None:
        return _skip(run, row, result.skipped, dict(result.result))
    _add(run, row, StepStatus.DONE, result=dict(result.result))
    run.known = None  # the action may have changed what the store knows
    run.acted = Acted(output=result.output)
    return None


def _failed(run: Run, row: StepRow, failed: Failed) -> Verdict:
    known: dict[str, Any] = dict(failed.result or {})
    delay = delay_after(row.attempts, failed.retry_after) if failed.again else None
    if delay is not None:
        at = run.claim.now + delay
        known["nextTryAt"] = at.isoformat(timespec="seconds")
        _add(run, row, StepStatus.RETRYING, failed.code, failed.message, known, ended=False)
        return Later(at)
    reason = Reason.RETRIES if failed.again else Reason.ACTION
    return _end(run, row, reason, failed.message, code=failed.code, result=known)


def _held_back(run: Run, row: StepRow, held: Held) -> Verdict:
    """Wait, as if nothing had been tried; once that has gone on for as long as tries do, it counts as one after all."""
    message = "The receiver has failed too often lately; it is left alone for a while."
    if run.claim.now - row.started_at > ALL_TRIES:
        return _failed(run, row, Failed(message, HELD_BACK, again=True, retry_after=held.delay))
    at = run.claim.now + held.delay
    known = {"nextTryAt": at.isoformat(timespec="seconds")}
    _add(run, replace(row, attempts=row.attempts - 1), StepStatus.RETRYING, HELD_BACK, message, known, ended=False)
    return Later(at)


def _skip(run: Run, row: StepRow, reason: Reason, result: dict[str, Json] | None = None) -> Verdict:
    run.note(reason)
    _add(run, row, StepStatus.SKIPPED, reason.value, result=result)
    run.acted = Acted()
    return None


def _end(
    run: Run,
    row: StepRow,
    reason: Reason,
    detail: str,
    *,
    code: str = "",
    result: dict[str, Any] | None = None,
) -> Over:
    _add(run, row, StepStatus.FAILED, code or reason.value, detail, result)
    run.reason, run.detail = reason.value, detail
    return Over()


def _add(
    run: Run,
    row: StepRow,
    status: StepStatus,
    reason: str = "",
    detail: str = "",
    result: dict[str, Any] | None = None,
    *,
    ended: bool = True,
) -> None:
    run.steps.append(
        replace(
            row,
            status=status,
            reason=reason[:40],
            detail=detail,
            result={**row.result, **(result or {})},
            ended_at=run.claim.now if ended else None,
        )
    )
    run.open_step = None
