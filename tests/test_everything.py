"""`make test` runs every group to its end, and says last which one did not run. With stand-ins for make and npm."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers

ROOT = Path(__file__).parents[1]
Run = Callable[[], tuple[int, str]]
NOT_RUN = "1 group not run: the browser tests, "


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with a make, an npm and a Chromium that say what they were asked, and succeed."""
    for name in ("make", "npm", "chromium"):
        program(tmp_path, name)
    return tmp_path


def program(folder: Path, name: str, code: int = 0) -> None:
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "{name} $*"\nexit {code}\n')
    file.chmod(0o755)


@pytest.fixture
def run(programs: Path, servers: Servers) -> Run:
    """Give what runs all groups; of pytest's tests one file is collected, and none is run."""
    environment = {
        **os.environ,
        **servers.environment,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CHROMIUM": str(programs / "chromium"),
        "PYTEST_ADDOPTS": "--collect-only -q tests/test_dashboard_size.py",
    }

    def running() -> tuple[int, str]:
        command = [sys.executable, "-m", "tests.everything"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout

    return running


def test_all_groups_run(run: Run):
    code, said = run()
    assert code == 0, said
    assert "make --no-print-directory dashboard" in said
    assert "npm --silent test" in said
    assert "First load: " in said
    assert "\n3 tests collected" in said
    assert "not run" not in said


def test_without_a_chromium_that_starts_everything_else_runs_and_the_end_says_what_did_not(programs: Path, run: Run):
    program(programs, "chromium", code=1)
    code, said = run()
    assert code == 1
    assert "\n3 tests collected" in said
    assert said.splitlines()[-1].startswith(f"{NOT_RUN}no Chromium was found: install it (`apt-get install chromium`)")


def test_a_group_that_fails_stops_no_other(programs: Path, run: Run):
    program(programs, "make", code=2)
    program(programs, "npm", code=1)
    code, said = run()
    assert code == 1
    assert "::: dashboard build: FAILED" in said
    assert "::: dashboard tests: FAILED" in said
    assert "\n3 tests collected" in said
    assert said.splitlines()[-1] == f"{NOT_RUN}the dashboard is not built"
