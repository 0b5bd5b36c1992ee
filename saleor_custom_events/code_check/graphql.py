"""`customEventFire(input: {…})` in documents of GraphQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from saleor_custom_events.code_check.literals import COMPUTED, Call, Found, Record, call_of_body
from saleor_custom_events.code_check.tokens import GRAPHQL, Kind, Token, tokens_of

_MUTATION = re.compile(r"\bcustomEventFire\s*\(")
_WORDS: dict[str, Found] = {"true": True, "false": False, "null": None}


def calls_in(text: str, *, line: int = 1) -> Iterator[Call]:
    """Give every mutation whose input is written out.

    Where all of it is a variable (`input: $input`) the document is no call: the object of variables is, and is found as
    a body.
    """
    if not _MUTATION.search(text):
        return
    tokens = tokens_of(text, line=line, dialect=GRAPHQL)[0]
    for at, token in enumerate(tokens[:-4]):
        opens = token.text == "customEventFire" and tokens[at + 1].text == "(" and tokens[at + 2].text == "input"
        if opens and tokens[at + 3].text == ":":
            given, _ = _value(tokens, at + 4)
            call = call_of_body(given, token.line) if isinstance(given, Record) else None
            if call is not None:
                yield call


def _value(tokens: Sequence[Token], at: int) -> tuple[Found, int]:
    """Give the value at `at`, and the place behind it. In GraphQL commas are spaces."""
    if at >= len(tokens):
        return COMPUTED, at
    token = tokens[at]
    if token.kind is Kind.STRING:
        return token.value, at + 1
    if token.text == "-" and at + 1 < len(tokens):
        number = tokens[at + 1].number() if tokens[at + 1].kind is Kind.NUMBER else None
        return (COMPUTED if number is None else -number), at + 2
    if token.kind is Kind.NUMBER:
        number = token.number()
        return (COMPUTED if number is None else number), at + 1
    if token.text == "[":
        return _list(tokens, at + 1)
    if token.text == "{":
        return _object(tokens, at + 1)
    return _WORDS.get(token.text, COMPUTED), at + 1


def _list(tokens: Sequence[Token], at: int) -> tuple[Found, int]:
    items: list[Found] = []
    while at < len(tokens) and tokens[at].text != "]":
        if tokens[at].text == ",":
            at += 1
            continue
        item, at = _value(tokens, at)
        items.append(item)
    return tuple(items), at + 1


def _object(tokens: Sequence[Token], at: int) -> tuple[Found, int]:
    members: dict[str, Found] = {}
    while at < len(tokens) and tokens[at].text != "}":
        if tokens[at].text == "," or at + 1 >= len(tokens) or tokens[at + 1].text != ":":
            at += 1
            continue
        name = tokens[at].text
        members[name], at = _value(tokens, at + 2)
    return Record(members, whole=at < len(tokens)), at + 1
