"""Values out of JavaScript's tokens: literals are read, whatever else stands there is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saleor_custom_events.code_check.literals import COMPUTED, LEFT_OUT, Found, Record
from saleor_custom_events.code_check.tokens import Kind, Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_WORDS: Mapping[str, Found] = {"true": True, "false": False, "null": None, "undefined": LEFT_OUT}
#: TypeScript's words behind a value that change nothing of it.
_TYPED_AS = frozenset({"as", "satisfies"})


def closing(tokens: Sequence[Token], at: int) -> int:
    """Give the place of the bracket that closes the one at `at`; the end of all where none does."""
    open_brackets: list[str] = []
    for place in range(at, len(tokens)):
        token = tokens[place]
        if token.kind is not Kind.MARK:
            continue
        if token.text in _CLOSING:
            open_brackets.append(_CLOSING[token.text])
        elif open_brackets and token.text == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                return place
    return len(tokens)


def parts_of(tokens: Sequence[Token], at: int) -> list[Sequence[Token]]:
    """Give what stands between the bracket at `at` and the one that closes it, divided at commas."""
    end = closing(tokens, at)
    parts: list[Sequence[Token]] = []
    begin = place = at + 1
    while place < end:
        token = tokens[place]
        if token.kind is Kind.MARK and token.text in _CLOSING:
            place = closing(tokens, place)
        elif token.kind is Kind.MARK and token.text in ",;":
            parts.append(tokens[begin:place])
            begin = place + 1
        place += 1
    parts.append(tokens[begin:end])
    return [part for part in parts if part]


def value_of(tokens: Sequence[Token], constants: Mapping[str, Found]) -> Found:
    """Give the value of an expression. `constants` are those of the file, by name."""
    tokens = _without_types(tokens)
    if not tokens:
        return LEFT_OUT
    first = tokens[0]
    if len(tokens) == 1:
        return _single(first, constants)
    if first.text in "+-" and len(tokens) == 2 and tokens[1].kind is Kind.NUMBER:
        number = tokens[1].number()
        return COMPUTED if number is None else -number if first.text == "-" else number
    if first.kind is not Kind.MARK or closing(tokens, 0) != len(tokens) - 1:
        return COMPUTED
    if first.text == "(":
        return value_of(tokens[1:-1], constants)
    if first.text == "[":
        items = parts_of(tokens, 0)
        spread = any(item[0].text == "..." for item in items)
        return COMPUTED if spread else tuple(value_of(item, constants) for item in items)
    return record_of(tokens, 0, constants) if first.text == "{" else COMPUTED


def _single(token: Token, constants: Mapping[str, Found]) -> Found:
    if token.kind is Kind.STRING:
        return token.value
    if token.kind is Kind.NUMBER:
        number = token.number()
        return COMPUTED if number is None else number
    if token.kind is Kind.NAME:
        return _WORDS[token.text] if token.text in _WORDS else constants.get(token.text, COMPUTED)
    return COMPUTED


def _without_types(tokens: Sequence[Token]) -> Sequence[Token]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place and token.kind is Kind.NAME and token.text in _TYPED_AS:
            return tokens[:place]
        place = closing(tokens, place) if token.kind is Kind.MARK and token.text in _CLOSING else place
        place += 1
    return tokens[:-1] if len(tokens) > 1 and tokens[-1].text == "!" else tokens


def record_of(tokens: Sequence[Token], at: int, constants: Mapping[str, Found]) -> Record:
    """Give the object literal whose brace is at `at`."""
    members: dict[str, Found] = {}
    whole = closing(tokens, at) < len(tokens)
    for part in parts_of(tokens, at):
        name, value = _member(part, constants)
        if name is None:
            whole = False
        else:
            members[name] = value
    return Record(members, whole)


def _member(part: Sequence[Token], constants: Mapping[str, Found]) -> tuple[str | None, Found]:
    """Give a member's name, None where it is computed or several, and its value."""
    first, rest = part[0], part[1:]
    if first.text == "[" and (end := closing(part, 0)) < len(part) - 1:
        name = value_of(part[1:end], constants)
        return (name if isinstance(name, str) else None), value_of(part[end + 2 :], constants)
    name = name_of(first)
    if name is None:
        return None, COMPUTED
    if not rest:
        return name, constants.get(name, COMPUTED) if first.kind is Kind.NAME else COMPUTED
    if rest[0].text == ":":
        return name, value_of(rest[1:], constants)
    # `get x() {…}`, `async x() {…}`, `x() {…}`: whatever it is called, it is no literal.
    named = name_of(rest[0]) if first.text in ("get", "set", "async") else None
    return named or name, COMPUTED


def name_of(token: Token) -> str | None:
    """Give the name of a member that stands there: a word, a string, a number."""
    if token.kind is Kind.STRING:
        return token.value
    return token.text if token.kind in (Kind.NAME, Kind.NUMBER) else None
