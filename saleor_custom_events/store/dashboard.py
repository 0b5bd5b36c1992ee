"""The app by which the store's dashboard knows us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NavigationEntry:
    """One entry of ours in the navigation of the store's dashboard."""

    #: Stable; unique among ours.
    identifier: str
    label: str
    #: Below the app's address, with a slash in front.
    path: str
    #: The section it stands in, by Saleor's name for it (`navigation_discounts`).
    mount: str
    #: Who sees it: Saleor's code, upper case.
    permission: str


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
    #: In the order of the navigation.
    entries: tuple[NavigationEntry, ...]
