"""What Saleor wrote while all the tests ran; the last file, so that it has seen everything."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until

#: Saleor's own delivery of webhooks, which we use for nothing: a test listens at an address where nobody is, and Saleor
#: gives up on it at some time.
DELIVERY = "saleor.webhook.transport.asynchronous.transport.send_webhook_request_async"
#: `test_happenings.py` takes our table away for a moment, to see that the shop goes on.
TAKEN_AWAY = "UndefinedTable: 42P01"
SWEPT = "Sending due task saleor_custom_events.sweep"
#: Seconds; a sweep is due every two.
SOON = 60.0


@pytest.mark.parametrize("name", ["web.log", "worker.log"])
def test_no_process_has_logged_an_error(name: str) -> None:
    text = (Path(os.environ["STORE_JSON"]).parent / name).read_text()

    wrong = [line for line in _structured(text) if line["levelname"] in ("ERROR", "CRITICAL")]
    wrong = [line for line in wrong if TAKEN_AWAY not in line.get("exc_info", "")]
    assert [line for line in wrong if line.get("celeryTaskName") != DELIVERY] == []
    assert "UNSAFE" not in text.upper(), "Saleor complains of a query on the writer"


def test_beat_is_still_sending_sweeps() -> None:
    """Minutes after its start: a scheduler that comes to a stop does so after one."""
    log = Path(os.environ["STORE_JSON"]).parent / "worker.log"
    before = log.read_text().count(SWEPT)

    assert until(lambda: log.read_text().count(SWEPT) > before, SOON)


def _structured(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"asctime"')]
