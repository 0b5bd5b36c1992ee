"""A storefront of another origin than the store, and what lies between the two: both real HTTP servers.

What passes between browser and store is passed on as it is, the store's own CORS headers too; so a test can hold an
answer back, and count what was sent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from playwright.sync_api import Browser, BrowserContext, Page

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.merchant import PATIENCE, WATCH
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

#: Seconds in which what should happen has happened, also on a busy machine.
SECONDS = PATIENCE / 1000
HTML = (
    '<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1><script type="module" src="/page.js"></script>'
)
#: Nothing inline, nothing evaluated, nothing from anywhere but the shop and its API.
POLICY = (
    "default-src 'none'; script-src 'self' {api}; connect-src {api}; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
SCRIPT = """
import {{ createClient }} from "{url}client.js";

globalThis.refusals = [];
globalThis.client = createClient({{
  url: "{url}",
  key: "{key}",
  token: () => globalThis.token,
  consent: () => localStorage.getItem("consent") === "yes",
  onRefused: (refusal) => refusals.push(refusal.code),
}});
globalThis.logIn = async (email, password) => {{
  const query = `mutation ($email: String!, $password: String!) {{
    tokenCreate(email: $email, password: $password) {{ token }} }}`;
  const headers = {{ "Content-Type": "application/json" }};
  const body = JSON.stringify({{ query, variables: {{ email, password }} }});
  const answer = await fetch("{graphql}", {{ method: "POST", headers, body }});
  globalThis.token = (await answer.json()).data.tokenCreate.token;
}};
"""
_OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date", "server"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was closed wants no answer any more."""


@dataclass
class Between:
    """Passes everything on to a store; `firings` are the bodies that came for `fire`."""

    store: Store
    url: str = ""
    firings: list[dict[str, Any]] = field(default_factory=list)
    #: Cleared: what the store has answered to a firing is held back.
    answering: threading.Event = field(default_factory=threading.Event)


@contextmanager
def between(store: Store) -> Iterator[Between]:
    """Run it for as long as the block lasts."""
    state = Between(store)
    state.answering.set()

    class Handler(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            firing = self.command == "POST" and self.path.endswith("/fire")
            if firing:
                state.firings.append(json.loads(body))
            sent = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
            answer = requests.request(
                self.command, store.base_url + self.path, data=body, headers=sent, timeout=SECONDS, stream=True
            )
            content = answer.raw.read(decode_content=False)
            if firing:
                state.answering.wait(SECONDS)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in _OF_ONE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_OPTIONS = pass_on

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _serving(Handler) as port:
        state.url = f"http://127.0.0.1:{port}"
        yield state
        state.answering.set()


@dataclass
class Storefront:
    """A shop's pages, in one browser; `event` is public, and nothing of it is in the log yet."""

    context: BrowserContext
    api: Between
    make: Maker
    event: Event
    origin: str
    #: What the pages' consoles complained of, but for requests that failed, which tests bring about.
    problems: list[str] = field(default_factory=list)

    def visit(self, *, consent: bool = False, customer: str = "") -> Page:
        """Open a page, as a guest or as one of the store's people."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        page.add_init_script(f"localStorage.setItem('consent', '{'yes' if consent else 'no'}')")
        page.on("pageerror", lambda error: self.problems.append(f"uncaught: {error}"))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.goto(self.origin)
        self._wait(page, "!!globalThis.client")
        if customer:
            person = self.api.store.cast[customer]
            page.evaluate("([email, password]) => logIn(email, password)", [person["email"], person["password"]])
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(text)

    def fire(self, page: Page, **fields: Any) -> dict[str, Any]:
        """Fire the event, and give what the page is told."""
        told: dict[str, Any] = page.evaluate(
            "([event, fields]) => client.fire(event, fields)", [self.event.slug, fields]
        )
        return told

    def begin_to_fire(self, page: Page, then: str = "") -> None:
        """Fire the event and wait for nothing; `then` is done by the page in the same moment."""
        page.evaluate(f"(event) => {{ void client.fire(event).catch(() => 0); {then} }}", self.event.slug)

    def rows(self) -> list[dict[str, Any]]:
        """Give the event's rows of the log."""
        return self.make.log(self.event)

    def wait_for_rows(self, count: int) -> list[dict[str, Any]]:
        """Wait until there are as many rows; AssertionError where that never happens."""
        assert until(lambda: len(self.rows()) >= count, SECONDS), "nothing came into the log"
        return self.rows()

    def wait_until_nothing_waits(self, page: Page) -> None:
        """Wait until the browser keeps no firing any more: only the visitor's id, where there is consent."""
        self._wait(page, "Object.keys(localStorage).every((name) => !/^sce:/.test(name) || name.endsWith(':id'))")

    def _wait(self, page: Page, condition: str) -> None:
        # Not Playwright's own: it evaluates a text in the page, which the page's policy forbids.
        assert until(lambda: page.evaluate(condition), SECONDS), condition


@contextmanager
def storefront(browser: Browser, store: Store) -> Iterator[Storefront]:
    """Give a shop whose API is the store's; at the end its pages must not have complained."""
    context = browser.new_context()
    with between(store) as api, _served(context, api) as shop:
        yield shop
        context.close()
    assert shop.problems == [], "the page complained"


@contextmanager
def _served(context: BrowserContext, api: Between) -> Iterator[Storefront]:
    """Serve the shop's pages at `localhost`, which is another origin and another site than the API's address."""
    make = Maker(api.store)
    told: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/page.js"
            content = (told["script"] if is_script else HTML).encode()
            self.send_response(200 if self.path in ("/", "/page.js") else 404)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.send_header("Content-Security-Policy", POLICY.format(api=api.url))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _serving(Handler) as port:
        origin = f"http://localhost:{port}"
        url = f"{api.url}/plugins/global/custom-events/"
        key = make.key("STOREFRONT", origins=[origin])
        told["script"] = SCRIPT.format(url=url, key=key, graphql=f"{api.url}/graphql/")
        yield Storefront(context, api, make, make.event(public=True), origin)


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
