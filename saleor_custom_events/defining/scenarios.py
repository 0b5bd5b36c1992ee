"""Making, changing and publishing scenarios.

Every change of a row is made under its lock or by a conditional UPDATE, so that two people who edit at once never
overwrite each other unseen: a draft carries a revision, and whoever saves names the one it was read at.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from saleor_custom_events.actions.check import actions_of
from saleor_custom_events.clock import database_now
from saleor_custom_events.defining.advice import Warned
from saleor_custom_events.defining.checking import Checking, not_found, refused_because, signature, signed_name
from saleor_custom_events.defining.drafts import (
    EMPTY,
    Check,
    check_draft,
    events_named,
    form_of,
    storable_draft,
)
from saleor_custom_events.defining.heeding import heed
from saleor_custom_events.defining.history import note
from saleor_custom_events.defining.needs import needs_of
from saleor_custom_events.defining.permissions import Operation, demand, demand_codes
from saleor_custom_events.errors import DefinitionError, Refused
from saleor_custom_events.life import signs_of_life
from saleor_custom_events.models import CustomEvent, Deed, Scenario, ScenarioStart, ScenarioStatus, ScenarioVersion
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller


def create_scenario(caller: Caller, name: str, draft: Json = None) -> Scenario:
    """Make a scenario with a draft (empty where none is given). Refused 403 or 400."""
    demand(caller, Operation.DEFINE)
    name = _checked_name(name)
    stored = storable_draft(dict(EMPTY) if draft is None else draft)
    by = signature(caller)
    with transaction.atomic():
        scenario = Scenario.objects.create(name=name, draft=stored, created_by=by, updated_by=by)
        _keep_starts(scenario)
        note(scenario, Deed.CREATED, caller)
    return scenario


def update_scenario(
    caller: Caller, scenario_id: int, *, revision: int, name: str | None = None, draft: Json = None
) -> Scenario:
    """Save a name, a draft or both over the revision that was read.

    Refused 403, 404, 400; 409 `CONFLICT` where somebody else saved meanwhile, saying who and when.
    """
    demand(caller, Operation.DEFINE)
    name = None if name is None else _checked_name(name)
    stored = None if draft is None else storable_draft(draft)
    with transaction.atomic():
        scenario = _locked(scenario_id)
        _refuse_conflict(scenario, revision)
        scenario.name, before = name or scenario.name, scenario.draft
        scenario.draft = scenario.draft if stored is None else stored
        _save_draft(scenario, caller)
        note(scenario, Deed.SAVED, caller, before=before)
    return scenario


def duplicate_scenario(caller: Caller, scenario_id: int, *, name: str | None = None) -> Scenario:
    """Make a scenario with the same draft, never published. Refused 403, 404 or 400."""
    demand(caller, Operation.DEFINE)
    source = Scenario.objects.filter(pk=scenario_id).first()
    if source is None:
        raise not_found("scenario")
    return create_scenario(caller, name or f"{source.name[:240]} (2)", source.draft)


def publish_scenario(
    caller: Caller, scenario_id: int, *, revision: int | None = None
) -> tuple[Scenario, tuple[Warned, ...]]:
    """Make the draft the version that runs from now on; invocations under way keep theirs.

    A draft scenario becomes active, a paused one stays paused. `revision`: what was looked at, where that matters.
    Refused 403 (also for a permission that one of the actions needs), 404, 409, 400 `INVALID` with the draft's
    problems at places like `steps[3].config.url`.
    """
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        scenario = _locked(scenario_id)
        if revision is not None:
            _refuse_conflict(scenario, revision)
        _refuse_archived(scenario)
        form = form_of(scenario.draft)
        # Locked in one order, beside firings but not beside archiving: what is checked here stays so until we commit.
        rows = CustomEvent.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=form.events)
        check = check_draft(form, {event.pk: event for event in rows}, signs_of_life())
        if check.definition is None:
            raise Refused(400, "INVALID", "This draft cannot be published yet.", *check.problems)
        demand_for(caller, check.definition)
        _make_version(scenario, caller)
        heed(scenario, check.definition)
    return scenario, check.warnings


def check_unsaved(caller: Caller, scenario_id: int, draft: Json) -> Check:
    """Check a draft as publishing would, and change nothing. Refused 403, 404; 400 as for saving it."""
    demand(caller, Operation.SEE_DEFINITIONS)
    if not Scenario.objects.filter(pk=scenario_id).exists():
        raise not_found("scenario")
    form = form_of(storable_draft(draft))
    return check_draft(form, CustomEvent.objects.in_bulk(form.events), signs_of_life())


def revert_scenario(caller: Caller, scenario_id: int, *, version: int, revision: int) -> Scenario:
    """Make the draft what version number `version` is. Refused 403, 404 or 409, as for saving and publishing."""
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        scenario = _locked(scenario_id)
        _refuse_conflict(scenario, revision)
        found = ScenarioVersion.objects.filter(scenario=scenario, number=version).first()
        if found is None:
            raise refused_because(404, "NOT_FOUND", "This scenario has no such version.", "version")
        demand_for(caller, _parsed(found))
        scenario.draft, before = found.definition, scenario.draft
        _save_draft(scenario, caller)
        note(scenario, Deed.REVERTED, caller, version=version, before=before)
    return scenario


def pause_scenario(caller: Caller, scenario_id: int) -> Scenario:
    """Start nothing new until resumed; invocations under way go on. Refused 403, 404, or 400 where not active."""
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        return _move(caller, scenario_id, ScenarioStatus.ACTIVE, ScenarioStatus.PAUSED)


def resume_scenario(caller: Caller, scenario_id: int) -> Scenario:
    """Start again. Refused 403 (also for a permission that one of the actions needs), 404, 400 where not paused."""
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        scenario = _locked(scenario_id)
        if scenario.published is not None:
            demand_for(caller, _parsed(scenario.published))
        return _move(caller, scenario_id, ScenarioStatus.PAUSED, ScenarioStatus.ACTIVE)


def archive_scenario(caller: Caller, scenario_id: int) -> Scenario:
    """Put a scenario away for good: nothing starts it any more, its log stays. Refused 403 or 404."""
    demand(caller, Operation.DEFINE)
    with transaction.atomic():
        scenario = _locked(scenario_id)
        scenario.status = ScenarioStatus.ARCHIVED
        scenario.updated_by = signature(caller)
        scenario.save(update_fields=["status", "updated_by", "updated_at"])
        _keep_starts(scenario)
        note(scenario, Deed.ARCHIVED, caller)
    return scenario


def _checked_name(raw: str) -> str:
    checking = Checking()
    name = checking.text("name", raw, longest=250, required=True)
    checking.refuse_if_wrong()
    return name


def _locked(scenario_id: int) -> Scenario:
    """Give the row, held until the transaction ends; without its key, which running invocations share."""
    rows = Scenario.objects.select_for_update(of=("self",), no_key=True).select_related("published")
    scenario = rows.filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    return scenario


def _refuse_archived(scenario: Scenario) -> None:
    if scenario.status == ScenarioStatus.ARCHIVED:
        raise refused_because(400, "ARCHIVED", "This scenario is archived.", "id")


def _refuse_conflict(scenario: Scenario, revision: int) -> None:
    _refuse_archived(scenario)
    if scenario.revision != revision:
        message = (
            f"{signed_name(scenario.updated_by) or 'Somebody'} saved revision {scenario.revision} "
            f"at {scenario.updated_at:%Y-%m-%d %H:%M:%S} UTC; you have revision {revision}."
        )
        raise refused_because(409, "CONFLICT", message, "revision")


def _save_draft(scenario: Scenario, caller: Caller) -> None:
    scenario.revision += 1
    scenario.updated_by = signature(caller)
    scenario.save(update_fields=["name", "draft", "revision", "updated_by", "updated_at"])
    _keep_starts(scenario)


def _make_version(scenario: Scenario, caller: Caller) -> None:
    last = ScenarioVersion.objects.filter(scenario=scenario).aggregate(last=Max("number"))["last"] or 0
    scenario.published = ScenarioVersion.objects.create(
        scenario=scenario, number=last + 1, definition=scenario.draft, published_by=signature(caller)
    )
    if scenario.status == ScenarioStatus.DRAFT:
        scenario.status = ScenarioStatus.ACTIVE
    scenario.watched_since = database_now()
    scenario.save(update_fields=["published", "status", "watched_since", "updated_at"])
    _keep_starts(scenario)
    note(scenario, Deed.PUBLISHED, caller, version=last + 1)


def _keep_starts(scenario: Scenario) -> None:
    """Make the rows "who listens?" and "where is it used?" say what draft and published version say."""
    archived = scenario.status == ScenarioStatus.ARCHIVED
    live = scenario.published.definition if scenario.published and not archived else None
    named = {(number, True) for number in events_named(live)}
    named |= {(number, False) for number in (() if archived else events_named(scenario.draft))}
    rows = ScenarioStart.objects.filter(scenario=scenario)
    kept = {(row.event_id, row.published): row.pk for row in rows}
    rows.filter(pk__in=[pk for key, pk in kept.items() if key not in named]).delete()
    missing = named - kept.keys()
    # A draft may name what does not exist; publishing refuses that, saving does not.
    existing = CustomEvent.objects.filter(pk__in={number for number, _ in missing}).values_list("pk", flat=True)
    known = frozenset(existing)
    ScenarioStart.objects.bulk_create(
        ScenarioStart(scenario=scenario, event_id=number, published=published)
        for number, published in sorted(missing)
        if number in known
    )


def _parsed(version: ScenarioVersion) -> Definition:
    try:
        return parse_definition(version.definition)
    except DefinitionError as error:
        message = f"Version {version.number} cannot be read by this release."
        raise Refused(400, "INVALID", message, *error.problems) from None


def demand_for(caller: Caller, definition: Definition) -> None:
    """Nobody gains through a scenario what they may not do by hand."""
    actions = ((step.id, found) for step, found in actions_of(definition))
    for need in needs_of(actions, (start.id for start in definition.starts if start.allow_unverified)):
        demand_codes(caller, need.permissions, to=need.to, field=need.part)


def _move(caller: Caller, scenario_id: int, before: ScenarioStatus, after: ScenarioStatus) -> Scenario:
    now = database_now()
    # What failed before somebody decided that it goes on says nothing about what comes.
    watched = {"watched_since": now} if after is ScenarioStatus.ACTIVE else {}
    moved = Scenario.objects.filter(pk=scenario_id, status=before).update(
        status=after, updated_at=now, updated_by=signature(caller), paused_because=None, **watched
    )
    scenario = Scenario.objects.select_related("published").filter(pk=scenario_id).first()
    if scenario is None:
        raise not_found("scenario")
    if not moved and scenario.status != after:
        raise refused_because(400, "WRONG_STATUS", f"This scenario is {scenario.status}, not {before}.", "id")
    if moved:
        note(scenario, Deed.PAUSED if after is ScenarioStatus.PAUSED else Deed.RESUMED, caller)
    return scenario
