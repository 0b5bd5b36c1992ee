"""Every example of the documentation, run as it stands. Those for browsers: `tests/browser/test_examples.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client.conftest import ROOT, STRICT, TSC
from tests.client.examples import EXAMPLES, event_of, path_of
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

MODULES = ROOT / "dashboard-extension" / "node_modules"
IN_BROWSERS = {"storefront.html"}
CALL = """
import { askForStockAlert } from "./server-action.mjs";
for (const email of ["anna@example.com", "anna@example.com", "no address"]) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ email, product: "Hat", size: "M", request: process.argv[1] }))
    form.set(name, value);
  console.log((await askForStockAlert(form)).message);
}
"""


@pytest.fixture
def make(live_store: LiveStore) -> Maker:
    return Maker(live_store)


@pytest.fixture
def environment(make: Maker) -> dict[str, str]:
    """What the examples ask of whoever runs them."""
    return {**os.environ, "CUSTOM_EVENTS_URL": make.store.plugin_url, "CUSTOM_EVENTS_KEY": make.key("SERVER")}


def run(*command: str, environment: dict[str, str], where: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def new_rows(make: Maker, slug: str, before: int) -> list[dict[str, Any]]:
    rows = make.log(event_of(make, slug))
    return rows[: len(rows) - before]


def count(make: Maker, slug: str) -> int:
    return len(make.log(event_of(make, slug)))


def test_every_example_is_run_by_a_test():
    run_here = {"backend.py", "fire.graphql", "fire.sh", "server-action.ts"}
    assert {file.name for file in EXAMPLES.iterdir()} == run_here | IN_BROWSERS


def test_a_backend_in_python_fires_and_its_key_makes_it_once(make: Maker, environment: dict[str, str]):
    before = count(make, "parcel-returned")
    command = (sys.executable, str(path_of("backend.py")))
    first, again = (run(*command, environment=environment) for _ in range(2))
    assert "'duplicate': False" in first
    assert "'duplicate': True" in again
    (row,) = new_rows(make, "parcel-returned", before)
    assert row["customerEmail"] == "anna@example.com"
    assert {field["name"]: field["type"] for field in row["occurrence"]["dataFields"]} == {
        "order": "STRING",
        "reason": "TEXT",
        "refund": "MONEY",
    }


def test_curl_fires(make: Maker, environment: dict[str, str]):
    before = count(make, "parcel-returned")
    answer = json.loads(run("sh", str(path_of("fire.sh")), environment=environment))
    (row,) = new_rows(make, "parcel-returned", before)
    assert answer["occurrenceId"] == row["occurrence"]["occurrenceId"]


@pytest.mark.parametrize("door", ["the store's own, by an app", "the plugin's, by a server key"])
def test_graphql_fires(make: Maker, environment: dict[str, str], door: str):
    before = count(make, "parcel-returned")
    query = path_of("fire.graphql").read_text()
    if door.startswith("the store's"):
        fired = make.store.ask(query, by="app_all")["customEventFire"]
    else:
        answer = make.store.post("graphql/", {"query": query}, credential=environment["CUSTOM_EVENTS_KEY"])
        fired = answer.json()["data"]["customEventFire"]
    assert fired["errors"] == []
    (row,) = new_rows(make, "parcel-returned", before)
    assert fired["occurrenceId"] == row["occurrence"]["occurrenceId"]


class TestServerAction:
    def test_it_fires_once_a_form_and_tells_what_is_wrong(
        self, make: Maker, environment: dict[str, str], tmp_path: Path
    ):
        before = count(make, "stock-alert")
        built = tmp_path / "server-action.mjs"
        source = str(path_of("server-action.ts"))
        run(str(MODULES / ".bin" / "esbuild"), source, f"--outfile={built}", environment=environment)
        command = ("node", "--input-type=module", "--eval", CALL, "request-1")
        said = run(*command, environment=environment, where=tmp_path)
        assert said.splitlines() == ["We will tell you.", "We will tell you.", "This is no e-mail address."]
        (row,) = new_rows(make, "stock-alert", before)
        assert row["occurrence"]["identity"] == "TRUSTED"

    def test_it_is_typescript(self):
        command = [str(TSC), *STRICT, "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler"]
        command += ["--typeRoots", str(MODULES / "@types"), "--types", "node", str(path_of("server-action.ts"))]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.stdout == ""
