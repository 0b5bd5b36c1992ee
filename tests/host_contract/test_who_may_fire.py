"""Every kind of credential, and what it may do."""

from __future__ import annotations

import pytest

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

STRANGER = "somebody.else@example.com"


@pytest.mark.parametrize("caller", ["staff_customers", "staff_all", "app_all"])
def test_a_token_with_the_permissions_fires_for_any_customer(
    store: Store, make: Maker, event: Event, caller: str
) -> None:
    answer = store.fire({"customEventId": event.number, "customerEmail": STRANGER}, credential=store.token(caller))

    assert answer.status_code == 202, answer.text
    assert answer.json()["duplicate"] is False
    (row,) = make.log(event)
    assert row["customerEmail"] == STRANGER
    assert row["occurrence"]["identity"] == "TRUSTED"
    assert row["occurrence"]["occurrenceId"] == answer.json()["occurrenceId"]


@pytest.mark.parametrize("caller", ["staff_none", "staff_define", "app_none"])
def test_a_token_without_the_permissions_is_refused_and_nothing_is_written(
    store: Store, make: Maker, event: Event, caller: str
) -> None:
    answer = store.fire({"customEventId": event.number, "customerEmail": STRANGER}, credential=store.token(caller))

    assert answer.status_code == 403
    assert answer.json()["code"] == "PERMISSION_DENIED"
    assert make.log(event) == []


def test_a_token_narrowed_to_no_permissions_is_as_good_as_none(store: Store, make: Maker, event: Event) -> None:
    narrowed = store.forged("staff_all", permissions=[])

    answer = store.fire({"customEventId": event.number, "customerEmail": STRANGER}, credential=narrowed)

    assert answer.status_code == 403, answer.text
    assert make.log(event) == []


def test_a_server_key_fires_for_any_customer(store: Store, make: Maker, event: Event, server_key: str) -> None:
    answer = store.fire({"customEvent": event.slug, "customerEmail": STRANGER}, credential=server_key)

    assert answer.status_code == 202, answer.text
    assert make.log(event)[0]["occurrence"]["identity"] == "TRUSTED"


def test_a_customers_token_fires_for_that_customer(store: Store, make: Maker, public_event: Event) -> None:
    answer = store.fire({"customEventId": public_event.number}, credential=store.token("customer"))

    assert answer.status_code == 202, answer.text
    assert answer.json().keys() == {"occurrenceId"}
    (row,) = make.log(public_event)
    assert row["customerEmail"] == store.cast["customer"]["email"]
    assert row["occurrence"]["identity"] == "TOKEN"


def test_a_customers_token_does_not_fire_for_somebody_else(store: Store, make: Maker, public_event: Event) -> None:
    body = {"customEventId": public_event.number, "customerEmail": STRANGER}

    answer = store.fire(body, credential=store.token("customer"))

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["field"] == "customerEmail"
    assert make.log(public_event) == []


def test_a_storefront_key_alone_vouches_for_nobody(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    body = {"customEventId": public_event.number, "customerEmail": STRANGER}

    answer = store.fire(body, credential=storefront_key)

    assert answer.status_code == 202, answer.text
    assert answer.json().keys() == {"occurrenceId"}
    (row,) = make.log(public_event)
    assert (row["customerEmail"], row["occurrence"]["identity"]) == (STRANGER, "UNVERIFIED")


def test_a_storefront_key_with_the_customers_token_takes_the_identity_from_the_token(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    answer = store.fire(
        {"customEventId": public_event.number},
        credential=storefront_key,
        customer_token=store.token("customer"),
    )

    assert answer.status_code == 202, answer.text
    (row,) = make.log(public_event)
    assert row["customerEmail"] == store.cast["customer"]["email"]
    assert row["occurrence"]["identity"] == "TOKEN"


def test_another_email_beside_the_customers_token_is_refused(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    answer = store.fire(
        {"customEventId": public_event.number, "customerEmail": STRANGER},
        credential=storefront_key,
        customer_token=store.token("customer"),
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "IDENTITY_MISMATCH"
    assert answer.json()["errors"][0]["field"] == "customerEmail"
    assert make.log(public_event) == []


def test_an_apps_token_beside_a_storefront_key_is_nobodys(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    answer = store.fire(
        {"customEventId": public_event.number, "customerEmail": STRANGER},
        credential=storefront_key,
        customer_token=store.token("app_all"),
    )

    assert answer.status_code == 401
    assert make.log(public_event) == []


@pytest.mark.parametrize("credential", ["storefront key", "customer"])
def test_storefronts_fire_only_what_is_flagged_as_public(
    store: Store, make: Maker, event: Event, storefront_key: str, credential: str
) -> None:
    answer = store.fire(
        {"customEventId": event.number, "anonymousId": "visitor-1"},
        credential=storefront_key if credential == "storefront key" else store.token("customer"),
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "EVENT_NOT_PUBLIC"
    assert make.log(event) == []


def test_without_any_credential_nothing_is_fired(store: Store, make: Maker, public_event: Event) -> None:
    answer = store.fire({"customEventId": public_event.number, "customerEmail": STRANGER})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert make.log(public_event) == []


def test_a_key_bound_to_an_origin_is_refused_from_another(store: Store, make: Maker, public_event: Event) -> None:
    key = make.key("STOREFRONT", origins=["https://shop.example"])
    body = {"customEventId": public_event.number, "anonymousId": "visitor-1"}

    there = store.fire(body, credential=key, headers={"Origin": "https://shop.example"})
    elsewhere = store.fire(body, credential=key, headers={"Origin": "https://evil.example"})
    nowhere = store.fire(body, credential=key)

    assert [there.status_code, elsewhere.status_code, nowhere.status_code] == [202, 403, 403]
    assert len(make.log(public_event)) == 1
