"""Which actions there are: those of this package and of others, through the entry point group."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.forms import check_settings
from saleor_custom_events.troubles import trouble

GROUP = "saleor_custom_events.actions"
_OWN = "saleor_custom_events."

logger = logging.getLogger(__name__)


def action(name: str) -> Action[Any] | None:
    """Give the action with this name, or None where nobody brings one."""
    return _registered().get(name)


def actions() -> tuple[Action[Any], ...]:
    """Give every action: ours first, then other packages', by name."""
    return tuple(_registered().values())


@lru_cache(maxsize=1)
def _registered() -> Mapping[str, Action[Any]]:
    return load(entry_points(group=GROUP))


def load(points: Iterable[EntryPoint]) -> Mapping[str, Action[Any]]:
    """Load actions by their entry points. One that cannot be loaded is logged and left out.

    Ours come first, so that no other package takes one of their names.
    """
    loaded: dict[str, Action[Any]] = {}
    for point in sorted(points, key=lambda point: (not point.value.startswith(_OWN), point.name)):
        if point.name in loaded:
            logger.error("The action %s of %s has a name that is taken; it is left out", point.name, point.value)
            continue
        try:
            loaded[point.name] = _made(point)
        except Exception:  # another package's fault must not stop the shop
            logger.error(
                "The action %s (%s) cannot be loaded; it is left out", point.name, point.value, exc_info=trouble()
            )
    return loaded


def _made(point: EntryPoint) -> Action[Any]:
    kind = point.load()
    if not isinstance(kind, type) or not issubclass(kind, Action):
        raise TypeError(f"{point.value} is no Action.")
    check_settings(kind)
    if kind.name != point.name:
        raise TypeError(f"The entry point is called {point.name}, the action {kind.name}.")
    return kind()
