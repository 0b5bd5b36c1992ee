"""schemathesis at a running store: whatever it sends, no 5xx and no answer that the document does not know."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from saleor_custom_events.extension.build import current_build
from tests.host_contract.making import Maker
from tests.host_contract.store import Store

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".venv" / "openapi" / "bin"
EXAMPLES = os.environ.get("EXAMPLES", "12")
#: Seconds that one run may take, on a machine that is busy with other things.
PATIENCE = 600 if EXAMPLES == "12" else None
#: For `run`: only what a storefront has to do with.
FIRING = ("--include-path-regex", "^/fire")


#: Whom bodies are about, now and then.
PEOPLE = ({"customerEmail": "anna@example.com"}, {"anonymousId": "visitor"})


def run(
    store: Store, folder: Path, *more: str, people: Sequence[Mapping[str, str]] = PEOPLE, **headers: str
) -> Mapping[str, set[int]]:
    """Send it all as one caller; gives the statuses that each operation answered with. Fails with its findings."""
    assert TOOLS.is_dir(), "schemathesis is not here: `make test` installs it (requirements/openapi.in)"
    command = [TOOLS / "schemathesis", "--config-file", HERE / "schemathesis.toml", "run"]
    command += [f"{store.plugin_url}openapi.json", "--url", store.plugin_url, "--no-color", "--continue-on-failure"]
    command += ["--phases", "examples,coverage,fuzzing", "--seed", "20261124", "--max-examples", EXAMPLES]
    command += ["--report", "har", "--report-har-path", folder / "sent.har", "--suppress-health-check", "all"]
    command += more
    command += [part for name, value in headers.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]
    environment = {
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "hooks",
        "STORE_HAS": json.dumps({**_has(store), "people": people}),
    }
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return _answered(json.loads((folder / "sent.har").read_text()), store.plugin_url)


def _has(store: Store) -> dict[str, Any]:
    """Say what there is in the store, for `hooks`: events of these tests alone, a way out of marketing, a file."""
    build, make = current_build(), Maker(store)
    score = {"name": "score", "type": "NUMBER", "required": True}
    events = [make.event(public=True), make.event(public=True, dataFields=[score], violations="REJECT"), make.event()]
    return {
        "events": [event.slug for event in events],
        "numbers": [event.number for event in events],
        "paths": {
            "token": [make.store.unsubscribe_token("anna@example.com")],
            "name": list(build.assets)[:3] if build else [],
        },
    }


def _answered(har: Mapping[str, Any], url: str) -> Mapping[str, set[int]]:
    answered: dict[str, set[int]] = {}
    for entry in har["log"]["entries"]:
        path = str(entry["request"]["url"]).removeprefix(url).partition("?")[0]
        operation = f"{entry['request']['method']} {path.partition('/')[0] if path != 'fire/batch' else path}"
        answered.setdefault(operation, set()).add(int(entry["response"]["status"]))
    return answered
