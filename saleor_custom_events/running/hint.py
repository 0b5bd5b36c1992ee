"""Telling the workers that there is work. A hint, never a promise: the sweep finds what no hint was heard of.

A thread of its own publishes, so that nothing that fires ever waits for a broker, dead or black-holed. However many
ring while it publishes or pauses, it publishes once more: hints do not fill a queue that the shop's own tasks share.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

from celery import current_app
from kombu import Connection

from saleor_custom_events.conf import settings
from saleor_custom_events.firing.fire import hint as fire_hint

logger = logging.getLogger(__name__)
#: By its name: tasks stand on a higher floor.
TASK = "saleor_custom_events.run_due"
#: Seconds between two hints: one finds all the work that was accepted since the last.
PAUSE = 0.05
#: Seconds without hints after one that failed; the sweep comes as often.
LONG_PAUSE = 2.0
#: Seconds for a broker's answer. Without it, one that accepts and never answers would silence a process for ever.
TIMEOUT = 2.0


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
        line: Connection | None = None
        away = False
        while True:
            rung.wait()
            rung.clear()
            try:
                line = line or open_line()
                publish(line)
                away = False
                time.sleep(PAUSE)
            except Exception as error:
                # Any fault of any broker: the sweep is the answer to it. What was rung for is not forgotten, so one
                # answer that was late costs no more than the pause.
                if not away:
                    logger.warning("No hint can be given to the workers for now: %s", type(error).__name__)
                line, away = None, True
                rung.set()
                time.sleep(LONG_PAUSE)


def open_line() -> Connection:
    """Give a connection to the broker, not opened yet, on which nothing takes longer than TIMEOUT."""
    limits = {}
    if (current_app.conf.broker_write_url or current_app.conf.broker_url or "").startswith("redis"):
        limits = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
    return current_app.connection_for_write(connect_timeout=TIMEOUT, transport_options=limits)


def publish(line: Connection) -> None:
    """Put one message "there is work" into the queue; raises what the broker raises, without trying again."""
    options: dict[str, Any] = {"connection": line, **({"queue": settings.QUEUE} if settings.QUEUE else {})}
    current_app.tasks[TASK].apply_async(retry=False, ignore_result=True, expires=60, **options)


_bell = Bell()
ring = _bell.ring


def install() -> None:
    """Have every firing ring after its commit."""
    fire_hint.ring = ring
