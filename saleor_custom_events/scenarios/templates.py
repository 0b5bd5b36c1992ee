"""Liquid templates in scenarios: rendered in a sandbox, checked before they are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from liquid.exceptions import LiquidError
from liquid.static_analysis import Variable
from liquid.template import BoundTemplate

from saleor_custom_events.errors import CustomEventError, Fault, Problem
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE
from saleor_custom_events.scenarios.references import references_in
from saleor_custom_events.scenarios.template_sandbox import Sandbox
from saleor_custom_events.scenarios.template_values import NOTHING_READ, ROOTS, context_of

__all__ = [
    "NOTHING_READ",
    "ROOTS",
    "TemplateFailed",
    "check_template",
    "context_of",
    "data_fields_in",
    "names_in",
    "references_named",
    "render",
]

_TEXT = Sandbox()
_HTML = Sandbox(autoescape=True)
_MAX_MESSAGE = 300


class TemplateFailed(CustomEventError):
    """A template could not be rendered."""

    fault = Fault.AUTHOR


def render(template: str, context: Mapping[str, object], *, html: bool = False) -> str:
    """Give the text that `template` makes of `context` (see `context_of`); `html` escapes every value.

    Names that are missing print nothing. Gives no NUL, whatever it was made of. TemplateFailed where it is no
    Liquid, or does more than `limits.py` allows.
    """
    try:
        text = _compiled(template, html).render(**context)
    except TemplateFailed:
        raise
    except Exception as error:  # whatever a filter makes of odd values, it is the template that failed
        raise TemplateFailed(_message(error)) from error
    return text.replace("\0", "")


def check_template(text: str) -> Problem | None:
    """Say what is wrong with a template (without a place), or None: syntax, unknown filters and names, length."""
    try:
        names = names_in(text)
    except TemplateFailed as failed:
        return Problem(field="", code="INVALID_TEMPLATE", message=str(failed))
    if unknown := sorted(names - set(ROOTS)):
        message = f"There is no {unknown[0]!r} here: a name begins with one of {', '.join(ROOTS)}."
        return Problem(field="", code="UNKNOWN_NAME", message=message)
    return None


def names_in(text: str) -> frozenset[str]:
    """Give the names at the root (`customer`, `dataFields` …) that a template looks at. TemplateFailed."""
    return frozenset(_looked_at(text))


def data_fields_in(text: str) -> frozenset[str]:
    """Give the data fields that a template names (`dataFields.score`, `dataFields["size quiz"]`). TemplateFailed.

    A name that only rendering would show (`dataFields[customer.email]`) is not among them.
    """
    paths = _looked_at(text).get("dataFields", [])
    second = (path.segments[1] for path in paths if path.segments[0] == "dataFields" and len(path.segments) > 1)
    return frozenset(name for name in second if isinstance(name, str))


def _looked_at(text: str) -> Mapping[str, Sequence[Variable]]:
    """Give what a template looks at, by its names at the root. TemplateFailed."""
    try:
        return _compiled(text, False).analyze(include_partials=False).globals
    except (LiquidError, RecursionError) as error:
        raise TemplateFailed(_message(error)) from error


def references_named(text: str, occurrence: OccurrenceFacts) -> frozenset[str]:
    """Say which of the occurrence's references a template, or a whole action's settings, may look into.

    By the word in it, since a name may be put together: asking once too often does no harm.
    """
    return frozenset(references_in(occurrence)) if "dataFields" in text else frozenset()


@lru_cache(maxsize=256)
def _compiled(text: str, html: bool) -> BoundTemplate:
    if len(text) > MAX_TEMPLATE:
        raise TemplateFailed(f"A template has {MAX_TEMPLATE} characters at most.")
    return (_HTML if html else _TEXT).compiled(text)


def _message(error: Exception) -> str:
    """Give the reason, and the line where it stands; never the values that were rendered."""
    if not isinstance(error, LiquidError):
        return f"The template cannot be rendered ({type(error).__name__})."
    place = error.context()
    message = str(error.message)[:_MAX_MESSAGE]
    return f"line {place[0]}: {message}" if place else message
