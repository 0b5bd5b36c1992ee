"""The store answers as `openapi.json` says, whatever is sent: schemathesis makes it up.

`EXAMPLES=2000 make test ARGS=tests/host_contract/test_openapi.py` looks longer: so many are made for each operation.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.host_contract.making import Maker
from tests.host_contract.store import PATIENCE, Store
from tests.openapi.looking import FIRING, run


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
    # What else is made up differs with the time that there is: only this much comes for sure.
    assert {202, 400} <= answered["POST fire"]
    assert {207, 400} <= answered["POST fire/batch"]
    assert {201, 400} <= answered["POST scenariocustomevents"]
    assert 200 in answered["GET dashboard"] & answered["HEAD dashboard"]


@pytest.mark.parametrize("who", ["alone", "with a customer's token"])
def test_a_storefront_key(store: Store, make: Maker, tmp_path: Path, who: str) -> None:
    headers = {"Authorization": f"Bearer {make.key('STOREFRONT')}"}
    if who != "alone":
        headers["Authorization_Bearer"] = store.token("customer")
    answered = run(store, tmp_path, *FIRING, **headers)
    assert 400 in answered["POST fire"]
    # Somebody else's name beside a customer's token is refused, whatever else is right.
    assert answered["POST fire"] & ({202} if who == "alone" else {202, 403})
    assert answered["POST fire/batch"] <= {401, 403}
