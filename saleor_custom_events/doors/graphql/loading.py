"""What belongs to many rows, asked for once: DataLoaders that live as long as a request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from graphql import ResolveInfo
from promise import Promise
from promise.dataloader import DataLoader

from saleor_custom_events.defining import counts
from saleor_custom_events.defining import reading as definitions
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.history import changes_of, histories_of
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.host import current_host
from saleor_custom_events.life import signs_of_life
from saleor_custom_events.log import reading as log
from saleor_custom_events.log import refusals, superseding, violations
from saleor_custom_events.pauses import paused_events
from saleor_custom_events.running import retrying
from saleor_custom_events.store.callers import Caller

_LOADERS = "_custom_events_loaders"
#: Marks what was reached through a list that leads back: from an event to its scenarios, and the other way round.
_LAST = "_custom_events_last"

Ask = Callable[[Caller, Collection[Any]], Mapping[Any, Any]]


def _as_last(row: Any) -> Any:
    """Mark a row as the end of the way: events have scenarios and scenarios have events, and a query that goes round
    between them would cost a hundred times more with every turn, in a host's own schema without our limits too.
    """
    setattr(row, _LAST, True)
    return row


#: What can be asked for by key; each with one query for any number of keys.
_ASKS: Mapping[str, Ask] = {
    "event": lambda _, keys: definitions.events_by_number(keys),
    "scenario": lambda _, keys: definitions.scenarios_by_number(keys),
    "start_event": lambda _, keys: {pk: _as_last(row) for pk, row in definitions.events_by_number(keys).items()},
    "last_fired": lambda _, keys: definitions.last_fired_of(keys),
    "event_paused": lambda _, keys: paused_events(keys),
    "fired_in_last_day": lambda _, keys: counts.fired_in_last_day(keys),
    "under_way": lambda _, keys: counts.under_way(keys),
    "under_way_in_version": lambda _, keys: counts.under_way_in_versions(keys),
    "life": lambda _, keys: dict.fromkeys(keys, signs_of_life()),
    "scenarios_of_event": lambda _, keys: {
        pk: tuple(map(_as_last, rows)) for pk, rows in definitions.scenarios_using(keys).items()
    },
    "definition": lambda _, keys: definitions.definitions_of(keys),
    "history": lambda _, keys: histories_of(keys),
    "version_changes": lambda _, keys: changes_of(keys),
    "version_numbered": lambda _, keys: definitions.versions_numbered(keys),
    "event_by_slug": lambda _, keys: definitions.events_by_slug(keys),
    "versions": lambda _, keys: definitions.versions_of(keys),
    "occurrence": log.occurrences_by_id,
    "steps": log.steps_of,
    "rows_of_occurrence": log.rows_of_occurrences,
    "superseded_by": superseding.superseded_by,
    "chances": lambda _, keys: retrying.chances_of(keys),
    "refusals_of_event": refusals.refusals_of_events,
    "field_problems_of_event": violations.field_problems_of_events,
    "refusals_of_key": refusals.refusals_of_keys,
    "refused_count": refusals.refused_counts_of_events,
}


class _Loader(DataLoader):
    def __init__(self, ask: Ask, who: Caller) -> None:
        super().__init__()
        self._ask = ask
        self._who = who

    def batch_load_fn(self, keys: Sequence[Any]) -> Promise[Any]:
        with current_host().database_access():
            found = self._ask(self._who, keys)
        return Promise.resolve([found.get(key) for key in keys])


def load(info: ResolveInfo, what: str, key: Any) -> Any:
    """Promise what belongs to `key`, or None; `what` is one of the names above."""
    loaders = getattr(info.context, _LOADERS, None)
    if loaders is None:
        loaders = {}
        setattr(info.context, _LOADERS, loaders)
    if what not in loaders:
        loaders[what] = _Loader(_ASKS[what], caller(info))
    return None if key is None else loaders[what].load(key)


def loads(what: str, key: str, *, many: bool = False, goes_on: bool = False) -> Callable[..., Any]:
    """Make a resolver: what belongs to the root's attribute `key`; `many` gives an empty list for nothing.

    `goes_on`: it is a list that is not given of what was reached through a list that leads back here.
    """

    @answering
    def resolve(root: Any, info: ResolveInfo) -> Any:
        if goes_on:
            refuse_going_round(root)
        promised = load(info, what, getattr(root, key))
        return promised.then(lambda found: found or ()) if many else promised

    return resolve


def refuse_going_round(root: Any) -> None:
    """Pass, or raise Refused 400 where `root` was reached from what its own list leads to."""
    if hasattr(root, _LAST):
        message = "This query goes round between events and scenarios: ask for these in a query of their own."
        raise refused_because(400, "GOES_ROUND", message)
