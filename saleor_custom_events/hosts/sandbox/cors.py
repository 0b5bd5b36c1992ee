"""Saleor's CORS layer, rule by rule (`saleor/asgi/cors_handler.py`, 3.23): what browsers get to see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from fnmatch import fnmatchcase
from typing import Any

from django.conf import settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PREFLIGHT: Headers = [
    (b"access-control-allow-credentials", b"true"),
    (
        b"access-control-allow-headers",
        b"Origin, Content-Type, Accept, Authorization, Source-Service-Name, Authorization-Bearer",
    ),
    (b"access-control-allow-methods", b"POST, OPTIONS"),
    (b"access-control-max-age", b"600"),
    (b"vary", b"Origin"),
]


def with_cors(application: Any) -> Application:
    """Answer OPTIONS in front of `application`, and add the origin to what it answers."""

    async def answering(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        origin = _allowed_origin(scope)
        if scope["method"] == "OPTIONS":
            await _answer_preflight(origin, send)
            return

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_origin(list(message["headers"]), origin)
            await send(message)

        await application(scope, receive, send_with_origin)

    return answering


def _allowed_origin(scope: Message) -> bytes | None:
    sent = [value for name, value in scope["headers"] if name == b"origin"]
    if not sent:
        return None
    origin: bytes = sent[-1]
    text = origin.decode("latin1")
    allowed = any(fnmatchcase(text, pattern) for pattern in settings.ALLOWED_GRAPHQL_ORIGINS)
    return origin if text and allowed else None


async def _answer_preflight(origin: bytes | None, send: Send) -> None:
    headers = [*PREFLIGHT]
    if origin:
        headers.append((b"access-control-allow-origin", origin))
    await send({"type": "http.response.start", "status": 200 if origin else 400, "headers": sorted(headers)})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _with_origin(headers: Headers, origin: bytes | None) -> Headers:
    ours = {b"access-control-allow-credentials", b"access-control-allow-origin", b"vary"}
    vary = next((value for name, value in headers if name.lower() == b"vary"), b"")
    answered = [(name, value) for name, value in headers if name.lower() not in ours]
    answered.append((b"access-control-allow-credentials", b"true"))
    if origin:
        answered.append((b"access-control-allow-origin", origin))
        if b"Origin" not in vary:
            vary = vary + b", Origin" if vary else b"Origin"
    if vary:
        answered.append((b"vary", vary))
    return sorted(answered)
