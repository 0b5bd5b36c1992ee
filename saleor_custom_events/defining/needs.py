"""Which permissions publishing a draft needs: nobody gains through a scenario what they may not do by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.defining.permissions import Operation, needed


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """Permissions that one part of a scenario needs of whoever publishes it."""

    #: The id of the step or start point.
    part: str
    #: The store's codes, all of them together.
    permissions: frozenset[str]
    #: What they are needed to do, in words.
    to: str


def needs_of(actions: Iterable[tuple[str, Action[Any]]], unverified: Iterable[str]) -> Iterator[Need]:
    """Give what each action needs, and each start point that is also for unverified addresses.

    `actions`: each with its step's id. `unverified`: ids of those start points.
    """
    for step, found in actions:
        if found.permissions:
            yield Need(part=step, permissions=frozenset(found.permissions), to=f"let a scenario “{found.label.en}”")
    for start in unverified:
        permission = Operation.ALLOW_UNVERIFIED
        yield Need(part=start, permissions=needed(permission), to=permission.value)
