"""Which ways lead elsewhere only since other steps came, went or moved. Pure; drafts may be unfinished.

Whoever puts a step between two others changes where the first of them leads. Nobody would call that step changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from saleor_custom_events.scenarios.values import Json

Steps = Mapping[str, Mapping[str, Json]]

_WAYS = ("next", "happened", "timedOut")
_PLACE = re.compile(r"(next|otherwise|happened|timedOut|branches\[\d+\]\.next)\Z")


def is_way(place: str) -> bool:
    """Say whether the member at `place` of a step says where it leads: `next`, `branches[1].next`."""
    return _PLACE.match(place) is not None


def in_order(steps: Steps) -> tuple[str, ...]:
    """Give the steps' ids as the flow comes to them: each behind all that lead to it, branches one after the other.

    What no way leads to comes last, as it is written. Of circles some way is not counted.
    """
    first = next(iter(steps), None)
    seen: set[str] = set()
    backwards: list[str] = []
    pending = [] if first is None else [(first, False)]
    while pending:
        name, is_done = pending.pop()
        if is_done:
            backwards.append(name)
        elif name not in seen and name in steps:
            seen.add(name)
            # The last way is gone first, so that turned round the first one comes first.
            pending += [(name, True), *((target, False) for target in _targets(steps[name]) if target is not None)]
    return (*reversed(backwards), *(name for name in steps if name not in seen))


def meets(old: Steps, new: Steps, before: Json, after: Json, passing: tuple[Set[str], Set[str]]) -> bool:
    """Say whether two ways lead to the same, past steps that are only there before and those only there after.

    `before`, `after`: what the ways name. `passing`: the ids of the steps of `old` and of `new` to go past.
    """
    gone, come = passing
    return not _ends(old, before, gone).isdisjoint(_ends(new, after, come))


def _ends(steps: Steps, target: Json, passing: Set[str]) -> set[str | None]:
    ends: set[str | None] = set()
    seen: set[str | None] = set()
    pending = [_named(target)]
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        if name is not None and name in passing and name in steps:
            pending += _targets(steps[name]) or [None]
        else:
            ends.add(name)
    return ends


def _targets(step: Mapping[str, Json]) -> list[str | None]:
    """Give what a step leads to, in the order of its ways; None: it ends there. An exit step leads nowhere."""
    return [_named(target) for target in _written(step)]


def _written(step: Mapping[str, Json]) -> Iterator[Json]:
    branches = step.get("branches")
    for branch in branches if isinstance(branches, list) else ():
        if isinstance(branch, dict):
            yield branch.get("next")
    if step.get("type") == "condition" or "otherwise" in step:
        yield step.get("otherwise")
    for name in _WAYS:
        if name in step:
            yield step[name]


def _named(target: Json) -> str | None:
    return target if isinstance(target, str) else None
