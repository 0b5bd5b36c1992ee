"""The HTTP door: what is below the plugin's URL. Hosts hand every request over to `answer`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.away import database_is_away
from saleor_custom_events.doors.admission import enter, limit_headers
from saleor_custom_events.doors.graphql.view import graphql_answer
from saleor_custom_events.doors.http.client import answer_client, answer_types
from saleor_custom_events.doors.http.dashboard import answer_dashboard
from saleor_custom_events.doors.http.ecdp import answer_ecdp
from saleor_custom_events.doors.http.firing import answer_batch, answer_fire
from saleor_custom_events.doors.http.health import answer_health
from saleor_custom_events.doors.http.openapi.document import answer_openapi
from saleor_custom_events.doors.http.problems import answer_problem
from saleor_custom_events.doors.http.schema import answer_schema
from saleor_custom_events.doors.http.store_webhook import answer_store_webhook
from saleor_custom_events.doors.http.unsubscribing import answer_unsubscribe
from saleor_custom_events.errors import Refused
from saleor_custom_events.tracing import NOTHING, Told, request_span
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)

Methods = Mapping[str, Callable[[HttpRequest, str | None], HttpResponse]]

ROUTES: Mapping[str, Methods] = {
    "fire": {"POST": answer_fire},
    "fire/batch": {"POST": answer_batch},
    "scenariocustomevents": {"POST": answer_ecdp},
    "graphql": {"POST": lambda request, channel: graphql_answer(request)},
    "store-webhook": {"POST": answer_store_webhook},
    "openapi.json": {"GET": lambda request, channel: answer_openapi()},
    "client.js": {"GET": answer_client, "HEAD": answer_client},
    "events.d.ts": {"GET": answer_types},
    "scenario.schema.json": {"GET": lambda request, channel: answer_schema()},
    "health": {"GET": lambda request, channel: answer_health(request)},
}
#: What fires: every answer of these says how the limits stand.
FIRING = frozenset({"fire", "fire/batch", "scenariocustomevents"})
#: What answers for every address below its name.
TREES: Mapping[str, Mapping[str, Callable[..., HttpResponse]]] = {
    "dashboard": {"GET": answer_dashboard, "HEAD": answer_dashboard},
    "unsubscribe": {"GET": answer_unsubscribe, "HEAD": answer_unsubscribe, "POST": answer_unsubscribe},
}


def answer(
    request: HttpRequest, path: str, channel: str | None, *, before: Callable[[], Refused | None] = lambda: None
) -> HttpResponse:
    """Answer one request. `path` is what follows the plugin's URL, slashes at its ends do not matter.

    `before` is what the host has to say against it. Never raises: what is not a refusal is logged and answered with
    500, or 503 where the database is away.
    """
    with _told_of(request, path.strip("/")) as told:
        response = _answered(request, path.strip("/"), channel, before, told)
        told.say(status=response.status_code)
    for name, value in limit_headers(request).items():
        response[name] = value
    return response


def _told_of(request: HttpRequest, path: str) -> AbstractContextManager[Told]:
    """Give the span of a request that fires; of others the store's own is enough."""
    if path not in FIRING:
        return nullcontext(NOTHING)
    return request_span("request", request.headers.get("traceparent", ""), route=path)


def _answered(
    request: HttpRequest, path: str, channel: str | None, before: Callable[[], Refused | None], told: Told
) -> HttpResponse:
    try:
        if path in FIRING:
            enter(request)
        if refused := before():
            raise refused
        methods = _methods_at(path)
        if methods is None:
            raise Refused(404, "NOT_FOUND", "There is nothing at this address.")
        work = methods.get(request.method or "")
        return work(request, channel) if work else _method_not_allowed(methods)
    except Refused as refused:
        told.say(reason=refused.code)
        return answer_problem(refused)
    except Exception as error:
        told.fail("BUSY" if database_is_away(error) else "INTERNAL_ERROR")
        if database_is_away(error):
            logger.error("The database did not answer", exc_info=trouble())
            # Where the connection was lost during the commit, nobody here knows whether it was made.
            message = "The store is busy. Send it again, with the same idempotencyKey so that it happens once."
            return answer_problem(Refused(503, "BUSY", message, retry_after=timedelta(seconds=1)))
        logger.error("A request failed", exc_info=trouble())
        return answer_problem(Refused(500, "INTERNAL_ERROR", "Something went wrong on our side."))


def _methods_at(path: str) -> Methods | None:
    tree, _, below = path.partition("/")
    if tree in TREES:
        return {method: partial(work, below=below) for method, work in TREES[tree].items()}
    return ROUTES.get(path)


def _method_not_allowed(methods: Mapping[str, object]) -> HttpResponse:
    response = answer_problem(Refused(405, "METHOD_NOT_ALLOWED", f"Use {' or '.join(methods)}."))
    response["Allow"] = ", ".join(methods)
    return response
