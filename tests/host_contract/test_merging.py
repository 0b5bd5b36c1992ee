"""A visitor who logs in: what their browser did is theirs from then on, and nothing of it runs again."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

SOON = 40.0
BY_EMAIL = """
query ($event: ID!, $email: String!) {
  customEventInvocations(first: 20, filter: {event: $event, email: $email}) {
    edges { node { number status customerEmail isMerged } }
  }
}
"""


def rows_of(store: Store, event: Event, email: str, *, by: str = "staff_customers") -> list[dict[str, Any]]:
    variables = {"event": event.id, "email": email}
    page = store.ask(BY_EMAIL, variables, by=by, url=store.plugin_url + "graphql/")["customEventInvocations"]
    return [edge["node"] for edge in page["edges"]]


def test_the_customers_own_token_makes_the_browser_theirs(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    customer, browser = store.cast["customer"]["email"], f"browser-{token_hex(4)}"
    make.scenario(public_event, [{"id": "end", "type": "exit"}], reentry="once")
    body = {"customEventId": public_event.number, "anonymousId": browser}

    assert store.fire(body, credential=storefront_key).status_code == 202
    assert rows_of(store, public_event, customer) == []
    # Somebody who knows the address is nobody: neither the log nor re-entry believes it.
    guessed = {**body, "customerEmail": customer}
    assert store.fire({**guessed, "customEventId": make.event(public=True).number}, credential=storefront_key).ok
    assert rows_of(store, public_event, customer) == []

    logged_in = store.fire(body, credential=storefront_key, customer_token=store.token("customer"))
    assert logged_in.status_code == 202, logged_in.text

    after, before = rows_of(store, public_event, customer)
    assert (before["isMerged"], before["customerEmail"]) == (True, customer)
    assert (after["isMerged"], after["status"]) == (False, "SKIPPED")
    assert len(make.log(public_event)) == 2


def test_who_waits_without_a_name_goes_on_by_the_customers_event(
    store: Store, make: Maker, public_event: Event, storefront_key: str, server_key: str
) -> None:
    customer, browser = store.cast["customer"]["email"], f"browser-{token_hex(4)}"
    paid, login = make.event(), make.event(public=True)
    wait = {"id": "wait", "type": "waitForEvent", "event": paid.number, "timeout": "P1D"}
    make.scenario(public_event, [{**wait, "happened": None, "timedOut": None}])
    store.fire({"customEventId": public_event.number, "anonymousId": browser}, credential=storefront_key)
    assert until(lambda: make.log(public_event)[0]["status"] == "WAITING", SOON)

    seen = {"customEventId": login.number, "anonymousId": browser}
    assert store.fire(seen, credential=storefront_key, customer_token=store.token("customer")).status_code == 202
    assert store.fire({"customEventId": paid.number, "customerEmail": customer}, credential=server_key).ok

    assert until(lambda: make.log(public_event)[0]["status"] == "COMPLETED", SOON), make.log(public_event)
