"""Calls that fire in Python: of `saleor_custom_events.api.fire`, and bodies as dicts, JSON and GraphQL."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from saleor_custom_events.code_check.javascript import Names, calls_in_text
from saleor_custom_events.code_check.literals import COMPUTED, Call, Found, Record, call_of_body
from saleor_custom_events.code_check.tokens import HOLE

_API = "saleor_custom_events.api"


def calls_in_python(text: str, names: Names) -> Iterator[Call]:
    """Give every call. SyntaxError where it is no Python that this release reads.

    `fire` counts where it was imported from our API; names that somebody chose count on whatever object.
    """
    tree = ast.parse(text)
    called = _Called(frozenset(_imported(tree)), names.called if names.chosen else ())
    constants = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            call = _call(node, called, constants)
        elif isinstance(node, ast.Dict):
            call = call_of_body(_dict(node, constants), node.lineno)
        else:
            continue
        if call is not None:
            yield call
    for content, line in _texts(tree):
        yield from calls_in_text(content, line=line)


@dataclass(frozen=True, slots=True)
class _Called:
    """What is called to fire."""

    #: Dotted names, whole.
    imported: frozenset[str]
    #: On whatever object.
    named: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.imported or any(f".{name}".endswith(f".{one}") for one in self.named)


def _imported(tree: ast.Module) -> set[str]:
    """Give the dotted names by which this file calls `fire`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {f"{alias.asname or alias.name}.fire" for alias in node.names if alias.name == _API}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                if node.module == _API and alias.name == "fire":
                    names.add(alias.asname or alias.name)
                elif f"{node.module}.{alias.name}" == _API:
                    names.add(f"{alias.asname or alias.name}.fire")
    return names


def _constants(tree: ast.Module) -> Mapping[str, Found]:
    """Give the texts and numbers that names of the module stand for, where each is given once."""
    constants: dict[str, Found] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    constants[target.id] = COMPUTED if target.id in constants else _value(node.value, {})
    return constants


def _call(node: ast.Call, called: _Called, constants: Mapping[str, Found]) -> Call | None:
    name = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    whole = len(given) == len(node.keywords) and not any(isinstance(arg, ast.Starred) for arg in node.args)
    if name == "dict":
        members = {keyword: _value(value, constants) for keyword, value in given.items()}
        return call_of_body(Record(members, whole), node.lineno)
    if name not in called:
        return None
    event = node.args[0] if node.args else given.get("event")
    fields = given.get("data_fields", node.args[1] if len(node.args) > 1 else None)
    nothing = Record({}) if whole else COMPUTED
    named = COMPUTED if event is None else _value(event, constants)
    return Call(
        node.lineno,
        named if isinstance(named, str | int) and not isinstance(named, bool) else COMPUTED,
        nothing if fields is None or (value := _value(fields, constants)) is None else value,
    )


def _value(node: ast.expr, constants: Mapping[str, Found]) -> Found:
    match node:
        case ast.Constant(value=bool() | int() | str() | None as value):
            return value
        case ast.Constant(value=float()):
            return Decimal(ast.unparse(node))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return Decimal(ast.unparse(node))
        case ast.Dict():
            return _dict(node, constants)
        case ast.List() | ast.Tuple():
            return tuple(_value(item, constants) for item in node.elts)
        case ast.Name():
            return constants.get(node.id, COMPUTED)
    return COMPUTED


def _dict(node: ast.Dict, constants: Mapping[str, Found]) -> Record:
    members: dict[str, Found] = {}
    whole = True
    for key, value in zip(node.keys, node.values, strict=True):
        name = COMPUTED if key is None else _value(key, constants)
        if isinstance(name, str):
            members[name] = _value(value, constants)
        else:
            whole = False
    return Record(members, whole)


def _texts(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give every string with its line; of an f-string the whole, with holes."""
    parts: set[int] = set()
    for node in ast.walk(tree):  # from the outside in
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else HOLE for p in node.values), node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value, node.lineno
