"""Scalars. DateTime is the host's where it has one of that name: a schema knows one class a name.

`use(…)` comes before `schema` is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import graphene
from graphql.language import ast

_chosen: dict[str, type[graphene.Scalar]] = {"DateTime": graphene.DateTime}


def use(*, DateTime: type[graphene.Scalar]) -> None:
    """Let our types use the host's scalar. RuntimeError once our types have been made with another."""
    if DateTime is not _chosen["DateTime"] and f"{__package__}.schema" in sys.modules:
        raise RuntimeError("The custom events' schema was imported before its host had chosen the scalars.")
    _chosen["DateTime"] = DateTime


def date_time() -> type[graphene.Scalar]:
    """Give the scalar for moments."""
    return _chosen["DateTime"]


#: Nesting of a JSON value; what is deeper is no value.
_MAX_DEPTH = 100


class CustomEventJSON(graphene.Scalar):
    """Any JSON value. Numbers with a point keep their decimals as they were written.

    Not the store's scalar `JSON`: that one drops what stands in a query's text as a text, a large number or a
    variable without saying so.
    """

    @staticmethod
    def serialize(value: Any) -> Any:
        """Give JSON values as they are."""
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        """Read a variable; None, which GraphQL takes for "not valid", where it is nested too deeply."""
        return _or_none(_from_variable, value)

    @staticmethod
    def parse_literal(node: Any) -> Any:
        """Read what stands in the query's text; None where it is too deep, or holds a variable or a bare name."""
        return _or_none(_from_literal, node)


class _NoValue(Exception):
    pass


def _or_none(read: Callable[[Any, int], Any], given: Any) -> Any:
    try:
        return read(given, _MAX_DEPTH)
    except _NoValue:
        return None


def _from_variable(value: Any, depth: int) -> Any:
    if not depth:
        raise _NoValue
    if isinstance(value, float):
        # The host's JSON parser makes floats; their shortest form is what was written.
        return Decimal(repr(value))
    if isinstance(value, list):
        return [_from_variable(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {name: _from_variable(item, depth - 1) for name, item in value.items()}
    return value


def _integer(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:  # Python reads no integer of more than some thousand digits
        raise _NoValue from None


def _from_literal(node: Any, depth: int) -> Any:
    if isinstance(node, ast.StringValue | ast.BooleanValue):
        return node.value
    if isinstance(node, ast.IntValue):
        return _integer(node.value)
    if isinstance(node, ast.FloatValue):
        try:
            return Decimal(node.value)
        except InvalidOperation:  # an exponent that not even a Decimal holds
            raise _NoValue from None
    if depth and isinstance(node, ast.ListValue):
        return [_from_literal(item, depth - 1) for item in node.values]
    if depth and isinstance(node, ast.ObjectValue):
        return {field.name.value: _from_literal(field.value, depth - 1) for field in node.fields}
    raise _NoValue
