"""What counts as the dashboard's first load, on a build of random bytes, which do not compress."""

import json
import random
from pathlib import Path

import pytest

from tests.dashboard_size import CARD, CARD_LIMIT, LIMIT, first_load, main

MANIFEST = {
    "index.html": {"file": "assets/entry.js", "isEntry": True, "imports": ["_a.js"], "css": ["assets/entry.css"]},
    "customer.html": {"file": "assets/card.js", "isEntry": True, "imports": ["_b.js"]},
    "_a.js": {"file": "assets/a.js", "imports": ["_a.js", "_b.js"], "css": ["assets/a.css"]},
    "_b.js": {"file": "assets/b.js", "imports": ["_a.js"], "dynamicImports": ["editor.tsx"]},
    "editor.tsx": {"file": "assets/editor.js", "isDynamicEntry": True, "css": ["assets/editor.css"]},
}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "assets").mkdir()
    names = ("entry.js", "a.js", "b.js", "editor.js", "entry.css", "a.css", "editor.css", "card.js")
    for number, name in enumerate(names):
        (tmp_path / "assets" / name).write_bytes(random.Random(number).randbytes(10_000))
    return tmp_path


def test_what_the_entry_imports_counts_once_and_what_is_loaded_later_does_not(build: Path):
    size = first_load(build)
    assert size.javascript == pytest.approx(30_000, rel=0.01)
    assert size.css == pytest.approx(20_000, rel=0.01)


def test_the_card_on_a_customers_page_is_measured_by_itself(build: Path, capsys: pytest.CaptureFixture[str]):
    assert first_load(build, CARD).javascript == pytest.approx(30_000, rel=0.01)
    (build / "assets" / "card.js").write_bytes(random.Random(9).randbytes(CARD_LIMIT))
    assert main(build) == 1
    told = capsys.readouterr().out
    assert "First load: 30.1 kB" in told
    assert "Card on a customer's page: 110.1 kB" in told


def test_too_much_javascript_fails(build: Path, capsys: pytest.CaptureFixture[str]):
    assert main(build) == 0
    (build / "assets" / "b.js").write_bytes(random.Random(9).randbytes(LIMIT))
    assert main(build) == 1
    assert "170.1 kB of JavaScript, 20.0 kB of CSS" in capsys.readouterr().out
