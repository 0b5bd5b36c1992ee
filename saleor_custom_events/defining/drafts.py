"""A scenario's draft: what may be saved, what it listens to, and whether it could be published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.check import check_definition, events_fired
from saleor_custom_events.actions.registry import action
from saleor_custom_events.defining.checking import LARGEST_ID, is_storable, refused_because
from saleor_custom_events.errors import Problem
from saleor_custom_events.host import current_host
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.definition import SPEC_VERSION, ActionStep, Definition
from saleor_custom_events.scenarios.limits import MAX_DEFINITION, MAX_STARTS
from saleor_custom_events.scenarios.values import Json

#: What a scenario begins with.
EMPTY: Mapping[str, Json] = {"spec": SPEC_VERSION, "starts": [], "steps": []}
#: Nesting of a draft's JSON; a definition that can be published needs less.
_MAX_DEPTH = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Warned:
    """Something that does not keep a scenario from being published, and that its author should know."""

    code: str
    #: A sentence in English.
    message: str
    #: The id of the step or start point it is about; empty for the whole scenario.
    step: str = ""
    #: The name in the sentence, where there is one: an event's or a data field's.
    subject: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What checking a draft came to. `definition` is None where there are problems."""

    definition: Definition | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warned, ...] = ()


def storable_draft(raw: Json) -> dict[str, Any]:
    """Give a draft in the form that is stored; it may be incomplete.

    Refused 400 where it is no object, too large (`MAX_DEFINITION` bytes), too deep, or holds characters that
    PostgreSQL cannot store.
    """
    if not isinstance(raw, dict):
        raise refused_because(400, "INVALID", "A draft is a JSON object.", "draft")
    draft = _plain(raw, _MAX_DEPTH)
    assert isinstance(draft, dict)
    if len(json.dumps(draft, ensure_ascii=False).encode()) > MAX_DEFINITION:
        raise refused_because(400, "TOO_LONG", f"A draft has {MAX_DEFINITION} bytes at most.", "draft")
    return draft


def _plain(raw: Json | Decimal, depth: int) -> Json:
    if depth == 0:
        raise refused_because(400, "TOO_DEEP", "This draft is nested too deeply.", "draft")
    if isinstance(raw, dict):
        return {str(_plain(name, depth)): _plain(value, depth - 1) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_plain(item, depth - 1) for item in raw]
    if isinstance(raw, str) and not is_storable(raw):
        raise refused_because(400, "INVALID", "This draft has a character that cannot be stored.", "draft")
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
    starts = draft.get("starts") if isinstance(draft, dict) else None
    numbers = (start.get("event") for start in (starts if isinstance(starts, list) else ()) if isinstance(start, dict))
    return (n for n in numbers if isinstance(n, int) and not isinstance(n, bool) and 0 < n <= LARGEST_ID)


def actions_of(definition: Definition) -> tuple[tuple[ActionStep, Action[Any]], ...]:
    """Give every action step with its action; one whose package is gone is left out (the check names it)."""
    pairs = ((step, action(step.action)) for step in definition.steps if isinstance(step, ActionStep))
    return tuple((step, found) for step, found in pairs if found is not None)


@dataclass(frozen=True, slots=True)
class Form:
    """A draft as far as it can be checked by itself."""

    definition: Definition | None
    problems: tuple[Problem, ...]

    @property
    def events(self) -> frozenset[int]:
        """Give the numbers of the events that have to exist: those it starts from, and those it fires."""
        if self.definition is None:
            return frozenset()
        return frozenset(number for _, number in _named(self.definition))


def form_of(draft: Json) -> Form:
    """Check a draft's form and the settings of its actions, asking nobody."""
    return Form(*check_definition(draft))


def check_draft(form: Form, events: Mapping[int, CustomEvent]) -> Check:
    """Check a draft as publishing does. `events`: those of `form.events` that exist, by number."""
    definition = form.definition
    if definition is None:
        return Check(definition=None, problems=form.problems)
    problems = tuple(_event_problems(definition, events))
    if problems:
        return Check(definition=None, problems=problems)
    return Check(definition=definition, warnings=(*_mail_warnings(definition), *_trust_warnings(definition, events)))


def _named(definition: Definition) -> tuple[tuple[str, int], ...]:
    """Give every event that a definition names, with its place."""
    starts = tuple((f"starts[{i}].event", start.event) for i, start in enumerate(definition.starts))
    return starts + events_fired(definition)


def _event_problems(definition: Definition, events: Mapping[int, CustomEvent]) -> Iterator[Problem]:
    if not definition.starts:
        yield Problem(field="starts", code="REQUIRED", message="A scenario needs a start point.")
    for place, number in _named(definition):
        event = events.get(number)
        if event is None:
            yield Problem(field=place, code="NOT_FOUND", message="There is no such custom event.")
        elif event.archived_at:
            yield Problem(field=place, code="ARCHIVED", message="This custom event is archived.")


def _mail_warnings(definition: Definition) -> list[Warned]:
    mailing = [step for step in definition.steps if isinstance(step, ActionStep) and step.action == "send_email"]
    problem = current_host().mail_problem() if mailing else None
    if problem is None:
        return []
    return [Warned(code="MAIL_NOT_CONFIGURED", message=f"Mail cannot be sent: {problem}", step=s.id) for s in mailing]


def _trust_warnings(definition: Definition, events: Mapping[int, CustomEvent]) -> list[Warned]:
    if not any(found.needs_verified for _, found in actions_of(definition)):
        return []
    return [
        Warned(
            code="UNVERIFIED_NEEDS_SWITCH",
            message=f"“{events[start.event].name}” may be fired by a browser, whose e-mail addresses are unverified: "
            "such firings will be skipped unless this start point is also for unverified addresses.",
            step=start.id,
            subject=events[start.event].name,
        )
        for start in definition.starts
        if events[start.event].public and not start.allow_unverified
    ]
