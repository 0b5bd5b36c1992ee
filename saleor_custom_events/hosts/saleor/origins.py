"""Where Saleor's dashboard may be, as far as its settings tell. Imports nothing of Saleor's."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A host as Saleor compares it: without scheme and port.
_HOST = re.compile(r"(?P<dot>\.?)(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)")
_LOOPBACK = ("localhost", "127.0.0.1")


def origins_of(client_hosts: Iterable[str]) -> tuple[str, ...]:
    """Give the origins that Saleor takes for its own front ends, for CSP's `frame-ancestors`.

    Saleor demands `ALLOWED_CLIENT_HOSTS` in production, and sends links to reset a password or to accept an
    invitation only to hosts among them: a dashboard whose staff can get in is there, and the shop's own
    storefronts. Read as Saleor reads it (`saleor/core/utils/url.py`, `django.http.request.validate_host`): a
    leading dot covers the domain and all below it, `*` everything, and ports do not count, so each host is
    let in with any. Without a scheme a source means the page's own, or HTTPS from a page over HTTP; a
    developer's dashboard on `localhost` may use HTTP in front of a shop that has HTTPS.
    """
    sources = ["'self'"]
    for entry in client_hosts:
        if entry == "*":
            return ("*",)
        if match := _HOST.fullmatch(entry.lower()):
            sources += _sources_of(match["name"], below=bool(match["dot"]))
    return tuple(dict.fromkeys(sources))


def _sources_of(host: str, *, below: bool) -> list[str]:
    if host in _LOOPBACK:
        return [f"http://{host}:*", f"https://{host}:*"]
    return [f"{host}:*", f"*.{host}:*"] if below else [f"{host}:*"]
