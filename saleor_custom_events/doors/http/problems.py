"""Answers of the HTTP door: JSON, and RFC 9457 problems."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from saleor_custom_events.errors import Refused

EXPOSED = "Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"


def answer_json(body: Any, status: int = 200, content_type: str = "application/json") -> HttpResponse:
    """Give a JSON answer. Nothing that we answer may be cached, and browsers may read the headers of limits."""
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=f"{content_type}; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["X-Content-Type-Options"] = "nosniff"
    return response


def problem_body(refused: Refused) -> dict[str, Any]:
    """Give a refusal as RFC 9457's members, with our stable `code` and the wrong members as `errors`.

    Of type `about:blank`, so the title is the status' own; what happened is the detail.
    """
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "detail": refused.message,
        "status": refused.status,
        "code": refused.code,
        "errors": [{"field": p.field, "code": p.code, "message": p.message} for p in refused.problems],
    }
    if refused.retry_after is not None:
        body["retryAfter"] = _seconds(refused)
    if refused.limit:
        body["limit"] = refused.limit
    return body


def answer_problem(refused: Refused) -> HttpResponse:
    """Give a refusal as `application/problem+json`."""
    response = answer_json(problem_body(refused), refused.status, "application/problem+json")
    if refused.retry_after is not None:
        response["Retry-After"] = str(_seconds(refused))
    if refused.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _seconds(refused: Refused) -> int:
    assert refused.retry_after is not None
    return math.ceil(refused.retry_after.total_seconds())
