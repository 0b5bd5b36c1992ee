"""One scenario's draft to be tried with occurrences: whether each would start, and what it would come to.

Decided by the code that decides about firings and runs invocations; nothing is written and nothing is sent.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from saleor_custom_events.actions.foreseeing import Foresight
from saleor_custom_events.conf import settings
from saleor_custom_events.defining.checking import not_found, refused_because
from saleor_custom_events.defining.drafts import check_draft, form_of, storable_draft
from saleor_custom_events.defining.foreseen_start import begins_at, kept_out
from saleor_custom_events.defining.trial_answers import Answer, answers_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.catalogue import events_named, facts_of
from saleor_custom_events.firing.decide import Start, decide, starts_of
from saleor_custom_events.firing.fire import new_occurrence_id, rules
from saleor_custom_events.firing.values import EventToFire, Firing, Listener
from saleor_custom_events.live_state import ask_store
from saleor_custom_events.models import CustomEvent, Occurrence, Scenario, ScenarioStatus
from saleor_custom_events.scenarios.advance import Known, ScenarioFacts
from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.definition import Definition, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Live, Wanted
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.trying import Answers, Learn, TriedStep, try_out
from saleor_custom_events.scenarios.values import FieldType, Json
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import Customer

#: What is named by these says nothing of anybody.
_THINGS = (FieldType.VARIANT, FieldType.PRODUCT)
#: How long one occurrence may render; ordinary ones take milliseconds.
SECONDS = 2.0
#: How far from today the clock may be moved.
_FARTHEST = timedelta(days=3660)


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


def scenario_to_try(scenario_id: int) -> Scenario:
    """Give the scenario. Refused 404, or 400 ARCHIVED."""
    scenario = Scenario.objects.select_related("published").filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    if scenario.status == ScenarioStatus.ARCHIVED:
        raise refused_because(400, "ARCHIVED", "This scenario is archived.", "id")
    return scenario


def next_version(scenario: Scenario) -> int:
    """Give the number of the version that publishing would make."""
    return (scenario.published.number if scenario.published else 0) + 1


def trial_of(
    scenario: Scenario, draft: Json, *, sees_customers: bool, happened: Sequence[Answer], begin_at: datetime | None
) -> Trial:
    """Make a trial of `draft`, or of the saved one where it is None.

    `happened`: which awaited events happen. `begin_at` (aware): what the clock says; None: now. Refused 400 with the
    draft's problems, or where the clock is more than ten years away.
    """
    definition = _definition(scenario, draft)
    return Trial(
        scenario=scenario,
        definition=definition,
        now=_clock(begin_at),
        sees_customers=sees_customers,
        answers=answers_of(definition, happened),
        is_moved=begin_at is not None,
    )


def _clock(begin_at: datetime | None) -> datetime:
    now = datetime.now(UTC)
    if begin_at is None:
        return now
    if abs(begin_at - now) > _FARTHEST:
        raise refused_because(400, "INVALID", "The clock may be moved by ten years at most.", "beginAt")
    return begin_at.astimezone(UTC)


def _definition(scenario: Scenario, draft: Json) -> Definition:
    form = form_of(scenario.draft if draft is None else storable_draft(draft))
    check = check_draft(form, CustomEvent.objects.in_bulk(form.events))
    if check.definition is None:
        raise Refused(400, "INVALID", "This draft cannot be tried yet.", *check.problems)
    return check.definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """The draft's start points in the place of all published ones: who listens is decided as for a firing."""

    scenario: Scenario
    definition: Definition
    #: What the clock says when an occurrence starts; aware, UTC.
    now: datetime
    #: Otherwise nothing of a customer is looked up: what would come of it could tell who they are.
    sees_customers: bool
    answers: Answers
    #: `now` is not today: occurrences of the log are tried as if they had come then.
    is_moved: bool

    def facts(self, row: Occurrence) -> OccurrenceFacts:
        """Give an occurrence of the log as it is tried."""
        facts = facts_of(row)
        if not self.is_moved:
            return facts
        return replace(facts, registered_at=self.now, occurred_at=self.now - (facts.registered_at - facts.occurred_at))

    def start_of_logged(self, occurrence: OccurrenceFacts, event: EventToFire) -> Start:
        """Decide about an occurrence of the log."""
        (start,) = starts_of(self._heard_by_draft(event), occurrence, rules())
        return start

    def start_of_typed(self, firing: Firing, caller: Caller) -> tuple[OccurrenceFacts, Start]:
        """Decide about an occurrence that is typed, as if a trusted caller had fired it."""
        events = {name: self._heard_by_draft(event) for name, event in events_named({firing.event}).items()}
        # Nothing is fired, so nobody needs the permission to.
        lenient = replace(rules(), permissions=frozenset())
        new_id = new_occurrence_id(self.now)
        decision = decide(firing, caller, events, now=self.now, occurrence_id=new_id, rules=lenient)
        (start,) = decision.starts
        return decision.occurrence, start

    def reason_against(self, occurrence: OccurrenceFacts, start: Start) -> Reason | None:
        """Say why it would not start, as far as the customer does not matter; None: it would."""
        if start.reason is not None or not self.sees_customers:
            return start.reason
        return kept_out(self.scenario.pk, start, occurrence, self.now)

    def run(
        self, occurrence: OccurrenceFacts, start: Start, reason: Reason | None, customer: Customer | None
    ) -> DryRun:
        """Say what would come of it. `reason`: what `reason_against` gave."""
        if reason is None and start.listener and not _lets_in(start.listener.start, occurrence, customer, self.now):
            reason = Reason.FILTER
        if reason is not None or start.listener is None:
            at = start.listener.start.id if start.listener else None
            return DryRun(start=at, status=Status.SKIPPED, reason=reason or "", begins_at=None, steps=())
        begins = begins_at(self.scenario.pk, start, self.now) if self.sees_customers else self.now
        learn = self._learn(occurrence, customer)
        foresight = self._foresight(start.listener.start, occurrence, customer, learn)
        tried = try_out(
            self.definition,
            occurrence,
            Known(customer),
            begins or self.now,
            foresight,
            scenario=self._facts(start.listener.start, foresight.scenario_version),
            answers=self.answers,
            learn=learn,
        )
        return DryRun(
            start=start.listener.start.id,
            status=tried.status,
            reason=tried.reason,
            begins_at=begins,
            steps=tried.steps,
        )

    def _learn(self, occurrence: OccurrenceFacts, customer: Customer | None) -> Learn:
        """Ask the store of a customer only for whoever may see customers; of stock and prices, which say nothing of
        anybody, for all.
        """
        things = frozenset(field.name for field in occurrence.fields if field.type in _THINGS)

        def learn(wanted: Wanted, now: datetime) -> Live:
            seen = wanted
            if not self.sees_customers:
                seen = replace(wanted, shopping=False, references=wanted.references & things)
            (live,) = ask_store([(occurrence, customer, seen)])
            return live

        return learn

    def _facts(self, start: EventStart, version: int) -> ScenarioFacts:
        return ScenarioFacts(
            id=self.scenario.pk,
            name=self.scenario.name,
            version=version,
            zone=settings.TIME_ZONE_DEFAULT,
            allows_unverified=start.allow_unverified,
        )

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

    def _foresight(
        self, start: EventStart, occurrence: OccurrenceFacts, customer: Customer | None, learn: Learn
    ) -> Foresight:
        end = time.monotonic() + SECONDS
        return Foresight(
            occurrence=occurrence,
            start=start,
            customer=customer,
            scenario_id=self.scenario.pk,
            scenario_name=self.scenario.name,
            scenario_version=next_version(self.scenario),
            is_over=lambda: time.monotonic() >= end,
            read=lambda names: learn(Wanted(references=names), self.now).reading,
        )


def _lets_in(start: EventStart, occurrence: OccurrenceFacts, customer: Customer | None, now: datetime) -> bool:
    condition = start.customer_filter
    return condition is None or holds(condition, Scope(occurrence=occurrence, customer=customer, now=now))[0]
