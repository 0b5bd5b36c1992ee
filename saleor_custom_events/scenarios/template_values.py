"""What a template sees: the names of `docs/definition.md`, and values that print as they were sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

from saleor_custom_events.scenarios.condition_parsing import read_value
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.references import Given, Reading
from saleor_custom_events.scenarios.values import DataField, Json, Money, Value
from saleor_custom_events.store.customers import Customer

#: The names at the root.
ROOTS = ("event", "occurrence", "dataFields", "customer", "scenario", "steps", "variables")

NOTHING_READ = Reading()


class Number(Decimal):
    """A decimal that prints without an exponent and compares with Liquid's float literals by what is written."""

    def __str__(self) -> str:
        return format(self, "f")

    def __eq__(self, other: object) -> bool:
        return Decimal.__eq__(self, _exact(other))

    def __lt__(self, other: object) -> bool:
        return Decimal.__lt__(self, _exact(other))  # type: ignore[operator]

    def __le__(self, other: object) -> bool:
        return Decimal.__le__(self, _exact(other))  # type: ignore[operator]

    def __gt__(self, other: object) -> bool:
        return Decimal.__gt__(self, _exact(other))  # type: ignore[operator]

    def __ge__(self, other: object) -> bool:
        return Decimal.__ge__(self, _exact(other))  # type: ignore[operator]

    __hash__ = Decimal.__hash__


def _exact(other: object) -> object:
    return Decimal(repr(other)) if isinstance(other, float) else other


class Printed(Mapping[str, object]):
    """Prints as a text, and has members."""

    def __init__(self, text: str, members: Mapping[str, object]) -> None:
        self._text = text
        self._members = members

    def __getitem__(self, name: str) -> object:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __str__(self) -> str:
        return self._text


class PrintedMoney(Printed):
    """Prints as `199.90 PLN`, and has `.amount` and `.currency`."""

    def __init__(self, money: Money) -> None:
        amount = Number(money.amount)
        super().__init__(f"{amount} {money.currency}", {"amount": amount, "currency": money.currency})


class PrintedReference(Printed):
    """Prints as the global id that was sent, and has what the store has of it: `.total`, `.lines` …"""

    def __init__(self, id: str, given: Given) -> None:
        members: dict[str, object] = {name: printable(value) for name, value in given.values.items()}
        if given.lines:
            members["lines"] = [{name: printable(v) for name, v in line.items()} for line in given.lines]
        super().__init__(id, members)

    def __eq__(self, other: object) -> bool:
        return str(self) == (str(other) if isinstance(other, PrintedReference) else other)

    __hash__ = None  # type: ignore[assignment]


def context_of(
    occurrence: OccurrenceFacts,
    *,
    customer: Customer | None,
    scenario_id: int,
    scenario_name: str,
    scenario_version: int,
    outputs: Mapping[str, Mapping[str, Json]],
    variables: Mapping[str, str] = MappingProxyType({}),
    reading: Reading = NOTHING_READ,
) -> Mapping[str, object]:
    """Give what a template of this invocation sees. Times are texts in ISO 8601, UTC; the filter `date` reads them.

    `customer`: what the store knows, None for nobody; the e-mail is the occurrence's then. `outputs`: what earlier
    steps gave, by step id (`State.outputs`). `variables`: what they named (`State.variables`). `reading`: what
    the store has of what data fields name.
    """
    return {
        "event": {
            "number": occurrence.event.number,
            "slug": occurrence.event.slug,
            "name": occurrence.event.name,
        },
        "occurrence": _occurrence(occurrence),
        "dataFields": {field.name: _data_field(field, reading) for field in occurrence.fields},
        "customer": _customer(occurrence, customer),
        "scenario": {"id": scenario_id, "name": scenario_name, "version": scenario_version},
        "steps": {step: _plain(dict(output)) for step, output in outputs.items()},
        "variables": dict(variables),
    }


def _data_field(field: DataField, reading: Reading) -> object:
    given = reading.given.get(field.name)
    return printable(field.value) if given is None else PrintedReference(str(field.value), given)


def _occurrence(occurrence: OccurrenceFacts) -> Mapping[str, object]:
    return {
        "id": occurrence.id,
        "registeredAt": printable(occurrence.registered_at),
        "occurredAt": printable(occurrence.occurred_at),
        "channel": occurrence.channel,
        "url": occurrence.url,
        "identity": occurrence.identity.value,
        "isVerified": occurrence.identity.is_verified,
    }


def _customer(occurrence: OccurrenceFacts, customer: Customer | None) -> Mapping[str, object]:
    if customer is None:
        return {
            "exists": False,
            "id": occurrence.customer_id,
            "email": occurrence.customer_email,
            "externalReference": occurrence.customer_external_reference,
        }
    return {
        "exists": True,
        "id": customer.id,
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "isActive": customer.is_active,
        "languageCode": customer.language_code,
        "externalReference": customer.external_reference,
        "joinedAt": printable(customer.joined_at) if customer.joined_at else None,
        "metadata": dict(customer.metadata),
        "groups": list(customer.groups),
    }


def printable(value: Value) -> object:
    """Give a data field's value as a template prints it."""
    if isinstance(value, Decimal):
        return Number(value)
    if isinstance(value, Money):
        return PrintedMoney(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _plain(raw: Json) -> object:
    """Give a step's output without floats."""
    if isinstance(raw, float):
        return Number(repr(raw))
    if isinstance(raw, list):
        return [_plain(item) for item in raw]
    if isinstance(raw, dict):
        if raw.keys() == {"amount", "currency"} and (money := _money(raw)) is not None:
            return PrintedMoney(money)
        return {name: _plain(item) for name, item in raw.items()}
    return raw


def _money(raw: Mapping[str, Json]) -> Money | None:
    """Give the money that a step's output is: the data field of an event that was waited for."""
    try:
        value = read_value(dict(raw))
    except ValueError:
        return None
    return value if isinstance(value, Money) else None
