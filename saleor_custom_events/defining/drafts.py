"""A scenario's draft: what may be saved, what it listens to, and whether it could be published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.check import actions_written, check_definition, events_fired
from saleor_custom_events.defining.advice import Warned, warnings_of, warnings_of_store
from saleor_custom_events.defining.checking import is_id, is_storable, refused_because
from saleor_custom_events.defining.needs import Need, needs_of
from saleor_custom_events.errors import Problem
from saleor_custom_events.life import Life
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.awaiting import awaited_events
from saleor_custom_events.scenarios.definition import SPEC_VERSION, Definition
from saleor_custom_events.scenarios.limits import MAX_DEFINITION, MAX_STARTS
from saleor_custom_events.scenarios.values import Json

#: What a scenario begins with.
EMPTY: Mapping[str, Json] = {"spec": SPEC_VERSION, "starts": [], "steps": []}
#: Nesting of a draft's JSON; a definition that can be published needs less.
_MAX_DEPTH = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What checking a draft came to. `definition` is None where there are problems."""

    definition: Definition | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warned, ...] = ()
    #: What publishing needs beside what saving needs, whether or not there are problems.
    needs: tuple[Need, ...] = ()


def storable_draft(raw: Json, field: str = "draft") -> dict[str, Any]:
    """Give a draft in the form that is stored; it may be incomplete. `field`: what the caller calls it.

    Refused 400 where it is no object, too large (`MAX_DEFINITION` bytes), too deep, or holds characters that
    PostgreSQL cannot store.
    """
    if not isinstance(raw, dict):
        raise refused_because(400, "INVALID", "This has to be a JSON object.", field)
    draft = _plain(raw, _MAX_DEPTH, field)
    assert isinstance(draft, dict)
    if len(json.dumps(draft, ensure_ascii=False).encode()) > MAX_DEFINITION:
        raise refused_because(400, "TOO_LONG", f"This may have {MAX_DEFINITION} bytes at most.", field)
    return draft


def _plain(raw: Json | Decimal, depth: int, field: str) -> Json:
    if depth == 0:
        raise refused_because(400, "TOO_DEEP", "This is nested too deeply.", field)
    if isinstance(raw, dict):
        return {str(_plain(name, depth, field)): _plain(value, depth - 1, field) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_plain(item, depth - 1, field) for item in raw]
    if isinstance(raw, str) and not is_storable(raw):
        raise refused_because(400, "INVALID", "This has a character that cannot be stored.", field)
    if isinstance(raw, Decimal):
        # JSON's numbers are read back as floats: what a float cannot hold exactly is kept as a decimal text, which
        # means the same in a definition.
        return float(raw) if Decimal(repr(float(raw))) == raw else str(raw)
    return raw


def events_named(draft: Json) -> frozenset[int]:
    """Give the numbers of the events that a draft's start points name, as far as it can be read."""
    return frozenset(_numbers(draft))


def first_events_named(draft: Json) -> tuple[int, ...]:
    """Give the same in the order of the start points, without repeats: as many as can be published."""
    return tuple(dict.fromkeys(_numbers(draft)))[:MAX_STARTS]


def _numbers(draft: Json) -> Iterator[int]:
    return filter(is_id, (start.get("event") for start in _starts(draft)))


def _starts(draft: Json) -> Iterator[dict[str, Json]]:
    starts = draft.get("starts") if isinstance(draft, dict) else None
    return (start for start in (starts if isinstance(starts, list) else ()) if isinstance(start, dict))


@dataclass(frozen=True, slots=True)
class Form:
    """A draft as far as it can be checked by itself."""

    definition: Definition | None
    problems: tuple[Problem, ...]
    #: Also where the rest cannot be read: the actions, each with its step's id, and …
    actions: tuple[tuple[str, Action[Any]], ...]
    #: … the ids of start points that are also for unverified addresses.
    unverified: tuple[str, ...]

    @property
    def events(self) -> frozenset[int]:
        """Give the numbers of the events that have to exist: those it starts from, waits for, and fires."""
        if self.definition is None:
            return frozenset()
        return frozenset(number for _, number in _named(self.definition))


def form_of(draft: Json) -> Form:
    """Check a draft's form and the settings of its actions, asking nobody."""
    return Form(*check_definition(draft), actions_written(draft), tuple(_unverified(draft)))


def _unverified(draft: Json) -> Iterator[str]:
    for start in _starts(draft):
        name = start.get("id")
        if start.get("allowUnverified") is True and isinstance(name, str):
            yield name


def check_draft(form: Form, events: Mapping[int, CustomEvent], life: Life | None = None) -> Check:
    """Check a draft as publishing does. `events`: those of `form.events` that exist, by number.

    `life`: who is alive, where somebody wants to be warned; None warns of nothing. Where there are problems, the
    warnings are those of the store.
    """
    needs = tuple(needs_of(form.actions, form.unverified))
    definition = form.definition
    problems = form.problems if definition is None else tuple(_event_problems(definition, events))
    if definition is None or problems:
        known = () if life is None else tuple(warnings_of_store(form.actions, life))
        return Check(definition=None, problems=problems, warnings=known, needs=needs)
    warnings = () if life is None else tuple(warnings_of(definition, events, life))
    return Check(definition=definition, warnings=warnings, needs=needs)


def _named(definition: Definition) -> tuple[tuple[str, int], ...]:
    """Give every event that a definition names, with its place."""
    starts = tuple((f"starts[{i}].event", start.event) for i, start in enumerate(definition.starts))
    return starts + awaited_events(definition) + events_fired(definition)


def _event_problems(definition: Definition, events: Mapping[int, CustomEvent]) -> Iterator[Problem]:
    if not definition.starts:
        yield Problem(field="starts", code="REQUIRED", message="A scenario needs a start point.")
    for place, number in _named(definition):
        event = events.get(number)
        if event is None:
            yield Problem(field=place, code="NOT_FOUND", message="There is no such custom event.")
        elif event.archived_at:
            yield Problem(field=place, code="ARCHIVED", message="This custom event is archived.")
