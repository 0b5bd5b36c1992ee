"""Every screen of the extension, and how to get there: for screenshots, and for what has to hold on all of them.

Whoever makes a screen adds it to SCREENS. What is clicked on the way is named in both languages: `merchant.say(…)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.merchant import Merchant
from tests.browser.shown import Shown

#: A language and a theme.
LOOKS = (("en", "light"), ("pl", "dark"))


def _stay(merchant: Merchant) -> None:
    """Nothing is clicked: the address is all."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `path` is the page's address below the extension's, made of the numbers in the store."""

    name: str
    path: Callable[[Shown], str]
    then: Callable[[Merchant], None] = _stay
    #: Of a store in which nothing was ever defined.
    empty: bool = False
    #: Its picture in English and light is in the README, as docs/images/<name>.png.
    in_readme: bool = False


def show(merchant: Merchant, screen: Screen, shown: Shown) -> None:
    """Open it, and wait until nothing moves any more."""
    merchant.open(screen.path(shown))
    merchant.settle()
    screen.then(merchant)
    merchant.settle()


SCREENS: tuple[Screen, ...] = (
    Screen("events-empty", lambda shown: "/events", empty=True),
    Screen("scenarios-empty", lambda shown: "/scenarios", empty=True),
    Screen("log-empty", lambda shown: "/log", empty=True),
    Screen("events", lambda shown: "/events"),
    Screen("event-new", lambda shown: "/events/new"),
    Screen("event", lambda shown: f"/events/{shown.events['finished-the-size-quiz']}"),
    Screen("scenarios", lambda shown: "/scenarios"),
    Screen("scenario", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}"),
    Screen("log", lambda shown: "/log"),
    Screen("log-of-event", lambda shown: f"/log/event/{shown.events['finished-the-size-quiz']}"),
    Screen("log-of-scenario", lambda shown: f"/log/scenario/{shown.scenarios['Back in stock']}"),
    Screen("invocation-failed", lambda shown: f"/log/invocation/{shown.invocations['failed']}"),
    Screen("invocation-waiting", lambda shown: f"/log/invocation/{shown.invocations['waiting']}"),
    Screen("why", lambda shown: "/why"),
    Screen("not-found", lambda shown: "/nowhere"),
)
NOTHING = Shown(events={}, scenarios={}, invocations={})
