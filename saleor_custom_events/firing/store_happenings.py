"""Noting what happened in the store: at most one INSERT, in the thread of whoever does something in the shop.

A hook may neither break the shop nor slow it down. So nothing here raises; nothing is written unless somebody listens,
which is known without a query for a second at a time; the INSERT waits for nobody but whoever notes the same at that
very moment; no Redis and no broker is asked. What the object looks like is read later, by a worker.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from django.db import connection, transaction

from saleor_custom_events.conf import settings
from saleor_custom_events.firing.fired_by import read_fired_by
from saleor_custom_events.firing.values import FiredBy
from saleor_custom_events.host import current_host
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)

#: Seconds for which it is known who listens: how long another process may overlook a change.
KEPT = 1.0

LISTENED = """
SELECT happenings FROM saleor_custom_events_customevent WHERE archived_at IS NULL AND happenings <> '[]'::jsonb
UNION ALL SELECT heeds FROM saleor_custom_events_scenario WHERE heeds <> '[]'::jsonb"""
#: One that is known already moves on: nobody has looked at it yet, or somebody is looking at what it was before.
NOTE = """
INSERT INTO saleor_custom_events_storehappening AS h
  (kind, object_id, quiet, channel, remembered, happened_at, due_at, attempts, revision)
SELECT n.kind, %(object_id)s, n.quiet, %(channel)s, n.remembered, statement_timestamp(),
  statement_timestamp() + coalesce(n.quiet, 0) * interval '1 minute', 0, 1
FROM unnest(%(kinds)s::text[], %(quiets)s::int[], %(remembered)s::jsonb[]) AS n(kind, quiet, remembered){by_itself}
ON CONFLICT (kind, object_id, quiet) DO UPDATE SET
  happened_at = EXCLUDED.happened_at, channel = EXCLUDED.channel, attempts = 0, revision = h.revision + 1,
  due_at = CASE WHEN h.quiet = 0 THEN least(h.due_at, EXCLUDED.due_at) ELSE EXCLUDED.due_at END"""
#: Where the statement is a transaction by itself its commit does not wait for the disk: whoever changes a cart has
#: waited for that once. If PostgreSQL itself goes down within half a second the note may be lost, the shop's data not.
BY_ITSELF = ", (SELECT set_config('synchronous_commit', 'off', true)) AS s"
#: The kind of a row that is no happening: its customer was deleted and is to be erased here (`log/erasure.py`).
ERASE = "eraseCustomer"
_OF_A_CHECKOUT = (HappeningKind.CHECKOUT_CREATED, HappeningKind.CHECKOUT_UPDATED)


@dataclass(frozen=True, slots=True)
class Listening:
    """What anybody wants to know of."""

    kinds: frozenset[HappeningKind] = frozenset()
    #: After how many minutes a checkout counts as abandoned, for one event or another.
    minutes: tuple[int, ...] = ()
    #: Keys of metadata.
    keys: Mapping[HappeningKind, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    quiet: int | None
    remembered: Mapping[str, object]


#: What was read last, and when (`time.monotonic()`). One tuple, so that threads see both or neither.
_last: tuple[float, Listening | None] | None = None


def happened(
    kind: HappeningKind,
    object_id: str,
    *,
    channel: str | None = None,
    remembered: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Note that this happened to the object of this global id, where anybody listens. Never raises.

    `remembered`: what can no longer be read later. `metadata`: the object's public metadata, of which the keys that
    somebody chose are kept. To be called once the store has committed.
    """
    if settings.DISABLED:
        return
    try:
        with current_host().database_access():
            wanted = listening()
            rows = [] if wanted is None else _rows(kind, wanted, remembered or {}, metadata or {})
            if rows := [*rows, *_erasing(kind, remembered or {})]:
                _note(rows, object_id, channel)
    except Exception:
        logger.error("That %s of %s was not noted: nothing comes of it", kind.value, object_id, exc_info=trouble())


def note(kind: HappeningKind, object_id: str, *, remembered: Mapping[str, str]) -> None:
    """Do what `happened` does, and raise what the database raises: for whoever can say it again.

    A `mark` in `remembered` is the same for everything that is the same happening.
    """
    with current_host().database_access():
        if rows := _rows(kind, listening() or _read(), remembered, {}):
            _note(rows, object_id, None)


def listening() -> Listening | None:
    """Give what is listened to, as it was at most `KEPT` seconds ago; None where it could not be read. Never raises."""
    global _last
    now = time.monotonic()
    if _last is None or now - _last[0] > KEPT:
        try:
            _last = (now, _read())
        except Exception:
            # Kept as well: a shop whose database misses our tables is not asked with every change of a cart.
            _last = (now, None)
            logger.error("Who listens to what happens in the store could not be read", exc_info=trouble())
    return _last[1]


def forget() -> None:
    """Read anew what is asked next: for whoever has just changed it."""
    global _last
    _last = None


def _read() -> Listening:
    with _unharmed(), connection.cursor() as cursor:
        cursor.execute(LISTENED)
        wanted = [one for (raw,) in cursor.fetchall() for one in read_fired_by(json.loads(raw))]
    return _listening(wanted)


def _listening(wanted: list[FiredBy]) -> Listening:
    keys: dict[HappeningKind, frozenset[str]] = {}
    for one in wanted:
        if one.keys:
            keys[one.kind] = keys.get(one.kind, frozenset()) | set(one.keys)
    minutes = {one.minutes for one in wanted if one.minutes is not None}
    return Listening(frozenset(one.kind for one in wanted), tuple(sorted(minutes)), keys)


def _rows(
    kind: HappeningKind, wanted: Listening, remembered: Mapping[str, str], metadata: Mapping[str, str]
) -> list[_Row]:
    rows = []
    if kind in wanted.kinds:
        kept: Mapping[str, object] = remembered
        if kind.is_about_metadata:
            kept = {"metadata": {key: metadata[key] for key in sorted(wanted.keys.get(kind, ())) if key in metadata}}
        rows.append(_Row(kind, 0 if kind is HappeningKind.CHECKOUT_UPDATED else None, kept))
    if kind in _OF_A_CHECKOUT:
        rows += [_Row(HappeningKind.CHECKOUT_ABANDONED, minutes, {}) for minutes in wanted.minutes]
    return rows


def _erasing(kind: HappeningKind, remembered: Mapping[str, str]) -> list[_Row]:
    """Whoever the store deletes is erased here too, a while later: what the deletion fires comes before that."""
    if kind is not HappeningKind.CUSTOMER_DELETED or not settings.ERASE_DELETED_CUSTOMERS:
        return []
    return [_Row(ERASE, settings.ERASE_DELETED_AFTER, {"email": remembered.get("email", "")})]


def _note(rows: list[_Row], object_id: str, channel: str | None) -> None:
    parameters = {
        "object_id": object_id,
        "channel": channel,
        "kinds": [str(row.kind) for row in rows],
        "quiets": [row.quiet for row in rows],
        "remembered": [json.dumps(row.remembered) for row in rows],
    }
    # In somebody else's transaction it would be theirs that does not wait.
    statement = NOTE.format(by_itself="" if connection.in_atomic_block else BY_ITSELF)
    with _unharmed(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def _unharmed() -> AbstractContextManager[None]:
    """Give the context in which a failing statement does no harm to what is open around it.

    A transaction of somebody else's gets a savepoint. Where none is open the statement is one by itself: BEGIN and
    COMMIT would be two more ways to the database and back with every change of a cart.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
