"""The stable Python API: `from saleor_custom_events.api import fire, Action, ActionError`. Nothing else is promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from saleor_custom_events.actions.base import (
    Action,
    Effect,
    Field,
    Input,
    InvocationFacts,
    Label,
    Outcome,
    Services,
)
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.conf import settings
from saleor_custom_events.errors import ActionError, Problem, Refused
from saleor_custom_events.firing import fire as _firing
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import FieldType, Json, Money, value_to_json
from saleor_custom_events.store.callers import Caller, CallerKind

__all__ = [
    "Action",
    "ActionError",
    "Effect",
    "Field",
    "Input",
    "InvocationFacts",
    "Label",
    "Money",
    "Outcome",
    "Problem",
    "Reason",
    "Refused",
    "Services",
    "fire",
    "setting",
]

#: What a data field may be given as. A float is refused: it would not arrive as it was written.
FieldValue: TypeAlias = str | bool | int | Decimal | Money | date | datetime


def fire(
    event: int | str,
    *,
    customer_email: str | None = None,
    customer_id: str | None = None,
    customer_external_reference: str | None = None,
    anonymous_id: str | None = None,
    data_fields: Mapping[str, FieldValue] | None = None,
    url: str | None = None,
    channel: str | None = None,
    occurred_at: datetime | None = None,
    idempotency_key: str | None = None,
    caller: str = "",
) -> str:
    """Fire a custom event (number or slug) from Django code, as a trusted caller, and give the occurrence's id.

    Takes part in the transaction that is open: it happens if and only if that commits. `occurred_at` is aware.
    `caller` names the code that fires: shown in the log, and idempotency keys are unique within it.
    Raises Refused with the members named as in the HTTP body, or 503 DISABLED where the operator switched everything
    off; TypeError for a value of no known type; ValueError for a `caller` of over 200 characters.
    """
    if len(caller) > 200:
        raise ValueError("caller: at most 200 characters")
    if settings.DISABLED:
        raise Refused(503, "DISABLED", "Custom events are switched off by the operator.")
    member = "customEventId" if isinstance(event, int) else "customEvent"
    fields: list[Json] = [_field(name, value) for name, value in (data_fields or {}).items()]
    body: dict[str, Json] = {
        member: event,
        "customerEmail": customer_email,
        "customerId": customer_id,
        "customerExternalReference": customer_external_reference,
        "anonymousId": anonymous_id,
        "dataFields": fields,
        "url": url,
        "channel": channel,
        "occurredAt": occurred_at.isoformat() if occurred_at else None,
        "idempotencyKey": idempotency_key,
    }
    receipt = _firing.fire(read_firing(body), Caller(kind=CallerKind.PYTHON, id=caller, name=caller))
    assert receipt.occurrence_id is not None
    return receipt.occurrence_id


def _field(name: str, value: FieldValue) -> Json:
    kind, sent = _typed(name, value)
    return {"name": name, "type": kind.value, "value": sent}


def _typed(name: str, value: FieldValue) -> tuple[FieldType, Json]:
    if isinstance(value, bool):
        return FieldType.BOOLEAN, value
    if isinstance(value, int | Decimal):
        return FieldType.NUMBER, str(value)
    if isinstance(value, str):
        return (FieldType.STRING if len(value) <= 255 else FieldType.TEXT), value
    for python_type, kind in (
        (Money, FieldType.MONEY),
        (datetime, FieldType.DATETIME),
        (date, FieldType.DATE),
    ):
        if isinstance(value, python_type):
            return kind, value_to_json(value)
    raise TypeError(f"{name}: a data field cannot be a {type(value).__name__}")
