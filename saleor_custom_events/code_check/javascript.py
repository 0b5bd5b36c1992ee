"""Calls that fire in JavaScript, TypeScript and JSX, and bodies of such calls in whatever has JSON's form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from saleor_custom_events.code_check import graphql
from saleor_custom_events.code_check.literals import (
    COMPUTED,
    EVENT,
    LEFT_OUT,
    Call,
    Computed,
    Found,
    Record,
    call_of_body,
)
from saleor_custom_events.code_check.tokens import JAVASCRIPT, Dialect, Kind, Token, tokens_of
from saleor_custom_events.code_check.values import closing, name_of, parts_of, record_of, value_of

#: In a page, a component of Vue, Svelte or Astro: what is a program.
_SCRIPT = re.compile(
    r"<!--[\s\S]*?-->|<script\b[^>]*>(?P<script>[\s\S]*?)</script\s*>|\A---\n(?P<front>[\s\S]*?)\n---", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Names:
    """What functions that fire are called: `fire` (on whatever), `events.fire`, `track`."""

    called: tuple[str, ...] = ("fire",)
    #: Somebody chose them: then they count in Python too, where otherwise only the `fire` of our API does.
    chosen: bool = False

    def fires(self, tokens: Sequence[Token], at: int) -> bool:
        """Say whether the name at `at` is that of such a function."""
        return any(_named(tokens, at, name.split(".")) for name in self.called)


def _named(tokens: Sequence[Token], at: int, path: Sequence[str]) -> bool:
    """Look backwards from `at`: the last part of the path, a point, the part before …"""
    for part in reversed(path):
        if at < 0 or tokens[at].text != part or tokens[at].kind is not Kind.NAME:
            return False
        at -= 2
        if part is not path[0] and (at < -1 or tokens[at + 1].text not in (".", "?.")):
            return False
    return True


def calls_in_script(text: str, names: Names, *, line: int = 1, dialect: Dialect = JAVASCRIPT) -> Iterator[Call]:
    """Give every call of a program; `line` is the number of its first line."""
    for tokens in tokens_of(text, line=line, dialect=dialect):
        constants = constants_of(tokens)
        for at, token in enumerate(tokens):
            if token.kind in (Kind.STRING, Kind.MIXED):
                yield from calls_in_text(token.value, line=token.line, dialect=dialect)
            call = _body(tokens, at, constants) or _call(tokens, at, names, constants)
            if call is not None:
                yield call


def calls_in_page(text: str, names: Names) -> Iterator[Call]:
    """Give every call of the scripts in a page."""
    for found in _SCRIPT.finditer(text):
        if found.lastgroup:
            line = 1 + text.count("\n", 0, found.start(found.lastgroup))
            yield from calls_in_script(found[found.lastgroup], names, line=line)


def calls_in_text(text: str, *, line: int, dialect: Dialect = JAVASCRIPT) -> Iterator[Call]:
    """Give what a string fires: a mutation of GraphQL's, or a body as JSON."""
    yield from graphql.calls_in(text, line=line)
    if any(f'"{name}"' in text for name in EVENT):
        # What calls are named does not matter in JSON.
        yield from calls_in_script(text, Names(()), line=line, dialect=dialect)


def constants_of(tokens: Sequence[Token]) -> Mapping[str, Found]:
    """Give what `const NAME = "…"` names: texts and numbers that are named once in the file."""
    constants: dict[str, Found] = {}
    for at, token in enumerate(tokens[:-3]):
        if token.text == "const" and tokens[at + 2].text == "=" and tokens[at + 1].kind is Kind.NAME:
            value, end = tokens[at + 3], tokens[at + 4] if at + 4 < len(tokens) else None
            literal = value.kind in (Kind.STRING, Kind.NUMBER)
            # Behind a literal on the same line only what ends the statement: no `+ more`.
            alone = end is None or end.text in (";", "export", "const") or end.line > value.line
            named = tokens[at + 1].text
            known = value_of([value], {}) if literal and alone and named not in constants else COMPUTED
            constants[named] = known
    return constants


def _body(tokens: Sequence[Token], at: int, constants: Mapping[str, Found]) -> Call | None:
    """Give the call whose body has the member at `at` that names its event."""
    if name_of(tokens[at]) not in EVENT or at == 0 or at + 1 >= len(tokens) or tokens[at - 1].text not in "{,":
        return None
    brace = _brace_before(tokens, at)
    if brace is None or tokens[at + 1].text not in (":", ",", "}"):
        return None
    record = record_of(tokens, brace, constants)
    # A type in TypeScript: `{customEvent: string; dataFields?: …}`.
    typed = tokens[at + 1].text == ":" and tokens[at + 2 : at + 3] and tokens[at + 2].text in ("string", "number")
    first = next(name for name in record.members if name in EVENT) if record.members.keys() & set(EVENT) else None
    return None if typed or name_of(tokens[at]) != first else call_of_body(record, tokens[at].line)


def _brace_before(tokens: Sequence[Token], at: int) -> int | None:
    """Find the brace of the object that has a member at `at`."""
    depth = 0
    for place in range(at - 1, -1, -1):
        token = tokens[place]
        if token.kind is not Kind.MARK:
            continue
        if token.text in ")]}":
            depth += 1
        elif token.text in "([{":
            if depth == 0:
                return place if token.text == "{" else None
            depth -= 1
    return None


def _call(tokens: Sequence[Token], at: int, names: Names, constants: Mapping[str, Found]) -> Call | None:
    """Give the call of a function that fires, whose name is at `at`."""
    if tokens[at].kind is not Kind.NAME or not names.fires(tokens, at):
        return None
    bracket = _bracket_of(tokens, at + 1)
    if bracket is None or (at and tokens[at - 1].text == "function"):
        return None
    arguments = [value_of(part, constants) for part in parts_of(tokens, bracket)]
    event = arguments[0] if arguments else LEFT_OUT
    fields = arguments[1] if len(arguments) > 1 else LEFT_OUT
    if isinstance(event, bool) or not isinstance(event, str | int | Computed):
        return None
    if isinstance(event, Computed) and _declares(tokens, bracket):
        return None
    if isinstance(fields, str | int | Decimal):
        return None  # somebody else's `fire("Done", "text")`
    return Call(tokens[at].line, event, Record({}) if fields is LEFT_OUT or fields is None else fields)


def _bracket_of(tokens: Sequence[Token], at: int) -> int | None:
    """Find the bracket of a call, behind `?.` and the types of a generic one: `fire<"size-quiz">(`."""
    if at < len(tokens) and tokens[at].text == "?.":
        at += 1
    depth = 0
    for place in range(at, len(tokens)):
        text = tokens[place].text
        depth += (text == "<") - (text == ">")
        if depth == 0 and text != ">":
            return place if text == "(" else None
        if text in ("(", ")", "{", "}", ";"):
            return None
    return None


def _declares(tokens: Sequence[Token], bracket: int) -> bool:
    """Say whether this declares a function and calls none: `fire(event, fields) {`, `fire(event: string): void`."""
    after = closing(tokens, bracket) + 1
    return after < len(tokens) and tokens[after].text in ("{", ":", "=>")
