"""What a bulk replay would do: how many rows, and of a sample of them what effects, with nothing written or sent."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from saleor_custom_events.actions.foreseeing import Foresight
from saleor_custom_events.actions.registry import action
from saleor_custom_events.conf import settings
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.catalogue import definition_of, facts_of, version_number
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Invocation, Replay
from saleor_custom_events.running.replaying import MOST, Wanted, matching, version_for, versions_to_run
from saleor_custom_events.running.retrying import Allow, RetryVersion, rows_to_retry, start_anew
from saleor_custom_events.scenarios.advance import Known, ScenarioFacts
from saleor_custom_events.scenarios.definition import EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import StepStatus
from saleor_custom_events.scenarios.trying import Tried, try_out
from saleor_custom_events.store.customers import Customer, CustomerReference

#: Rows that are gone through, the newest; seconds for all of them.
SAMPLE = 200
SECONDS = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeseenReplay:
    """What a replay would come to."""

    #: Rows that match; MOST + 1 stands for more than a replay may have.
    total: int
    #: Rows of the sample that were gone through.
    sampled: int
    #: Of those: what could not be run again, by the refusal's code.
    left_out: Mapping[str, int]
    #: Of those: how often each action would be performed.
    effects: Mapping[str, int]


def foresee_replay(wanted: Wanted, version: RetryVersion, *, allow: Allow) -> ForeseenReplay:
    """Say what `begin_replay` would do. Refused as that, except for the number of rows."""
    rows = matching(wanted)
    total = rows.order_by()[: MOST + 1].count()
    versions, current = versions_to_run(rows, version, allow) if 0 < total <= MOST else ([], {})
    # Not kept: only what `version_for` looks at.
    replay = Replay(version=version.value, versions=versions, current=current)
    chosen = rows.order_by("-created_at", "-pk").values("pk")[: SAMPLE if versions else 0]
    sample = list(rows_to_retry().filter(pk__in=chosen).select_related("occurrence__event", "occurrence__data_fields"))
    facts = {row.pk: facts_of(row.occurrence) for row in sample}
    customers = _customers(list(facts.values()))
    left_out: Counter[str] = Counter()
    effects: Counter[str] = Counter()
    end, sampled = time.monotonic() + SECONDS, 0
    for row in sample:
        if time.monotonic() >= end:
            break
        sampled += 1
        try:
            tried = _tried(replay, row, facts[row.pk], customers)
        except Refused as refused:
            left_out[refused.code] += 1
            continue
        effects.update(
            step.kind for step in tried.steps if step.status is StepStatus.DONE and action(step.kind) is not None
        )
    return ForeseenReplay(total=total, sampled=sampled, left_out=dict(left_out), effects=dict(sorted(effects.items())))


def _customers(facts: list[OccurrenceFacts]) -> Mapping[CustomerReference, Customer]:
    references = [one.customer_reference for one in facts if one.has_customer]
    return current_host().customers(references) if references else {}


def _tried(
    replay: Replay, row: Invocation, occurrence: OccurrenceFacts, customers: Mapping[CustomerReference, Customer]
) -> Tried:
    version = version_for(replay, row)
    start_id = start_anew(row, version)
    chosen = version or row.version_id
    assert chosen is not None
    assert row.scenario is not None
    definition = definition_of(chosen)
    start = definition.start(start_id)
    assert isinstance(start, EventStart)
    customer = customers.get(occurrence.customer_reference) if occurrence.has_customer else None
    end = time.monotonic() + SECONDS
    facts = ScenarioFacts(
        id=row.scenario.pk,
        name=row.scenario.name,
        version=version_number(chosen),
        zone=settings.TIME_ZONE_DEFAULT,
        allows_unverified=start.allow_unverified,
    )
    foresight = Foresight(
        occurrence=occurrence,
        start=start,
        customer=customer,
        scenario_id=row.scenario.pk,
        scenario_name=row.scenario.name,
        scenario_version=facts.version,
        is_over=lambda: time.monotonic() >= end,
    )
    return try_out(definition, occurrence, Known(customer), timezone.now(), foresight, scenario=facts)
