"""Which data fields a public caller may send. Pure.

Whoever looks into a browser has the storefront's key, and can send with it whatever they like. What the event declares
is expected, and what the key's owner allowed; anything else of an event that declares its fields is left out: it is not
stored, no condition and no template sees it, and the occurrence says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from saleor_custom_events.errors import Problem
from saleor_custom_events.firing.values import EventToFire
from saleor_custom_events.scenarios.values import DataField
from saleor_custom_events.store.callers import Caller

_MESSAGE = "This field was left out: a storefront sends what the event declares, and what its key allows beside that."


def left_out_of(fields: Iterable[DataField], caller: Caller, event: EventToFire) -> tuple[Problem, ...]:
    """Name what is left out of an occurrence. Nothing, where neither the event nor the key names any field at all."""
    allowed = caller.binding.fields
    if not caller.is_public or not (event.declared or allowed):
        return ()
    expected = {declaration.name for declaration in event.declared} | set(allowed)
    return tuple(
        Problem(field=f"dataFields.{field.name}", code="UNDECLARED", message=_MESSAGE)
        for field in fields
        if field.name not in expected
    )
