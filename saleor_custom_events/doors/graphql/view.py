"""`POST graphql/`: the plugin's own schema over HTTP."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from graphql import GraphQLError, execute, parse, validate
from graphql.error import format_error as plain_error
from graphql.execution import ExecutionResult
from graphql.execution.values import get_variable_values
from graphql.language import ast

from saleor_custom_events.doors.body import read_body
from saleor_custom_events.doors.graphql.limits import MAX_BODY, MAX_ERRORS, check_cost
from saleor_custom_events.doors.graphql.schema import schema
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_json
from saleor_custom_events.troubles import trouble, without_values

logger = logging.getLogger(__name__)

#: Of numbers among the variables; what a float holds is less.
MAX_EXPONENT = 400


def graphql_answer(request: HttpRequest) -> HttpResponse:
    """Answer `{"query", "variables", "operationName"}`: 200 once it was executed, 400 where it could not be.

    One operation a request, JSON only. Refused 413 or 400 for a body that is too large or no JSON.
    """
    asked = read_json(read_body(request, MAX_BODY), limit=MAX_BODY)
    result = _executed(request, asked)
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [format_error(error) for error in result.errors[:MAX_ERRORS]]
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
    query, variables, name = (members.get(member) for member in ("query", "variables", "operationName"))
    if not isinstance(query, str) or not isinstance(variables, dict | None) or not isinstance(name, str | None):
        return _invalid(GraphQLError('Send {"query": text, "variables": object, "operationName": text}.'))
    try:
        document = _checked(query)
        _check_variables(document, variables or {}, name)
        result = execute(schema, document, context_value=request, variable_values=variables, operation_name=name)
    except _Invalid as invalid:
        return _invalid(*invalid.errors)
    except GraphQLError as error:
        return _invalid(error)
    # A promise only where `return_promise` asks for one.
    return cast(ExecutionResult, result)


class _Invalid(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors


def _checked(query: str) -> ast.Document:
    """Parse and validate. GraphQLError for the first fault, _Invalid for all that validation finds."""
    try:
        document = parse(query)
        check_cost(document)
        errors = validate(schema, document)
    except RecursionError:
        raise GraphQLError("This query is nested too deeply.") from None
    except ValueError:
        # Python reads no integer of more than some thousand digits.
        raise GraphQLError("A number of this query has too many digits.") from None
    if errors:
        raise _Invalid(errors)
    return document


def _check_variables(document: ast.Document, variables: dict[str, Any], name: str | None) -> None:
    """Pass, or raise GraphQLError: graphql-core 2 lets escape whatever a scalar raises over a variable."""
    try:
        _check_numbers(variables)
        for node in document.definitions:
            if isinstance(node, ast.OperationDefinition) and (name is None or (node.name and node.name.value == name)):
                get_variable_values(schema, node.variable_definitions or [], variables)
    except GraphQLError:
        raise
    except Exception:
        logger.debug("Variables could not be read", exc_info=trouble())
        raise GraphQLError("A variable is not of the type that the query declares.") from None


def _check_numbers(value: Any) -> None:
    """Refuse `1e999999999`: it is short as a Decimal, and endless once a scalar makes an integer of it."""
    if isinstance(value, Decimal) and value.adjusted() > MAX_EXPONENT:
        raise GraphQLError("A number of the variables has too many digits.")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_numbers(item)


def format_error(error: Exception) -> dict[str, Any]:
    """Give an error as Saleor does: its own words where they are meant for the caller, otherwise none."""
    cause = error
    while isinstance(getattr(cause, "original_error", None), Exception):
        cause = cause.original_error  # type: ignore[attr-defined]
    known = isinstance(cause, GraphQLError | Refused)
    if not known:
        logger.error("A resolver failed", exc_info=without_values(cause))
    formatted: dict[str, Any] = plain_error(error) if isinstance(error, GraphQLError) else {}
    formatted["message"] = str(cause) if known else "Internal Server Error"
    extensions = dict(formatted.get("extensions") or {})
    formatted["extensions"] = {**extensions, "exception": {"code": type(cause).__name__}}
    return formatted
