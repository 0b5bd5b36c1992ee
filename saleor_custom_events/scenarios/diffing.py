"""What differs between two definitions, by the ids of their steps and start points. Pure; drafts may be unfinished."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.following import in_order, is_way, meets
from saleor_custom_events.scenarios.parsing import upgrade
from saleor_custom_events.scenarios.values import Json

#: Members that are compared as one value: a condition that is half another's says nothing by halves.
_WHOLE = frozenset({"when", "filter", "customerFilter"})
_LISTS = ("starts", "steps", "exits")
#: Objects by what names them, in order.
_Items = Mapping[str, dict[str, Json]]


class ChangeKind(StrEnum):
    """What became of a step, a start point or an exit rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    #: Nothing but its place among the others.
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberChange:
    """One member that differs. None: it is left out there, or null, which means the same."""

    #: `config.subject`, `branches[1].when`.
    place: str
    before: Json
    after: Json
    #: It says where a step leads, and follows from others that were added, removed or moved.
    follows: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One step, start point or exit rule that differs."""

    kind: ChangeKind
    #: Of an exit rule, which has none: its type and event, `event:9`.
    id: str
    #: As it is now; as it was, where it was removed.
    type: str
    label: str
    #: It also comes elsewhere among those that both have: steps in the flow, others as they are written.
    moved: bool
    #: Only of what both have.
    members: tuple[MemberChange, ...] = ()
    #: The whole; None where it does not exist.
    before: Json = None
    after: Json = None

    @property
    def told(self) -> ChangeKind | None:
        """Say what a person is told that it is; None: nothing, since all that differs follows from others."""
        if self.kind is not ChangeKind.CHANGED or not all(member.follows for member in self.members):
            return self.kind
        return ChangeKind.MOVED if self.moved else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Everything that differs; no change at all: both mean the same."""

    starts: tuple[Change, ...]
    steps: tuple[Change, ...]
    exits: tuple[Change, ...]
    #: Other members of the definition.
    members: tuple[MemberChange, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing differs."""
        return not (self.starts or self.steps or self.exits or self.members)


def diff(before: Json, after: Json) -> Difference:
    """Compare two definitions, `before` and `after`, each in today's spec version where it can be read.

    Order: as in `after`, what was removed behind it as it was in `before`.
    """
    old, new = _current(before), _current(after)
    items = {name: (_items(old.get(name)), _items(new.get(name))) for name in _LISTS}
    return Difference(
        starts=tuple(_changes(*items["starts"])),
        steps=tuple(_following(tuple(_changes(*items["steps"], order=in_order)), *items["steps"])),
        exits=tuple(_changes(*items["exits"])),
        members=tuple(_members(_rest(old), _rest(new), "")),
    )


def _following(changes: tuple[Change, ...], old: _Items, new: _Items) -> Iterator[Change]:
    """Mark what leads elsewhere only since other steps came, went or moved."""
    moved = {change.id for change in changes if change.moved}
    passing = (
        moved | {change.id for change in changes if change.after is None},
        moved | {change.id for change in changes if change.before is None},
    )

    def follows(change: Change, member: MemberChange) -> bool:
        if change.moved and member.place == "next":
            return True
        return is_way(member.place) and meets(old, new, member.before, member.after, passing)

    for change in changes:
        members = (replace(member, follows=follows(change, member)) for member in change.members)
        yield replace(change, members=tuple(members))


def _rest(definition: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in definition.items() if name not in _LISTS}


def _current(raw: Json) -> dict[str, Json]:
    try:
        return upgrade(raw)
    except DefinitionError:
        return raw if isinstance(raw, dict) else {}


def _items(raw: Json) -> _Items:
    """Give a list's objects by what names them, in order. A name that comes again gets its number behind it."""
    named: dict[str, dict[str, Json]] = {}
    for i, item in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(item, dict):
            stem, again = _name(item, i), 1
            name = stem
            while name in named:
                again += 1
                name = f"{stem} ({again})"
            named[name] = item
    return named


def _name(item: Mapping[str, Json], position: int) -> str:
    identity = item.get("id")
    if isinstance(identity, str) and identity:
        return identity
    kind, event = item.get("type"), item.get("event")
    if isinstance(kind, str):
        return kind if event is None else f"{kind}:{event}"
    return f"#{position + 1}"


def _changes(old: _Items, new: _Items, order: Callable[[_Items], Iterable[str]] = tuple) -> Iterator[Change]:
    """Give what differs. `order`: in which sequence somebody comes to the items."""
    moved = _moved([name for name in order(old) if name in new], [name for name in order(new) if name in old])
    for name, after in new.items():
        before = old.get(name)
        members = () if before is None else tuple(_members(before, after, ""))
        if before is None:
            yield _change(ChangeKind.ADDED, name, after, after=after)
        elif members:
            yield _change(
                ChangeKind.CHANGED, name, after, moved=name in moved, members=members, before=before, after=after
            )
        elif name in moved:
            yield _change(ChangeKind.MOVED, name, after, moved=True, before=before, after=after)
    for name, before in old.items():
        if name not in new:
            yield _change(ChangeKind.REMOVED, name, before, before=before)


def _change(
    kind: ChangeKind,
    name: str,
    shown: Mapping[str, Json],
    *,
    moved: bool = False,
    members: tuple[MemberChange, ...] = (),
    before: Json = None,
    after: Json = None,
) -> Change:
    return Change(
        kind=kind,
        id=name,
        type=_text(shown.get("type")),
        label=_text(shown.get("label")),
        moved=moved,
        members=members,
        before=before,
        after=after,
    )


def _text(raw: Json) -> str:
    return raw if isinstance(raw, str) else ""


def _moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """Give the fewest names that have to change places so that `old` comes in the order of `new`.

    Those stay that make the longest run which is in order in both (patience sorting).
    """
    where = {name: i for i, name in enumerate(old)}
    ends: list[int] = []
    heads: list[str] = []
    before: dict[str, str | None] = {}
    for name in new:
        at = bisect_left(ends, where[name])
        before[name] = heads[at - 1] if at else None
        ends[at : at + 1] = [where[name]]
        heads[at : at + 1] = [name]
    staying = set()
    current = heads[-1] if heads else None
    while current is not None:
        staying.add(current)
        current = before[current]
    return frozenset(new) - staying


def _members(old: Mapping[str, Json], new: Mapping[str, Json], place: str) -> Iterator[MemberChange]:
    for name in (*old, *(name for name in new if name not in old)):
        yield from _member(old.get(name), new.get(name), f"{place}.{name}" if place else name, name)


def _member(old: Json, new: Json, place: str, name: str) -> Iterator[MemberChange]:
    if _written(old) == _written(new):
        return
    if name not in _WHOLE and isinstance(old, dict) and isinstance(new, dict):
        yield from _members(old, new, place)
    elif name == "branches" and isinstance(old, list) and isinstance(new, list):
        for i in range(max(len(old), len(new))):
            yield from _member(_at(old, i), _at(new, i), f"{place}[{i}]", "")
    else:
        yield MemberChange(place=place, before=old, after=new)


def _at(items: Sequence[Json], i: int) -> Json:
    return items[i] if i < len(items) else None


def _written(value: Json) -> str:
    """Tell 1 from 1.0 and from true, which Python takes for equal; the order of members says nothing."""
    return json.dumps(value, sort_keys=True)
