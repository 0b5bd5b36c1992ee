"""What Saleor wrote while all the tests ran; the last file, so that it has seen everything."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("name", ["web.log", "worker.log"])
def test_no_process_has_logged_an_error(name: str) -> None:
    text = (Path(os.environ["STORE_JSON"]).parent / name).read_text()

    assert [line for line in _structured(text) if line["levelname"] in ("ERROR", "CRITICAL")] == []
    assert "UNSAFE" not in text.upper(), "Saleor complains of a query on the writer"


def _structured(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"asctime"')]
