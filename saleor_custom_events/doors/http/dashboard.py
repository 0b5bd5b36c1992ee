"""`GET dashboard/…`: the extension of the store's dashboard, a single page and its assets."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.errors import Refused
from saleor_custom_events.extension.ancestors import frame_ancestors
from saleor_custom_events.extension.build import Asset, current_build

#: The page loads what it needs from here and speaks with nobody else. Its policy is that of a mail's preview too, a
#: sandboxed frame in it: mails have their styles inline, and pictures from elsewhere, which that frame loads only when
#: it is asked to.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors {ancestors}"
)
#: Where the card on a customer's page of the dashboard is: a page of its own, which loads little.
CUSTOMER = "customer"
#: Their names change with their content.
FOR_EVER = "public, max-age=31536000, immutable"
_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE)


def answer_dashboard(request: HttpRequest, channel: str | None, *, below: str) -> HttpResponse:
    """Answer with an asset, or with the page for every other address: the page finds its way by itself.

    `below` is what follows `dashboard/`. Raises Refused 404 for an asset that is not there (the page in its
    place would be run as a script), 503 in a source checkout that was not built.
    """
    build = current_build()
    if build is None:
        raise Refused(503, "DASHBOARD_NOT_BUILT", "The dashboard extension is not built: run `make dashboard`.")
    folder, _, name = below.partition("/")
    if folder != "assets":
        return _answer_page(build.customer_page if below == CUSTOMER else build.page)
    asset = build.assets.get(name)
    if asset is None:
        raise Refused(404, "NOT_FOUND", "There is no such file in this build of the dashboard extension.")
    response = answer_asset(request, asset)
    response["Cache-Control"] = FOR_EVER
    return response


def answer_asset(request: HttpRequest, asset: Asset) -> HttpResponse:
    """Answer with a file, compressed for whoever unpacks gzip (RFC 9110 §12.5.3)."""
    packed = asset.gzipped if _GZIP.search(request.headers.get("Accept-Encoding", "")) else None
    response = HttpResponse(packed or asset.content, content_type=asset.content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return _finished(response)


def _answer_page(page: bytes) -> HttpResponse:
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = POLICY.format(ancestors=" ".join(frame_ancestors()))
    response["Referrer-Policy"] = "no-referrer"
    return _finished(response)


def _finished(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(len(response.content))
    return response
