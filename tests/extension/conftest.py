"""A build of the extension in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from saleor_custom_events.extension import build

BASE = "/plugins/global/custom-events/dashboard/"
PAGE = f'<!doctype html><script type="module" src="{BASE}assets/index-abc123.js"></script>'
CARD = f'<!doctype html><script type="module" src="{BASE}assets/customer-abc123.js"></script>'
SCRIPT = "console.log('the extension');\n" * 200


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the build would be; there is none yet."""
    folder = tmp_path / "package" / "dashboard"
    monkeypatch.setattr(build, "FOLDER", folder)
    return folder


@pytest.fixture
def built(folder: Path) -> Path:
    """The folder of a build, small but of the real one's shape."""
    assets = folder / "assets"
    (assets / "fonts").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "customer.html").write_text(CARD)
    (assets / "index-abc123.js").write_text(SCRIPT)
    (assets / "index-abc123.css").write_text("a{color:red}\n" * 200)
    (assets / "fonts" / "inter-abc123.woff2").write_bytes(bytes(5000))
    (assets / "notes-abc123.unknown").write_bytes(b"?")
    return folder
