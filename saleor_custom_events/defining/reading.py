"""Reading definitions: events, scenarios, keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from saleor_custom_events.defining.checking import is_storable
from saleor_custom_events.defining.pages import Order, Page, Slice, by_number, read_page
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.models import (
    CustomEvent,
    Key,
    Occurrence,
    Scenario,
    ScenarioStart,
    ScenarioStatus,
    ScenarioVersion,
)
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

#: Stands for "never" where events are sorted by when they were last fired.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionFilter:
    """Which events or scenarios; None asks nothing."""

    #: Part of a name or slug, or a number.
    search: str | None = None
    archived: bool | None = None
    ids: tuple[int, ...] | None = None
    #: Scenarios only.
    statuses: tuple[str, ...] | None = None
    #: Scenarios only: those whose draft or published version names this event.
    event: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A page, and the rows to count should somebody ask."""

    page: Page[Model]
    rows: QuerySet[Model]

    def total(self) -> int:
        """Count all rows, on whatever page. One query."""
        return self.rows.count()


def read_events(caller: Caller, wanted: DefinitionFilter, order: Order, part: Slice) -> Counted:
    """Read a page of events. An order by `last_fired` works as by a column. Refused 403 or 400."""
    demand(caller, Operation.SEE_DEFINITIONS)
    rows = _searched(CustomEvent.objects.all(), wanted, ("name", "slug"))
    if wanted.archived is not None:
        rows = rows.filter(archived_at__isnull=not wanted.archived)
    sorted_rows = rows.annotate(last_fired=_last_fired()) if order.column == "last_fired" else rows
    return Counted(page=read_page(sorted_rows, order, part), rows=rows)


def find_event(caller: Caller, *, number: int | None = None, slug: str | None = None) -> CustomEvent | None:
    """Find one event by number or slug. Refused 403."""
    demand(caller, Operation.SEE_DEFINITIONS)
    if slug is not None:
        return CustomEvent.objects.filter(slug=slug).first() if is_storable(slug) else None
    return CustomEvent.objects.filter(pk=number).first() if number is not None else None


def read_scenarios(caller: Caller, wanted: DefinitionFilter, order: Order, part: Slice) -> Counted:
    """Read a page of scenarios. Refused 403 or 400."""
    demand(caller, Operation.SEE_DEFINITIONS)
    rows = _searched(Scenario.objects.select_related("published"), wanted, ("name",))
    if wanted.archived is not None:
        archived = Q(status=ScenarioStatus.ARCHIVED)
        rows = rows.filter(archived if wanted.archived else ~archived)
    if wanted.statuses is not None:
        rows = rows.filter(status__in=wanted.statuses)
    if wanted.event is not None:
        rows = rows.filter(pk__in=ScenarioStart.objects.filter(event=wanted.event).values("scenario"))
    return Counted(page=read_page(rows, order, part), rows=rows)


def find_scenario(caller: Caller, number: int) -> Scenario | None:
    """Find one scenario. Refused 403."""
    demand(caller, Operation.SEE_DEFINITIONS)
    return Scenario.objects.select_related("published").filter(pk=number).first()


def read_keys(caller: Caller, part: Slice) -> Counted:
    """Read a page of keys, newest first. Refused 403 or 400."""
    demand(caller, Operation.KEYS)
    rows = Key.objects.all()
    return Counted(page=read_page(rows, by_number("pk", descending=True), part), rows=rows)


def _searched(rows: QuerySet[Model], wanted: DefinitionFilter, columns: tuple[str, ...]) -> QuerySet[Model]:
    if wanted.ids is not None:
        rows = rows.filter(pk__in=wanted.ids)
    search = (wanted.search or "").strip()
    if not search:
        return rows
    if not is_storable(search):
        return rows.none()
    match = Q()
    for column in columns:
        match |= Q(**{f"{column}__icontains": search})
    if search.isascii() and search.isdigit() and len(search) < 19:
        match |= Q(pk=int(search))
    return rows.filter(match)


def _last_fired() -> Coalesce:
    newest = Occurrence.objects.filter(event=OuterRef("pk")).order_by("-registered_at")
    return Coalesce(Subquery(newest.values("registered_at")[:1]), "last_fired_before", NEVER)


# Answers for many rows at once: what lists show beside each row, with one query for all of them.


def last_fired_of(events: Collection[int]) -> Mapping[int, datetime]:
    """Say when each event was last fired; one that never was is not in the answer.

    An index look-up for each event: grouping would read every occurrence of theirs.
    """
    rows = CustomEvent.objects.filter(pk__in=events).annotate(last_fired=_last_fired())
    return {pk: at for pk, at in rows.values_list("pk", "last_fired") if at != NEVER}


def scenarios_using(events: Collection[int]) -> Mapping[int, tuple[Scenario, ...]]:
    """Give the scenarios whose draft or published version names each event, by their numbers."""
    starts = ScenarioStart.objects.filter(event__in=events).select_related("scenario__published")
    found: dict[int, dict[int, Scenario]] = {}
    for start in starts.order_by("scenario_id"):
        found.setdefault(start.event_id, {})[start.scenario_id] = start.scenario
    return {event: tuple(scenarios.values()) for event, scenarios in found.items()}


def events_by_number(numbers: Collection[int]) -> Mapping[int, CustomEvent]:
    """Give events by number."""
    return CustomEvent.objects.in_bulk(list(numbers))


def events_by_slug(slugs: Collection[str]) -> Mapping[str, CustomEvent]:
    """Give events by slug."""
    return {event.slug: event for event in CustomEvent.objects.filter(slug__in=slugs)}


def scenarios_by_number(numbers: Collection[int]) -> Mapping[int, Scenario]:
    """Give scenarios by number."""
    return Scenario.objects.select_related("published").in_bulk(list(numbers))


def versions_of(scenarios: Collection[int]) -> Mapping[int, tuple[ScenarioVersion, ...]]:
    """Give the published versions of each scenario, newest first, a hundred at most, without their definitions."""
    found: dict[int, list[ScenarioVersion]] = {}
    rows = ScenarioVersion.objects.filter(scenario__in=scenarios).defer("definition").order_by("scenario", "-number")
    for version in rows:
        listed = found.setdefault(version.scenario_id, [])
        if len(listed) < 100:
            listed.append(version)
    return {scenario: tuple(versions) for scenario, versions in found.items()}


def versions_numbered(wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], ScenarioVersion]:
    """Give published versions by their scenarios' numbers and their own."""
    match = Q()
    for scenario, number in wanted:
        match |= Q(scenario=scenario, number=number)
    rows = ScenarioVersion.objects.filter(match) if match else ScenarioVersion.objects.none()
    return {(row.scenario_id, row.number): row for row in rows.defer("definition")}


def definitions_of(versions: Collection[int]) -> Mapping[int, Json]:
    """Give the definitions of published versions, by primary key."""
    return dict(ScenarioVersion.objects.filter(pk__in=versions).values_list("pk", "definition"))
