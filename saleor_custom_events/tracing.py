"""Spans of OpenTelemetry: the firing request, what commits it, and every step that follows in a worker, in one trace.

The store decides whether there is tracing: where `opentelemetry-api` is installed (Saleor 3.21 and later) spans go to
the provider that the store configured, elsewhere all of this does nothing. Attributes are numbers, ids and codes of
ours: no span has anything of a customer, a data field's value or an exception's message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from time import time_ns
from typing import Any

try:
    from opentelemetry import context as contexts
    from opentelemetry import trace
except ImportError:
    IS_INSTALLED = False
else:
    IS_INSTALLED = True
    _tracer = trace.get_tracer("saleor_custom_events")

#: After that a step is in a trace of its own, with a link to the firing's: what collects traces has closed that one.
JOINED_FOR = timedelta(hours=1)
_PREFIX = "custom_events."
#: https://www.w3.org/TR/trace-context/#traceparent-header, of a trace that is recorded.
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


class Told:
    """What may be told of what a span stands for. Without a span it takes everything and keeps nothing."""

    __slots__ = ("_span",)

    def __init__(self, span: Any = None) -> None:
        self._span = span

    def say(self, **attributes: str | int | None) -> None:
        """Add attributes, named without our prefix and with `_` for a dot; None says nothing."""
        if self._span is not None:
            self._span.set_attributes(_named(attributes))

    def fail(self, code: str) -> None:
        """Mark it as failed, and say by which code."""
        if self._span is not None:
            self._span.set_status(trace.StatusCode.ERROR)
            self.say(reason=as_code(code))


#: Takes all that is told, and keeps none of it.
NOTHING = Told()


def as_code(text: str) -> str:
    """Give a code that is one; what an action of another package calls its fault may be anything."""
    return text if not text or _CODE.fullmatch(text) else "OTHER"


def _is_on() -> bool:
    """Say whether the store has set up anything that could record: what it has not costs a request next to nothing."""
    return IS_INSTALLED and not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


@contextmanager
def span(name: str, **attributes: str | int | None) -> Iterator[Told]:
    """Have what is done inside be a span, below the one that is open. An exception marks it by its name alone."""
    if not _is_on():
        yield NOTHING
        return
    with _open(name, None, attributes) as told:
        yield told


@contextmanager
def request_span(name: str, traceparent: str, **attributes: str | int | None) -> Iterator[Told]:
    """The same for a request: below the store's span of it, else below the caller's, whose header it came with."""
    if not _is_on():
        yield NOTHING
        return
    outside = None if trace.get_current_span().get_span_context().is_valid else _context_of(traceparent)
    with _open(name, outside, attributes, kind=trace.SpanKind.SERVER) as told:
        yield told


@contextmanager
def step_span(name: str, fired: str | None, age: timedelta, **attributes: str | int | None) -> Iterator[Told]:
    """The same for a step, by the trace that is kept with its firing (`traceparent`), which was `age` ago.

    Where none was kept, nobody records the firing's trace, and none is made for its steps.
    """
    outside = _context_of(fired) if fired and _is_on() else None
    if outside is None:
        yield NOTHING
        return
    links = []
    if age > JOINED_FOR:
        links = [trace.Link(trace.get_current_span(outside).get_span_context())]
        outside = contexts.Context()
    with _open(name, outside, attributes, kind=trace.SpanKind.CONSUMER, links=links) as told:
        yield told


@contextmanager
def _open(name: str, outside: Any, attributes: Mapping[str, str | int | None], **how: Any) -> Iterator[Told]:
    with _tracer.start_as_current_span(
        f"{_PREFIX}{name}",
        outside,
        attributes=_named(attributes),
        # An exception's message may quote what was sent.
        record_exception=False,
        set_status_on_exception=False,
        start_time=time_ns(),
        **how,
    ) as open_span:
        told = Told(open_span) if open_span.is_recording() else NOTHING
        try:
            yield told
        except Exception as error:
            if told is not NOTHING:
                open_span.set_status(trace.StatusCode.ERROR)
                open_span.set_attribute("error.type", type(error).__name__)
            raise


def traceparent() -> str | None:
    """Give the span that is open in W3C's form, 55 characters; None where it is not recorded."""
    if not IS_INSTALLED:
        return None
    current = trace.get_current_span()
    if not current.is_recording():
        return None
    here = current.get_span_context()
    return f"00-{here.trace_id:032x}-{here.span_id:016x}-{here.trace_flags:02x}"


def _context_of(text: str) -> Any:
    """Give the context below a span that is told in W3C's form; None where that is none."""
    found = _TRACEPARENT.fullmatch(text)
    if found is None:
        return None
    where = trace.SpanContext(
        trace_id=int(found[1], 16),
        span_id=int(found[2], 16),
        is_remote=True,
        trace_flags=trace.TraceFlags(int(text[-2:], 16)),
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(where), contexts.Context()) if where.is_valid else None


def _named(attributes: Mapping[str, str | int | None]) -> dict[str, str | int]:
    return {
        f"{_PREFIX}{name.replace('_', '.')}": value for name, value in attributes.items() if value not in (None, "")
    }
