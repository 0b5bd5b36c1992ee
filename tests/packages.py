"""Programs of the distribution that tests run: installed by apt where we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def install(package: str, log: Path) -> None:
    """Install a package as root where there is apt; what apt says goes to `log`. Whether it worked: look again."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-q", *command], env=environment, stdout=file, stderr=subprocess.STDOUT)
