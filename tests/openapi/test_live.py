"""schemathesis at a running store: no 5xx, no answer that the document does not know, whatever is sent.

`EXAMPLES=2000 make test ARGS=tests/openapi` looks longer; the number is how many it makes for each operation.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from saleor_custom_events.consent import token_of
from saleor_custom_events.extension.build import current_build
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".venv" / "openapi" / "bin"
EXAMPLES = os.environ.get("EXAMPLES", "12")
#: Seconds that one run may take, on a machine that is busy with other things.
PATIENCE = 600 if EXAMPLES == "12" else None


def run(live: LiveStore, folder: Path, *more: str, **headers: str) -> Mapping[str, set[int]]:
    """Send it all as one caller; gives the statuses that each operation answered with. Fails with its findings."""
    assert TOOLS.is_dir(), "schemathesis is not here: `make test` installs it (requirements/openapi.in)"
    build = current_build()
    make = Maker(live)
    score = {"name": "score", "type": "NUMBER", "required": True}
    events = [make.event(public=True), make.event(public=True, dataFields=[score], violations="REJECT"), make.event()]
    store_has = {
        "events": [event.slug for event in events],
        "paths": {"token": [token_of("anna@example.com")], "name": list(build.assets)[:3] if build else []},
    }
    command = [TOOLS / "schemathesis", "--config-file", HERE / "schemathesis.toml", "run"]
    command += [f"{live.plugin_url}openapi.json", "--url", live.plugin_url, "--no-color", "--continue-on-failure"]
    command += ["--phases", "examples,coverage,fuzzing", "--seed", "20261124", "--max-examples", EXAMPLES]
    command += ["--report", "har", "--report-har-path", folder / "sent.har", "--suppress-health-check", "all"]
    command += more
    command += [part for name, value in headers.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]
    done = subprocess.run(
        [str(part) for part in command],
        env={
            **os.environ,
            "PYTHONPATH": str(HERE),
            "SCHEMATHESIS_HOOKS": "hooks",
            "STORE_HAS": json.dumps(store_has),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return _answered(json.loads((folder / "sent.har").read_text()), live.plugin_url)


def _answered(har: Mapping[str, Mapping[str, list[dict[str, dict[str, object]]]]], url: str) -> Mapping[str, set[int]]:
    answered: dict[str, set[int]] = {}
    for entry in har["log"]["entries"]:
        path = str(entry["request"]["url"]).removeprefix(url).partition("?")[0]
        operation = f"{entry['request']['method']} {path.partition('/')[0] if path != 'fire/batch' else path}"
        answered.setdefault(operation, set()).add(int(str(entry["response"]["status"])))
    return answered


#: Only what a storefront has to do with.
FIRING = ("--include-path-regex", "^/fire")
#: The tests' own address is a client's, as it is none for other tests.
LIMITED = {"SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES": "", "SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED": "20"}


def test_an_address_that_sends_too_much_nonsense(live_store: LiveStore, tmp_path: Path) -> None:
    with live_store.web_with(**LIMITED):
        answered = run(live_store, tmp_path, *FIRING)
    assert {401, 429} <= answered["POST fire"] & answered["POST fire/batch"]


def test_a_server_key(live_store: LiveStore, tmp_path: Path) -> None:
    key = Maker(live_store).key("SERVER")
    answered = run(live_store, tmp_path, Authorization=f"Bearer {key}", x_api_key=key)
    assert {200, 202, 400, 401, 404, 422} <= answered["POST fire"]
    assert {202, 207, 400, 401} <= answered["POST fire/batch"]
    assert {201, 400, 401} <= answered["POST scenariocustomevents"]
    assert {200, 404} <= answered["GET unsubscribe"] & answered["POST unsubscribe"]


@pytest.mark.parametrize("who", ["alone", "with a customer's token"])
def test_a_storefront_key(live_store: LiveStore, tmp_path: Path, who: str) -> None:
    headers = {"Authorization": f"Bearer {Maker(live_store).key('STOREFRONT')}"}
    if who != "alone":
        headers["Authorization_Bearer"] = live_store.token("customer")
    answered = run(live_store, tmp_path, *FIRING, **headers)
    assert {202, 400, 401, 403, 404} <= answered["POST fire"]
    assert answered["POST fire/batch"] <= {401, 403}
