"""Reading the log: pages of rows, and what belongs to them. Rows of events with logging off are never read here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from saleor_custom_events.defining.checking import is_storable, refused_because, signed_name
from saleor_custom_events.defining.pages import MAX_PAGE, Order, Page, Slice, by_time, read_page
from saleor_custom_events.defining.permissions import Operation, demand, may
from saleor_custom_events.firing.body import normal_email
from saleor_custom_events.firing.linked import Owner
from saleor_custom_events.log.counted import COUNTED_NEWEST_FIRST, CountedFilter, of_version
from saleor_custom_events.log.customers import rows_of_customer
from saleor_custom_events.log.held import for_reasons, held_because, with_stopped
from saleor_custom_events.log.masking import masked_email, masked_name
from saleor_custom_events.log.merging import merged_occurrences, owners_of_rows
from saleor_custom_events.log.rows import LoggedField, LoggedOccurrence, LoggedStep, LogRow, Violation
from saleor_custom_events.models import Invocation, Occurrence, StepRun
from saleor_custom_events.scenarios.facts import is_publicly_sent
from saleor_custom_events.scenarios.outcomes import Identity, Status
from saleor_custom_events.store.callers import Caller, CallerKind

#: The order of the log, and of all its indexes.
NEWEST_FIRST = by_time("created_at", descending=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFilter:
    """Which rows; None asks nothing."""

    #: Numbers; MAX_PAGE at most, as many as a page shows.
    ids: tuple[int, ...] | None = None
    event: int | None = None
    scenario: int | None = None
    #: One of the scenario's versions, by its number.
    version: int | None = None
    #: What happened at one step or start point of the version.
    step: CountedFilter | None = None
    #: Needs the permission to see customers.
    email: str | None = None
    #: The store's global id; needs that permission as well.
    customer: str | None = None
    statuses: tuple[str, ...] | None = None
    reasons: tuple[str, ...] | None = None
    #: Aware, both ends included.
    created_from: datetime | None = None
    created_to: datetime | None = None

    @property
    def order(self) -> Order:
        """Give the order in which the rows are read: the log's."""
        return NEWEST_FIRST if self.step is None else COUNTED_NEWEST_FIRST


def read_log(caller: Caller, wanted: LogFilter, part: Slice) -> Page[LogRow]:
    """Read a page of the log, newest first, with one query however long the log is.

    One more where rows name nobody, and one for a filter by e-mail: whose they are, and what is that customer's.
    Refused 403, also for filtering by e-mail or customer without the permission to see customers: answers would tell
    who is in the log. 400 for a slice, cursor or e-mail that is none.
    """
    demand(caller, Operation.SEE_LOG)
    if wanted.email is not None or wanted.customer is not None:
        demand(caller, Operation.SEE_CUSTOMERS)
    page = read_page(rows_wanted(wanted), wanted.order, part)
    masked = not may(caller, Operation.SEE_CUSTOMERS)
    owners = owners_of_rows(page.rows)
    return page.of(tuple(_row(invocation, masked, owners) for invocation in page.rows))


def find_invocation(caller: Caller, number: int) -> LogRow | None:
    """Find one row of the log by its number. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    invocation = _rows().filter(pk=number).first()
    if invocation is None:
        return None
    return _row(invocation, not may(caller, Operation.SEE_CUSTOMERS), owners_of_rows([invocation]))


def occurrences_by_id(caller: Caller, ids: Collection[str]) -> Mapping[str, LoggedOccurrence]:
    """Give occurrences with their data fields, by id, with one query for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    masked = not may(caller, Operation.SEE_CUSTOMERS)
    rows = Occurrence.objects.filter(pk__in=ids, logged=True).select_related("data_fields")
    return {str(row.pk): _occurrence(row, masked) for row in rows}


def steps_of(caller: Caller, invocations: Collection[int]) -> Mapping[int, tuple[LoggedStep, ...]]:
    """Give the step runs of invocations in the order they began, with one query for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    masked = not may(caller, Operation.SEE_CUSTOMERS)
    found: dict[int, list[LoggedStep]] = {}
    runs = StepRun.objects.filter(invocation__in=invocations, invocation__logged=True)
    for run in runs.order_by("invocation_id", "visit"):
        found.setdefault(run.invocation_id, []).append(_step(run, masked))
    return {invocation: tuple(steps) for invocation, steps in found.items()}


def rows_of_occurrences(caller: Caller, ids: Collection[str]) -> Mapping[str, tuple[LogRow, ...]]:
    """Give every row of the log that occurrences made, by occurrence, with two queries for all. Refused 403."""
    demand(caller, Operation.SEE_LOG)
    masked = not may(caller, Operation.SEE_CUSTOMERS)
    found: dict[str, list[LogRow]] = {}
    invocations = list(_rows().filter(occurrence__in=ids).order_by("pk"))
    owners = owners_of_rows(invocations)
    for invocation in invocations:
        found.setdefault(str(invocation.occurrence_id), []).append(_row(invocation, masked, owners))
    return {occurrence: tuple(rows) for occurrence, rows in found.items()}


def _rows() -> QuerySet[Invocation]:
    # A row needs nothing of its definition but the version's number; the state is the engine's.
    rows = Invocation.objects.filter(logged=True).select_related("version").defer("state", "version__definition")
    return with_stopped(rows)


def rows_wanted(wanted: LogFilter) -> QuerySet[Invocation]:
    """Give the rows that a filter lets through, not read yet. Refused 400 for no e-mail, or too many ids."""
    if wanted.ids is not None and len(wanted.ids) > MAX_PAGE:
        raise refused_because(400, "INVALID", f"Give {MAX_PAGE} ids at most.", "filter.ids")
    asked: Mapping[str, Any] = {
        "pk__in": wanted.ids,
        "event": wanted.event,
        "scenario": wanted.scenario,
        "status__in": wanted.statuses,
        "created_at__gte": wanted.created_from,
        "created_at__lte": wanted.created_to,
    }
    rows = _rows().filter(**{column: value for column, value in asked.items() if value is not None})
    created = (wanted.created_from, wanted.created_to)
    rows = of_version(rows, wanted.scenario, wanted.version, wanted.step, created)
    if wanted.reasons is not None:
        rows = rows.filter(for_reasons([reason for reason in wanted.reasons if is_storable(reason)]))
    if wanted.customer is not None:
        rows = rows.filter(rows_of_customer(wanted.customer))
    return rows if wanted.email is None else rows.filter(_of_customer(asked_email(wanted.email)))


def _of_customer(email: str) -> Q:
    """Give whose rows are meant: those with the address, and those of the customer's browser before the login."""
    merged = merged_occurrences(email)
    return Q(customer_email=email) | Q(occurrence__in=merged) if merged else Q(customer_email=email)


def asked_email(raw: str) -> str:
    """Give an address as the log keeps it. Refused 400 `INVALID_EMAIL` where it is none."""
    try:
        return normal_email(raw.strip())
    except ValueError as error:
        raise refused_because(400, "INVALID_EMAIL", str(error), "email") from None


def _row(invocation: Invocation, masked: bool, owners: Mapping[str, Owner]) -> LogRow:
    owner = owners.get(str(invocation.occurrence_id))
    email = owner.customer_email if owner else invocation.customer_email
    waiting = invocation.status == Status.WAITING
    held = held_because(invocation)
    reason, detail = held or (invocation.reason, invocation.detail)
    retried_by = signed_name(invocation.retried_by or "")
    return LogRow(
        number=invocation.pk,
        event=invocation.event_id,
        occurrence=str(invocation.occurrence_id),
        created_at=invocation.created_at,
        ended_at=invocation.ended_at,
        due_at=invocation.due_at if waiting and not invocation.parked and not held else None,
        customer_email=masked_email(email) if masked else email,
        merged=owner is not None,
        scenario=invocation.scenario_id,
        scenario_name=invocation.scenario_name,
        version=invocation.version.number if invocation.version else None,
        version_id=invocation.version_id,
        status=invocation.status,
        reason=reason,
        detail="" if masked else detail,
        retry_of=invocation.retry_of,
        retried_by=masked_name(retried_by) if masked else retried_by,
        masked=masked,
    )


def _occurrence(row: Occurrence, masked: bool) -> LoggedOccurrence:
    kept = getattr(row, "data_fields", None)
    return LoggedOccurrence(
        id=str(row.pk),
        event=row.event_id,
        registered_at=row.registered_at,
        occurred_at=row.occurred_at,
        caller_kind=row.caller_kind,
        caller_name=masked_name(row.caller_name) if masked else row.caller_name,
        identity=row.identity,
        customer_email=masked_email(row.customer_email) if masked else row.customer_email,
        customer_id=None if masked else row.customer_id,
        customer_external_reference=None if masked else row.customer_external_reference,
        anonymous_id=None if masked else row.anonymous_id,
        customer_email_hash=None if masked else row.customer_email_hash,
        customer_phone=None if masked else row.customer_phone,
        channel=row.channel,
        url=None if masked else row.url,
        caused_by=row.caused_by,
        publicly_sent=is_publicly_sent(CallerKind(row.caller_kind), Identity(row.identity)),
        data_fields=tuple(_field(item, masked) for item in (kept.fields if kept else ())),
        data_fields_removed_at=row.data_fields_removed_at,
        violations=tuple(_violation(item, masked) for item in (kept.violations if kept else ())),
        masked=masked,
    )


def _field(stored: Mapping[str, Any], masked: bool) -> LoggedField:
    value = None if masked else stored["value"]
    return LoggedField(name=stored["name"], type=stored["type"], value=value)


def _violation(stored: Mapping[str, Any], masked: bool) -> Violation:
    # A sentence may quote a value, a field's name and a code cannot.
    message = "" if masked else stored["message"]
    return Violation(field=stored["field"], code=stored["code"], message=message)


def _step(run: StepRun, masked: bool) -> LoggedStep:
    return LoggedStep(
        visit=run.visit,
        step=run.step,
        kind=run.kind,
        status=run.status,
        reason=run.reason,
        detail="" if masked else run.detail,
        attempts=run.attempts,
        effect=run.effect,
        input=None if masked else run.input,
        result=None if masked else run.result,
        started_at=run.started_at,
        ended_at=run.ended_at,
    )
