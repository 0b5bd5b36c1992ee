"""The answer to "why did nothing happen?": the chain of decisions for one customer, one event and a span of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Q, Sum

from saleor_custom_events.defining.checking import is_storable, refused_because
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.log.merging import merged_occurrences
from saleor_custom_events.log.reading import asked_email, rows_of_occurrences
from saleor_custom_events.log.rows import LogRow
from saleor_custom_events.models import CustomEvent, Occurrence, Refusal, Scenario, ScenarioStart, ScenarioStatus
from saleor_custom_events.pauses import EVERYTHING, event_name, in_force
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.store.callers import Caller

#: Occurrences that are gone through, newest first.
MAX_OCCURRENCES = 20

#: What each reason means, as the end of "Scenario X …".
_REASONS: Mapping[str, str] = {
    Reason.FILTER: "did not start: its start point's filter did not hold",
    Reason.REENTRY: "did not start: its re-entry rule kept this customer out",
    Reason.DEBOUNCED: "did not start: a later occurrence took its place before it began",
    Reason.RATE_LIMIT: "did not start: as many as its rate limit allows had begun",
    Reason.UNVERIFIED_CAP: "did not start: this unverified address had started it as often as a day allows",
    Reason.PAUSED: "did not start: it was paused",
    Reason.UNVERIFIED: "left out what is not for unverified addresses: only a browser vouched for this one",
    Reason.NO_IDENTITY: "did not start: its start point counts by customer, and nobody was named",
    Reason.NO_CUSTOMER: "left out a step: the store knows no such customer",
    Reason.CUSTOMER_NOT_FOUND: "ran as for nobody: the store knows no one customer by this hash or phone number",
    Reason.NO_EMAIL: "left out a mail: there was no address",
    Reason.NO_CONSENT: "left out a mail: the store knows of no consent to marketing",
    Reason.UNSUBSCRIBED: "left out a mail: this address was unsubscribed from marketing",
    Reason.HOPS: "did not start: events had fired events too often in a row",
    Reason.NO_DATE: "left out a wait: there was no date to wait for",
    Reason.EXIT: "ran to an exit step",
    Reason.EXIT_EARLY: "ended while it waited: an event of its exit rules happened",
    Reason.EXIT_PAST: "ended at a wait: the date had passed",
    Reason.ACTION: "failed: an action did not succeed",
    Reason.RETRIES: "failed: an action was tried as often as allowed",
    Reason.TEMPLATE: "failed: a template could not be rendered",
    Reason.DEFINITION: "failed: its definition cannot be run",
    Reason.LIMIT: "failed: it went over a limit",
    Reason.QUARANTINED: "was put aside: workers died on it",
    Reason.UNKNOWN: "ended with an effect of which nobody can say whether it happened",
    Reason.CANCELLED: "was cancelled by staff",
    Reason.RESTARTED: "ended and began anew, since the customer entered again",
    Reason.ERASED: "did not start: it was told after the customer had been erased, of a time before",
    Reason.CANCELLED_ERASED: "ended, since the customer was erased",
    Reason.HELD_ALL: "is held and goes on when everything is resumed",
    Reason.HELD_EVENT: "is held and starts when the event is resumed",
    Reason.HELD_ACTION: "is held and goes on when the action is resumed",
}
_STATUSES: Mapping[str, str] = {
    Status.RUNNING: "is running",
    Status.WAITING: "is waiting for its time",
    Status.COMPLETED: "ran to its end",
    Status.FAILED: "failed",
    Status.SKIPPED: "did not start",
    Status.CANCELLED: "was cancelled",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One link of the chain: a stable code, a sentence in English, and what it is about as values."""

    code: str
    message: str
    at: datetime | None = None
    count: int | None = None
    #: The reason of the invocation or the refusal's code.
    reason: str | None = None
    scenario: int | None = None
    #: As it is now; of an invocation: as it was then.
    scenario_name: str | None = None
    #: The number of the scenario's version that ran, or that listens now.
    version: int | None = None
    #: Number of the invocation.
    invocation: int | None = None
    occurrence: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """The findings from the first decision to the last; `event` is None where there is none by that name."""

    event: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Why did nothing happen for `email` with `event` (number or slug) between two moments (aware)?"""

    email: str
    event: int | str
    since: datetime
    until: datetime


def explain(caller: Caller, question: Question) -> Explanation:
    """Answer a question with a bounded number of queries.

    Refused 403; 400 where the e-mail is none or the moments are not in order.
    """
    demand(caller, Operation.EXPLAIN)
    email = asked_email(question.email)
    if question.since > question.until:
        raise refused_because(400, "INVALID", "This must not be before `from`.", "to")
    event = _event(question.event)
    if event is None:
        unknown = Finding(code="EVENT_UNKNOWN", message="There is no such custom event.")
        return Explanation(event=None, findings=(unknown, *_refused(None, question)))
    merged = set(merged_occurrences(email))
    occurrences = list(
        Occurrence.objects.filter(
            Q(customer_email=email) | Q(pk__in=merged),
            event=event,
            logged=True,
            registered_at__range=(question.since, question.until),
        ).order_by("-registered_at")[:MAX_OCCURRENCES]
    )
    rows = rows_of_occurrences(caller, [str(occurrence.pk) for occurrence in occurrences])
    findings = (
        *_of_pauses(event),
        *_of_event(event),
        *_refused(event, question),
        *_refused(None, question),
        _found(occurrences),
        *_merged([occurrence for occurrence in occurrences if occurrence.pk in merged]),
        *(_became(row) for occurrence in occurrences for row in rows.get(str(occurrence.pk), ())),
        *_listening(event, occurrences, rows),
    )
    return Explanation(event=event.pk, findings=findings)


def _event(reference: int | str) -> CustomEvent | None:
    if isinstance(reference, int):
        return CustomEvent.objects.filter(pk=reference).first()
    return CustomEvent.objects.filter(slug=reference).first() if is_storable(reference) else None


def _of_pauses(event: CustomEvent) -> Iterator[Finding]:
    """Say what is paused now: nothing is lost by that, and nothing runs."""
    words = {
        EVERYTHING: ("EVERYTHING_PAUSED", "Everything is"),
        event_name(event.pk): ("EVENT_PAUSED", "The event is"),
    }
    for name, pause in in_force(words).items():
        code, what = words[name]
        message = f"{what} paused since {_moment(pause.paused_at)}: firings are kept and run when that ends."
        yield Finding(code=code, message=message, at=pause.paused_at)


def _of_event(event: CustomEvent) -> Iterator[Finding]:
    if event.archived_at:
        message = f"The event is archived since {_moment(event.archived_at)}: every firing since is refused."
        yield Finding(code="EVENT_ARCHIVED", message=message, at=event.archived_at)
    if not event.logging:
        message = "Logging is off: scenarios run, but firings leave no row in the log and cannot be looked up here."
        yield Finding(code="LOGGING_OFF", message=message)
    if event.first_fired_at is None:
        yield Finding(code="NEVER_FIRED", message="The event has never been fired.")


def _refused(event: CustomEvent | None, question: Question) -> Iterator[Finding]:
    """Counts are kept by day and without anybody's identity, so these may be of other customers.

    Those of no event: a call with a wrong key or a broken body is refused before anybody knows what it would fire.
    """
    days = (question.since.astimezone(UTC).date(), question.until.astimezone(UTC).date())
    rows = Refusal.objects.filter(event=event, day__range=days).values("code").annotate(total=Sum("count"))
    code, of = ("REFUSED", "of this event") if event else ("REFUSED_UNKNOWN_EVENT", "of no event that exists")
    for row in rows.order_by("-total"):
        message = f"On these days {_firings(row['total'])} {of}, by anybody, refused with {row['code']}."
        yield Finding(code=code, message=message, count=row["total"], reason=row["code"])


def _firings(count: int) -> str:
    return "1 firing was" if count == 1 else f"{count} firings were"


def _found(occurrences: Sequence[Occurrence]) -> Finding:
    if not occurrences:
        message = "No firing of this event for this e-mail was registered in this time."
        return Finding(code="NO_OCCURRENCE", message=message, count=0)
    count = len(occurrences)
    newest = f" Only the newest {count} are looked at." if count == MAX_OCCURRENCES else ""
    message = f"{_firings(count)} registered of this event for this e-mail.{newest}"
    return Finding(code="OCCURRENCES_FOUND", message=message, count=count, at=occurrences[0].registered_at)


def _merged(occurrences: Sequence[Occurrence]) -> Iterator[Finding]:
    if occurrences:
        count = len(occurrences)
        message = f"{_firings(count)} anonymous, from a browser that was the customer's when they logged in."
        yield Finding(code="OCCURRENCES_MERGED", message=message, count=count, at=occurrences[0].registered_at)


def _became(row: LogRow) -> Finding:
    if row.reason == Reason.NO_SCENARIO:
        code, message = "NO_SCENARIO", f"No scenario listened to the firing at {_moment(row.created_at)}."
    else:
        became = _REASONS.get(row.reason) or _STATUSES.get(row.status, row.status)
        code = f"INVOCATION_{row.status.upper()}"
        # Without it two rows of one scenario would contradict each other.
        again = f"Retry of invocation {row.retry_of}: scenario" if row.retry_of else "Scenario"
        message = f"{again} “{row.scenario_name}” {became}{f' ({row.detail})' if row.detail else ''}."
    return Finding(
        code=code,
        message=message,
        at=row.created_at,
        reason=row.reason or None,
        scenario=row.scenario,
        scenario_name=row.scenario_name or None,
        version=row.version,
        invocation=row.number,
        occurrence=row.occurrence,
    )


def _listening(
    event: CustomEvent, occurrences: Sequence[Occurrence], rows: Mapping[str, Sequence[LogRow]]
) -> Iterator[Finding]:
    """Say of the scenarios that name the event now what keeps them, or kept them, from running."""
    starts = ScenarioStart.objects.filter(event=event).select_related("scenario__published").order_by("scenario_id")
    live: dict[int, Scenario] = {start.scenario_id: start.scenario for start in starts if start.published}
    for start in starts:
        if not start.published and start.scenario_id not in live:
            message = f"The draft of scenario “{start.scenario.name}” starts from this event, but is not published."
            yield _about(start.scenario, "SCENARIO_NOT_PUBLISHED", message)
    for scenario in live.values():
        missed = (o for o in occurrences if all(row.scenario != scenario.pk for row in rows.get(str(o.pk), ())))
        yield from _of_scenario(scenario, list(missed))


def _of_scenario(scenario: Scenario, missed: Sequence[Occurrence]) -> Iterator[Finding]:
    """`missed`: the firings of which the scenario knows nothing."""
    if scenario.status == ScenarioStatus.PAUSED:
        message = f"Scenario “{scenario.name}” is paused."
        yield _about(scenario, "SCENARIO_PAUSED", message)
    version = scenario.published
    if version and any(occurrence.registered_at < version.published_at for occurrence in missed):
        message = (
            f"Version {version.number} of scenario “{scenario.name}”, which listens now, was published at "
            f"{_moment(version.published_at)}, after a firing."
        )
        yield replace(
            _about(scenario, "SCENARIO_PUBLISHED_LATER", message), version=version.number, at=version.published_at
        )


def _about(scenario: Scenario, code: str, message: str) -> Finding:
    return Finding(code=code, message=message, scenario=scenario.pk, scenario_name=scenario.name)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
