"""The body of a request, read no further than it may be long."""

from __future__ import annotations

from django.http import HttpRequest

from saleor_custom_events.errors import Refused


def read_body(request: HttpRequest, limit: int) -> bytes:
    """Read at most `limit` bytes from the stream. Refused 413, without reading what is too much."""
    declared = request.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Refused(413, "BODY_TOO_LARGE", f"The body may have {limit} bytes at most.")
    body = request.read(limit + 1)
    if len(body) > limit:
        raise Refused(413, "BODY_TOO_LARGE", f"The body may have {limit} bytes at most.")
    return bytes(body)
