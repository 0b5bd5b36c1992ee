"""Celery tasks: a few lines each. They carry hints, never work: what is to be done stands in PostgreSQL."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from celery import shared_task

from saleor_custom_events import measures
from saleor_custom_events.away import database_is_away
from saleor_custom_events.clock import database_now
from saleor_custom_events.conf import settings
from saleor_custom_events.extension.app import keep as keep_dashboard_app
from saleor_custom_events.extension.stock import keep as keep_stock_webhook
from saleor_custom_events.firing import violations
from saleor_custom_events.host import current_host
from saleor_custom_events.log import erasing, erasure, old_rows, retention, reveals, tallying
from saleor_custom_events.running import awaiting, heartbeat, lanes, queue, replaying, store_happenings, vouchers
from saleor_custom_events.running.hint import TASK, ring
from saleor_custom_events.running.worker import run_due as work
from saleor_custom_events.troubles import trouble, without_values

logger = logging.getLogger(__name__)
TIDIED_AT_ONCE = 2000
TIDY_SECONDS = 2.0
REPLAY_SECONDS = 0.5
STORE_SECONDS = 0.5
ERASE_SECONDS = 0.5


@shared_task(name=TASK, ignore_result=True)
def run_due() -> None:
    """Run what is due, for a short time, and come back where work is left."""
    _run(heartbeat.WORKER)


@shared_task(name="saleor_custom_events.sweep", ignore_result=True)
def sweep() -> None:
    """Run what is due, told by beat: finds what no hint was heard of, and waits that are over."""
    _run(heartbeat.BEAT, heartbeat.WORKER)


@shared_task(name="saleor_custom_events.tidy", ignore_result=True)
def tidy() -> None:
    """Delete what has expired, end voucher codes whose time is over, and look after the app in the dashboard."""
    if settings.DISABLED:
        return
    until = time.monotonic() + TIDY_SECONDS
    with current_host().database_access():
        keep_dashboard_app()
        keep_stock_webhook()
        _apart(partial(vouchers.deactivate_over, TIDY_SECONDS))
        for tidied in TIDYING.values():
            while tidied(TIDIED_AT_ONCE) >= TIDIED_AT_ONCE and time.monotonic() < until:
                pass
        if (days := settings.RETENTION_DATA_DAYS) > 0:
            retention.remove_data_fields(database_now() - timedelta(days=days), TIDY_SECONDS)
        if (days := settings.RETENTION_ROWS_DAYS) > 0:
            old_rows.remove_rows(database_now() - timedelta(days=days), TIDY_SECONDS)


def _tidy_reveals(most: int) -> int:
    return reveals.tidy(most, settings.REVEALS_KEPT_DAYS)


#: What is over, by what it is called; each removes as many as it is told at most, and says how many.
TIDYING: Mapping[str, Callable[[int], int]] = {
    "keys, entries and what the queue remembers": queue.tidy,
    "happenings": awaiting.tidy,
    "lanes": lanes.tidy,
    "violations": violations.tidy,
    "changes of counts": tallying.tidy,
    "tombstones": erasure.tidy,
    "reveals": _tidy_reveals,
}


def _run(*alive: str) -> None:
    if settings.DISABLED:
        return
    try:
        with current_host().database_access():
            heartbeat.beat(*alive)
            if heartbeat.BEAT in alive:
                if measures.IS_INSTALLED:
                    measures.note_oldest_due(queue.oldest_due())
                _apart(partial(replaying.go_on, REPLAY_SECONDS))
                _apart(partial(store_happenings.fire_due, STORE_SECONDS))
                _apart(erasure.begin_for_the_deleted)
                _apart(partial(erasing.go_on, ERASE_SECONDS))
            left = work()
    except Exception as error:
        if not database_is_away(error):
            # Celery writes what a task raises into its log.
            raise without_values(error)  # noqa: B904 - it brings its own causes
        # What was claimed becomes due again when its lease ends; the next sweep finds it.
        logger.warning("The database did not answer: %s", type(error).__name__)
        return
    if left:
        ring()


def _apart(doing: Callable[[], object]) -> None:
    """Do something whose fault keeps nothing else waiting; that the database is away is nobody's fault."""
    try:
        doing()
    except Exception as error:
        if database_is_away(error):
            raise
        logger.error("A part of the task failed: the rest of it goes on", exc_info=trouble())
