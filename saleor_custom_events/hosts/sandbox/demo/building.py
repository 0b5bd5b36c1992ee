"""The dashboard extension, built where this is a source checkout whose build is missing or old."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from saleor_custom_events.hosts.sandbox.processes import NotReady

REPOSITORY = Path(__file__).parents[4]


def build_dashboard(log: Path, repository: Path = REPOSITORY) -> None:
    """Run `make dashboard`, which knows what is old; what it says goes to `log`. Raises NotReady with its end.

    A package that was installed has the build inside, and no sources.
    """
    if not (repository / "dashboard-extension" / "package.json").is_file():
        return
    make = shutil.which("make")
    if make is None:
        raise NotReady("The dashboard is built by make, which is missing")
    # We may be make's own child: what it tells its children is not meant for this one.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    }
    with log.open("wb") as file:
        command = [make, "--no-print-directory", "-C", str(repository), "dashboard"]
        done = subprocess.run(  # noqa: S603, our own words
            command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
    if done.returncode:
        last = log.read_text(errors="replace").splitlines()[-12:]
        raise NotReady("\n".join(["The dashboard was not built:", *last, f"(log: {log})"]))
