"""Where a definition names things of the store: events, whose numbers differ from store to store, and vouchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from saleor_custom_events.actions.base import Input
from saleor_custom_events.actions.forms import settings_named
from saleor_custom_events.actions.registry import action
from saleor_custom_events.scenarios.values import Json

#: What stands in the place of a name: given its place (`steps[3].config.event`) and what is written there.
Replace: TypeAlias = Callable[[str, Json], Json]

_LISTS = ("starts", "steps", "exits")


def with_events(definition: Json, replace: Replace) -> Json:
    """Give a definition, which may be unfinished, with every name of an event replaced; the rest stays as it is."""
    if not isinstance(definition, dict):
        return definition
    changed = dict(definition)
    for name in _LISTS:
        items = definition.get(name)
        if isinstance(items, list):
            changed[name] = [_item(item, f"{name}[{i}]", replace) for i, item in enumerate(items)]
    return changed


def _item(item: Json, place: str, replace: Replace) -> Json:
    if not isinstance(item, dict):
        return item
    changed = dict(item)
    if item.get("event") is not None:
        changed["event"] = replace(f"{place}.event", item["event"])
    config = item.get("config")
    if isinstance(config, dict):
        named = {name: value for name, value in _settings(item, Input.EVENT) if value is not None}
        replaced = {name: replace(f"{place}.config.{name}", value) for name, value in named.items()}
        changed["config"] = {**config, **replaced}
    return changed


def event_names(definition: Json) -> tuple[tuple[str, Json], ...]:
    """Give every name of an event in a definition, which may be unfinished, as it is written there, with its place."""
    names: list[tuple[str, Json]] = []

    def note(place: str, name: Json) -> Json:
        names.append((place, name))
        return name

    with_events(definition, note)
    return tuple(names)


def vouchers_named(definition: Json) -> tuple[tuple[str, str], ...]:
    """Give the vouchers that a definition names, each with its place. Their ids are those of one store alone."""
    steps = definition.get("steps") if isinstance(definition, dict) else None
    return tuple(
        (f"steps[{i}].config.{name}", value)
        for i, step in enumerate(steps if isinstance(steps, list) else ())
        if isinstance(step, dict)
        for name, value in _settings(step, Input.VOUCHER)
        if isinstance(value, str) and value
    )


def _settings(step: dict[str, Json], kind: Input) -> Iterator[tuple[str, Json]]:
    """Give the settings of one kind in a step of an action, as they are written."""
    name, config = step.get("action"), step.get("config")
    found = action(name) if isinstance(name, str) else None
    if found is not None and isinstance(config, dict):
        yield from ((member, config[member]) for member in settings_named(found, kind) if member in config)
