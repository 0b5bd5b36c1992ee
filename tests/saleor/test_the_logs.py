"""What Saleor wrote while all the tests ran; the last file, so that it has seen everything."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until

SWEPT = "Sending due task saleor_custom_events.sweep"
#: Seconds; a sweep is due every two.
SOON = 15.0


@pytest.mark.parametrize("name", ["web.log", "worker.log"])
def test_no_process_has_logged_an_error(name: str) -> None:
    text = (Path(os.environ["STORE_JSON"]).parent / name).read_text()

    assert [line for line in _structured(text) if line["levelname"] in ("ERROR", "CRITICAL")] == []
    assert "UNSAFE" not in text.upper(), "Saleor complains of a query on the writer"


def test_beat_is_still_sending_sweeps() -> None:
    """Minutes after its start: a scheduler that comes to a stop does so after one."""
    log = Path(os.environ["STORE_JSON"]).parent / "worker.log"
    before = log.read_text().count(SWEPT)

    assert until(lambda: log.read_text().count(SWEPT) > before, SOON)


def _structured(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"asctime"')]
