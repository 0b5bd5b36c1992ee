"""What a query may cost: bounded on its text, before it is validated, since validating can be the attack.

Pages hold 100 rows at most and no type leads back to itself, so selections times rows bounds the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError
from graphql.language import ast

#: Bytes of a request.
MAX_BODY = 256 * 1024
MAX_DEPTH = 12
#: Fields with every fragment written out where it is spread.
MAX_FIELDS = 500
#: Fields of one operation's root: each is a query of its own.
MAX_ROOT_FIELDS = 20
#: Introspection nests deeper (`ofType`); its lists of fields and types lead back to themselves.
MAX_INTROSPECTION_DEPTH = 18
MAX_INTROSPECTION_LISTS = 3

#: The longest lists of a document, by their names in the syntax tree; others as MAX_FIELDS.
MAX_WIDTHS = {"definitions": 50, "variable_definitions": 100, "arguments": 50, "directives": 10}
#: Errors of one answer; whoever makes more learns nothing from the others.
MAX_ERRORS = 20

_INTROSPECTION = frozenset({"__schema", "__type"})
_INTROSPECTION_LISTS = frozenset({"fields", "interfaces", "possibleTypes", "inputFields"})


def check_cost(document: ast.Document) -> None:
    """Pass, or raise GraphQLError where the document goes over a limit or its fragments spread themselves."""
    _check_widths(document)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, ast.FragmentDefinition)}
    for node in document.definitions:
        if isinstance(node, ast.OperationDefinition):
            _check_operation(node, fragments)
    # A fragment that nothing spreads is refused by validation, which looks through it first.
    spent = sum(1 for fragment in fragments.values() for _ in _own_fields(fragment.selection_set))
    if spent > MAX_FIELDS:
        raise GraphQLError(f"This query is too large: its fragments have over {MAX_FIELDS} fields.")


def _check_widths(document: ast.Document) -> None:
    """Bound every list of the document: validation compares many of them member by member with each other."""
    todo: list[Any] = [document]
    while todo:
        node = todo.pop()
        for name in getattr(node, "__slots__", ()):
            inner = getattr(node, name)
            if isinstance(inner, list):
                if name != "selections" and len(inner) > MAX_WIDTHS.get(name, MAX_FIELDS):
                    raise GraphQLError(f"This query is too large: over {MAX_WIDTHS.get(name, MAX_FIELDS)} {name}.")
                todo += (item for item in inner if isinstance(item, ast.Node))
            elif isinstance(inner, ast.Node):
                todo.append(inner)


def _check_operation(operation: ast.OperationDefinition, fragments: Mapping[str, Any]) -> None:
    root_fields = 0
    for fields, path in enumerate(_paths(operation.selection_set, fragments, (), ()), start=1):
        root_fields += len(path) == 1
        if fields > MAX_FIELDS:
            raise GraphQLError(f"This query is too large: it selects over {MAX_FIELDS} fields.")
        if root_fields > MAX_ROOT_FIELDS:
            raise GraphQLError(f"This query is too large: it asks over {MAX_ROOT_FIELDS} things at once.")
        _check_path(path)


def _check_path(path: tuple[str, ...]) -> None:
    if path[0] not in _INTROSPECTION:
        deepest = MAX_DEPTH
    else:
        deepest = MAX_INTROSPECTION_DEPTH
        if sum(name in _INTROSPECTION_LISTS for name in path) > MAX_INTROSPECTION_LISTS:
            raise GraphQLError("This query goes round in the schema.")
    if len(path) > deepest:
        raise GraphQLError(f"This query is nested too deeply: over {deepest} levels.")


def _paths(
    selected: ast.SelectionSet | None,
    fragments: Mapping[str, Any],
    above: tuple[str, ...],
    within: tuple[str, ...],
) -> Iterator[tuple[str, ...]]:
    """Give the names from the root to every field. Lazy: whoever counts can stop before an expansion explodes."""
    for node in selected.selections if selected else ():
        if isinstance(node, ast.Field):
            path = (*above, node.name.value)
            yield path
            yield from _paths(node.selection_set, fragments, path, within)
        elif isinstance(node, ast.InlineFragment):
            yield from _paths(node.selection_set, fragments, above, within)
        else:
            name = node.name.value
            if name in within or len(within) > MAX_DEPTH:
                raise GraphQLError("A fragment of this query spreads itself, or fragments are nested too deeply.")
            if name in fragments:
                yield from _paths(fragments[name].selection_set, fragments, above, (*within, name))


def _own_fields(selected: ast.SelectionSet | None) -> Iterator[None]:
    for node in selected.selections if selected else ():
        yield None
        if not isinstance(node, ast.FragmentSpread):
            yield from _own_fields(node.selection_set)
