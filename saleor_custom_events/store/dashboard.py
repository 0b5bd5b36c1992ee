"""The app by which the store's dashboard knows us."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """How the dashboard opens what is ours, by Saleor's names."""

    #: A page of its own, in the dashboard's frame.
    PAGE = "app_page"
    #: A card beside what the dashboard shows itself.
    WIDGET = "widget"


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardEntry:
    """One place of ours in the store's dashboard: an entry of its navigation, or a card on one of its own pages."""

    #: Stable; unique among ours.
    identifier: str
    label: str
    #: Below the app's address, with a slash in front; may have a query.
    path: str
    #: Where it stands, by Saleor's name for it (`navigation_discounts`).
    mount: str
    #: `Target`, or what somebody made of it.
    target: str
    #: Who sees an entry, and what the token is worth that a widget is given: Saleor's codes, upper case.
    permissions: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardApp:
    """The app by which the store's dashboard knows us: as it ought to be, or as the store has it."""

    name: str
    description: str
    version: str
    author: str
    #: What the dashboard opens in a frame, without a slash at the end.
    url: str
    is_active: bool
    #: What its pages may do at most, for users who may do it themselves: Saleor's codes, upper case.
    permissions: frozenset[str]
    #: In the order of the navigation, then the widgets.
    entries: tuple[DashboardEntry, ...]
