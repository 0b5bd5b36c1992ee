"""`POST graphql/`: the plugin's own schema over HTTP."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from graphql import GraphQLError, execute, parse, validate
from graphql.error import format_error as plain_error
from graphql.execution import ExecutionResult

from saleor_custom_events.doors.graphql.limits import MAX_BODY, check_cost
from saleor_custom_events.doors.graphql.schema import schema
from saleor_custom_events.doors.http.firing import read_body
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_json

logger = logging.getLogger(__name__)


def graphql_answer(request: HttpRequest) -> HttpResponse:
    """Answer `{"query", "variables", "operationName"}`: 200 once it was executed, 400 where it could not be.

    One operation a request, JSON only. Refused 413 or 400 for a body that is too large or no JSON.
    """
    asked = read_json(read_body(request, MAX_BODY), limit=MAX_BODY)
    result = _executed(request, asked)
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [format_error(error) for error in result.errors]
    if not result.invalid:
        body["data"] = result.data
    text = json.dumps(body, default=_plain, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json", status=400 if result.invalid else 200)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def _invalid(*errors: Exception) -> ExecutionResult:
    return ExecutionResult(errors=list(errors), invalid=True)


def _executed(request: HttpRequest, asked: Any) -> ExecutionResult:
    members = asked if isinstance(asked, dict) else {}
    query, variables = members.get("query"), members.get("variables")
    if not isinstance(query, str) or not isinstance(variables, dict | None):
        return _invalid(GraphQLError("Send {\"query\": text, \"variables\": object}."))
    try:
        document = parse(query)
        check_cost(document)
        errors = validate(schema, document)
    except GraphQLError as error:
        return _invalid(error)
    except RecursionError:
        return _invalid(GraphQLError("This query is nested too deeply."))
    if errors:
        return _invalid(*errors)
    try:
        return execute(
            schema,
            document,
            context_value=request,
            variable_values=variables,
            operation_name=members.get("operationName"),
        )
    except Exception as error:
        # What is wrong with variables or the operation's name is raised before anything was executed.
        return _invalid(error)


def format_error(error: Exception) -> dict[str, Any]:
    """Give an error as Saleor does: its own words where they are meant for the caller, otherwise none."""
    cause = error
    while isinstance(getattr(cause, "original_error", None), Exception):
        cause = cause.original_error  # type: ignore[attr-defined]
    known = isinstance(cause, GraphQLError | Refused)
    if not known:
        logger.error("A resolver failed", exc_info=cause)
    formatted: dict[str, Any] = plain_error(error) if isinstance(error, GraphQLError) else {}
    formatted["message"] = str(cause) if known else "Internal Server Error"
    extensions = dict(formatted.get("extensions") or {})
    formatted["extensions"] = {**extensions, "exception": {"code": type(cause).__name__}}
    return formatted
