"""Warnings: what does not keep a scenario from being published, and what its author should know before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.check import actions_of, data_fields_of
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.host import current_host
from saleor_custom_events.life import Life
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.conditions import data_fields_in
from saleor_custom_events.scenarios.definition import Definition, EventStart, WaitForEventStep
from saleor_custom_events.scenarios.flows import DATA_FIELD
from saleor_custom_events.scenarios.references import MEMBERS


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


def warnings_of(definition: Definition, events: Mapping[int, CustomEvent], life: Life) -> Iterator[Warned]:
    """Give everything there is to say. `events`: all that the definition names, by number."""
    yield from warnings_of_store([(step.id, found) for step, found in actions_of(definition)], life)
    yield from _of_trust(definition, events)
    yield from _of_fields(definition, events)
    yield from _of_awaited_fields(definition, events)


def warnings_of_store(actions: Sequence[tuple[str, Action[Any]]], life: Life) -> Iterator[Warned]:
    """Give what there is to say of the store alone: it is known also of a draft that cannot be read as a whole.

    `actions`: those of the draft, each with its step's id.
    """
    yield from _of_life(life)
    yield from _of_mail(actions)


def _of_life(life: Life) -> Iterator[Warned]:
    if life.beat_silent:
        message = f"Celery beat {_last(life.beat_seen_at)}: without it no wait comes to its end."
        yield Warned(code="NO_BEAT", message=message)
    if life.worker_silent:
        message = f"A Celery worker {_last(life.worker_seen_at)}: what starts is kept, and runs once there is one."
        yield Warned(code="NO_WORKER", message=message)


def _last(seen: datetime | None) -> str:
    return f"was last seen at {seen.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if seen else "was never seen"


def _of_mail(actions: Sequence[tuple[str, Action[Any]]]) -> Iterator[Warned]:
    mailing = [step for step, found in actions if found.name == "send_email"]
    problem = current_host().mail_problem() if mailing else None
    if problem is not None:
        for step in mailing:
            yield Warned(code="MAIL_NOT_CONFIGURED", message=f"Mail cannot be sent: {problem}", step=step)


def _of_trust(definition: Definition, events: Mapping[int, CustomEvent]) -> Iterator[Warned]:
    if not any(found.needs_verified for _, found in actions_of(definition)):
        return
    for start in definition.starts:
        event = events[start.event]
        if event.public and not start.allow_unverified:
            message = (
                f"“{event.name}” may be fired by a browser, whose e-mail addresses are unverified: such firings will "
                "be skipped unless this start point is also for unverified addresses."
            )
            yield Warned(code="UNVERIFIED_NEEDS_SWITCH", message=message, step=start.id, subject=event.name)


def _of_fields(definition: Definition, events: Mapping[int, CustomEvent]) -> Iterator[Warned]:
    """Look for names that no event declares. An event without declarations may bring anything: then nothing is said.

    Filters and the key of flow control see their own start point's event, a step the event of whichever start point it
    began at.
    """
    declared = {
        number: frozenset(field.name for field in read_declared(events[number].declared_fields))
        for number in (start.event for start in definition.starts)
    }
    for start in definition.starts:
        known = declared[start.event]
        named = _named_by(start) if known else frozenset()
        for name in sorted(named - known):
            yield _undeclared(name, start.id, f"“{events[start.event].name}” declares no data field “{name}”")
    if not all(declared.values()):
        return
    known = frozenset().union(*declared.values(), *(_read_by_steps(events[number]) for number in declared))
    for step in definition.steps:
        for name in sorted(data_fields_of(step) - known):
            yield _undeclared(name, step.id, f"No event that starts this declares a data field “{name}”")


def _read_by_steps(event: CustomEvent) -> frozenset[str]:
    """Give what steps, and no filters, read of what data fields name in the store: `cart.total`."""
    declared = read_declared(event.declared_fields)
    return frozenset(f"{field.name}.{member}" for field in declared for member in MEMBERS.get(field.type, ()))


def _of_awaited_fields(definition: Definition, events: Mapping[int, CustomEvent]) -> Iterator[Warned]:
    """Look for names that the event does not declare that a step or an exit rule waits for."""
    awaited = [(step.event, step.filter, step.id) for step in definition.steps if isinstance(step, WaitForEventStep)]
    for number, condition, step in (
        *awaited,
        *((rule.event, rule.filter, "") for rule in definition.event_exits.values()),
    ):
        event = events[number]
        known = frozenset(field.name for field in read_declared(event.declared_fields))
        for name in sorted(data_fields_in(condition) - known) if condition and known else ():
            yield _undeclared(name, step, f"“{event.name}” declares no data field “{name}”")


def _named_by(start: EventStart) -> frozenset[str]:
    filters = [condition for condition in (start.filter, start.customer_filter) if condition is not None]
    named = frozenset[str]().union(*(data_fields_in(condition) for condition in filters))
    if start.flow is not None and start.flow.key is not None and start.flow.key.startswith(DATA_FIELD):
        named |= {start.flow.key.removeprefix(DATA_FIELD)}
    return named


def _undeclared(name: str, step: str, finding: str) -> Warned:
    message = f"{finding}: it will be empty, unless it is sent without being declared."
    return Warned(code="UNDECLARED_FIELD", message=message, step=step, subject=name)
