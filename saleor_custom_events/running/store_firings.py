"""What events are fired with, by something that happened in the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from saleor_custom_events.firing.body import normal_email
from saleor_custom_events.firing.fired_by import fields_of
from saleor_custom_events.firing.values import FiredBy, Firing
from saleor_custom_events.models import SeenMetadata
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import StoreObject

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


def firings_of(one: Happened, listener: Listener) -> Iterable[Firing]:
    """Give what an event is fired with: nothing where this is not what it is fired by."""
    if one.kind.is_about_metadata:
        for key in _changed_keys(one, listener.event, listener.by.keys):
            yield _firing(one, listener, {"key": key, "value": metadata_of(one).get(key)}, key)
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
    metadata, rows = metadata_of(one), SeenMetadata.objects.filter(event=event, object_id=one.object_id)
    seen = {key: bytes(digest) for key, digest in rows.values_list("key", "digest")}
    changed = [key for key in keys if (key in seen or key in metadata) and seen.get(key) != _digest(metadata.get(key))]
    with connection.cursor() as cursor:
        for key in sorted(changed):
            cursor.execute(SEE, (event, one.object_id, key, _digest(metadata.get(key))))
    return changed


def metadata_of(one: Happened) -> Mapping[str, Json]:
    """Give the keys that somebody listens to, as they were; nothing of what is not about metadata."""
    metadata = one.remembered.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _digest(value: Json) -> bytes:
    return hashlib.sha256(json.dumps(value).encode()).digest()


def identity_of(one: Happened) -> dict[str, str]:
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
        **identity_of(one),  # type: ignore[arg-type]
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
