"""The history of a scenario: who did what to it, and when; and what differs between two of its versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from saleor_custom_events.defining.checking import not_found, refused_because, signature
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.models import Deed, Scenario, ScenarioChange, ScenarioVersion
from saleor_custom_events.scenarios.diffing import Change, ChangeKind, Difference, diff
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

#: Rows of one scenario; an editor that saves often pushes the oldest out.
KEPT = 200
#: Steps that are named in one row.
_NAMED = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What differs between two versions."""

    before: int
    #: None: the draft.
    after: int | None
    difference: Difference
    #: Both as they were published, or saved.
    definition_before: Json
    definition_after: Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a version changed, counted as a person would."""

    #: Of steps.
    added: int
    changed: int
    moved: int
    removed: int
    #: Start points and exit rules, whatever became of them.
    starts: int
    exits: int


def compare(caller: Caller, scenario_id: int, before: int, after: int | None) -> Compared:
    """Compare version number `before` with `after`, which is the draft where it is None. Refused 403 or 404."""
    demand(caller, Operation.SEE_DEFINITIONS)
    scenario = Scenario.objects.filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    numbers = {before, after} - {None}
    rows = ScenarioVersion.objects.filter(scenario=scenario, number__in=numbers)
    definitions: dict[int, Json] = dict(rows.values_list("number", "definition"))
    for number, field in ((before, "from"), (after, "to")):
        if number is not None and number not in definitions:
            raise refused_because(404, "NOT_FOUND", "This scenario has no such version.", field)
    new = scenario.draft if after is None else definitions[after]
    old = definitions[before]
    difference = diff(old, new)
    return Compared(before=before, after=after, difference=difference, definition_before=old, definition_after=new)


def changes_of(versions: Collection[int]) -> Mapping[int, Told]:
    """Say what each version, by its primary key, changed in the one before; the first changed nothing and is left out.

    Two queries for all: what a version is never changes, what a hundred were has to be read all the same.
    """
    asked = ScenarioVersion.objects.filter(pk__in=versions).values_list("pk", "scenario_id", "number")
    numbers = {(scenario, number): pk for pk, scenario, number in asked}
    wanted = Q(pk__in=numbers.values())
    for scenario, number in numbers:
        if (scenario, number - 1) not in numbers:
            wanted |= Q(scenario=scenario, number=number - 1)
    rows = ScenarioVersion.objects.filter(wanted).values_list("scenario_id", "number", "definition")
    definitions = {(scenario, number): definition for scenario, number, definition in rows}
    return {
        pk: told(diff(definitions[scenario, number - 1], definitions[scenario, number]))
        for (scenario, number), pk in numbers.items()
        if (scenario, number - 1) in definitions
    }


def told(difference: Difference) -> Told:
    """Count what somebody is told of a difference."""
    kinds = Counter(change.told for change in difference.steps)
    return Told(
        added=kinds[ChangeKind.ADDED],
        changed=kinds[ChangeKind.CHANGED],
        moved=kinds[ChangeKind.MOVED],
        removed=kinds[ChangeKind.REMOVED],
        starts=len(difference.starts),
        exits=len(difference.exits),
    )


def note(scenario: Scenario, deed: Deed, caller: Caller, *, version: int | None = None, before: Json = None) -> None:
    """Write down what `caller` did, and let the oldest go. Within the transaction that does it.

    `before`: the draft as it was, where another took its place.
    """
    found = Difference(starts=(), steps=(), exits=(), members=()) if before is None else diff(before, scenario.draft)
    changes: tuple[Change, ...] = (*found.starts, *found.steps, *found.exits)
    ScenarioChange.objects.create(
        scenario=scenario,
        deed=deed,
        revision=scenario.revision,
        version=version,
        by=signature(caller),
        steps=[[told.value, change.id[:64]] for change in changes if (told := change.told) is not None][:_NAMED],
    )
    rows = ScenarioChange.objects.filter(scenario=scenario)
    # Whoever changes a scenario holds its lock, or only adds: two who tidy at once remove the same rows.
    rows.filter(pk__in=rows.order_by("-pk").values("pk")[KEPT:]).delete()


def histories_of(scenarios: Collection[int]) -> Mapping[int, tuple[ScenarioChange, ...]]:
    """Give what was done to each scenario, newest first, with one query for all."""
    found: dict[int, list[ScenarioChange]] = {}
    for row in ScenarioChange.objects.filter(scenario__in=scenarios).order_by("scenario", "-pk"):
        found.setdefault(row.scenario_id, []).append(row)
    return {scenario: tuple(rows) for scenario, rows in found.items()}
