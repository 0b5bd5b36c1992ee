"""Ready scenarios to start from: files in `ready/`, whose texts are in every language of the dashboard.

They are scenarios as files (`files.py`) with two things more: a text for people is `{"en": …, "pl": …}`, and
`{"ask": "voucher"}` stands for what only the merchant can know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from saleor_custom_events.actions.base import Input, Label
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.events import create_event
from saleor_custom_events.defining.files import FILE_VERSION, ScenarioFile, check_frame, with_numbers
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.scenarios import create_scenario
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.models import CustomEvent, Scenario
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

LANGUAGES = ("en", "pl")
_FOLDER = Path(__file__).parent / "ready"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What only the merchant can know."""

    name: str
    #: What an editor shows for it.
    input: Input
    label: Label
    help: Label


@dataclass(frozen=True, kw_only=True, slots=True)
class EventNeeded:
    """An event that a ready scenario names: taken where the store has one of this slug, else made."""

    slug: str
    label: Label
    #: When it is to be fired.
    help: Label
    #: The store fires it by itself.
    is_fired_by_store: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyScenario:
    """A scenario that works as it stands, once what it asks is answered."""

    name: str
    label: Label
    help: Label
    asks: tuple[Asked, ...]
    events: tuple[EventNeeded, ...]
    #: As it stands in the folder.
    raw: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Which ready scenario, and what of it is the merchant's own."""

    name: str
    #: One of `LANGUAGES`: of all its texts.
    language: str
    #: Values by the names of what is asked; what is left out is empty in the draft, whose check then says so.
    answers: Mapping[str, str]
    #: Numbers of the store's events to take, by the slug in whose place each comes.
    events: Mapping[str, int]


@lru_cache(maxsize=1)
def ready_scenarios() -> Mapping[str, ReadyScenario]:
    """Give every ready scenario, by name."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.json"))}


def create_ready(caller: Caller, choice: Choice, *, title: str | None = None) -> Scenario:
    """Make a draft of a ready scenario, and the events it needs that the store has not. All or nothing.

    `title`: the scenario's name; the ready one's where left out. Refused 403; 400 naming what was chosen wrongly.
    """
    demand(caller, Operation.DEFINE)
    ready = ready_scenarios().get(choice.name)
    if ready is None:
        known = ", ".join(ready_scenarios())
        raise refused_because(400, "NOT_FOUND", f"There is no such ready scenario. There are: {known}.", "ready")
    file = file_of(ready, choice)
    with transaction.atomic():
        numbers = _numbers(caller, file, choice.events)
        draft = with_numbers(file.definition, numbers, Findings())
        return create_scenario(caller, title or file.name, draft)


def definition_in(ready: ReadyScenario, language: str) -> Json:
    """Give what a ready scenario does, to be looked at: slugs for events, nothing for what it asks."""
    choice = Choice(name=ready.name, language=language, answers={}, events={})
    return _in_language(ready.raw["definition"], choice)


def file_of(ready: ReadyScenario, choice: Choice) -> ScenarioFile:
    """Give a ready scenario as a file in one language. Refused 400 for answers and events that nobody asked for."""
    asked, slugs = {one.name for one in ready.asks}, {one.slug for one in ready.events}
    unknown = [f"answers.{name}" for name in choice.answers if name not in asked]
    unknown += [f"events.{slug}" for slug in choice.events if slug not in slugs]
    if unknown:
        message = "This ready scenario asks for nothing of that name."
        problems = (Problem(field=place, code="UNKNOWN_MEMBER", message=message) for place in unknown)
        raise Refused(400, "INVALID", message, *problems)
    written = {
        "scenarioFile": FILE_VERSION,
        "name": ready.raw["label"],
        "events": ready.raw["events"],
        "definition": ready.raw["definition"],
    }
    check = check_frame(_in_language(written, choice))
    assert check.file is not None, check.problems
    return check.file


def _numbers(caller: Caller, file: ScenarioFile, chosen: Mapping[str, int]) -> Mapping[str, int]:
    there = set(
        CustomEvent.objects.filter(pk__in=chosen.values(), archived_at__isnull=True).values_list("pk", flat=True)
    )
    for slug, number in chosen.items():
        if number not in there:
            raise refused_because(400, "NOT_FOUND", "There is no such event, or it is archived.", f"events.{slug}")
    known = dict(CustomEvent.objects.filter(slug__in=file.slugs).values_list("slug", "pk"))
    described = {event.slug: event for event in file.events}
    return {
        slug: chosen.get(slug) or known.get(slug) or create_event(caller, described[slug].changes).pk
        for slug in file.slugs
    }


def _in_language(raw: Json, choice: Choice) -> Json:
    if isinstance(raw, dict):
        if raw.keys() == set(LANGUAGES):
            return raw[choice.language]
        if raw.keys() == {"ask"}:
            return choice.answers.get(str(raw["ask"]), "")
        return {name: _in_language(value, choice) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_in_language(item, choice) for item in raw]
    return raw


def _read(path: Path) -> ReadyScenario:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return ReadyScenario(
        name=path.stem,
        label=Label(**raw["label"]),
        help=Label(**raw["help"]),
        asks=tuple(
            Asked(
                name=one["name"],
                input=Input(one["input"]),
                label=Label(**one["label"]),
                help=Label(**one["help"]),
            )
            for one in raw["asks"]
        ),
        events=tuple(
            EventNeeded(
                slug=one["slug"],
                label=Label(**one["name"]),
                help=Label(**one["description"]),
                is_fired_by_store=bool(one.get("happenings")),
            )
            for one in raw["events"]
        ),
        raw=raw,
    )
