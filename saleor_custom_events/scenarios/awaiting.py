"""Waiting for an event: what a wait listens to, and which occurrence is the one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.definition import Condition, Definition, EventExit, Step, WaitForEventStep
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.progress import Awaited, ScenarioFacts, State
from saleor_custom_events.scenarios.values import Json

#: How long a wait that begins finds what happened before: a day's work of workers that were away, and more. Of events
#: without logging an hour, since it keeps their data fields for as long.
LOOKED_BACK = timedelta(days=2)
LOOKED_BACK_UNLOGGED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """The occurrence that was awaited, and how its filter was decided."""

    occurrence: OccurrenceFacts
    comparisons: list[Json]


def awaited_events(definition: Definition) -> tuple[tuple[str, int], ...]:
    """Give every custom event (number) that steps and exit rules wait for, with the place where it is named."""
    steps = ((f"steps[{i}].event", s.event) for i, s in enumerate(definition.steps) if isinstance(s, WaitForEventStep))
    return (*steps, *((f"exits[{i}].event", rule.event) for i, rule in definition.event_exits.items()))


def listens(definition: Definition) -> bool:
    """Say whether a wait of this scenario may listen to anything."""
    return bool(definition.signs or awaited_events(definition))


def awaited_at(definition: Definition, step: Step, state: State, occurrence: OccurrenceFacts) -> tuple[Awaited, ...]:
    """Give the events that a wait listens to: its own, and those at which the scenario lets go of everybody.

    An exit counts whenever it came after the occurrence that began all this. What a step waits for counts from where
    the wait before it was over, whenever a worker came here: what the customer does in between is never missed.
    """
    awaits = [Awaited(rule.event, occurrence.registered_at) for rule in definition.event_exits.values()]
    if isinstance(step, WaitForEventStep):
        awaits.append(Awaited(step.event, since_of(state, occurrence)))
    earliest: dict[int, datetime] = {}
    for awaited in awaits:
        earliest[awaited.event] = min(awaited.since, earliest.get(awaited.event, awaited.since))
    return tuple(Awaited(event, since) for event, since in sorted(earliest.items()))


def since_of(state: State, occurrence: OccurrenceFacts) -> datetime:
    """Give the moment from which on what happens is there for the wait that `state` stands before."""
    return state.since or occurrence.registered_at


def identities_of(occurrence: OccurrenceFacts) -> tuple[str, ...]:
    """Give every name that an occurrence knows its customer by, as digests (SHA-256, hexadecimal).

    A digest, because rows that are found by it need no address. Two occurrences that share one may be of the same
    customer; `same_customer` decides.
    """
    return digests_of(occurrence.identity_names)


def digests_of(names: Iterable[str]) -> tuple[str, ...]:
    """Give what names (`facts.OccurrenceFacts.identity_names`) stand as where there are to be no addresses."""
    return tuple(hashlib.sha256(name.encode()).hexdigest() for name in names)


def same_customer(one: OccurrenceFacts, other: OccurrenceFacts) -> bool:
    """Say whether two occurrences are of the same customer: by the strongest name that both have.

    A browser that two people share has one anonymous id, which therefore counts only where nothing else can.
    """
    mine, theirs = _by_kind(one), _by_kind(other)
    for kind in ("id", "reference", "email", "md5", "sha256", "phone", "anonymous"):
        if kind in mine and kind in theirs:
            return mine[kind] == theirs[kind]
    return False


def _by_kind(occurrence: OccurrenceFacts) -> dict[str, str]:
    pairs = (name.partition(":") for name in occurrence.identity_names)
    return {kind: value for kind, _, value in pairs}


def first_exit(
    rules: Iterable[EventExit],
    happened: Sequence[OccurrenceFacts],
    begun: OccurrenceFacts,
    scenario: ScenarioFacts,
) -> Happened | None:
    """Give the occurrence at which an exit rule lets go, if there is one."""
    found = (first_of(rule.event, rule.filter, happened, begun, scenario, since=begun.registered_at) for rule in rules)
    return min((one for one in found if one), key=_place, default=None)


def first_of(
    event: int,
    condition: Condition | None,
    happened: Sequence[OccurrenceFacts],
    begun: OccurrenceFacts,
    scenario: ScenarioFacts,
    *,
    since: datetime,
    until: datetime | None = None,
) -> Happened | None:
    """Give the first of `happened` that is `event`, for which `condition` holds, after `since` and up to `until`.

    `begun` is the occurrence that began the invocation. Somebody for whom only a public key vouches can be anybody who
    knows an address: that moves only what may also begin so.
    """
    trusted_only = begun.identity.is_verified and not scenario.allows_unverified
    for one in sorted(happened, key=lambda one: (one.registered_at, one.id)):
        if one.event.number != event or one.id == begun.id or one.registered_at <= since:
            continue
        if until is not None and one.registered_at > until:
            break
        if not same_customer(begun, one) or (trusted_only and not one.identity.is_verified):
            continue
        decided, comparisons = holds(condition, Scope(occurrence=one)) if condition else (True, [])
        if decided:
            return Happened(one, comparisons)
    return None


def _place(happened: Happened) -> tuple[datetime, str]:
    return happened.occurrence.registered_at, happened.occurrence.id
