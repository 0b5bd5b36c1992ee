"""What happens in the store, by the store's own API, fires the events that are fired by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

import pytest

from saleor_custom_events.firing.store_happenings import KEPT
from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_live_state import ADDRESS, CANCEL, COMPLETE, DRAFT

SOON = 40.0
ERRORS = "errors { field code message }"
CUSTOMER = f"mutation ($input: UserCreateInput!) {{ done: customerCreate(input: $input) {{ user {{ id }} {ERRORS} }} }}"
DELETE = f"mutation ($id: ID!) {{ done: customerDelete(id: $id) {{ {ERRORS} }} }}"
METADATA = (
    f"mutation ($id: ID!, $input: [MetadataInput!]!) {{ done: updateMetadata(id: $id, input: $input) {{ {ERRORS} }} }}"
)
CHECKOUT = (
    "mutation ($cart: CheckoutCreateInput!) { done: checkoutCreate(input: $cart) { checkout { id } errors { code } } }"
)
LINES = (
    "mutation ($id: ID!, $lines: [CheckoutLineUpdateInput!]!) {"
    f" done: checkoutLinesUpdate(id: $id, lines: $lines) {{ {ERRORS} }} }}"
)
PLACE = f"mutation ($id: ID!) {{ done: checkoutComplete(id: $id) {{ order {{ id }} {ERRORS} }} }}"
PAID = f"mutation ($id: ID!) {{ done: orderMarkAsPaid(id: $id) {{ {ERRORS} }} }}"
PAY = (
    "mutation ($id: ID!, $amount: MoneyInput!) { done: transactionCreate(id: $id, transaction:"
    f' {{name: "Contract", amountCharged: $amount}}) {{ transaction {{ token }} {ERRORS} }} }}'
)
PAY_BACK = (
    "mutation ($token: UUID!, $amount: MoneyInput!) { done: transactionUpdate(token: $token, transaction:"
    f" {{amountRefunded: $amount}}) {{ {ERRORS} }} }}"
)
FULFIL = (
    "mutation ($order: ID!, $input: OrderFulfillInput!) {"
    f" done: orderFulfill(order: $order, input: $input) {{ {ERRORS} }} }}"
)
ORDER_LINES = "mutation ($id: ID!) { done: draftOrderComplete(id: $id) { order { id lines { id } } errors { code } } }"
GIFT = f"mutation ($input: GiftCardCreateInput!) {{ done: giftCardCreate(input: $input) {{ {ERRORS} }} }}"


def do(store: Store, mutation: str, **variables: Any) -> dict[str, Any]:
    """Do something as a program that may do all of it; of the staff, only some see a channel's orders."""
    made: dict[str, Any] = store.ask(mutation, variables, by="app_store")["done"]
    assert made["errors"] == [], made
    return made


@pytest.fixture
def fired_by(make: Maker) -> Iterator[Callable[..., Event]]:
    """Make an event that is fired by this, and that every process of the store knows of; archived afterwards, so that
    what other tests do in the same store fires nothing.
    """
    events: list[Event] = []

    def made(kind: str, **settings: Any) -> Event:
        event = make.event(happenings=[{"kind": kind, **settings}])
        # Who listens is kept for so long, and no process says what it keeps.
        time.sleep(KEPT + 0.2)
        events.append(event)
        return event

    yield made
    for event in events:
        make.archive(event)


@pytest.fixture
def guest() -> str:
    return f"guest-{token_hex(4)}@example.com"


def row_of(make: Maker, event: Event, email: str | None) -> dict[str, Any]:
    """Give the event's one row about somebody, once it is there."""

    def rows() -> list[dict[str, Any]]:
        return [row for row in make.log(event) if row["customerEmail"] == email]

    found = until(rows, SOON)
    assert len(found) == 1, make.log(event)
    return dict(found[0])


def fields_of(row: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: field["value"] for field in row["occurrence"]["dataFields"]}


def draft(store: Store, email: str, quantity: int = 2) -> str:
    lines = [{"variantId": store.cast["variant"], "quantity": quantity}]
    sent = {"channelId": store.cast["channel_id"], "lines": lines, "billingAddress": ADDRESS, "userEmail": email}
    return str(do(store, DRAFT, input=sent)["order"]["id"])


def ordered(store: Store, email: str) -> str:
    order = draft(store, email)
    do(store, COMPLETE, id=order)
    return order


def cart(store: Store, email: str) -> str:
    lines = [{"variantId": store.cast["variant"], "quantity": 2}]
    sent = {"channel": store.cast["channel"], "email": email, "lines": lines, "billingAddress": ADDRESS}
    return str(do(store, CHECKOUT, cart=sent)["checkout"]["id"])


def usd(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


def test_a_customer_is_made_and_deleted(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    made, deleted = fired_by("CUSTOMER_CREATED"), fired_by("CUSTOMER_DELETED")

    user = do(store, CUSTOMER, input={"email": guest, "firstName": "Ada"})["user"]["id"]
    row = row_of(make, made, guest)
    do(store, DELETE, id=user)
    gone = row_of(make, deleted, guest)

    assert row["occurrence"]["identity"] == "TRUSTED"
    assert fields_of(row)["firstName"] == fields_of(gone)["firstName"] == "Ada"


def test_metadata_of_a_customer(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("CUSTOMER_METADATA_CHANGED", keys=["tier"])
    user = do(store, CUSTOMER, input={"email": guest})["user"]["id"]

    do(store, METADATA, id=user, input=[{"key": "other", "value": "1"}])
    do(store, METADATA, id=user, input=[{"key": "tier", "value": "gold"}])
    do(store, METADATA, id=user, input=[{"key": "other", "value": "2"}])

    fields = fields_of(row_of(make, event, guest))
    assert (fields["key"], fields["value"]) == ("tier", "gold")


def test_metadata_of_an_order(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("ORDER_METADATA_CHANGED", keys=["parcel"])
    order = ordered(store, guest)

    do(store, METADATA, id=order, input=[{"key": "parcel", "value": "4711"}])

    fields = fields_of(row_of(make, event, guest))
    assert (fields["order"], fields["key"], fields["value"]) == (order, "parcel", "4711")


def test_metadata_of_a_product(store: Store, make: Maker, fired_by: Callable[..., Event]) -> None:
    key = f"season-{token_hex(4)}"
    event = fired_by("PRODUCT_METADATA_CHANGED", keys=[key])

    do(store, METADATA, id=store.cast["product"], input=[{"key": key, "value": "summer"}])

    row = row_of(make, event, None)
    assert row["occurrence"]["identity"] == "ANONYMOUS"
    assert fields_of(row)["productName"] == "Scarf"


def test_a_checkout_is_begun_and_changed(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    begun, changed = fired_by("CHECKOUT_CREATED"), fired_by("CHECKOUT_UPDATED")

    checkout = cart(store, guest)
    first = fields_of(row_of(make, begun, guest))
    do(store, LINES, id=checkout, lines=[{"variantId": store.cast["variant"], "quantity": 5}])
    second = fields_of(row_of(make, changed, guest))

    assert first["checkout"] == second["checkout"] == checkout
    assert (first["products"], first["quantity"]) == ("Scarf", "2")
    assert (float(second["total"]["amount"]), second["quantity"]) == (50, "5")


def test_a_draft_becomes_an_order_that_is_confirmed(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str
) -> None:
    placed, confirmed = fired_by("ORDER_CREATED"), fired_by("ORDER_CONFIRMED")

    order = ordered(store, guest)

    fields = fields_of(row_of(make, placed, guest))
    assert (fields["order"], fields["products"], float(fields["total"]["amount"])) == (order, "Scarf", 20)
    assert fields_of(row_of(make, confirmed, guest))["order"] == order


def test_a_cart_becomes_an_order(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("ORDER_CREATED")
    checkout = cart(store, guest)
    do(store, PAY, id=checkout, amount=usd(20))

    order = do(store, PLACE, id=checkout)["order"]["id"]

    assert fields_of(row_of(make, event, guest))["order"] == order


def test_an_empty_cart_becomes_no_order(store: Store, guest: str) -> None:
    sent = {"channel": store.cast["channel"], "email": guest, "lines": [], "billingAddress": ADDRESS}
    checkout = do(store, CHECKOUT, cart=sent)["checkout"]["id"]

    done = store.ask(PLACE, {"id": checkout}, by="app_store")["done"]

    assert done["order"] is None
    assert [error["code"] for error in done["errors"]], done


def test_an_order_is_paid_in_parts_and_paid_back(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str
) -> None:
    paid, all_of_it, back = fired_by("ORDER_PAID"), fired_by("ORDER_FULLY_PAID"), fired_by("ORDER_REFUNDED")
    order = ordered(store, guest)

    do(store, PAY, id=order, amount=usd(5))
    row_of(make, paid, guest)
    assert make.log(all_of_it) == []
    token = do(store, PAY, id=order, amount=usd(15))["transaction"]["token"]
    row_of(make, all_of_it, guest)
    do(store, PAY_BACK, token=token, amount=usd(15))

    assert fields_of(row_of(make, back, guest))["order"] == order
    assert len(until(lambda: make.log(paid)[1:], SOON)) == 1


def test_an_order_is_marked_as_paid(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("ORDER_FULLY_PAID")
    order = ordered(store, guest)

    do(store, PAID, id=order)

    assert fields_of(row_of(make, event, guest))["order"] == order


def test_an_order_is_handed_over(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("ORDER_FULFILLED")
    order = do(store, ORDER_LINES, id=draft(store, guest))["order"]

    stocks = [{"quantity": 2, "warehouse": store.cast["warehouse"]}]
    lines = [{"orderLineId": line["id"], "stocks": stocks} for line in order["lines"]]
    do(store, FULFIL, order=order["id"], input={"lines": lines})

    fields = fields_of(row_of(make, event, guest))
    assert (fields["order"], fields["status"]) == (order["id"], "fulfilled")


def test_an_order_is_cancelled(store: Store, make: Maker, fired_by: Callable[..., Event], guest: str) -> None:
    event = fired_by("ORDER_CANCELLED")
    order = ordered(store, guest)

    do(store, CANCEL, id=order)

    assert fields_of(row_of(make, event, guest))["order"] == order


def test_a_gift_card_is_made_by_the_staff_and_is_nobodys(
    store: Store, make: Maker, fired_by: Callable[..., Event]
) -> None:
    event = fired_by("GIFT_CARD_CREATED")

    do(store, GIFT, input={"balance": usd(25), "isActive": True})

    fields = fields_of(row_of(make, event, None))
    assert (float(fields["balance"]["amount"]), len(fields["codeEnd"])) == (25, 4)


def test_what_happens_starts_a_scenario_that_knows_the_order(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str
) -> None:
    event = fired_by("ORDER_CREATED")
    text = "{{ dataFields.order.number }} {{ dataFields.order.lines[0].productName }}"
    make.scenario(event, [{"id": "note", "type": "setVariable", "name": "told", "value": text}])

    ordered(store, guest)

    row = row_of(make, event, guest)
    until(lambda: row_of(make, event, guest)["status"] == "COMPLETED", SOON)
    row = row_of(make, event, guest)
    assert row["status"] == "COMPLETED", row
    assert row["steps"][0]["result"]["value"] == f"{fields_of(row)['number']} Scarf"
