"""Looking up what deciding needs: events by number or slug, who listens to them, and what was decided about."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.firing.values import DeclaredField, EventToFire, Listener, Privacy, Violations
from saleor_custom_events.models import CustomEvent, Occurrence, ScenarioStart, ScenarioStatus, ScenarioVersion
from saleor_custom_events.scenarios.definition import Definition, EventStart
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts, is_publicly_sent
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.values import FieldType, Json, fields_from_json
from saleor_custom_events.store.callers import CallerKind
from saleor_custom_events.troubles import about, trouble

logger = logging.getLogger(__name__)


@lru_cache(maxsize=2048)
def definition_of(version_id: int) -> Definition:
    """Give a published version's definition. Versions never change, so one look is enough for a process.

    DefinitionError where this release cannot run it; ScenarioVersion.DoesNotExist.
    """
    return parse_definition(ScenarioVersion.objects.values_list("definition", flat=True).get(pk=version_id))


@lru_cache(maxsize=2048)
def version_number(version_id: int) -> int:
    """Give a version's number within its scenario. ScenarioVersion.DoesNotExist."""
    return ScenarioVersion.objects.values_list("number", flat=True).get(pk=version_id)


def read_declared(raw: Any) -> tuple[DeclaredField, ...]:
    """Read `CustomEvent.declared_fields`."""
    return tuple(
        DeclaredField(
            name=item["name"],
            type=FieldType(item["type"]),
            required=bool(item.get("required")),
            privacy=Privacy(item.get("privacy", Privacy.STORE)),
        )
        for item in raw
    )


def write_declared(declared: Iterable[DeclaredField]) -> list[Json]:
    """Give `CustomEvent.declared_fields`."""
    return [
        {
            "name": field.name,
            "type": field.type.value,
            "required": field.required,
            **({} if field.privacy is Privacy.STORE else {"privacy": field.privacy.value}),
        }
        for field in declared
    ]


def events_named(references: Collection[int | str]) -> Mapping[int | str, EventToFire]:
    """Give the events with these numbers and slugs, under both names, with two queries for all."""
    numbers = {reference for reference in references if isinstance(reference, int)}
    slugs = {reference for reference in references if isinstance(reference, str)}
    rows = list(CustomEvent.objects.filter(Q(pk__in=numbers) | Q(slug__in=slugs)))
    listeners = _listeners({row.pk for row in rows})
    found: dict[int | str, EventToFire] = {}
    for row in rows:
        found[row.pk] = found[row.slug] = EventToFire(
            number=row.pk,
            slug=row.slug,
            name=row.name,
            logging=row.logging,
            public=row.public,
            archived=row.archived_at is not None,
            fired_before=row.first_fired_at is not None,
            declared=read_declared(row.declared_fields),
            violations=Violations(row.violations),
            listeners=tuple(listeners.get(row.pk, ())),
            awaited=row.awaited,
        )
    return found


def numbers_of(references: Collection[int | str]) -> Mapping[int | str, int]:
    """Give events' numbers, under the names by which they are asked for; no slug that is nobody's."""
    known: dict[int | str, int] = {reference: reference for reference in references if isinstance(reference, int)}
    slugs = [reference for reference in references if isinstance(reference, str)]
    found = CustomEvent.objects.filter(slug__in=slugs).values_list("slug", "pk") if slugs else ()
    return {**known, **dict(found)}


def _listeners(events: Collection[int]) -> dict[int, list[Listener]]:
    starts = ScenarioStart.objects.filter(
        event_id__in=events,
        published=True,
        scenario__status__in=(ScenarioStatus.ACTIVE, ScenarioStatus.PAUSED),
        scenario__published__isnull=False,
    ).order_by("scenario_id")
    listeners: dict[int, list[Listener]] = {}
    for event, scenario, name, status, version in starts.values_list(
        "event_id", "scenario_id", "scenario__name", "scenario__status", "scenario__published_id"
    ):
        for start in _start_points(version, event):
            listener = Listener(
                scenario_id=scenario,
                scenario_name=name,
                version_id=version,
                start=start,
                paused=status == ScenarioStatus.PAUSED,
            )
            listeners.setdefault(event, []).append(listener)
    return listeners


def _start_points(version: int, event: int) -> tuple[EventStart, ...]:
    try:
        return tuple(start for start in definition_of(version).starts if start.event == event)
    except DefinitionError:
        # The invocation is made all the same and fails with its reason where the merchant looks: in the log.
        extra = about(event=event)
        logger.error("Version %s of a scenario cannot be read", version, exc_info=trouble(), extra=extra)
        return (EventStart(id="", event=event),)


def facts_of(row: Occurrence) -> OccurrenceFacts:
    """Give an occurrence as scenarios see it. Reads `event` and, where there are any, `data_fields`."""
    fields = getattr(row, "data_fields", None)
    return OccurrenceFacts(
        id=str(row.pk),
        event=EventFacts(number=row.event_id, slug=row.event.slug, name=row.event.name),
        registered_at=row.registered_at,
        occurred_at=row.occurred_at,
        identity=Identity(row.identity),
        customer_email=row.customer_email,
        customer_id=row.customer_id,
        customer_external_reference=row.customer_external_reference,
        anonymous_id=row.anonymous_id,
        customer_email_hash=row.customer_email_hash,
        customer_phone=row.customer_phone,
        channel=row.channel,
        url=row.url,
        fields=fields_from_json(fields.fields) if fields is not None else (),
        publicly_sent=is_publicly_sent(CallerKind(row.caller_kind), Identity(row.identity)),
        hops=row.hops,
    )
