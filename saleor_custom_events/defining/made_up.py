"""An occurrence that never was: what fills in a mail or a webhook where nobody may, or cares to, name a real one."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from saleor_custom_events.defining.checking import not_found
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.firing.fire import new_occurrence_id
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.values import DataField, FieldType, Money, Value

#: What an undecided value looks like. What names something of the store is left out: nothing is named.
_SAMPLES: dict[FieldType, Value] = {
    FieldType.NUMBER: Decimal(42),
    FieldType.MONEY: Money(Decimal("199.90"), "PLN"),
    FieldType.BOOLEAN: True,
    FieldType.URL: "https://shop.example/",
    FieldType.STRING: "",
    FieldType.TEXT: "",
    FieldType.DATE: "",
    FieldType.DATETIME: "",
}


def made_up(event_id: int, email: str) -> OccurrenceFacts:
    """Make one of what an event (its number) declares, for the customer with that e-mail. Refused 404."""
    event = CustomEvent.objects.filter(pk=event_id).first()
    if event is None:
        raise not_found("custom event")
    now = datetime.now(UTC)
    fields = tuple(
        DataField(one.name, one.type, _sample(one.name, one.type, now))
        for one in read_declared(event.declared_fields)
        if one.type in _SAMPLES
    )
    return OccurrenceFacts(
        id=str(new_occurrence_id(now)),
        event=EventFacts(number=event.pk, slug=event.slug, name=event.name),
        registered_at=now,
        occurred_at=now,
        identity=Identity.TRUSTED,
        customer_email=email,
        url="https://shop.example/",
        fields=fields,
    )


def _sample(name: str, kind: FieldType, now: datetime) -> Value:
    if kind is FieldType.DATE:
        return now.date()
    if kind is FieldType.DATETIME:
        return now
    return _SAMPLES[kind] or name
