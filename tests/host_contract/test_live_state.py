"""Conditions on what the store has when the step is come to: made and changed by the store's own API."""

from __future__ import annotations

import time
from secrets import token_hex
from typing import Any

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

SOON = 40.0
ADDRESS = {
    "firstName": "Anna",
    "lastName": "Nowak",
    "streetAddress1": "Dluga 1",
    "city": "Gdansk",
    "postalCode": "80-827",
    "country": "PL",
}
DRAFT = "mutation ($input: DraftOrderCreateInput!) { done: draftOrderCreate(input: $input) { order { id } errors { field code message } } }"  # noqa: E501
COMPLETE = "mutation ($id: ID!) { done: draftOrderComplete(id: $id) { order { id } errors { field code message } } }"
CANCEL = "mutation ($id: ID!) { done: orderCancel(id: $id) { order { id } errors { field code message } } }"
CHECKOUT = (
    "mutation ($input: CheckoutCreateInput!) { done: checkoutCreate(input: $input) { errors { field code message } } }"
)


def done(store: Store, mutation: str, **variables: Any) -> dict[str, Any]:
    made: dict[str, Any] = store.ask(mutation, variables, by="app_orders")["done"]
    assert made["errors"] == [], made
    return made


def drafted(store: Store, quantity: int = 1, **whose: str) -> str:
    lines = [{"variantId": store.cast["variant"], "quantity": quantity}]
    sent = {"channelId": store.cast["channel_id"], "lines": lines, "billingAddress": ADDRESS, **whose}
    return str(done(store, DRAFT, input=sent)["order"]["id"])


def ordered(store: Store, quantity: int = 1, **whose: str) -> str:
    order = drafted(store, quantity, **whose)
    done(store, COMPLETE, id=order)
    return order


def condition(*comparisons: tuple[str, str, Any]) -> dict[str, Any]:
    """Give a step that takes its only branch where all of them hold; its result shows each."""
    made = [{"left": left, "operator": operator, "right": right} for left, operator, right in comparisons]
    return {"id": "look", "type": "condition", "branches": [{"when": {"all": made}, "next": None}], "otherwise": "no"}


NO = {"id": "no", "type": "exit"}


def looked(make: Maker, event: Event) -> dict[str, Any]:
    """Give what the condition step saw, once it is over."""

    def steps() -> list[dict[str, Any]]:
        return [step for row in make.log(event) for step in row["steps"] if step["step"] == "look"]

    found = until(steps, SOON)
    assert found, make.log(event)
    return dict(found[0]["result"])


def seen(result: dict[str, Any]) -> dict[str, Any]:
    assert all(one["askedAt"] for one in result["comparisons"])
    return {one["operand"]: one["actual"] for one in result["comparisons"]}


def test_orders_and_a_checkout_of_a_guest(store: Store, make: Maker, event: Event, server_key: str) -> None:
    guest = f"guest-{token_hex(4)}@example.com"
    ordered(store, 3, userEmail=guest)
    drafted(store, 5, userEmail=guest)
    done(store, CANCEL, id=ordered(store, 7, userEmail=guest))
    wait = {"id": "wait", "type": "wait", "duration": "PT8S", "next": "look"}
    look = condition(
        ("orders.count", "equals", 2),
        ("orders.countSinceEvent", "equals", 1),
        ("orders.hasOrderedSinceEvent", "equals", True),
        ("orders.total", "equals", {"amount": "40", "currency": "USD"}),
        ("orders.lastAt", "greaterThan", {"date": "2020-01-01"}),
        ("checkout.isOpen", "equals", True),
    )
    make.scenario(event, [wait, look, NO])

    assert store.fire({"customEventId": event.number, "customerEmail": guest}, credential=server_key).ok
    ordered(store, 1, userEmail=guest)
    cart = {"channel": store.cast["channel"], "email": guest}
    done(store, CHECKOUT, input={**cart, "lines": [{"variantId": store.cast["variant"], "quantity": 1}]})

    result = looked(make, event)
    assert result["branch"] == 0, result
    assert seen(result)["orders.count"] == "2"


def test_who_has_done_nothing(store: Store, make: Maker, event: Event, server_key: str) -> None:
    guest = f"guest-{token_hex(4)}@example.com"
    done(store, CHECKOUT, input={"channel": store.cast["channel"], "email": guest, "lines": []})
    look = condition(
        ("orders.count", "equals", 0),
        ("orders.hasOrderedSinceEvent", "equals", False),
        ("orders.total", "equals", {"amount": "0", "currency": "USD"}),
        ("checkout.isOpen", "equals", False),
    )
    make.scenario(event, [look, NO])

    assert store.fire({"customEventId": event.number, "customerEmail": guest}, credential=server_key).ok

    assert looked(make, event)["branch"] == 0, "an empty checkout is none"


def test_orders_of_an_account_and_those_as_a_guest_are_one_persons(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    customer = store.cast["customer"]
    look = condition(("orders.count", "greaterThanOrEqual", 0))
    make.scenario(event, [look, NO])
    body = {"customEventId": event.number, "customerId": customer["id"]}
    assert store.fire(body, credential=server_key).ok
    before = int(seen(looked(make, event))["orders.count"])
    ordered(store, user=customer["id"])
    ordered(store, userEmail=customer["email"])
    time.sleep(0.1)

    again = make.event()
    make.scenario(again, [look, NO])
    assert store.fire({**body, "customEventId": again.number}, credential=server_key).ok

    assert int(seen(looked(make, again))["orders.count"]) == before + 2


def test_whether_what_data_fields_name_is_in_stock(store: Store, make: Maker, event: Event, server_key: str) -> None:
    look = condition(
        ("stock.dataFields.variant", "equals", True),
        ("stock.dataFields.gone", "equals", False),
        ("stock.dataFields.unknown", "notEquals", True),
    )
    make.scenario(event, [look, NO])
    fields = {"variant": store.cast["variant"], "gone": store.cast["sold_out"], "unknown": "UHJvZHVjdDo5OTk5OTk="}
    body = {"customEventId": event.number, "customerEmail": "anna@example.com", "dataFields": fields}

    assert store.fire({**body, "channel": store.cast["channel"]}, credential=server_key).ok

    result = looked(make, event)
    assert result["branch"] == 0, result
    assert seen(result) == {
        "stock.dataFields.variant": True,
        "stock.dataFields.gone": False,
        "stock.dataFields.unknown": None,
    }
