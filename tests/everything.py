"""`make test`: every group of tests that needs no Saleor, each to its end, whatever the others come to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.browser.chromium import HOW, find_chromium, install_chromium
from tests.packages import install

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "dashboard-extension"
#: These take away servers and workers, and look at the clock: nothing else runs beside them.
ALONE = ("tests/faults", "tests/live")
#: The rest mostly waits for browsers and workers, so two at a time take little more than half the time.
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")


def main(for_pytest: list[str]) -> int:
    """Run all groups, or pytest alone with what is given for it; 0 where everything ran and passed."""
    if for_pytest:
        return _pytest(for_pytest)
    built = _group("dashboard build", ["make", "--no-print-directory", "dashboard"])
    passed = [built, _group("dashboard tests", ["npm", "--silent", "test"], EXTENSION)]
    passed.append(built and _group("dashboard size", [sys.executable, "-m", "tests.dashboard_size"]))
    not_run = "" if built else "the dashboard is not built"
    # What the documentation and the dashboard show with it is run as it stands; without it those tests fail.
    if not shutil.which("curl"):
        install("curl", ROOT / ".test" / "curl.log")
    if not _chromium():
        not_run = f"no Chromium was found: {HOW}"
    passed.append(_pytest(ALONE) == 0)
    left_out = [*ALONE, *(["tests/browser"] if not_run else [])]
    passed.append(_pytest([*SIDE_BY_SIDE, *(f"--ignore={folder}" for folder in left_out)]) == 0)
    if not_run:
        print(f"1 group not run: the browser tests, {not_run}", flush=True)
    return 0 if all(passed) and not not_run else 1


def _chromium() -> bool:
    if not find_chromium():
        install_chromium(ROOT / ".test" / "chromium.log")
    return find_chromium() is not None


def _pytest(arguments: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT).returncode


def _group(name: str, command: list[str], folder: Path = ROOT) -> bool:
    print(f"::: {name}", flush=True)
    passed = subprocess.run(command, cwd=folder).returncode == 0
    if not passed:
        print(f"::: {name}: FAILED", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
