"""From what happened in the store to the events that it fires.

A worker takes happenings in pieces: the claim moves `due_at` on and is committed at once, so that no hook in the shop
ever waits for a row that a worker looks at. Then it reads the objects, and in one transaction fires and deletes the
rows: a worker that dies in the middle has done nothing, and they become due again.

Why nothing fires twice: a row is deleted only as it was claimed. One that moved on meanwhile (`revision`) stays, and
stands for what came later. Two workers that have the same row, since the first was slower than its claim lasts, make
firings with the same idempotency keys.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import InterfaceError, OperationalError, connection, transaction

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import normal_email
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.firing.fire import fire_many
from saleor_custom_events.firing.fired_by import fields_of, read_fired_by
from saleor_custom_events.firing.refusals import count_refusals
from saleor_custom_events.firing.values import FiredBy, Firing
from saleor_custom_events.host import Caller, CallerKind, HappeningKind, ObjectKind, StoreObject, current_host
from saleor_custom_events.models import CustomEvent, SeenMetadata
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.signs import tell_of
from saleor_custom_events.scenarios.values import Json

logger = logging.getLogger(__name__)

PIECE = 100
#: Seconds until a piece that a worker took is due again.
CLAIMED = 60
#: How often a happening is tried that cannot be read or fired.
ATTEMPTS = 10
STORE = Caller(kind=CallerKind.STORE, id="store")
KINDS = frozenset(map(str, HappeningKind))
#: Of these there is one an object: told twice, as a task of the store's that is repeated does, it fires once.
ONCE = frozenset(
    {
        HappeningKind.CUSTOMER_CREATED,
        HappeningKind.CUSTOMER_CONFIRMED,
        HappeningKind.CUSTOMER_DELETED,
        HappeningKind.CHECKOUT_CREATED,
        HappeningKind.ORDER_CREATED,
        HappeningKind.ORDER_CONFIRMED,
        HappeningKind.ORDER_CANCELLED,
        HappeningKind.GIFT_CARD_CREATED,
    }
)

CLAIM = """
UPDATE saleor_custom_events_storehappening SET
  due_at = statement_timestamp() + %s * interval '1 second', attempts = attempts + 1
WHERE id IN (
  SELECT id FROM saleor_custom_events_storehappening WHERE due_at <= statement_timestamp()
  ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, kind, object_id, quiet, channel, remembered, happened_at, attempts, revision"""
DONE = """
DELETE FROM saleor_custom_events_storehappening h USING unnest(%s::bigint[], %s::int[]) AS n(id, revision)
WHERE h.id = n.id AND h.revision = n.revision"""
SEE = """
INSERT INTO saleor_custom_events_seenmetadata (event_id, object_id, key, digest) VALUES (%s, %s, %s, %s)
ON CONFLICT (event_id, object_id, key) DO UPDATE SET digest = EXCLUDED.digest"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """One happening that a worker has claimed, and its object as the store has it now."""

    id: int
    kind: HappeningKind
    object_id: str
    quiet: int | None
    channel: str | None
    remembered: Mapping[str, Json]
    happened_at: datetime
    attempts: int
    revision: int
    #: None: the store has it no more.
    found: StoreObject | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """An event that is fired by the store."""

    event: int
    by: FiredBy
    #: The data fields that it declares; of an event that declares none it gets what there is.
    declared: frozenset[str]


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
        cursor.execute(CLAIM, (CLAIMED, PIECE))
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
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("Objects of the kind %s could not be read", kind.value)
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
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Happenings in the store could not be dealt with together: each by itself")
        for one in happened:
            try:
                _settle([one], listeners)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("%s of %s could not be dealt with", one.kind.value, one.object_id)
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
                made = list(_firings(one, listener))
                if made and one.kind is HappeningKind.CHECKOUT_ABANDONED and not _identity(one):
                    nobodys.append((_nobody(), listener.event))
                else:
                    firings += made
            tell_of(one.kind, one.object_id, one.happened_at, one.found, _metadata(one))
        results = fire_many(firings, STORE) if firings else []
        cursor.execute(DONE, ([one.id for one in happened], [one.revision for one in happened]))
    refused = [(r, f.event) for r, f in zip(results, firings, strict=True) if isinstance(r, Refused)]
    _count([*refused, *nobodys])


def _firings(one: Happened, listener: Listener) -> Iterable[Firing]:
    """Give what an event is fired with: nothing where this is not what it is fired by."""
    if one.kind.is_about_metadata:
        for key in _changed_keys(one, listener.event, listener.by.keys):
            yield _firing(one, listener, {"key": key, "value": _metadata(one).get(key)}, key)
    elif _is_meant(one, listener.by):
        yield _firing(one, listener, {})


def _is_meant(one: Happened, by: FiredBy) -> bool:
    if one.kind is HappeningKind.CHECKOUT_ABANDONED:
        # One that became an order, was deleted or emptied was not abandoned.
        return one.quiet == by.minutes and one.found is not None and not one.found.is_empty
    # Where it cannot be read any more, it was gone within seconds.
    return one.found is not None or one.kind is HappeningKind.CUSTOMER_DELETED


def _changed_keys(one: Happened, event: int, keys: Collection[str]) -> list[str]:
    """Say which of these keys are others than the event saw last, and remember them.

    Of a key that it never saw before of this object, whether it is there: the store does not say what was before.
    """
    if one.found is None:
        return []
    metadata, rows = _metadata(one), SeenMetadata.objects.filter(event=event, object_id=one.object_id)
    seen = {key: bytes(digest) for key, digest in rows.values_list("key", "digest")}
    changed = [key for key in keys if (key in seen or key in metadata) and seen.get(key) != _digest(metadata.get(key))]
    with connection.cursor() as cursor:
        for key in sorted(changed):
            cursor.execute(SEE, (event, one.object_id, key, _digest(metadata.get(key))))
    return changed


def _metadata(one: Happened) -> Mapping[str, Json]:
    metadata = one.remembered.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _digest(value: Json) -> bytes:
    return hashlib.sha256(json.dumps(value).encode()).digest()


def _identity(one: Happened) -> dict[str, str]:
    """Say whom it is about, by the names of a Firing; empty where the store names nobody."""
    found = one.found
    remembered = one.remembered
    email = found.customer_email if found else remembered.get("email")
    named = {
        "customer_email": _as_stored(str(email)) if email else None,
        "customer_id": found.customer_id if found else None,
        "customer_external_reference": found.customer_external_reference if found else None,
    }
    return {name: value for name, value in named.items() if value}


def _as_stored(email: str) -> str | None:
    try:
        return normal_email(email)
    except ValueError:
        return None


def _firing(one: Happened, listener: Listener, more: Mapping[str, Json], mark: str = "") -> Firing:
    declared = listener.declared
    return Firing(
        event=listener.event,
        data_fields=tuple(field for field in _fields(one, more) if not declared or field["name"] in declared),
        channel=(one.found.channel if one.found else None) or one.channel,
        occurred_at=one.happened_at,
        idempotency_key=_idempotency_key(one, mark),
        **_identity(one),  # type: ignore[arg-type]
    )


def _idempotency_key(one: Happened, mark: str) -> str:
    if one.kind in ONCE:
        return f"{one.kind}:{one.object_id}"
    if "mark" in one.remembered:
        return f"{one.kind}:{one.remembered['mark']}"
    return f"{one.kind}:{one.id}.{one.revision}" + (f":{_digest(mark).hex()[:16]}" if mark else "")


def _fields(one: Happened, more: Mapping[str, Json]) -> Iterable[dict[str, Json]]:
    values: dict[str, object] = {**(one.found.fields if one.found else one.remembered), **more}
    for field in fields_of(one.kind):
        value = values.get(field.name)
        if value is not None and value != "":
            yield {"name": field.name, "type": field.type.value, "value": value}  # type: ignore[dict-item]


def _nobody() -> Refused:
    return Refused(400, "NOBODY_NAMED", "The checkout has no e-mail and belongs to no account.")


def _count(refused: Sequence[tuple[Refused, int | str | None]]) -> None:
    """Count what came to nothing, but for what another worker has fired already, as it looked then."""
    counted = [(one, event) for one, event in refused if one.code != "IDEMPOTENCY_CONFLICT"]
    for one, event in counted:
        logger.warning("The custom event %s was not fired by the store: %s", event, one.code)
    count_refusals(counted, key=None)
