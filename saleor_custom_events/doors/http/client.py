"""`GET client.js`, by which a storefront's page fires, and `GET events.d.ts`, which says what it may fire."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.defining.typescript import types_of_events
from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.doors.http.dashboard import answer_asset
from saleor_custom_events.errors import Refused
from saleor_custom_events.extension.build import Asset, Kept
from saleor_custom_events.store.callers import CallerKind

#: Where `make dashboard` builds it to.
FILE = Path(__file__).parents[2] / "client" / "client.js"
#: Its name stays when its content changes, so browsers ask again soon.
SOON = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class _Built:
    """The file in memory."""

    asset: Asset
    tag: str


def answer_client(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Answer to anybody, in any origin: 200, or 304 where the browser has it. Refused 503 where it is not built.

    A module is loaded with CORS. Saleor's own layer puts the origin in the place of the star where it is one of
    ALLOWED_GRAPHQL_ORIGINS, and takes the star away from every other: who may not fire cannot load it either.
    """
    built = _kept.current(FILE)
    if built is None:
        raise Refused(503, "CLIENT_NOT_BUILT", "The storefront client is not built: run `make dashboard`.")
    known = {tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if built.tag in known or "*" in known else answer_asset(request, built.asset)
    response["ETag"] = built.tag
    response["Cache-Control"] = SOON
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def answer_types(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Answer with the public events as TypeScript, with `?all=1` with all of them.

    Refused 401 without a credential, 403 for whoever may not see definitions. A server's key may: it is a secret of
    those who write the code.
    """
    caller = caller_of(request)
    if caller.kind is CallerKind.ANONYMOUS:
        raise Refused(401, "CREDENTIALS_REQUIRED", "Send a server key or a token in the header Authorization.")
    types = types_of_events(caller, public_only=request.GET.get("all") != "1")
    response = HttpResponse(types, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = 'attachment; filename="events.d.ts"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _read(file: Path) -> _Built:
    content = file.read_bytes()
    # Weak: the compressed one has the same.
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    return _Built(Asset(content, "text/javascript; charset=utf-8", packs=True), tag)


_kept = Kept(_read)
