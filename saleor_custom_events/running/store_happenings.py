"""From what happened in the store to the events that it fires.

A worker takes happenings in pieces: the claim moves `due_at` on and is committed at once, so that no hook in the shop
ever waits for a row that a worker looks at. Then it reads the objects, and in one transaction fires and deletes the
rows: a worker that dies in the middle has done nothing, and they become due again.

Why nothing fires twice: a row is deleted only as it was claimed. One that moved on meanwhile (`revision`) stays, and
stands for what came later. Two workers that have the same row, since the first was slower than its claim lasts, make
firings with the same idempotency keys.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from django.db import connection, transaction

from saleor_custom_events.away import database_is_away
from saleor_custom_events.conf import settings
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.firing.fire import fire_many
from saleor_custom_events.firing.fired_by import read_fired_by
from saleor_custom_events.firing.refusals import count_refusals
from saleor_custom_events.firing.store_happenings import ERASE
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.host import current_host
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.signs import tell_of
from saleor_custom_events.running.store_firings import Happened, Listener, firings_of, identity_of, metadata_of
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import ObjectKind
from saleor_custom_events.troubles import about, trouble

logger = logging.getLogger(__name__)

PIECE = 100
#: How often a happening is tried that cannot be read or fired.
ATTEMPTS = 10
STORE = Caller(kind=CallerKind.STORE, id="store")
KINDS = frozenset(map(str, HappeningKind))
CLAIM = """
UPDATE saleor_custom_events_storehappening SET
  due_at = statement_timestamp() + %s * interval '1 second', attempts = attempts + 1
WHERE id IN (
  SELECT id FROM saleor_custom_events_storehappening WHERE due_at <= statement_timestamp() AND kind <> %s
  ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, kind, object_id, quiet, channel, remembered, happened_at, attempts, revision"""
DONE = """
DELETE FROM saleor_custom_events_storehappening h USING unnest(%s::bigint[], %s::int[]) AS n(id, revision)
WHERE h.id = n.id AND h.revision = n.revision"""

#: Events by what fires them.
Listeners: TypeAlias = Mapping[HappeningKind, Sequence[Listener]]


def fire_due(budget: float) -> None:
    """Fire what happened, for about so many seconds. One query where nothing has."""
    if not current_host().is_active():
        return
    time = Budget(budget)
    while True:
        claimed = _claim()
        if claimed:
            _fire(_read(claimed), _listeners())
        if len(claimed) < PIECE or time.is_over:
            return


def _claim() -> list[tuple]:  # type: ignore[type-arg]  # rows of CLAIM
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, (settings.LEASE, ERASE, PIECE))
        return sorted(cursor.fetchall())


def _read(rows: Sequence[tuple]) -> list[Happened]:  # type: ignore[type-arg]
    """Read the objects, all of one kind at once. What a kind's objects raise leaves its happenings for later.

    What a later release wrote and this one does not know is left for that one, and keeps nothing else waiting.
    """
    names = ("id", "kind", "object_id", "quiet", "channel", "remembered", "happened_at", "attempts", "revision")
    by_kind: dict[ObjectKind, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        given = dict(zip(names, row, strict=True))
        if given["kind"] not in KINDS:
            continue
        given["kind"], given["remembered"] = HappeningKind(given["kind"]), json.loads(str(given["remembered"]))
        by_kind[given["kind"].of].append(given)
    happened: list[Happened] = []
    for kind, some in by_kind.items():
        try:
            found = current_host().store_objects(kind, {str(one["object_id"]) for one in some})
        except Exception as error:
            if database_is_away(error):
                raise
            logger.error("Objects of the kind %s could not be read", kind.value, exc_info=trouble())
            _give_up([Happened(**one) for one in some])  # type: ignore[arg-type]
            continue
        happened += [Happened(**one, found=found.get(str(one["object_id"]))) for one in some]  # type: ignore[arg-type]
    return sorted(happened, key=lambda one: one.id)


def _listeners() -> Listeners:
    listeners: dict[HappeningKind, list[Listener]] = defaultdict(list)
    for event in CustomEvent.objects.filter(archived_at=None).exclude(happenings=[]).order_by("pk"):
        declared = frozenset(field.name for field in read_declared(event.declared_fields))
        for one in read_fired_by(event.happenings):
            listeners[one.kind].append(Listener(event.pk, one, declared))
    return listeners


def _fire(happened: Sequence[Happened], listeners: Listeners) -> None:
    """Fire a piece in one transaction; where something of it cannot be done, each by itself."""
    try:
        _settle(happened, listeners)
    except Exception as error:
        if database_is_away(error):
            raise
        logger.error("Happenings in the store could not be dealt with together: each by itself", exc_info=trouble())
        for one in happened:
            try:
                _settle([one], listeners)
            except Exception as alone:
                if database_is_away(alone):
                    raise
                logger.error("%s of %s could not be dealt with", one.kind.value, one.object_id, exc_info=trouble())
                _give_up([one])


def _give_up(happened: Iterable[Happened]) -> None:
    """Forget those that were tried often enough; the others are due again when their claim ends."""
    for one in happened:
        if one.attempts >= ATTEMPTS:
            logger.error("%s of %s is given up", one.kind.value, one.object_id)
            with connection.cursor() as cursor:
                cursor.execute(DONE, ([one.id], [one.revision]))


def _settle(happened: Sequence[Happened], listeners: Listeners) -> None:
    """Fire, and delete what has fired, or nothing of it."""
    nobodys: list[tuple[Refused, int | str | None]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        firings: list[Firing] = []
        for one in happened:
            for listener in listeners.get(one.kind, ()):
                made = list(firings_of(one, listener))
                if made and one.kind is HappeningKind.CHECKOUT_ABANDONED and not identity_of(one):
                    nobodys.append((_nobody(), listener.event))
                else:
                    firings += made
            tell_of(one.kind, one.object_id, one.happened_at, one.found, metadata_of(one))
        results = fire_many(firings, STORE) if firings else []
        cursor.execute(DONE, ([one.id for one in happened], [one.revision for one in happened]))
    refused = [(r, f.event) for r, f in zip(results, firings, strict=True) if isinstance(r, Refused)]
    _count([*refused, *nobodys])


def _nobody() -> Refused:
    return Refused(400, "NOBODY_NAMED", "The checkout has no e-mail and belongs to no account.")


def _count(refused: Sequence[tuple[Refused, int | str | None]]) -> None:
    """Count what came to nothing, but for what another worker has fired already, as it looked then."""
    counted = [(one, event) for one, event in refused if one.code != "IDEMPOTENCY_CONFLICT"]
    for one, event in counted:
        extra = about(event=event)
        logger.warning("The custom event %s was not fired by the store: %s", event, one.code, extra=extra)
    count_refusals(counted, key=None)
