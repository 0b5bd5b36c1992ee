"""A merchant at the sandbox's dashboard: logs in, goes to a page, looks at what is in the frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from playwright.sync_api import ConsoleMessage, Frame, FrameLocator, Page, expect

from tests.live.store import LiveStore

#: Milliseconds in which something has to show; generous, since the machine may do other things.
PATIENCE = 30_000
# Playwright's own are five seconds, in which a busy machine may not come to the page at all.
expect.set_options(timeout=PATIENCE)
#: Violations of a Content-Security-Policy are errors on the console already, except for those of report-only ones.
WATCH = (
    "addEventListener('securitypolicyviolation', (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))"
)
#: Scenarios are shown as a list until somebody chooses otherwise: `as_picture`.
AS_LIST = """try {
  localStorage.getItem('saleor-custom-events.scenario-view')
    ?? localStorage.setItem('saleor-custom-events.scenario-view', 'list')
} catch {}"""
#: A mail's preview is a sandboxed frame: nothing runs in it, not even what axe and Playwright put into every frame.
SANDBOXED = re.compile("Blocked script execution in 'about:srcdoc'")
#: An animation without end (a spinner that was forgotten) holds nobody up for ever.
MOTIONLESS = """() => Promise.race([
  Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  new Promise((go) => setTimeout(go, 1000)),
])"""
#: The dashboard's own entries of ours.
EVENTS, SCENARIOS, LOG = "Custom events", "Scenarios", "Event log"


@dataclass
class Merchant:
    """One person in one browser tab. `page` is the dashboard, `app` what it frames."""

    #: The frame, and the frame once the dashboard has shaken hands with its page.
    FRAME: ClassVar[str] = ".frame iframe"
    SHAKEN: ClassVar[str] = ".frame.shaken iframe"

    page: Page
    store: LiveStore
    #: What went wrong in the page, as its console tells. A test that has any at its end fails.
    problems: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=lambda: [SANDBOXED])

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.page.add_init_script(AS_LIST)
        self.page.on("console", self._read)
        self.page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))

    def _read(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "") if message.location else ""
            self._note(f"{message.text} ({where})")

    def _note(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self._expected):
            self.problems.append(problem)

    def expect_problem(self, pattern: str) -> None:
        """From now on, what matches is no fault: a test breaks the network, the server refuses …"""
        self._expected.append(re.compile(pattern))

    @contextmanager
    def served_with(self, **environment: str) -> Iterator[None]:
        """Let the store's web process have other variables for a while.

        When it is started anew at the end, the page may ask for something that nobody answers.
        """
        with self.store.web_with(**environment):
            yield
            self.expect_problem("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|Failed to fetch")

    def log_in(self, name: str = "staff_all") -> Merchant:
        """Log in as one of the cast."""
        self.page.goto(f"{self.store.base_url}/dashboard/")
        self.type_credentials(self.store.cast[name]["email"], self.store.cast[name]["password"])
        expect(self.page.locator("#dashboard")).to_be_visible(timeout=PATIENCE)
        return self

    def type_credentials(self, email: str, password: str) -> None:
        """Fill the form and send it."""
        self.page.locator("#login input[name=email]").fill(email)
        self.page.locator("#login input[name=password]").fill(password)
        self.page.locator("#login button").click()

    def go_to(self, entry: str) -> Merchant:
        """Click an entry of the navigation, and wait until its page is there."""
        self.page.locator("nav").get_by_role("link", name=entry, exact=True).click()
        self.await_frame()
        return self

    def open(self, path: str) -> Merchant:
        """Open one of our pages by its address in the dashboard, as a link from elsewhere does: `/log/event/3`."""
        address = self.page.locator("nav").get_by_role("link", name=EVENTS, exact=True).get_attribute("href") or ""
        self.page.goto(self.store.base_url + address.removesuffix("/events") + path)
        self.await_frame()
        return self

    def open_customer(self, name: str = "customer") -> Merchant:
        """Open the dashboard's own page of one of the cast; what is framed then is our card on it."""
        self.page.goto(f"{self.store.base_url}/dashboard/customers/{quote(self.store.cast[name]['id'])}")
        self.await_frame()
        return self

    def await_frame(self) -> None:
        """Wait until what is framed may be looked at."""
        expect(self.page.locator(self.SHAKEN)).to_be_visible(timeout=PATIENCE)

    @property
    def app(self) -> FrameLocator:
        """Find things in what is framed: `merchant.app.get_by_role(…)`."""
        return self.page.frame_locator(self.FRAME)

    @property
    def document(self) -> Frame:
        """The framed document itself, to evaluate something in it."""
        handle = self.page.locator(self.FRAME).element_handle()
        frame = handle.content_frame()
        assert frame is not None
        return frame

    @property
    def toasts(self) -> Any:
        """The dashboard's messages in the corner."""
        return self.page.locator("#toasts > div")

    @property
    def language(self) -> str:
        """Give the language that was chosen: `en`, `pl`."""
        return self.page.locator("#language").input_value()

    def say(self, english: str, polish: str) -> str:
        """Give what something is called in the language that was chosen."""
        return polish if self.language == "pl" else english

    def settle(self) -> None:
        """Wait until the framed page asks for nothing and no animation runs."""
        frame = self.document
        frame.wait_for_load_state("networkidle")
        frame.evaluate(MOTIONLESS)

    def switch_language(self, language: Literal["en", "pl"]) -> Merchant:
        """Choose a language below the navigation."""
        self.page.locator("#language").select_option(language)
        return self

    def switch_theme(self, theme: Literal["light", "dark"]) -> Merchant:
        """Choose light or dark below the navigation."""
        if self.page.locator("html").get_attribute("data-theme") != theme:
            self.page.locator("#theme").click()
        return self
