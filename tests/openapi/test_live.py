"""What schemathesis meets only where limits are on; the rest is in `host_contract/test_openapi.py`."""

from __future__ import annotations

from pathlib import Path

from tests.live.store import LiveStore
from tests.openapi.looking import FIRING, run

#: The tests' own address is a client's, as it is none for other tests.
LIMITED = {"SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES": "", "SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED": "20"}


def test_an_address_that_sends_too_much_nonsense(live_store: LiveStore, tmp_path: Path) -> None:
    with live_store.web_with(**LIMITED):
        answered = run(live_store, tmp_path, *FIRING)
    assert {401, 429} <= answered["POST fire"] & answered["POST fire/batch"]
