"""What is built for others has the dashboard and the storefront client inside, or is not built."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COPIED = (".gitignore", "pyproject.toml", "README.md", "LICENSE", "dashboard-extension/demand_build.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as building needs; the dashboard was not built, its packages are installed."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "saleor_custom_events").mkdir()
    shutil.copy(ROOT / "saleor_custom_events/__init__.py", tmp_path / "saleor_custom_events")
    write(tmp_path / "dashboard-extension/src/main.tsx")
    write(tmp_path / "dashboard-extension/node_modules/react/index.js")
    return tmp_path


def write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("content")


def build(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)


def test_without_the_dashboard_nothing_is_built_and_the_way_is_named(checkout: Path):
    done = build(checkout)
    assert done.returncode != 0
    assert "Run `make dashboard`" in done.stderr
    assert not list(checkout.glob("dist/*.whl"))


def test_nor_without_the_storefront_client(checkout: Path):
    write(checkout / "saleor_custom_events/dashboard/index.html")
    done = build(checkout)
    assert done.returncode != 0
    assert "client/client.js, client/client.d.ts: not built" in done.stderr


def test_wheel_and_sdist_have_the_builds_and_the_sdist_their_sources(checkout: Path):
    built = {
        f"saleor_custom_events/{name}"
        for name in (
            "dashboard/index.html",
            "dashboard/assets/index-1.js",
            "client/client.js",
            "client/client.d.ts",
            "client/package.json",
        )
    }
    for name in built:
        write(checkout / name)
    done = build(checkout)
    assert done.returncode == 0, done.stderr
    (wheel,), (sdist,) = checkout.glob("dist/*.whl"), checkout.glob("dist/*.tar.gz")
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    assert built <= in_wheel
    assert built | {"dashboard-extension/src/main.tsx", "dashboard-extension/demand_build.py"} <= in_sdist
    assert not [name for name in in_wheel | in_sdist if "node_modules" in name]


def test_what_is_pinned_names_no_place_that_it_is_fetched_from():
    """Whoever installs has an index, or a mirror, of their own."""
    pins = list((ROOT / "requirements").iterdir())
    assert len(pins) >= 4
    # An address, also in a comment, or an option of pip's at the beginning of a line.
    assert [file.name for file in pins if re.search(r"://|^-", file.read_text(), re.MULTILINE)] == []
    assert '"resolved":' not in (ROOT / "dashboard-extension/package-lock.json").read_text()
