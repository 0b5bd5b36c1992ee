"""Trying a draft with one occurrence: what would happen, by the same code, with nothing written and nothing sent."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from saleor_custom_events.actions.foreseeing import Foresight
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import not_found, refused_because
from saleor_custom_events.defining.drafts import check_draft, form_of, storable_draft
from saleor_custom_events.defining.foreseen_start import begins_at, kept_out
from saleor_custom_events.defining.happening import Answer, answers_of
from saleor_custom_events.defining.permissions import Operation, demand, may
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.catalogue import events_named, facts_of
from saleor_custom_events.firing.decide import Start, decide, starts_of
from saleor_custom_events.firing.fire import new_occurrence_id, rules
from saleor_custom_events.firing.values import EventToFire, Firing, Listener
from saleor_custom_events.host import Caller, Customer, current_host
from saleor_custom_events.models import CustomEvent, Occurrence, Scenario, ScenarioStatus
from saleor_custom_events.scenarios.advance import Known, ScenarioFacts
from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.definition import Definition, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.trying import TriedStep, try_out
from saleor_custom_events.scenarios.values import Json

#: How long one dry run may render; ordinary ones take milliseconds.
SECONDS = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class DryRun:
    """What the occurrence would come to in this scenario."""

    #: Id of the start point that took it, or that was in the way; None where none names the event.
    start: str | None
    #: COMPLETED, FAILED or SKIPPED.
    status: Status
    #: Why it did not start, or how it ended otherwise than by its last step.
    reason: str
    #: When flow control would let it begin (aware); None where it does not, or nobody knows when.
    begins_at: datetime | None
    steps: tuple[TriedStep, ...]

    @property
    def outcome(self) -> str:
        """Say `started` or `skipped`, as the answer to a firing does."""
        return "skipped" if self.status is Status.SKIPPED else "started"


def dry_run(
    caller: Caller,
    scenario_id: int,
    *,
    draft: Json = None,
    occurrence_id: str | None = None,
    typed: Json = None,
    happened: Sequence[Answer] = (),
) -> DryRun:
    """Try a draft (the saved one where none is given) with a logged occurrence or with one that is typed: exactly one.

    `typed`: a body of `fire`. `happened`: which awaited events happen; the time of others runs out. Whoever may not see
    customers learns nothing of them: theirs is tried as an occurrence of somebody whom the store does not know and who
    never entered. Refused 403, 404; 400 `INVALID` with the draft's
    problems as publishing names them, ARCHIVED, DATA_REMOVED; for a typed occurrence what firing it is refused with.
    """
    demand(caller, Operation.DEFINE if occurrence_id is None else Operation.TEST_WITH_OCCURRENCE)
    if (occurrence_id is None) == (typed is None):
        raise refused_because(400, "INVALID", "Give either an occurrence's id or an occurrence.", "occurrenceId")
    scenario = _found(scenario_id)
    firing = None if typed is None else read_firing(typed)
    definition = _checked(scenario.draft if draft is None else storable_draft(draft))
    answers = answers_of(definition, happened)
    now = datetime.now(UTC)
    listening = _Listening(scenario, definition)
    if firing is None:
        occurrence, start = listening.to_logged(occurrence_id)
    else:
        occurrence, start = listening.to_typed(firing, caller, now)
    sees_customers = may(caller, Operation.TEST_WITH_OCCURRENCE)
    reason = start.reason
    if reason is None and sees_customers:
        reason = kept_out(scenario.pk, start, occurrence, now)
    customer = _customer(occurrence) if sees_customers and reason is None else None
    if reason is None and start.listener and not _lets_in(start.listener.start, occurrence, customer):
        reason = Reason.FILTER
    if reason is not None or start.listener is None:
        at = start.listener.start.id if start.listener else None
        return DryRun(start=at, status=Status.SKIPPED, reason=reason or "", begins_at=None, steps=())
    begins = begins_at(scenario.pk, start, now) if sees_customers else now
    foresight = _foresight(scenario, start.listener.start, occurrence, customer)
    facts = ScenarioFacts(
        id=scenario.pk,
        name=scenario.name,
        version=foresight.scenario_version,
        zone=settings.TIME_ZONE_DEFAULT,
        allows_unverified=start.listener.start.allow_unverified,
    )
    tried = try_out(definition, occurrence, Known(customer), begins or now, foresight, scenario=facts, answers=answers)
    return DryRun(
        start=start.listener.start.id,
        status=tried.status,
        reason=tried.reason,
        begins_at=begins,
        steps=tried.steps,
    )


def _found(scenario_id: int) -> Scenario:
    scenario = Scenario.objects.select_related("published").filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    if scenario.status == ScenarioStatus.ARCHIVED:
        raise refused_because(400, "ARCHIVED", "This scenario is archived.", "id")
    return scenario


def _checked(draft: Json) -> Definition:
    form = form_of(draft)
    check = check_draft(form, CustomEvent.objects.in_bulk(form.events))
    if check.definition is None:
        raise Refused(400, "INVALID", "This draft cannot be tried yet.", *check.problems)
    return check.definition


@dataclass(frozen=True, slots=True)
class _Listening:
    """The draft's start points in the place of all published ones: who listens is decided as for a firing."""

    scenario: Scenario
    definition: Definition

    def to_logged(self, occurrence_id: str | None) -> tuple[OccurrenceFacts, Start]:
        """Decide about an occurrence of the log."""
        row = _logged(occurrence_id)
        occurrence = facts_of(row)
        (event,) = set(events_named({row.event_id}).values())
        (start,) = starts_of(self._heard_by_draft(event), occurrence, rules())
        return occurrence, start

    def to_typed(self, firing: Firing, caller: Caller, now: datetime) -> tuple[OccurrenceFacts, Start]:
        """Decide about an occurrence that is typed, as if a trusted caller had fired it."""
        events = {name: self._heard_by_draft(event) for name, event in events_named({firing.event}).items()}
        # Nothing is fired, so nobody needs the permission to.
        lenient = replace(rules(), permissions=frozenset())
        decision = decide(firing, caller, events, now=now, occurrence_id=new_occurrence_id(), rules=lenient)
        (start,) = decision.starts
        return decision.occurrence, start

    def _heard_by_draft(self, event: EventToFire) -> EventToFire:
        listeners = tuple(
            Listener(
                scenario_id=self.scenario.pk,
                scenario_name=self.scenario.name,
                version_id=0,
                start=start,
                paused=self.scenario.status == ScenarioStatus.PAUSED,
            )
            for start in self.definition.starts
            if start.event == event.number
        )
        return replace(event, listeners=listeners)


def _logged(occurrence_id: str | None) -> Occurrence:
    try:
        wanted = UUID(occurrence_id)
    except (ValueError, TypeError):
        raise refused_because(400, "INVALID_ID", "This is not the UUID of an occurrence.", "occurrenceId") from None
    rows = Occurrence.objects.filter(pk=wanted, logged=True).select_related("event", "data_fields")
    row = rows.first()
    if row is None:
        raise refused_because(404, "NOT_FOUND", "There is no such occurrence in the log.", "occurrenceId")
    if row.data_fields_removed_at is not None:
        message = "The data fields of this occurrence were removed: nothing could be decided."
        raise refused_because(400, "DATA_REMOVED", message, "occurrenceId")
    return row


def _lets_in(start: EventStart, occurrence: OccurrenceFacts, customer: Customer | None) -> bool:
    condition = start.customer_filter
    return condition is None or holds(condition, Scope(occurrence=occurrence, customer=customer))[0]


def _customer(occurrence: OccurrenceFacts) -> Customer | None:
    if not occurrence.has_customer:
        return None
    reference = occurrence.customer_reference
    return current_host().customers([reference]).get(reference)


def _foresight(
    scenario: Scenario, start: EventStart, occurrence: OccurrenceFacts, customer: Customer | None
) -> Foresight:
    end = time.monotonic() + SECONDS
    return Foresight(
        occurrence=occurrence,
        start=start,
        customer=customer,
        scenario_id=scenario.pk,
        scenario_name=scenario.name,
        # The one that publishing would make.
        scenario_version=(scenario.published.number if scenario.published else 0) + 1,
        is_over=lambda: time.monotonic() >= end,
    )
