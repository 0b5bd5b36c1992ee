"""The store answers as `openapi.json` says, whatever is sent: schemathesis makes it up.

`EXAMPLES=2000 make test ARGS=tests/host_contract/test_openapi.py` looks longer: so many are made for each operation.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.host_contract.making import Maker
from tests.host_contract.store import PATIENCE, Store
from tests.openapi.looking import FIRING, PEOPLE, run


def test_tools_of_any_origin_may_read_the_document(store: Store) -> None:
    answer = requests.get(
        store.plugin_url + "openapi.json", headers={"Origin": "https://shop.example"}, timeout=PATIENCE
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "https://shop.example")
    assert answer.json()["openapi"] == "3.1.0"


def test_a_server_key(store: Store, make: Maker, tmp_path: Path) -> None:
    key = make.key("SERVER")
    answered = run(store, tmp_path, Authorization=f"Bearer {key}", x_api_key=key)
    # Of what is made up only that much comes for sure.
    assert {202, 400, 401, 404} <= answered["POST fire"]
    assert {207, 400, 401} <= answered["POST fire/batch"]
    assert {201, 400, 401} <= answered["POST scenariocustomevents"]
    assert {200, 404} <= answered["GET dashboard"] & answered["HEAD dashboard"]


@pytest.mark.parametrize("who", ["alone", "with a customer's token"])
def test_a_storefront_key(store: Store, make: Maker, tmp_path: Path, who: str) -> None:
    headers, people = {"Authorization": f"Bearer {make.key('STOREFRONT')}"}, PEOPLE
    if who != "alone":
        headers["Authorization_Bearer"] = store.token("customer")
        # The token says it already; whoever names somebody else beside it is refused.
        people = ({}, {"customerEmail": store.cast["customer"]["email"]})
    answered = run(store, tmp_path, *FIRING, people=people, **headers)
    assert {202, 400, 401} <= answered["POST fire"]
    assert answered["POST fire/batch"] <= {401, 403}
