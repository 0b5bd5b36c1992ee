"""What is wrong with a call, by the catalogue of the store's events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from saleor_custom_events.code_check.catalogue import Catalogue, KnownEvent
from saleor_custom_events.code_check.literals import COMPUTED, Call, Computed, Found, Left, Record
from saleor_custom_events.errors import Problem
from saleor_custom_events.firing.fields import type_fields
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.values import FieldType, Json


class Verdict(Enum):
    """What a finding says."""

    FAULT = "fault"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line about a call."""

    verdict: Verdict
    line: int
    #: As the code names it; empty where that is computed.
    event: str
    message: str


def judge(call: Call, catalogue: Catalogue, *, public: bool = False) -> Iterator[Finding]:
    """Say everything that is wrong with a call, or could not be checked. `public`: the code runs in browsers."""
    named = call.event
    if isinstance(named, bool) or not isinstance(named, str | int):
        yield Finding(Verdict.NOT_CHECKED, call.line, "", "which event it is is computed")
        return
    event = catalogue.find(named)
    if event is None:
        near = get_close_matches(named, catalogue.slugs, n=1) if isinstance(named, str) else []
        hint = f"; did you mean “{near[0]}”?" if near else ""
        yield Finding(Verdict.FAULT, call.line, str(named), f"the store has no such event{hint}")
        return
    faults = [*_of_event(event, public)]
    open_questions, problems = _of_fields(call.fields, event.declared)
    faults += [_sentence(problem) for problem in problems]
    for message in dict.fromkeys(faults):
        yield Finding(Verdict.FAULT, call.line, event.slug, message)
    for message in open_questions:
        yield Finding(Verdict.NOT_CHECKED, call.line, event.slug, message)


def _of_event(event: KnownEvent, public: bool) -> Iterator[str]:
    if event.archived:
        yield "the event is archived"
    if public and not event.public:
        yield "the event may not be fired from a storefront"


def _sentence(problem: Problem) -> str:
    place = problem.field.removeprefix("dataFields.")
    return f"{place}: {problem.message}"


def _of_fields(given: Found, declared: tuple[DeclaredField, ...]) -> tuple[Sequence[str], Sequence[Problem]]:
    """Give what could not be checked, and what is wrong, of a call's data fields."""
    if isinstance(given, tuple):
        return _of_list(given, declared)
    if not isinstance(given, Record):
        return (["its data fields are computed"] if declared else []), []
    named = {name: value for name, value in given.members.items() if not isinstance(value, Left)}
    types = {field.name: field.type for field in declared}
    sent = {
        name: json
        for name, value in named.items()
        if not isinstance(json := _as_sent(value, types.get(name)), Computed)
    }
    # Of what is computed only the name is known: it is there, and whether it is declared can be said.
    computed = named.keys() - sent.keys()
    unknown = [
        Problem(field=f"dataFields.{name}", code="UNDECLARED", message="The event does not declare this field.")
        for name in computed
        if declared and name not in types
    ]
    problems = _judged(sent, declared, given=computed, whole=given.whole)
    partly = [] if given.whole or not declared else ["some of its data fields are computed"]
    return partly, [*problems, *unknown]


def _of_list(given: tuple[Found, ...], declared: tuple[DeclaredField, ...]) -> tuple[Sequence[str], Sequence[Problem]]:
    """ECDP's list: {name, type, value}; what is computed in it is not judged."""
    items = [item for item in given if isinstance(item, Record)]
    literal = [{name: _as_sent(value, None) for name, value in item.members.items()} for item in items if item.whole]
    sent = tuple(item for item in literal if not any(isinstance(value, Computed) for value in item.values()))
    names = {str(name) for item in items if isinstance(name := item.members.get("name"), str)}
    whole = len(names) == len(given)
    partly = [] if len(sent) == len(given) else ["some of its data fields are computed"]
    return partly, _judged(sent, declared, given=names, whole=whole)  # type: ignore[arg-type]


def _judged(
    sent: Mapping[str, Json] | tuple[Mapping[str, Json], ...],
    declared: tuple[DeclaredField, ...],
    *,
    given: set[str],
    whole: bool,
) -> Sequence[Problem]:
    """Ask the store's own typing of data fields; `given` are names that are there whatever their value."""
    typed = type_fields(sent, declared)
    first: dict[str, Problem] = {}
    for problem in (*typed.violations, *typed.unusable):
        missing = problem.code == "REQUIRED" and (whole and problem.field.removeprefix("dataFields.") not in given)
        if missing or problem.code != "REQUIRED":
            first.setdefault(problem.field, problem)
    return list(first.values())


def _as_sent(value: Found, declared: FieldType | None) -> Json | Computed:
    """Give a literal as the body carries it; Computed where the value cannot be told.

    An object is an amount or no value of a data field, so only of an amount it matters whether its parts are known.
    """
    if isinstance(value, Record):
        parts = {name: _as_sent(part, None) for name, part in value.members.items()}
        computed = not value.whole or any(isinstance(part, Computed) for part in parts.values())
        if computed and declared in (FieldType.MONEY, None) and parts.keys() <= {"amount", "currency"}:
            return COMPUTED
        return {name: None if isinstance(part, Computed) else part for name, part in parts.items()}
    if isinstance(value, tuple):
        return []
    # The body is read with Decimals, as type_fields knows.
    return None if isinstance(value, Left) else value  # type: ignore[return-value]
