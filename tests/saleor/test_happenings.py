"""What happens in a real Saleor and its API alone cannot show: time that passes, mails, a table that is away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import pytest
import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_happenings import (
    LINES,
    SOON,
    cart,
    do,
    fields_of,
    fired_by,
    guest,
    ordered,
    row_of,
)

__all__ = ["fired_by", "guest"]

REGISTER = """
mutation ($input: AccountRegisterInput!) {
  done: accountRegister(input: $input) { requiresConfirmation errors { field code message } } }
"""
CONFIRM = """
mutation ($email: String!, $token: String!) {
  done: confirmAccount(email: $email, token: $token) { errors { field code message } } }
"""
STOCKS = """
mutation ($id: ID!, $stocks: [StockInput!]!) {
  done: productVariantStocksUpdate(variantId: $id, stocks: $stocks) { errors { field code message } } }
"""
WEBHOOKS = "{ apps(first: 100) { edges { node { name webhooks { isActive targetUrl asyncEvents { eventType } } } } } }"


def test_a_cart_that_is_left_alone_is_abandoned_once(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str, inside: Callable[..., Any]
) -> None:
    event = fired_by("CHECKOUT_ABANDONED", minutes=60)
    checkout = cart(store, guest)
    inside("happenings.py", "pass", "59")
    do(store, LINES, id=checkout, lines=[{"variantId": store.cast["variant"], "quantity": 3}])
    inside("happenings.py", "pass", "59")
    ordered(store, f"other-{guest}")  # Something that is done meanwhile.
    assert make.log(event) == []

    inside("happenings.py", "pass", "2")

    fields = fields_of(row_of(make, event, guest))
    assert (fields["checkout"], fields["quantity"]) == (checkout, "3")
    assert until(lambda: inside("happenings.py", "waiting") == 0, SOON)


def test_somebody_registers_and_confirms_the_account(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str, inside: Callable[..., Any]
) -> None:
    created, confirmed = fired_by("CUSTOMER_CREATED"), fired_by("CUSTOMER_CONFIRMED")
    account = {
        "email": guest,
        "password": token_hex(8),
        "channel": store.cast["channel"],
        "redirectUrl": "http://localhost/confirm",
    }

    do(store, REGISTER, input=account)
    row_of(make, created, guest)
    assert make.log(confirmed) == []
    do(store, CONFIRM, email=guest, token=inside("happenings.py", "confirm", guest))

    assert row_of(make, confirmed, guest)["occurrence"]["identity"] == "TRUSTED"


def test_a_variant_is_back_in_stock(store: Store, make: Maker, fired_by: Callable[..., Event]) -> None:
    event = fired_by("BACK_IN_STOCK")

    for quantity in (0, 4):
        stocks = [{"warehouse": store.cast["warehouse"], "quantity": quantity}]
        do(store, STOCKS, id=store.cast["sold_out"], stocks=stocks)

    fields = fields_of(row_of(make, event, None))
    assert (fields["variant"], fields["productName"]) == (store.cast["sold_out"], "Hat")
    do(store, STOCKS, id=store.cast["sold_out"], stocks=[{"warehouse": store.cast["warehouse"], "quantity": 0}])


def test_stock_is_told_by_an_app_of_its_own(
    store: Store, fired_by: Callable[..., Event], is_older_than_323: bool
) -> None:
    fired_by("BACK_IN_STOCK")

    apps = [edge["node"] for edge in store.ask(WEBHOOKS, by="superuser")["apps"]["edges"]]

    webhook = {
        "isActive": True,
        "targetUrl": f"{store.plugin_url}store-webhook",
        "asyncEvents": [{"eventType": "PRODUCT_VARIANT_BACK_IN_STOCK"}],
    }
    # An older Saleor tells its plugins, and an app beside that would tell everything twice.
    wanted = [] if is_older_than_323 else [[webhook]]
    assert [app["webhooks"] for app in apps if app["name"] == "Custom events: back in stock"] == wanted


@pytest.mark.parametrize("signature", ["", "0" * 64, "ü"])
def test_nobody_else_tells_of_stock(store: Store, fired_by: Callable[..., Event], signature: str) -> None:
    fired_by("BACK_IN_STOCK")
    said = {"issuedAt": datetime.now(UTC).isoformat(), "productVariant": {"id": store.cast["sold_out"]}}
    # As bytes: a header of a client that does not keep to ASCII.
    headers = {"Saleor-Signature": signature.encode("latin-1")}
    answer = requests.post(f"{store.plugin_url}store-webhook", json=said, headers=headers, timeout=60)

    assert (answer.status_code, answer.json()["code"]) == (401, "INVALID_SIGNATURE")


def test_without_our_table_the_shop_goes_on(
    store: Store, make: Maker, fired_by: Callable[..., Event], guest: str, inside: Callable[..., Any]
) -> None:
    event = fired_by("ORDER_CREATED")
    inside("happenings.py", "away")
    try:
        # Each raises where Saleor answers an error.
        ordered(store, guest)
        checkout = cart(store, guest)
        do(store, LINES, id=checkout, lines=[{"variantId": store.cast["variant"], "quantity": 3}])
    finally:
        inside("happenings.py", "back")

    assert make.log(event) == []
    after = f"after-{guest}"
    ordered(store, after)
    row_of(make, event, after)
