"""The Liquid environment that scenarios' templates run in: nothing to load, nothing to reach, everything counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from liquid import Environment, RenderContext
from liquid.ast import Node
from liquid.builtin.expressions.primitive import IntegerLiteral, RangeLiteral
from liquid.exceptions import LiquidSyntaxError, LoopIterationLimitError, ResourceLimitError
from liquid.expression import Expression
from liquid.template import BoundTemplate

from saleor_custom_events.scenarios.limits import (
    MAX_RENDERED,
    MAX_TEMPLATE_BLANKS,
    MAX_TEMPLATE_LOOPS,
    MAX_TEMPLATE_NODES,
    MAX_TEMPLATE_TAG,
    MAX_TEMPLATE_WORK,
)
from saleor_custom_events.scenarios.template_filters import KEPT, OWN, guarded

#: No include, render: there is nothing to load. No tag that keeps counters of its own.
_TAGS = frozenset(
    (
        *("if", "unless", "case", "for", "break", "continue", "cycle"),
        *("assign", "capture", "comment", "#", "content", "output", "illegal"),
    )
)
_CHARACTERS_OF_WORK = 64
_OPENING = re.compile(r"\{\{|\{%")
_BLANKS = re.compile(rf"\s{{{MAX_TEMPLATE_BLANKS + 1}}}")
_VERBATIM = re.compile(r"\{%-?\s*(raw|doc)\b")
_END_VERBATIM = re.compile(r"\{%-?\s*endraw\s*-?%\}")


class _Context(RenderContext):
    """Counts what a rendering costs, where Liquid's own limits do not: loops in a row, names, filters."""

    __slots__ = ("_iterations", "_work")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._iterations = 0
        self._work = 0

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self._iterations += length
        if self._iterations > MAX_TEMPLATE_LOOPS:
            raise LoopIterationLimitError("loop iteration limit reached", token=None)

    def get(self, path: list[object], **named: Any) -> object:
        self._charge(len(path))
        return super().get(path, **named)

    def filter(self, name: str, token: Any) -> Callable[..., object]:
        function = super().filter(name, token)

        def apply(*arguments: object, **named: object) -> object:
            self._charge(1)
            result = function(*arguments, **named)
            if isinstance(result, str | list):
                self._charge(len(result) // _CHARACTERS_OF_WORK)
            if isinstance(result, str) and len(result) > MAX_RENDERED:
                raise ResourceLimitError("a filter's result is too long", token=None)
            return result

        return apply

    def _charge(self, work: int) -> None:
        self._work += work
        if self._work > MAX_TEMPLATE_WORK:
            raise ResourceLimitError("the template does too much", token=None)


class _Template(BoundTemplate):
    context_class = _Context


class Sandbox(Environment):
    """One for texts, one that escapes for HTML. Missing names print nothing; unknown tags and filters do not parse."""

    template_class = _Template
    loop_iteration_limit = MAX_TEMPLATE_LOOPS
    output_stream_limit = MAX_RENDERED
    local_namespace_limit = MAX_RENDERED

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register what is allowed."""
        super().setup_tags_and_filters(extra=False)
        self.tags = {name: tag for name, tag in self.tags.items() if name in _TAGS}
        kept = {name: guarded(name, own) for name, own in self.filters.items() if name in KEPT}
        self.filters = {**kept, **OWN}

    def compiled(self, source: str) -> BoundTemplate:
        """Parse and check what can be known before rendering. LiquidError."""
        _check_form(source)
        template = self.from_string(source)
        for name, spans in template.analyze(include_partials=False).filters.items():
            if name not in self.filters:
                raise _fault(source, max(spans[0].index, 0), f"there is no filter '{name}'")
        count = 0
        for node in _nodes(template.nodes, template):
            count += 1
            for expression in _expressions(node.expressions()):
                if isinstance(expression, RangeLiteral):
                    _check_range(expression)
        if count > MAX_TEMPLATE_NODES:
            raise LiquidSyntaxError(f"a template has {MAX_TEMPLATE_NODES} parts at most", token=None)
        return template


def _check_form(source: str) -> None:
    """Refuse what Liquid's lexer takes minutes to refuse: it looks for a missing end from every beginning anew."""
    position = 0
    while opening := _OPENING.search(source, position):
        start = opening.start()
        end = source.find("}}" if opening.group() == "{{" else "%}", opening.end(), start + MAX_TEMPLATE_TAG)
        if end < 0:
            message = f"this has no end within {MAX_TEMPLATE_TAG} characters"
            raise _fault(source, start, message)
        if _BLANKS.search(source, start, end):
            raise _fault(source, start, f"more than {MAX_TEMPLATE_BLANKS} blanks in a row")
        position = end + 2
        if verbatim := _VERBATIM.match(source, start):
            closing = _END_VERBATIM.search(source, position) if verbatim.group(1) == "raw" else None
            if closing is None:
                raise _fault(source, start, "this has no end")
            position = closing.end()


def _fault(source: str, position: int, message: str) -> LiquidSyntaxError:
    line = source.count("\n", 0, position) + 1
    return LiquidSyntaxError(f"line {line}: {message}", token=None)


def _nodes(nodes: Any, template: BoundTemplate) -> Iterator[Node]:
    scope = RenderContext(template)
    pending = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        pending += node.children(scope, include_partials=False)


def _expressions(expressions: Any) -> Iterator[Expression]:
    pending = list(expressions)
    while pending:
        expression = pending.pop()
        yield expression
        pending += expression.children()


def _check_range(expression: RangeLiteral) -> None:
    """Refuse ranges whose length only rendering would show: Liquid makes lists of them before it counts."""
    start, stop = expression.start, expression.stop
    if not isinstance(start, IntegerLiteral) or not isinstance(stop, IntegerLiteral):
        raise LiquidSyntaxError("the ends of a range have to be whole numbers", token=expression.token)
    if stop.value - start.value >= MAX_TEMPLATE_LOOPS:
        raise LiquidSyntaxError(f"a range has {MAX_TEMPLATE_LOOPS} numbers at most", token=expression.token)
