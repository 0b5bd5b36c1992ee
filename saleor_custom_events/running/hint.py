"""Telling the workers that there is work. A hint, never a promise: the sweep finds what no hint was heard of.

A thread of its own publishes, so that nothing that fires ever waits for a broker, dead or black-holed; and however
many ring while it publishes, it publishes once more.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

from celery import current_app

from saleor_custom_events.conf import settings
from saleor_custom_events.firing.fire import hint as fire_hint

logger = logging.getLogger(__name__)
#: By its name: tasks stand on a higher floor.
TASK = "saleor_custom_events.run_due"


class Bell:
    """One a process. Forked children get a thread of their own with the first ring."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._lock = threading.Lock()
        self._owner = 0

    def ring(self) -> None:
        """Have a hint published soon. Never blocks, never raises."""
        if self._owner != os.getpid():
            self._start()
        self._rung.set()

    def _start(self) -> None:
        with self._lock:
            if self._owner == os.getpid():
                return
            self._rung = threading.Event()
            threading.Thread(target=self._publish_for_ever, name="custom-events-hint", daemon=True).start()
            self._owner = os.getpid()

    def _publish_for_ever(self) -> None:
        rung = self._rung
        while True:
            rung.wait()
            rung.clear()
            try:
                publish()
            except Exception as error:
                # Any fault of any broker: the sweep is the answer to it.
                logger.warning("No hint could be given to the workers: %s", type(error).__name__)


def publish() -> None:
    """Put one message "there is work" into the queue; raises what the broker raises, without trying again."""
    options: dict[str, Any] = {"queue": settings.QUEUE} if settings.QUEUE else {}
    current_app.tasks[TASK].apply_async(retry=False, ignore_result=True, expires=60, **options)


_bell = Bell()
ring = _bell.ring


def install() -> None:
    """Have every firing ring after its commit."""
    fire_hint.ring = ring
