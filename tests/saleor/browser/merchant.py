"""A merchant at Saleor's own dashboard, and the Saleor behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from playwright.sync_api import ConsoleMessage, Locator, expect

from saleor_custom_events.hosts.sandbox.receivers import Receiver
from tests.browser.merchant import EVENTS, Merchant
from tests.host_contract.store import Store
from tests.live.store import ask_database

#: Milliseconds for the dashboard to come up: 13 MB of script, and a Saleor that has just been started.
STARTING = 90_000
#: Milliseconds for anything else in it.
PATIENCE = 30_000
#: What the dashboard advertises lies on other things, and comes when it likes: it was closed before, then.
NO_ADVERTISING = """
if (window.top === window) localStorage.setItem("dashboard-ripples", '{"saleor-pulse": {"manuallyHidden": true}}');
"""


@dataclass(frozen=True, kw_only=True)
class SaleorStore(Store):
    """The Saleor that the tests talk to, and the dashboard that talks to it."""

    #: With a slash at the end.
    dashboard_url: str
    database_url: str
    receiver: Receiver

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask Saleor's database."""
        return ask_database(self.database_url, query, *values)


@dataclass
class SaleorMerchant(Merchant):
    """One person in one tab of Saleor's dashboard."""

    #: It stays hidden until the hands are shaken.
    FRAME: ClassVar[str] = "iframe[data-test-id=app-frame]"
    SHAKEN: ClassVar[str] = FRAME

    store: SaleorStore  # type: ignore[assignment]  # another store than the sandbox's

    def __post_init__(self) -> None:
        super().__post_init__()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(NO_ADVERTISING)

    def log_in(self, name: str = "staff_all") -> SaleorMerchant:
        """Log in by the dashboard's form."""
        self.page.goto(self.store.dashboard_url)
        self.type_credentials(self.store.cast[name]["email"], self.store.cast[name]["password"])
        self.await_navigation()
        return self

    def type_credentials(self, email: str, password: str) -> None:
        """Fill the form and send it."""
        self._part("email").fill(email, timeout=STARTING)
        self._part("password").fill(password)
        self._part("submit").click()

    def await_navigation(self) -> None:
        """Wait until the navigation is there, with what apps have in it."""
        expect(self._part("menu-item-label-home")).to_be_visible(timeout=STARTING)

    @property
    def entries(self) -> Locator:
        """The entries of ours, in the section Discounts."""
        return self.page.locator("a[href*='/extensions/app/']")

    def unfold(self) -> SaleorMerchant:
        """Open the section in which our entries are."""
        if not self.entries.first.is_visible():
            self._part("menu-item-label-discounts").get_by_role("link").click()
        expect(self.entries.first).to_be_visible(timeout=PATIENCE)
        return self

    def go_to(self, entry: str) -> SaleorMerchant:
        """Click an entry of the navigation, and wait until its page is there."""
        self.unfold()
        self.entries.filter(has_text=re.compile(f"^{entry}$")).click()
        self.await_frame()
        return self

    def open(self, path: str) -> SaleorMerchant:
        """Open one of our pages by its address in the dashboard, which is loaded anew."""
        self.page.goto(self.address(path))
        self.await_frame()
        return self

    def open_customer(self, name: str = "customer") -> SaleorMerchant:
        """Open the dashboard's own page of one of the cast; what is framed then is our card on it."""
        self.page.goto(f"{self.store.dashboard_url}customers/{quote(self.store.cast[name]['id'])}")
        self.await_frame()
        return self

    def address(self, path: str) -> str:
        """Give the address in the dashboard of one of our pages."""
        self.unfold()
        entry = self.entries.filter(has_text=re.compile(f"^{EVENTS}$")).get_attribute("href") or ""
        origin = re.match(r"https?://[^/]+", self.store.dashboard_url)
        assert origin is not None
        return origin[0] + entry.removesuffix("/events") + path

    def await_frame(self) -> None:
        """Wait until what is framed may be looked at."""
        expect(self.page.locator(self.SHAKEN)).to_be_visible(timeout=STARTING)

    @property
    def toasts(self) -> Locator:
        """The dashboard's messages in the corner."""
        return self.page.locator("[data-sonner-toast]")

    @property
    def language(self) -> str:
        """Give the language that was chosen: `en`, `pl`."""
        return str(self.page.evaluate("() => localStorage.getItem('locale') ?? 'en'"))

    def switch_language(self, language: Literal["en", "pl"]) -> SaleorMerchant:
        """Keep another language, as the account's settings do, and load the dashboard anew."""
        self.page.evaluate("(language) => localStorage.setItem('locale', language)", language)
        self.page.reload()
        self.await_navigation()
        return self

    def switch_theme(self, theme: Literal["light", "dark"]) -> SaleorMerchant:
        """Choose light or dark in the menu at one's name."""
        kept = self.page.evaluate("() => localStorage.getItem('activeMacawUITheme') ?? 'defaultLight'")
        if ("Dark" in kept) != (theme == "dark"):
            self._part("userMenu").click()
            self._part("theme-switch").click()
        return self

    def _part(self, name: str) -> Locator:
        return self.page.locator(f"[data-test-id='{name}']")

    def _read(self, message: ConsoleMessage) -> None:
        """What the dashboard itself complains of (its films that the network has not …) is not ours."""
        where = message.location.get("url", "") if message.location else ""
        if "/custom-events/" in f"{message.text} {where}":
            super()._read(message)
