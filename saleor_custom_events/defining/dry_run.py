"""Trying a draft with one occurrence: what would happen, by the same code, with nothing written and nothing sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import Operation, demand, may
from saleor_custom_events.defining.trial import DryRun, Trial, scenario_to_try, trial_of
from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.catalogue import events_named
from saleor_custom_events.firing.decide import Start
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Occurrence
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import Customer

__all__ = ["DryRun", "dry_run"]


def dry_run(
    caller: Caller,
    scenario_id: int,
    *,
    draft: Json = None,
    occurrence_id: str | None = None,
    typed: Json = None,
    happened: Sequence[Answer] = (),
    begin_at: datetime | None = None,
) -> DryRun:
    """Try a draft (the saved one where none is given) with a logged occurrence or with one that is typed: exactly one.

    `typed`: a body of `fire`. `happened`: which awaited events happen; the time of others runs out. `begin_at` (aware):
    what the clock says at the beginning, as if the occurrence had come then; None: now. Whoever may not see customers
    learns nothing of them: theirs is tried as an occurrence of somebody whom the store does not know and who never
    entered. Refused 403, 404; 400 `INVALID` with the draft's problems as publishing names them, ARCHIVED, DATA_REMOVED;
    for a typed occurrence what firing it is refused with.
    """
    demand(caller, Operation.DEFINE if occurrence_id is None else Operation.TEST_WITH_OCCURRENCE)
    if (occurrence_id is None) == (typed is None):
        raise refused_because(400, "INVALID", "Give either an occurrence's id or an occurrence.", "occurrenceId")
    scenario = scenario_to_try(scenario_id)
    firing = None if typed is None else read_firing(typed)
    sees_customers = may(caller, Operation.TEST_WITH_OCCURRENCE)
    trial = trial_of(scenario, draft, sees_customers=sees_customers, happened=happened, begin_at=begin_at)
    occurrence, start = _logged(trial, occurrence_id) if firing is None else trial.start_of_typed(firing, caller)
    reason = trial.reason_against(occurrence, start)
    customer = customer_of(occurrence) if trial.sees_customers and reason is None else None
    return trial.run(occurrence, start, reason, customer)


def _logged(trial: Trial, occurrence_id: str | None) -> tuple[OccurrenceFacts, Start]:
    row = logged_occurrence(occurrence_id)
    occurrence = trial.facts(row)
    (event,) = set(events_named({row.event_id}).values())
    return occurrence, trial.start_of_logged(occurrence, event)


def logged_occurrence(occurrence_id: str | None) -> Occurrence:
    """Give an occurrence of the log by its UUID. Refused 400 INVALID_ID, DATA_REMOVED; 404."""
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


def customer_of(occurrence: OccurrenceFacts) -> Customer | None:
    """Give whom the store knows by what an occurrence says."""
    if not occurrence.has_customer:
        return None
    reference = occurrence.customer_reference
    return current_host().customers([reference]).get(reference)
