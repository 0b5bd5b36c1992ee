"""The system's Chromium. None is ever downloaded from elsewhere than the distribution."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.packages import install

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW = "install it (`apt-get install chromium`), or name one in CHROMIUM"


class NoChromium(RuntimeError):
    """No Chromium runs here; the message is the one line that says how to get one."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run it for as long as the block lasts. Raises NoChromium."""
    found = find_chromium()
    if found is None:
        raise NoChromium(f"No Chromium was found: {HOW}")
    with sync_playwright() as playwright:
        # As root, which containers often are, Chromium runs without its own sandbox only.
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


def find_chromium() -> Path | None:
    """Find a Chromium that runs: the one that CHROMIUM names, or the system's."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((Path(path) for path in found if path and _runs(path)), None)


def _runs(path: str) -> bool:
    """Ubuntu's `chromium-browser` may be a script that only tells to install something else."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_chromium(log: Path) -> None:
    """Install the distribution's, unless CHROMIUM names another; see `install`."""
    if "CHROMIUM" not in os.environ:
        install("chromium", log)
