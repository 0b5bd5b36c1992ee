"""What a merchant sets in the dashboard, and what the shop's own settings do to us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import Mailbox, until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import GraphQLFailed, Store

SOON = 30.0
#: Seconds until every process has seen what the merchant changed.
KNOWN = 1.5
#: Seconds for which the shop's mail settings are kept.
MAIL_KNOWN = 5.5
TRAFFIC = """
mutation ($open: Boolean!) {
  shopSettingsUpdate(input: {allowStorefrontTraffic: $open}) { errors { field message } }
}
"""
LETTER = {
    "subject": "Your size, {{ customer.firstName }}",
    "text": "You are {{ dataFields.result }}.",
    "html": "<p>You are <b>{{ dataFields.result }}</b>.</p>",
}


def _send_letter(make: Maker, event: Event) -> None:
    step = {"id": "mail", "type": "action", "action": "send_email", "config": LETTER, "next": None}
    make.scenario(event, [step])


def _fire(store: Store, event: Event, key: str, result: str = "size M") -> None:
    body = {
        "customEventId": event.number,
        "customerEmail": store.cast["customer"]["email"],
        "dataFields": {"result": result},
        "channel": store.cast["channel"],
    }
    assert store.fire(body, credential=key).status_code == 202


def test_saving_a_field_leaves_the_plugin_on(
    store: Store, event: Event, server_key: str, update_plugin: Callable[..., dict[str, Any]]
) -> None:
    """Saleor makes the row inactive at the first save; this is that save wherever the test runs first."""
    payload = update_plugin(sender_name="", sender_address="")

    assert payload["errors"] == []
    assert payload["plugin"]["globalConfiguration"]["active"] is True
    time.sleep(KNOWN)
    _fire(store, event, server_key)


def test_switched_off_our_fields_in_saleors_schema_refuse_and_saleors_answer(
    store: Store, update_plugin: Callable[..., dict[str, Any]]
) -> None:
    query = "{ customEvents(first: 1) { edges { node { number } } } }"
    mutation = 'mutation { customEventCreate(input: {name: "While off"}) { errors { code } } }'
    update_plugin(active=False)
    time.sleep(KNOWN)
    try:
        for refused in (query, mutation):
            with pytest.raises(GraphQLFailed) as failed:
                store.ask(refused, by="superuser")
            assert failed.value.errors[0]["extensions"]["exception"]["code"] == "PermissionDenied"
        assert store.ask("{ shop { name } }")["shop"]["name"]
    finally:
        update_plugin(active=True)
        time.sleep(KNOWN)

    assert "customEvents" in store.ask(query, by="superuser")
    found = store.ask('{ customEvents(first: 1, filter: {search: "While off"}) { totalCount } }', by="superuser")
    assert found["customEvents"]["totalCount"] == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"public_url": "not an address"}, "publicUrl"),
        ({"public_url": "ftp://example.com"}, "publicUrl"),
        ({"sender_address": "nobody"}, "senderAddress"),
        ({"sender_name": "The Shop", "sender_address": ""}, "senderAddress"),
    ],
)
def test_a_field_that_cannot_work_is_refused(
    update_plugin: Callable[..., dict[str, Any]], changed: dict[str, str], field: str
) -> None:
    payload = update_plugin(**changed)

    assert [error["field"] for error in payload["errors"]] == [field]


def test_mail_goes_out_by_the_shops_own_settings(
    store: Store, make: Maker, event: Event, server_key: str, mailbox: Mailbox
) -> None:
    time.sleep(MAIL_KNOWN)
    _send_letter(make, event)

    _fire(store, event, server_key)

    assert until(lambda: mailbox.received, SOON), make.log(event)
    (mail,) = mailbox.received
    assert mail["From"] == "The Shop <shop@example.com>"
    assert mail["To"] == store.cast["customer"]["email"]
    assert mail["Subject"] == "Your size, Anna"
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert text is not None
    assert text.get_content().strip() == "You are size M."
    assert html is not None
    assert "<b>size M</b>" in html.get_content()


def test_the_plugins_own_sender_wins(
    store: Store,
    make: Maker,
    event: Event,
    server_key: str,
    mailbox: Mailbox,
    update_plugin: Callable[..., dict[str, Any]],
) -> None:
    assert update_plugin(sender_name="Events", sender_address="events@example.com")["errors"] == []
    time.sleep(MAIL_KNOWN)
    _send_letter(make, event)
    try:
        _fire(store, event, server_key)
        assert until(lambda: mailbox.received, SOON), make.log(event)
    finally:
        update_plugin(sender_name="", sender_address="")

    assert mailbox.received[0]["From"] == "Events <events@example.com>"


def test_without_a_mail_server_the_log_says_so(store: Store, make: Maker, event: Event, server_key: str) -> None:
    time.sleep(MAIL_KNOWN)
    _send_letter(make, event)

    _fire(store, event, server_key)

    rows = until(lambda: [row for row in make.log(event) if row["status"] == "FAILED"], SOON)
    assert rows, make.log(event)
    assert "User emails" in rows[0]["steps"][0]["detail"]


@pytest.fixture
def closed_to_storefronts(store: Store, storefront_key: str, is_older_than_323: bool) -> Iterator[bool]:
    """The merchant closes the shop to storefronts for one test, where it can be. Everybody has logged in before."""
    for name in ("customer", "staff_all", "superuser"):
        store.token(name)
    if is_older_than_323:
        with pytest.raises(GraphQLFailed):
            _open_to_storefronts(store, is_open=False)
        yield False
        return
    _open_to_storefronts(store, is_open=False)
    yield True
    _open_to_storefronts(store, is_open=True)


def test_a_shop_closed_to_storefronts_is_closed_to_their_events(
    store: Store,
    make: Maker,
    public_event: Event,
    server_key: str,
    storefront_key: str,
    closed_to_storefronts: bool,
) -> None:
    body = {"customEventId": public_event.number, "customerEmail": store.cast["customer"]["email"]}

    def answered(**more: Any) -> tuple[int, str | None]:
        answer = store.fire(body, **more)
        return answer.status_code, answer.json().get("code")

    # A shop that cannot be closed is never taken for one that is.
    to_storefronts = (401, "STOREFRONT_TRAFFIC_NOT_ALLOWED") if closed_to_storefronts else (202, None)
    assert answered(credential=storefront_key) == to_storefronts
    assert answered(credential=store.token("customer")) == to_storefronts
    assert answered(credential=server_key)[0] == 202
    assert answered(credential=store.token("app_all"))[0] == 202
    assert answered(credential=store.token("staff_all"))[0] == 202
    assert len(make.log(public_event)) == (3 if closed_to_storefronts else 5)


def _open_to_storefronts(store: Store, *, is_open: bool) -> None:
    done = store.ask(TRAFFIC, {"open": is_open}, by="superuser")
    assert done["shopSettingsUpdate"]["errors"] == []
    time.sleep(KNOWN)
