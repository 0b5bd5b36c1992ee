"""The whole document, and the answer with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse

from saleor_custom_events import __version__
from saleor_custom_events.doors.http.openapi import firing_operations, other_operations
from saleor_custom_events.doors.http.openapi.operations import Answer, Operation
from saleor_custom_events.doors.http.openapi.schemas import SCHEMAS
from saleor_custom_events.doors.http.problems import answer_json
from saleor_custom_events.scenarios.values import Json

_SECURITY: Mapping[str, Json] = {
    "credential": {
        "type": "http",
        "scheme": "bearer",
        "description": "A storefront key `sce_pk_…`, a server key `sce_sk_…`, or a token of Saleor's.",
    },
    "apiKey": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "A server key `sce_sk_…`."},
    "customerToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization-Bearer",
        "description": "Beside a storefront key: the customer's own Saleor token, which says who it is about.",
    },
}
_SERVERS: Sequence[Json] = (
    {"url": "/plugins/global/custom-events"},
    {
        "url": "/plugins/channel/{channel}/custom-events",
        "description": "The same, for one channel.",
        "variables": {"channel": {"default": "default-channel", "description": "Slug."}},
    },
)


def answer_openapi() -> HttpResponse:
    """Answer to anybody: it says what can be sent, and nothing of what is there."""
    response = answer_json(document())
    response["Cache-Control"] = "public, max-age=300"
    # Tools that show it stand on other origins.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def operations() -> tuple[Operation, ...]:
    """Give every operation of every path."""
    return (*firing_operations.operations(), *other_operations.operations())


def document() -> dict[str, Json]:
    """Give the document, with the limits that the settings have now."""
    paths: dict[str, Json] = {}
    for operation in operations():
        methods = paths.setdefault(operation.path, {})
        assert isinstance(methods, dict)
        methods[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Custom events for Saleor",
            "version": __version__,
            "description": "Fires custom events, from which the store's scenarios start.",
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": list(_SERVERS),
        "paths": paths,
        "components": {"schemas": dict(SCHEMAS), "securitySchemes": dict(_SECURITY)},
    }


def _operation(operation: Operation) -> dict[str, Json]:
    described: dict[str, Json] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "security": list(operation.security),
        "responses": {str(answer.status): _answer(answer) for answer in operation.answers},
    }
    if operation.description:
        described["description"] = operation.description
    if operation.parameters:
        described["parameters"] = list(operation.parameters)
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content(operation.body)}
    return described


def _answer(answer: Answer) -> dict[str, Json]:
    described: dict[str, Json] = {"description": answer.description}
    if answer.headers:
        described["headers"] = dict(answer.headers)
    if answer.content:
        described["content"] = _content(answer.content)
    return described


def _content(kinds: Mapping[str, Json]) -> dict[str, Json]:
    return {kind: {"schema": schema} for kind, schema in kinds.items()}
