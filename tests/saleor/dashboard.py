"""Saleor's own dashboard, where one is at hand: what `DASHBOARD_URL` names, and which Saleor it talks to."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from tests.browser.chromium import HOW, find_chromium
from tests.saleor.environment import NotPossible

#: Seconds for the dashboard's page, which is a small file.
PATIENCE = 15
#: The page tells its script where Saleor is: `window.__SALEOR_CONFIG__ = {API_URL: "…", …}`.
API_URL = re.compile(r"""["']?API_URL["']?\s*:\s*["']([^"']*)["']""")
#: An app's token lives so long there. The dashboard replaces it 30 s before its end, or 30 s after it came: a test can
#: see a token come and the one before end without waiting for the usual five minutes.
APP_TOKEN = "1 minute"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dashboard:
    """A dashboard that is served already, and whose Saleor we can start."""

    #: With a slash at the end.
    url: str
    #: Where it expects Saleor; `host` and `port` are of this.
    api_url: str

    @property
    def host(self) -> str:
        """Give the host that Saleor has to listen on."""
        return urlsplit(self.api_url).hostname or ""

    @property
    def port(self) -> int:
        """Give the port that Saleor has to listen on."""
        return urlsplit(self.api_url).port or 80

    @property
    def public_url(self) -> str:
        """Give Saleor's address as the dashboard says it, without a slash at the end."""
        return self.api_url.removesuffix("/graphql/")

    @property
    def saleors_settings(self) -> Mapping[str, str]:
        """Give what an operator tells Saleor of the dashboard, and the shorter life of its apps' tokens."""
        hosts = dict.fromkeys(("127.0.0.1", "localhost", urlsplit(self.url).hostname or ""))
        return {
            "ALLOWED_CLIENT_HOSTS": ",".join(hosts),
            "DASHBOARD_URL": self.url,
            "JWT_TTL_APP_ACCESS": APP_TOKEN,
        }


def find_dashboard() -> Dashboard | None:
    """Find the dashboard that `DASHBOARD_URL` names; None where it names none. Raises NotPossible."""
    url = os.environ.get("DASHBOARD_URL", "")
    if not url:
        return None
    if find_chromium() is None:
        raise NotPossible(f"no Chromium was found for DASHBOARD_URL: {HOW}")
    found = Dashboard(url=url.rstrip("/") + "/", api_url=_api_url(url))
    _demand_free(found)
    return found


def _api_url(url: str) -> str:
    try:
        page = requests.get(url, timeout=PATIENCE)
        page.raise_for_status()
    except requests.RequestException as error:
        raise NotPossible(f"no dashboard at DASHBOARD_URL: {error}") from error
    said = API_URL.search(page.text)
    if said is None:
        raise NotPossible(f"no dashboard at DASHBOARD_URL: the page {url} does not say its API_URL")
    if not re.fullmatch(r"http://[^/]+/graphql/", said[1]):
        raise NotPossible(
            f"the dashboard asks {said[1]}, where no Saleor can be started: http://…/graphql/ it has to be"
        )
    return said[1]


def _demand_free(dashboard: Dashboard) -> None:
    """Ask for the place that the dashboard expects Saleor at; whoever is there already is no Saleor of ours."""
    try:
        with socket.create_server((dashboard.host, dashboard.port)):
            pass
    except OSError as error:
        reason = f"the dashboard asks {dashboard.api_url}, where no Saleor can be started: {error.strerror or error}"
        raise NotPossible(reason) from error
