"""A scenario from a file: first what would be made and changed, then that, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from saleor_custom_events.actions.naming import event_names, vouchers_named, with_events
from saleor_custom_events.defining.advice import Warned
from saleor_custom_events.defining.checking import is_id, not_found, refused_because
from saleor_custom_events.defining.drafts import storable_draft
from saleor_custom_events.defining.events import create_event
from saleor_custom_events.defining.exporting import events_of
from saleor_custom_events.defining.files import EventInFile, ScenarioFile, check_file, with_numbers
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario, update_scenario
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.catalogue import write_declared
from saleor_custom_events.firing.fired_by import write_fired_by
from saleor_custom_events.models import CustomEvent, Scenario, ScenarioStatus
from saleor_custom_events.scenarios.diffing import Difference, diff
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Which scenario a file becomes. With nothing said: the one of the same name, or a new one where there is none."""

    scenario: int | None = None
    as_new: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EventPlan:
    """What would become of an event that the file's scenario names."""

    slug: str
    name: str
    #: None: it would be made.
    number: int | None
    #: Members in which the file differs from the event of the store, which stays as it is.
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What importing a file would do."""

    name: str
    #: The scenario that would be changed; None: a new one would be made.
    scenario: Scenario | None
    events: tuple[EventPlan, ...]
    #: Between the draft as it is (of a new scenario: empty) and the file, with slugs in the place of numbers.
    difference: Difference
    #: Places of settings that name things of one store alone: look whether this store has them.
    store_own: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What importing a file did."""

    plan: Plan
    scenario: Scenario
    warnings: tuple[Warned, ...] = ()


def plan_import(caller: Caller, raw: Json, target: Target) -> Plan:
    """Say what importing a file would do, and change nothing.

    Refused 403; 404 for a scenario that is not there; 400 `INVALID` with all that is wrong with the file, also events
    that neither the store has nor the file describes (`UNKNOWN_EVENT`) or that are archived; 400 `AMBIGUOUS` where
    several scenarios have the file's name.
    """
    demand(caller, Operation.DEFINE)
    return _plan(*_read(raw), target)


def _plan(file: ScenarioFile, known: Mapping[str, CustomEvent], target: Target) -> Plan:
    scenario = _target(file, target)
    before: Json = scenario.draft if scenario else {"spec": file.definition.get("spec"), "starts": [], "steps": []}
    return Plan(
        name=file.name,
        scenario=scenario,
        events=tuple(_event_plan(slug, file, known) for slug in file.slugs),
        difference=diff(_with_known_slugs(before), file.definition),
        store_own=tuple(place for place, _ in vouchers_named(file.definition)),
    )


def apply_import(
    caller: Caller, raw: Json, target: Target, *, revision: int | None = None, publish: bool = False
) -> Imported:
    """Make what `plan_import` says: events that are missing, then the scenario. All or nothing.

    `publish`: also let it run from now on, unless that is what runs already. `revision`: of the draft that the plan was
    made with, where a scenario is changed. Refused as planning, saving and publishing are.
    """
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        file, known = _read(raw)
        plan = _plan(file, known, target)
        described = {event.slug: event for event in file.events}
        numbers = {
            event.slug: event.number or create_event(caller, described[event.slug].changes).pk for event in plan.events
        }
        draft = with_numbers(file.definition, numbers, Findings())
        scenario = _save(caller, plan, draft, revision)
        warnings: tuple[Warned, ...] = ()
        if publish and (scenario.published is None or scenario.published.definition != scenario.draft):
            scenario, warnings = publish_scenario(caller, scenario.pk)
    return Imported(plan=plan, scenario=scenario, warnings=warnings)


def _save(caller: Caller, plan: Plan, draft: Json, revision: int | None) -> Scenario:
    if plan.scenario is None:
        if revision is not None:
            message = "The scenario that the plan would have changed is archived or has another name now: plan again."
            raise refused_because(409, "CONFLICT", message, "revision")
        return create_scenario(caller, plan.name, draft)
    if plan.difference.is_empty and plan.scenario.name == plan.name and revision is None:
        # Importing the same file again, as a deployment does, is no change that somebody made.
        return plan.scenario
    seen = plan.scenario.revision if revision is None else revision
    return update_scenario(caller, plan.scenario.pk, revision=seen, name=plan.name, draft=draft)


def _read(raw: Json) -> tuple[ScenarioFile, Mapping[str, CustomEvent]]:
    """Give the file and the store's events that it names, by slug."""
    check = check_file(storable_draft(raw, "file"))
    if check.file is None or check.problems:
        raise Refused(400, "INVALID", "This file cannot be imported.", *check.problems)
    events = {event.slug: event for event in CustomEvent.objects.filter(slug__in=check.file.slugs)}
    if problems := tuple(_event_problems(check.file, events)):
        raise Refused(400, "INVALID", "This file names events that cannot be used here.", *problems)
    return check.file, events


def _event_problems(file: ScenarioFile, known: Mapping[str, CustomEvent]) -> Iterator[Problem]:
    described = {event.slug for event in file.events}
    for place, slug in event_names(file.definition):
        event = known.get(slug) if isinstance(slug, str) else None
        field = f"definition.{place}"
        if event is None and slug not in described:
            message = f"The store has no event {slug!r}, and the file does not describe it."
            yield Problem(field=field, code="UNKNOWN_EVENT", message=message)
        elif event is not None and event.archived_at:
            yield Problem(field=field, code="ARCHIVED", message="This custom event is archived.")


def _target(file: ScenarioFile, target: Target) -> Scenario | None:
    if target.as_new:
        return None
    rows = Scenario.objects.select_related("published").exclude(status=ScenarioStatus.ARCHIVED)
    if target.scenario is not None:
        scenario = rows.filter(pk=target.scenario).first()
        if scenario is None:
            raise not_found("scenario")
        return scenario
    found = list(rows.filter(name=file.name).order_by("pk")[:2])
    if len(found) > 1:
        message = "Several scenarios have this name: say which one is meant, or that a new one is to be made."
        raise refused_because(400, "AMBIGUOUS", message, "name")
    return found[0] if found else None


def _event_plan(slug: str, file: ScenarioFile, known: Mapping[str, CustomEvent]) -> EventPlan:
    described = next((event for event in file.events if event.slug == slug), None)
    event = known.get(slug)
    if event is None:
        assert described is not None
        return EventPlan(slug=slug, name=described.changes.name or "", number=None)
    differs = _differences(event, described) if described else ()
    return EventPlan(slug=slug, name=event.name, number=event.pk, differs=differs)


def _differences(event: CustomEvent, described: EventInFile) -> tuple[str, ...]:
    changes = described.changes
    declared = None if changes.declared_fields is None else write_declared(changes.declared_fields)
    wanted = {
        "name": (event.name, changes.name),
        "description": (event.description, changes.description),
        "logging": (event.logging, changes.logging),
        "public": (event.public, changes.public),
        "dataFields": (event.declared_fields, declared),
        "violations": (event.violations, changes.violations),
        "happenings": (event.happenings, None if changes.happenings is None else write_fired_by(changes.happenings)),
    }
    return tuple(member for member, (is_now, asked) in wanted.items() if asked is not None and is_now != asked)


def _with_known_slugs(draft: Json) -> Json:
    """Give a draft with slugs where the store has the events; what it has not stays a number."""
    events = events_of(draft)

    def slug(_: str, number: Json) -> Json:
        return events[number].slug if is_id(number) and number in events else number

    return with_events(draft, slug)
