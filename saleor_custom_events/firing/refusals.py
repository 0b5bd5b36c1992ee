"""Counting what was refused: by day, event, key and code, with the last samples, without anybody's values."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from django.db import Error, connections, transaction

from saleor_custom_events import measures
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import MAX_EVENT_NUMBER, is_slug
from saleor_custom_events.host import current_host
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)
SAMPLES = 50
MAX_SAMPLE_FIELDS = 10
#: Seconds between two writes of what limits refuse, and how many kinds of it are told apart meanwhile.
PAUSE = 1.0
MOST_HELD = 1000

#: A refusal, and what the caller named as the event.
Refusal: TypeAlias = tuple[Refused, int | str | None]
#: Event, key and code.
_Same: TypeAlias = tuple[int | str | None, int | None, str]

KNOWN = """
SELECT id, slug FROM saleor_custom_events_customevent WHERE id = ANY(%s::bigint[]) OR slug = ANY(%s::text[])"""
COUNT = """
INSERT INTO saleor_custom_events_refusal AS r (day, event_id, key_id, code, count, last_at, samples)
VALUES (%(day)s, %(event)s, %(key)s, %(code)s, %(count)s, %(now)s, %(samples)s::jsonb)
ON CONFLICT (day, event_id, key_id, code) DO UPDATE SET
  count = r.count + EXCLUDED.count, last_at = EXCLUDED.last_at,
  samples = jsonb_path_query_array(r.samples || EXCLUDED.samples, '$[last - 49 to last]')"""


def count_refusal(refused: Refused, *, event: int | str | None, key: int | None) -> None:
    """Count one refusal. Never raises: the caller's answer does not depend on the statistics."""
    count_refusals([(refused, event)], key=key)


def count_refusals(refusals: Iterable[Refusal], *, key: int | None) -> None:
    """Count the refusals of one call. `event` names one, or nothing at all.

    What a limit refuses comes by the thousand, and may not cost a write each: of the same that come within PAUSE
    seconds, the first is written at once and all others together, by a thread of its own.
    """
    named = [(refused, _usable(event)) for refused, event in refusals]
    measures.count_refused(refused.code for refused, _ in named)
    if written_now := _flood.first_of(named, key):
        _write(written_now, key)


class _Flood:
    """What limits refused and was not written yet. One a process; what it holds when the process is killed is lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[_Same, list[Refused]] = {}
        self._written: dict[_Same, float] = {}

    def first_of(self, refusals: Sequence[Refusal], key: int | None) -> list[Refusal]:
        """Give what is to be written now, and hold the rest."""
        now: list[Refusal] = []
        with self._lock:
            limited = {(event, key, refused.code) for refused, event in refusals if refused.status == 429}
            held = {same for same in limited if not self._is_first(same)}
            for refused, event in refusals:
                if (event, key, refused.code) not in held:
                    now.append((refused, event))
                else:
                    self._hold((event if len(self._held) < MOST_HELD else None, key, refused.code), refused)
        return now

    def _is_first(self, same: _Same) -> bool:
        at = time.monotonic()
        if at - self._written.get(same, -PAUSE) < PAUSE:
            return False
        if len(self._written) >= MOST_HELD:
            self._written = {}
        self._written[same] = at
        return True

    def _hold(self, same: _Same, refused: Refused) -> None:
        if not self._held:
            writer = threading.Timer(PAUSE, self._write_held)
            writer.daemon = True
            writer.start()
        self._held.setdefault(same, []).append(refused)

    def _write_held(self) -> None:
        with self._lock:
            held, self._held = self._held, {}
            self._written = dict.fromkeys(held, time.monotonic())
        try:
            with current_host().database_access():
                for (event, key, _), refusals in held.items():
                    _write([(refused, event) for refused in refusals], key)
        finally:
            connections.close_all()


def _write(named: Sequence[Refusal], key: int | None) -> None:
    now = datetime.now(UTC)
    try:
        with transaction.atomic(), transaction.get_connection().cursor() as cursor:
            references = {event for _, event in named}
            cursor.execute(
                KNOWN,
                ([r for r in references if isinstance(r, int)], [r for r in references if isinstance(r, str)]),
            )
            known: dict[int | str | None, int] = {}
            for number, slug in cursor.fetchall():
                known[number] = known[slug] = number
            counted: dict[tuple[int | None, str], list[Refused]] = {}
            for refused, event in named:
                counted.setdefault((known.get(event), refused.code[:40]), []).append(refused)
            # By the rows they end in, and so in one order in every transaction: two calls cannot deadlock.
            for (found, code), same in sorted(counted.items(), key=lambda item: (item[0][0] or 0, item[0][1])):
                cursor.execute(COUNT, _parameters(same, found, key, code, now))
    except Error:
        logger.error("A refusal could not be counted", exc_info=trouble())


def _usable(event: int | str | None) -> int | str | None:
    """Give what may name an event; what cannot is nobody's event, and may be text that PostgreSQL does not take."""
    if isinstance(event, bool):
        return None
    if isinstance(event, int):
        return event if 1 <= event <= MAX_EVENT_NUMBER else None
    return event if isinstance(event, str) and is_slug(event) else None


_flood = _Flood()


def _parameters(
    same: Sequence[Refused], event: int | None, key: int | None, code: str, now: datetime
) -> dict[str, object]:
    at = now.isoformat(timespec="seconds")
    samples = [{"at": at, "fields": _fields(refused)} for refused in same[-SAMPLES:]]
    return {
        "day": now.date(),
        "event": event,
        "key": key,
        "code": code,
        "count": len(same),
        "now": now,
        "samples": json.dumps(samples),
    }


def _fields(refused: Refused) -> list[str]:
    # Names only, and only of members that the contract or the event knows: an unknown member's name may be a value.
    unknown = ("UNKNOWN_MEMBER", "SEGMENTS_NOT_SUPPORTED", "UNDECLARED", "INVALID_NAME", "INVALID_CHARACTER")
    return [p.field for p in refused.problems if p.code not in unknown][:MAX_SAMPLE_FIELDS]
