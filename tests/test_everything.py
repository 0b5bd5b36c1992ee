"""`make test` runs every group to its end, and says last which one did not run. With stand-ins for make and npm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
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


def run(programs: Path) -> tuple[int, str]:
    """Run all groups; of pytest's tests one file is collected, and none is run."""
    environment = {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CHROMIUM": str(programs / "chromium"),
        "PYTEST_ADDOPTS": "--collect-only -q tests/test_dashboard_size.py",
    }
    command = [sys.executable, "-m", "tests.everything"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout


def test_all_groups_run(programs: Path):
    code, said = run(programs)
    assert code == 0, said
    assert "make --no-print-directory dashboard" in said
    assert "npm --silent test" in said
    assert "First load: " in said
    assert "2 tests collected" in said
    assert "not run" not in said


def test_without_a_chromium_everything_else_runs_and_the_end_says_what_did_not(programs: Path):
    (programs / "chromium").unlink()
    code, said = run(programs)
    assert code == 1
    assert "2 tests collected" in said
    assert said.splitlines()[-1].startswith(f"{NOT_RUN}no Chromium was found: install it (`apt-get install chromium`)")


def test_a_chromium_that_does_not_start_is_none(programs: Path):
    program(programs, "chromium", code=1)
    code, said = run(programs)
    assert code == 1
    assert NOT_RUN in said


def test_a_group_that_fails_stops_no_other(programs: Path):
    program(programs, "npm", code=1)
    code, said = run(programs)
    assert code == 1
    assert "::: dashboard tests: FAILED" in said
    assert "2 tests collected" in said


def test_without_a_build_the_browser_tests_do_not_run(programs: Path):
    program(programs, "make", code=2)
    code, said = run(programs)
    assert code == 1
    assert "2 tests collected" in said
    assert said.splitlines()[-1] == f"{NOT_RUN}the dashboard is not built"
