"""A tokenizer for JavaScript, TypeScript and JSX, and for what is near enough: JSON, GraphQL, shell.

It knows what a string, a template, a comment and a regular expression are, so that none is taken for another. It never
fails: a quote that opens nothing (the apostrophe of a text in JSX) is a character like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum


class Kind(Enum):
    """Kinds of tokens."""

    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    #: A template or string with something computed in it, which is a HOLE in its value, or a variable of the shell's.
    MIXED = "mixed"
    PATTERN = "pattern"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token."""

    kind: Kind
    #: As written.
    text: str
    #: From 1.
    line: int
    #: Of strings, without quotes and escapes.
    value: str = ""

    def number(self) -> int | Decimal | None:
        """Give a number's value; None where JSON has none like it."""
        digits = self.text.replace("_", "")
        try:
            return int(digits, 0) if re.fullmatch(r"0[xXoObB]\w+|0|[1-9][0-9]*", digits) else Decimal(digits)
        except (ValueError, InvalidOperation):
            return None


@dataclass(frozen=True, slots=True)
class Dialect:
    """In what languages differ that this reads."""

    #: What begins a comment to the end of the line.
    comment: str = r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|<!--[\s\S]*?(?:-->|\Z)"
    #: `/…/` is a regular expression where a value may stand, and `…` a template.
    scripts: bool = True
    #: `"""…"""` is a string.
    blocks: bool = False
    #: `$NAME` and `{{name}}` in a string are put in by somebody else.
    variables: bool = False


JAVASCRIPT = Dialect()
GRAPHQL = Dialect(comment=r"\#[^\n]*", scripts=False, blocks=True)
SHELL = Dialect(comment=r"(?:(?<=\s)|(?<![\s\S]))\#[^\n]*", scripts=False, variables=True)

#: Stands in a text where something computed does.
HOLE = "\ufffc"
_STRING = r"\"(?:[^\"\\\n]|\\[\s\S])*\"|'(?:[^'\\\n]|\\[\s\S])*'"
_QUOTED = re.compile(rf"{_STRING}|`(?:[^`\\]|\\[\s\S])*`")
_NAME = r"[#@]?[^\W\d][\w$]*|[#@]?\$[\w$]*"
_NUMBER = r"0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?"
_MARK = r"\?\.(?!\d)|=>|\.\.\.|[^\s]"
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*")
_VARIABLE = re.compile(r"\$[A-Za-z_{(]|\{\{")
#: After these a slash divides; after every other token it begins a regular expression.
_VALUES = frozenset({Kind.NAME, Kind.NUMBER, Kind.STRING, Kind.MIXED, Kind.PATTERN})
_NO_VALUES = frozenset(
    {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield", "new"}
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}


def tokens_of(text: str, *, line: int = 1, dialect: Dialect = JAVASCRIPT) -> list[list[Token]]:
    """Give the text's tokens, and behind them those of each expression inside a template. `line` is the first's."""
    reading = _Reading(text, line, dialect)
    return [reading.read(), *reading.inside]


def unescaped(text: str) -> str:
    """Give what a string's escapes stand for."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape[0] in "ux" and len(escape) > 1:
        code = int(escape[1:].strip("{}"), 16)
        return chr(code) if code < 0x110000 else ""
    return _LETTERS.get(escape, escape)


@dataclass(slots=True)
class _Reading:
    text: str
    line: int
    dialect: Dialect
    inside: list[list[Token]] = field(default_factory=list)
    at: int = 0
    tokens: list[Token] = field(default_factory=list)

    def read(self) -> list[Token]:
        pattern = _pattern_of(self.dialect)
        while self.at < len(self.text):
            found = pattern.match(self.text, self.at)
            assert found is not None  # whatever is no space is at least a mark
            self._take(found)
        return self.tokens

    def _take(self, found: re.Match[str]) -> None:
        kind, text = found.lastgroup, found[0]
        if text == "`" and self.dialect.scripts and self._template():
            return
        if text == "/" and self.dialect.scripts and self._value_may_stand():
            pattern = _PATTERN.match(self.text, self.at)
            kind, text = ("pattern", pattern[0]) if pattern else (kind, text)
        if kind not in ("skip", None):
            self._add(Kind(kind if kind != "block" else "string"), text)
        self._move(text)

    def _add(self, kind: Kind, text: str) -> None:
        value = ""
        if kind is Kind.STRING:
            quotes = 3 if self.dialect.blocks and text.startswith('"""') else 1
            value = unescaped(text[quotes:-quotes])
            if HOLE in value or (self.dialect.variables and _VARIABLE.search(value)):
                kind = Kind.MIXED
        self.tokens.append(Token(kind, text, self.line, value))

    def _move(self, text: str) -> None:
        self.at += len(text)
        self.line += text.count("\n")

    def _value_may_stand(self) -> bool:
        """Say whether a slash here begins a regular expression. Behind `<` it closes an element of JSX."""
        if not self.tokens:
            return True
        last = self.tokens[-1]
        if last.kind in _VALUES:
            return last.text in _NO_VALUES
        return last.text not in (")", "]", "}", "<")

    def _template(self) -> bool:
        """Read a template, with what is computed in it apart. Nothing is read where it is never closed."""
        parts, at, line, holes = [], self.at + 1, self.line, []
        while True:
            part = _TEMPLATE.match(self.text, at)
            assert part is not None
            parts.append(part[0])
            at, line = part.end(), line + part[0].count("\n")
            if self.text.startswith("`", at):
                break
            end = _end_of_hole(self.text, at + 2) if self.text.startswith("${", at) else None
            if end is None:
                return False
            holes.append((self.text[at + 2 : end], line))
            line += self.text.count("\n", at, end)
            at = end + 1
        for hole, first in holes:
            self.inside += tokens_of(hole, line=first, dialect=self.dialect)
        whole = self.text[self.at : at + 1]
        kind = Kind.MIXED if holes else Kind.STRING
        self.tokens.append(Token(kind, whole, self.line, unescaped(HOLE.join(parts))))
        self._move(whole)
        return True


def _end_of_hole(text: str, at: int) -> int | None:
    """Find the brace that closes `${`. Strings and templates in it are gone over."""
    depth = 0
    while at < len(text):
        character = text[at]
        if character in "\"'`" and (quoted := _QUOTED.match(text, at)):
            at = quoted.end()
            continue
        if character == "}" and depth == 0:
            return at
        depth += (character == "{") - (character == "}")
        at += 1
    return None


_patterns: dict[Dialect, re.Pattern[str]] = {}


def _pattern_of(dialect: Dialect) -> re.Pattern[str]:
    known = _patterns.get(dialect)
    if known is None:
        block = r'(?P<block>"""[\s\S]*?(?:"""|\Z))|' if dialect.blocks else ""
        known = _patterns[dialect] = re.compile(
            rf"(?P<skip>\s+|{dialect.comment})|{block}(?P<string>{_STRING})|(?P<name>{_NAME})|(?P<number>{_NUMBER})"
            rf"|(?P<mark>{_MARK})"
        )
    return known
