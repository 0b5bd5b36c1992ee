"""The client as it was built, and a storefront's project that has it from npm."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "saleor_custom_events" / "client"
TSC = ROOT / "dashboard-extension" / "node_modules" / ".bin" / "tsc"
#: As a storefront's tsconfig.json has it at its strictest.
STRICT = ("--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2022", "--lib", "es2022,dom")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of a storefront's developer, in which the package is installed."""

    folder: Path
    #: What npm says of the package that it made.
    packed: dict[str, object]

    def check(self, *files: str, resolution: str = "bundler") -> list[str]:
        """Let TypeScript look at files; gives its complaints."""
        module = "esnext" if resolution == "bundler" else resolution
        command = [str(TSC), *STRICT, "--module", module, "--moduleResolution", resolution, *files]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        return done.stdout.splitlines()

    def node(self, program: str) -> str:
        """Run a module; gives what it prints."""
        command = ["node", "--input-type=module", "--eval", program]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="session")
def built() -> Path:
    """Give the folder that `make dashboard` has built."""
    if not (PACKAGE / "client.js").is_file():
        pytest.fail("The storefront client is not built: run `make dashboard`")
    return PACKAGE


@pytest.fixture(scope="session")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("storefront")
    (packed,) = json.loads(_npm("pack", "--json", "--pack-destination", str(folder), where=built))
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    _npm("install", "--offline", "--no-audit", "--no-fund", f"./{packed['filename']}", where=folder)
    return Project(folder, packed)


def _npm(*arguments: str, where: Path) -> str:
    return subprocess.run(["npm", *arguments], cwd=where, capture_output=True, text=True, check=True).stdout
