"""Data fields that name something of the store: each step reads it from the store itself, and lets nobody spy."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_live_state import SOON, done, drafted, ordered

CHECKOUT = (
    "mutation ($input: CheckoutCreateInput!)"
    " { done: checkoutCreate(input: $input) { checkout { id } errors { field code message } } }"
)
LINES = (
    "{% for line in dataFields.thing.lines %}"
    "{{ line.quantity }} {{ line.productName }} {{ line.variantName }} {{ line.sku }} {{ line.price }} {{ line.total }}"
    "{% endfor %}"
)


def naming(make: Maker, type: str, **more: Any) -> Event:
    """Make an event whose data field `thing` names something of the store."""
    return make.event(dataFields=[{"name": "thing", "type": type}], **more)


def telling(make: Maker, event: Event, value: str, **start: Any) -> None:
    step = {"id": "tell", "type": "setVariable", "name": "told", "value": value, "next": None}
    make.scenario(event, [step], **start)


def result_of(make: Maker, event: Event, step: str) -> dict[str, Any]:
    """Give what a step says, once it is over."""

    def found() -> list[dict[str, Any]]:
        return [one for row in make.log(event) for one in row["steps"] if one["step"] == step]

    steps = until(found, SOON)
    assert steps, make.log(event)
    return dict(steps[0]["result"])


def told(make: Maker, event: Event) -> str:
    return str(result_of(make, event, "tell")["value"])


def test_an_order_with_its_lines(store: Store, make: Maker, server_key: str) -> None:
    guest = f"guest-{token_hex(4)}@example.com"
    event = naming(make, "ORDER")
    telling(
        make,
        event,
        "{{ dataFields.thing.status }} {{ dataFields.thing.total }} {{ dataFields.thing.isPaid }}"
        " {{ dataFields.thing.quantity }} {{ dataFields.thing.email }}: " + LINES,
    )
    fields = {"thing": ordered(store, 3, userEmail=guest)}

    assert store.fire(
        {"customEventId": event.number, "customerEmail": guest, "dataFields": fields}, credential=server_key
    ).ok

    status, rest = told(make, event).split(" ", 1)
    assert status in ("UNFULFILLED", "UNCONFIRMED")
    assert rest == f"30.00 USD false 3 {guest}: 3 Scarf Scarf scarf 10.00 USD 30.00 USD"


def test_a_draft_is_no_order(store: Store, make: Maker, server_key: str) -> None:
    guest = f"guest-{token_hex(4)}@example.com"
    event = naming(make, "ORDER")
    telling(make, event, "[{{ dataFields.thing.total }}]")
    fields = {"thing": drafted(store, 3, userEmail=guest)}

    assert store.fire(
        {"customEventId": event.number, "customerEmail": guest, "dataFields": fields}, credential=server_key
    ).ok

    result = result_of(make, event, "tell")
    assert result["value"] == "[]"
    assert list(result["withheld"]) == ["thing"]


def test_a_checkout_with_its_lines_by_its_token(store: Store, make: Maker, server_key: str) -> None:
    guest = f"guest-{token_hex(4)}@example.com"
    cart = {"channel": store.cast["channel"], "email": guest}
    lines = [{"variantId": store.cast["variant"], "quantity": 2}]
    checkout = done(store, CHECKOUT, input={**cart, "lines": lines})["checkout"]["id"]
    event = naming(make, "CHECKOUT")
    telling(
        make, event, "{{ dataFields.thing.total }} {{ dataFields.thing.isOpen }} {{ dataFields.thing.email }}: " + LINES
    )

    body = {"customEventId": event.number, "customerEmail": guest, "dataFields": {"thing": checkout}}
    assert store.fire(body, credential=server_key).ok

    assert told(make, event) == f"20.00 USD true {guest}: 2 Scarf Scarf scarf 10.00 USD 20.00 USD"


def test_what_a_variant_costs_and_whether_it_is_in_stock(store: Store, make: Maker, server_key: str) -> None:
    event = naming(make, "VARIANT")
    comparisons = [
        ("dataFields.thing.price", "lessThan", {"amount": "10.01", "currency": "USD"}),
        ("dataFields.thing.inStock", "equals", True),
        ("dataFields.thing.sku", "equals", "scarf"),
        ("dataFields.thing.productName", "equals", "Scarf"),
        ("dataFields.thing.slug", "equals", "scarf"),
    ]
    when = {"all": [{"left": left, "operator": operator, "right": right} for left, operator, right in comparisons]}
    look = {"id": "look", "type": "condition", "branches": [{"when": when, "next": None}], "otherwise": None}
    make.scenario(event, [look])

    body = {"customEventId": event.number, "customerEmail": "anna@example.com", "channel": store.cast["channel"]}
    assert store.fire({**body, "dataFields": {"thing": store.cast["variant"]}}, credential=server_key).ok

    result = result_of(make, event, "look")
    assert result["branch"] == 0, result
    assert {one["source"] for one in result["comparisons"]} == {"store"}
    assert all(one["askedAt"] for one in result["comparisons"])


def test_a_storefront_opens_its_customers_order_and_nobody_elses(
    store: Store, make: Maker, storefront_key: str
) -> None:
    guest, other = (f"guest-{token_hex(4)}@example.com" for _ in range(2))
    fields = {"thing": ordered(store, 1, userEmail=guest)}

    def told_to(address: str) -> str:
        event = naming(make, "ORDER", public=True)
        telling(make, event, "[{{ dataFields.thing.total }}]", allowUnverified=True)
        body = {"customEventId": event.number, "customerEmail": address, "dataFields": fields}
        assert store.fire(body, credential=storefront_key).ok
        return told(make, event)

    assert told_to(guest) == "[10.00 USD]"
    assert told_to(other) == "[]"


def test_another_kind_of_thing_is_refused_where_the_event_is_strict(store: Store, make: Maker, server_key: str) -> None:
    event = naming(make, "PRODUCT", violations="REJECT")
    body = {"customEventId": event.number, "customerEmail": "anna@example.com"}

    answer = store.fire({**body, "dataFields": {"thing": store.cast["variant"]}}, credential=server_key)

    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [("dataFields.thing", "WRONG_TYPE")]
