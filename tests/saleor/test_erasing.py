"""A customer is deleted in Saleor: afterwards no table of ours, and no log line, has their address, name or data."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Any

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Maker
from tests.host_contract.store import Store
from tests.host_contract.test_happenings import CUSTOMER, DELETE, do
from tests.host_contract.test_privacy import SOON, WAIT, asked, certificate, fire

NEWEST = "{ customEventErasures { id cause } }"


def test_whoever_is_deleted_in_saleor_is_gone_here(
    store: Store, make: Maker, server_key: str, inside: Callable[..., Any]
) -> None:
    mark = token_hex(5)
    email, name, street = f"gone-{mark}@example.com", f"Ada{mark}", f"Street{mark}"
    event = make.event()
    make.scenario(event, [WAIT])
    make.scenario(
        event,
        [
            {
                "id": "note",
                "type": "action",
                "action": "add_customer_note",
                "config": {"text": "{{ dataFields.street }}"},
            }
        ],
    )
    user = do(store, CUSTOMER, input={"email": email, "firstName": name})["user"]["id"]
    given = {"dataFields": {"street": street, "name": name}, "url": f"https://shop.example/?{email}"}
    fire(store, server_key, event, customerEmail=email, **given, idempotencyKey=f"key-{mark}")
    fire(store, server_key, event, customerId=user, anonymousId=f"browser-{mark}", **given)
    known = inside("traces.py", email, name, street, f"browser-{mark}", f"key-{mark}")
    assert {text for _, text in known} == {email, name, street, f"browser-{mark}", f"key-{mark}"}

    do(store, DELETE, id=user)
    before = {one["id"] for one in asked(store, NEWEST)["customEventErasures"]}

    def new() -> list[str]:
        found = asked(store, NEWEST)["customEventErasures"]
        return [one["id"] for one in found if one["id"] not in before and one["cause"] == "DELETED"]

    def ours() -> list[Any]:
        """Whoever else was deleted by then had nothing under way."""
        # It is due ten minutes after the deletion; where events listen to that, ten minutes after these were fired.
        inside("happenings.py", "pass", "11")
        return [one for one in (certificate(store, id) for id in new()) if one["counts"].get("runsCancelled")]

    found = until(ours, 2 * SOON)
    assert len(found) == 1
    done = found[0]
    assert done["counts"]["occurrences"] == 2
    assert done["counts"]["runsCancelled"] == 2
    assert inside("traces.py", email, name, street, mark, user) == []
    assert [row["customerEmail"] for row in make.log(event)] == [None] * 4
    logs = Path(os.environ["STORE_JSON"]).parent
    for log in ("web.log", "worker.log"):
        ours = [line for line in (logs / log).read_text().splitlines() if "saleor_custom_events" in line]
        assert [line for line in ours if email in line or name in line or street in line] == []
