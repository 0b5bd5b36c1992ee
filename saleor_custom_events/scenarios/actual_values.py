"""What stands behind the left side of a comparison, in what an invocation knows. Nothing here raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from saleor_custom_events.scenarios.condition_parsing import read_value
from saleor_custom_events.scenarios.definition import Comparison, Operand, Source
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Live
from saleor_custom_events.scenarios.operands import LIVE
from saleor_custom_events.scenarios.references import member_of
from saleor_custom_events.scenarios.values import DataField, Json, Money, Value
from saleor_custom_events.store.customers import Customer

Actual: TypeAlias = Value | tuple[str, ...] | None

_TOTAL = Operand(Source.ORDERS, ("total",))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a condition may look at."""

    occurrence: OccurrenceFacts
    #: None: the store knows nobody by the occurrence's identity. In a start point's filter nobody has asked.
    customer: Customer | None = None
    #: What earlier steps gave, by step id.
    outputs: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    #: What earlier steps named.
    variables: Mapping[str, str] = field(default_factory=dict)
    #: What the store has at this moment; None: nobody has asked, since nothing looks at it.
    live: Live | None = None
    #: When it is asked (aware); None: when the occurrence was registered.
    now: datetime | None = None

    @property
    def moment(self) -> datetime:
        """Give what the last days, and the next ones, are counted from."""
        return self.now or self.occurrence.registered_at


def member_at(operand: Operand, occurrence: OccurrenceFacts) -> tuple[DataField, str] | None:
    """Give the data field that names something in the store, and what of that an operand means; None: it means none."""
    return member_of(operand.names[0], occurrence) if operand.source is Source.DATA_FIELD else None


def actual_of(comparison: Comparison, scope: Scope) -> Actual:
    """Give what a comparison's left side is: what orders came to in the currency that the right side names."""
    if comparison.operand == _TOTAL:
        return _spent(comparison.value, scope.live)
    return actual_value(comparison.operand, scope)


def _spent(value: object, live: Live | None) -> Money | None:
    """Nothing was spent where there were no orders in that currency."""
    shopping = live.shopping if live else None
    if shopping is None or not isinstance(value, Money):
        return None
    return Money(shopping.spent.get(value.currency, Decimal(0)), value.currency)


def actual_value(operand: Operand, scope: Scope) -> Actual:
    """Give what stands behind an operand; None where there is nothing."""
    if operand.source is Source.DATA_FIELD:
        return _data_field_value(operand, scope)
    if operand.source is Source.STEP:
        return _output_value(scope.outputs.get(operand.names[0], {}).get(operand.names[1]))
    if operand.source is Source.VARIABLE:
        return scope.variables.get(operand.names[0])
    if operand.source is Source.OCCURRENCE:
        return _occurrence_value(operand.names[0], scope.occurrence)
    if operand.source in LIVE:
        return _live_value(operand, scope.live)
    return _customer_value(operand.names, scope)


def _data_field_value(operand: Operand, scope: Scope) -> Actual:
    if (found := member_at(operand, scope.occurrence)) is None:
        return next((f.value for f in scope.occurrence.fields if f.name == operand.names[0]), None)
    given = scope.live.reading.given.get(found[0].name) if scope.live else None
    return given.values.get(found[1]) if given else None


def _output_value(raw: Json) -> Actual:
    if isinstance(raw, list):
        return tuple(item for item in raw if isinstance(item, str))
    if raw is None or isinstance(raw, str):
        return raw
    try:
        return read_value(raw)
    except ValueError:
        return None


def _occurrence_value(name: str, occurrence: OccurrenceFacts) -> Actual:
    return {
        "channel": occurrence.channel,
        "url": occurrence.url,
        "identity": occurrence.identity.value,
        "email": occurrence.customer_email,
        "occurredAt": occurrence.occurred_at,
        "registeredAt": occurrence.registered_at,
        "isVerified": occurrence.identity.is_verified,
    }[name]


def _live_value(operand: Operand, live: Live | None) -> Actual:
    """Not set: of orders and checkouts, where nobody is named; of stock, where the field names nothing in the store."""
    if live is None:
        return None
    if operand.source is Source.STOCK:
        return live.in_stock.get(operand.names[0])
    if live.shopping is None:
        return None
    shopping = live.shopping
    values: Mapping[str, Actual] = {
        "orders.count": Decimal(shopping.orders),
        "orders.countSinceEvent": Decimal(shopping.orders_since),
        "orders.hasOrderedSinceEvent": shopping.orders_since > 0,
        "orders.lastAt": shopping.last_order_at,
        "checkout.isOpen": shopping.checkout_changed_at is not None,
        "checkout.changedAt": shopping.checkout_changed_at,
    }
    return values.get(str(operand))


def _customer_value(names: tuple[str, ...], scope: Scope) -> Actual:
    """The e-mail of somebody whom the store does not know is the occurrence's, as it is in templates."""
    customer, name = scope.customer, names[0]
    if name == "exists":
        return customer is not None
    if customer is None:
        return scope.occurrence.customer_email if name == "email" else None
    if name == "metadata":
        return customer.metadata.get(names[1])
    values: Mapping[str, Actual] = {
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "isActive": customer.is_active,
        "languageCode": customer.language_code,
        "externalReference": customer.external_reference,
        "joinedAt": customer.joined_at,
        "groups": customer.groups,
    }
    return values[name]
