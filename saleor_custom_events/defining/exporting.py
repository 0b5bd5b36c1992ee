"""A scenario of the store as a file."""

from __future__ import annotations

from collections.abc import Mapping

from saleor_custom_events.actions.naming import event_names, with_events
from saleor_custom_events.defining.checking import is_id, not_found, refused_because
from saleor_custom_events.defining.files import FILE_VERSION
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.models import CustomEvent, Scenario, ScenarioVersion
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller


def export_scenario(caller: Caller, scenario_id: int, *, version: int | None = None) -> dict[str, Json]:
    """Give a scenario's draft, or a published version of it (its number), as a file: see `files.py`.

    Refused 403, 404; 400 `INVALID` where the draft names events that the store has not.
    """
    demand(caller, Operation.SEE_DEFINITIONS)
    scenario = Scenario.objects.filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    definition = scenario.draft if version is None else _version(scenario, version)
    events = events_of(definition)
    slugs = {number: event.slug for number, event in events.items()}
    return {
        "scenarioFile": FILE_VERSION,
        "name": scenario.name,
        "events": [_event(event) for event in events.values()],
        "definition": with_slugs(definition, slugs),
    }


def with_slugs(definition: Json, slugs: Mapping[int, str]) -> Json:
    """Give a definition with slugs in the place of events' numbers. Refused 400 for every event without one."""
    problems: list[Problem] = []

    def slug(place: str, number: Json) -> Json:
        found = slugs.get(number) if is_id(number) else None
        if found is None:
            problems.append(Problem(field=place, code="NOT_FOUND", message="There is no such custom event."))
        return found

    changed = with_events(definition, slug)
    if problems:
        raise Refused(400, "INVALID", "This names events that do not exist.", *problems)
    return changed


def _version(scenario: Scenario, number: int) -> Json:
    definition: Json = (
        ScenarioVersion.objects.filter(scenario=scenario, number=number).values_list("definition", flat=True).first()
    )
    if definition is None:
        raise refused_because(404, "NOT_FOUND", "This scenario has no such version.", "version")
    return definition


def events_of(definition: Json) -> Mapping[int, CustomEvent]:
    """Give the events of the store that a definition names, by number, in the order in which it does."""
    numbers = dict.fromkeys(number for _, number in event_names(definition) if is_id(number))
    found = CustomEvent.objects.in_bulk(numbers)
    return {number: found[number] for number in numbers if number in found}


def _event(event: CustomEvent) -> Json:
    return {
        "slug": event.slug,
        "name": event.name,
        "description": event.description,
        "logging": event.logging,
        "public": event.public,
        "dataFields": event.declared_fields,
        "violations": event.violations,
        "happenings": event.happenings,
    }
