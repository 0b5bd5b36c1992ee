"""The paths that fire nothing."""

from __future__ import annotations

from collections.abc import Sequence

from saleor_custom_events.doors.http.openapi.operations import (
    ANYBODY,
    CALLERS,
    CREDENTIALS,
    HTML,
    JSON,
    Answer,
    Operation,
    header,
    ours,
    path_parameter,
    problem,
    switch_parameter,
    text,
)
from saleor_custom_events.doors.http.openapi.schemas import ref
from saleor_custom_events.scenarios.values import Json

_LANGUAGE: Json = {
    "name": "Accept-Language",
    "in": "header",
    "description": "English, unless Polish is wanted more.",
    "schema": {"type": "string"},
}


def operations() -> Sequence[Operation]:
    """Describe them."""
    return (_graphql(), *_client(), *_documents(), *_dashboard(), *_unsubscribe(), _store_webhook(), _health())


def _graphql() -> Operation:
    body: dict[str, Json] = {"type": "object", "properties": {"data": {}, "errors": {"type": "array"}}}
    return Operation(
        path="/graphql/",
        method="POST",
        summary="The plugin's own GraphQL schema",
        description="One operation a request. The schema: `saleor_custom_events/doors/graphql/schema.graphql`.",
        body={JSON: ref("GraphQLRequest")},
        security=(*CALLERS, *ANYBODY),
        answers=(
            Answer(status=200, description="It was executed; `errors` may say otherwise.", content={JSON: body}),
            Answer(
                status=400,
                description="It could not be executed: `errors` says why; or the body is no JSON.",
                content={JSON: body, **problem(400, "INVALID_JSON", "INVALID_CHARACTER", "BODY_TOO_DEEP").content},
            ),
            problem(413),
            *ours(),
        ),
    )


def _client() -> Sequence[Operation]:
    tag = {"ETag": header("Of the file's content.", type="string")}
    module = tuple(
        Operation(
            path="/client.js",
            method=method,
            summary="The storefront client",
            description="An ES module without dependencies.",
            security=ANYBODY,
            answers=(
                Answer(
                    status=200, description="The module.", content={"text/javascript": text("ES2022.")}, headers=tag
                ),
                Answer(status=304, description="The browser has it.", headers=tag),
                *ours(busy=("CLIENT_NOT_BUILT", "BUSY")),
            ),
        )
        for method in ("GET", "HEAD")
    )
    types = Operation(
        path="/events.d.ts",
        method="GET",
        summary="The store's events as TypeScript",
        description="For server keys, and for tokens that may see definitions.",
        parameters=(switch_parameter("all", "also events that only servers may fire."),),
        security=({"credential": []},),
        answers=(
            Answer(status=200, description="A `.d.ts`.", content={"text/plain": text("TypeScript.")}),
            problem(401, *CREDENTIALS),
            problem(403, "PERMISSION_DENIED", "ORIGIN_NOT_ALLOWED"),
            *ours(),
        ),
    )
    return (*module, types)


def _documents() -> Sequence[Operation]:
    return (
        Operation(
            path="/openapi.json",
            method="GET",
            summary="This document",
            security=ANYBODY,
            answers=(Answer(status=200, description="OpenAPI 3.1.", content={JSON: {"type": "object"}}), *ours()),
        ),
        Operation(
            path="/scenario.schema.json",
            method="GET",
            summary="The JSON Schema of a scenario as a file",
            security=ANYBODY,
            answers=(
                Answer(
                    status=200,
                    description="With the actions that this store has.",
                    content={"application/schema+json": {"type": "object"}},
                ),
                *ours(),
            ),
        ),
    )


def _dashboard() -> Sequence[Operation]:
    page = Answer(
        status=200,
        description="The page; every address below but `assets/` is one of its own.",
        content={HTML: text("The single page of the extension.")},
        headers={"Content-Security-Policy": header("Who may show it in a frame.", type="string")},
    )
    asset = Answer(
        status=200,
        description="A file of the build. Its name changes with its content, so it may be kept for ever.",
        content={kind: text("The file.") for kind in ("text/javascript", "text/css", "font/woff2", "image/svg+xml")},
        headers={"Cache-Control": header("How long.", type="string")},
    )
    name = path_parameter("name", "As the page names it.")
    busy = ("DASHBOARD_NOT_BUILT", "BUSY")
    return tuple(
        operation
        for method in ("GET", "HEAD")
        for operation in (
            Operation(
                path="/dashboard/",
                method=method,
                summary="The dashboard extension",
                security=ANYBODY,
                answers=(page, *ours(busy=busy)),
            ),
            Operation(
                path="/dashboard/assets/{name}",
                method=method,
                summary="A file of the dashboard extension",
                parameters=(name,),
                security=ANYBODY,
                answers=(asset, *ours(not_found=("NOT_FOUND",), busy=busy)),
            ),
        )
    )


def _unsubscribe() -> Sequence[Operation]:
    token = path_parameter("token", "Out of a mail; it names an address and nothing else.")
    language = header("`en` or `pl`.", type="string")

    def answers(what: str) -> Sequence[Answer]:
        page = Answer(
            status=200, description=what, content={HTML: text("A page.")}, headers={"Content-Language": language}
        )
        return (page, *ours(not_found=("NOT_FOUND",)))

    one_click: Json = {"type": "object", "additionalProperties": {"type": "string"}}
    form = {"application/x-www-form-urlencoded": one_click}
    asking = [
        Operation(
            path="/unsubscribe/{token}",
            method=method,
            summary="Ask whether to unsubscribe",
            parameters=(token, _LANGUAGE),
            security=ANYBODY,
            answers=answers("A page that asks. Nothing is changed, since programs open every link of a mail."),
        )
        for method in ("GET", "HEAD")
    ]
    doing = Operation(
        path="/unsubscribe/{token}",
        method="POST",
        summary="Unsubscribe with one click (RFC 8058)",
        description="`List-Unsubscribe=One-Click` from a mail program; `subscribe-again` takes it back.",
        parameters=(token, _LANGUAGE),
        body=form,
        security=ANYBODY,
        answers=(*answers("It is done."), problem(413)),
    )
    return (*asking, doing)


def _store_webhook() -> Operation:
    signature: Json = {
        "name": "Saleor-Signature",
        "in": "header",
        "description": "HMAC-SHA256 of the body with the webhook's own secret, in hexadecimal.",
        "schema": {"type": "string"},
    }
    return Operation(
        path="/store-webhook",
        method="POST",
        summary="The store's own webhook",
        description="For Saleor alone, from 3.23 on: a variant is back in stock.",
        parameters=(signature,),
        body={JSON: {"type": "object"}},
        security=ANYBODY,
        answers=(
            Answer(status=204, description="Written down, where anybody wants to know."),
            problem(401, "INVALID_SIGNATURE"),
            problem(413),
            *ours(),
        ),
    )


def _health() -> Operation:
    return Operation(
        path="/health",
        method="GET",
        summary="Whether the process lives",
        description="Checks in detail for whoever holds MANAGE_PLUGINS.",
        parameters=(switch_parameter("ready", "the database is asked as well."),),
        security=({}, {"credential": []}),
        answers=(
            Answer(
                status=200, description="It lives, whatever Redis or the workers do.", content={JSON: ref("Health")}
            ),
            Answer(status=503, description="Asked for `ready`: no database.", content={JSON: ref("Health")}),
            *(answer for answer in ours() if answer.status != 503),
        ),
    )
