"""`make test-saleor` with `DASHBOARD_URL`: which Saleor a dashboard asks for, and one line where that cannot be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from saleor_custom_events.hosts.sandbox.embedded import free_port
from tests.browser.chromium import find_chromium
from tests.saleor.dashboard import find_dashboard
from tests.saleor.environment import NotPossible

pytestmark = pytest.mark.skipif(find_chromium() is None, reason="without a Chromium that is the one line")

Serve = Callable[[str], str]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve a page, and let DASHBOARD_URL name it; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def run(page: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/dashboard"
        monkeypatch.setenv("DASHBOARD_URL", url)
        return url

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def page(api_url: str) -> str:
    return (
        f'<script>window.__SALEOR_CONFIG__ = {{\n  API_URL: "{api_url}",\n  APP_MOUNT_URI: "/dashboard/" }};</script>'
    )


def test_without_a_dashboard_there_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DASHBOARD_URL", raising=False)

    assert find_dashboard() is None


def test_a_dashboard_says_where_its_saleor_has_to_be(serve: Serve):
    port = free_port()
    url = serve(page(f"http://localhost:{port}/graphql/"))

    found = find_dashboard()

    assert found is not None
    assert (found.url, found.host, found.port) == (f"{url}/", "localhost", port)
    assert found.public_url == f"http://localhost:{port}"
    assert found.saleors_settings["ALLOWED_CLIENT_HOSTS"] == "127.0.0.1,localhost"


def test_what_serves_no_dashboard_is_named(monkeypatch: pytest.MonkeyPatch, serve: Serve):
    serve("<h1>Something else</h1>")
    with pytest.raises(NotPossible, match="does not say its API_URL"):
        find_dashboard()
    monkeypatch.setenv("DASHBOARD_URL", f"http://127.0.0.1:{free_port()}/dashboard/")
    with pytest.raises(NotPossible, match="no dashboard at DASHBOARD_URL"):
        find_dashboard()


@pytest.mark.parametrize("api_url", ["https://shop.example/graphql/", "/graphql/", "http://127.0.0.1:8000/api/"])
def test_a_saleor_that_cannot_be_started_there_is_named(serve: Serve, api_url: str):
    serve(page(api_url))
    with pytest.raises(NotPossible, match=f"the dashboard asks {api_url}"):
        find_dashboard()


def test_a_place_that_is_taken_is_named(serve: Serve):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        serve(page(f"http://127.0.0.1:{taken.getsockname()[1]}/graphql/"))
        with pytest.raises(NotPossible, match=r"where no Saleor can be started: .*in use"):
            find_dashboard()
